// SPDX-License-Identifier: GPL-3.0-or-later
// How tracks of a locus are arranged: as a value, and in the window with clicks, drags and keys.
#include "charts/genotype_track_chart.h"
#include "document/session_file.h"
#include "views/locus_panel.h"
#include "views/scatter_panel.h"
#include "views/track_grips.h"
#include "views/tracks_button.h"
#include "views/window_actions.h"
#include "window_test.h"

#include <QAction>
#include <QMenu>

#include <map>

using namespace diploscope;
using namespace diploscope::ui;
using namespace diploscope::test;

namespace {

const std::vector<LocusTrack> all{{"ism", QStringLiteral("ISM")},
                                  {"eqtl", QStringLiteral("eQTL")},
                                  {"pip", QStringLiteral("PIP")},
                                  {"genotypes", QStringLiteral("Genotypes")}};

QStringList shownOf(const std::vector<LocusTrack>& tracks, const LocusLayout& layout) {
    QStringList keys;
    for (const PlacedTrack& track : arranged(tracks, layout))
        if (track.shown)
            keys << QString::fromStdString(track.key);
    return keys;
}

QString text(const std::vector<LocusTrack>& tracks, const LocusLayout& layout) {
    return shownOf(tracks, layout).join(QLatin1Char(' '));
}

} // namespace

class TestLocusArrangement : public WindowTest {
    Q_OBJECT

private:
    static LocusPanel& locus(MainWindow& window) { return window.findChild<GenePage*>()->locus(); }
    static QStringList shown(MainWindow& window) {
        QStringList keys;
        for (const FigureTrack& track : locus(window).view().tracks())
            keys << QString::fromStdString(track.key);
        return keys;
    }
    /// As from the opened menu.
    static QAction* choice(MainWindow& window, const QString& data) {
        QMenu* menu = locus(window).tracksButton().menu();
        Q_EMIT menu->aboutToShow();
        for (QAction* action : menu->findChildren<QAction*>())
            if (action->data().toString() == data)
                return action;
        return nullptr;
    }

private Q_SLOTS:
    void initTestCase() { makeHome(); }
    void cleanupTestCase() { m_theme.reset(); }

    /// Asked of a layout or of all tracks: what nobody has said anything about is shown, or not, alike.
    void oneWordOnWhatIsShownAtFirst() {
        for (const char* key : {"ism", "eqtl", "pip", "missing", "file:peaks.bed"})
            QVERIFY(isShownAtFirst(key) && isShown({}, key));
        for (const char* key : {"genotypes", "ld", "model:xpresso"})
            QVERIFY(!isShownAtFirst(key) && !isShown({}, key));
        LocusLayout said{.places = {{"ld"}, {"ism", 1, false}}};
        QVERIFY(isShown(said, "ld") && !isShown(said, "ism") && isShown(said, "eqtl"));
        const std::vector<ShownModel> models =
            otherModelsOf({"/models/xpresso", "/models/cnn"}, "/models/cnn");
        QCOMPARE(models.size(), size_t{1});
        std::vector<LocusTrack> tracks = all;
        tracks.push_back({models.front().key, models.front().title});
        QCOMPARE(text(tracks, {}), QStringLiteral("ism eqtl pip"));
        for (const LocusTrack& track : tracks)
            QCOMPARE(shownOf(tracks, {}).contains(QString::fromStdString(track.key)), isShown({}, track.key));
    }

    void tracksStandAsAtFirst() {
        QCOMPARE(text(all, {}), QStringLiteral("ism eqtl pip"));
        // A track that is said to be shown stands where it would.
        QCOMPARE(text(all, {.places = {{"genotypes"}}}), QStringLiteral("ism eqtl pip genotypes"));
        QCOMPARE(text(all, {.places = {{"nobody's"}}}), QStringLiteral("ism eqtl pip"));
    }

    void tracksAreMoved() {
        LocusLayout layout = withMoved(all, {}, "pip", 0);
        QCOMPARE(text(all, layout), QStringLiteral("pip ism eqtl"));
        layout = withMoved(all, layout, "pip", 1);
        QCOMPARE(text(all, layout), QStringLiteral("ism pip eqtl"));
        layout = withMoved(all, layout, "ism", 99);
        QCOMPARE(text(all, layout), QStringLiteral("pip eqtl ism"));
        layout = withShown(all, layout, "eqtl", false);
        QCOMPARE(text(all, layout), QStringLiteral("pip ism"));
        // A hidden one is not counted.
        QCOMPARE(text(all, withMoved(all, layout, "pip", 1)), QStringLiteral("ism pip"));
        QCOMPARE(text(all, withShown(all, layout, "eqtl", true)), QStringLiteral("pip eqtl ism"));
        QCOMPARE(text(all, withMoved(all, layout, "nobody's", 0)), QStringLiteral("pip ism"));
    }

    /// Of a gene without fine mapping: its place is kept for the next gene.
    void aTrackThatIsAbsentKeepsItsPlace() {
        const std::vector<LocusTrack> few{all[0], all[1], all[3]};
        LocusLayout layout = withMoved(all, {}, "pip", 0);
        layout = withHeight(all, layout, "pip", 3);
        layout = withMoved(few, layout, "eqtl", 0);
        QCOMPARE(text(few, layout), QStringLiteral("eqtl ism"));
        QCOMPARE(text(all, layout), QStringLiteral("pip eqtl ism"));
        QCOMPARE(arranged(all, layout).front().height, 3.0);
    }

    void oneTrackIsLeft() {
        LocusLayout layout;
        for (const LocusTrack& track : all)
            layout = withShown(all, layout, track.key, false);
        QCOMPARE(shownOf(all, layout).size(), qsizetype{1});
        QVERIFY(arranged({}, layout).empty());
        QCOMPARE(arranged(all, withHeight(all, {}, "ism", 1e9)).front().height, LocusLayout::MostHeight);
        QCOMPARE(arranged(all, withHeight(all, {}, "ism", 0)).front().height, LocusLayout::LeastHeight);
    }

    /// From the menu to the rows, a person's click, undo, and the same again from a session file.
    /// Files are called as people like; `&` marks no key.
    void namesAreWholeInMenus() {
        TracksButton button;
        button.setTracks({{"file:a&b.bed", QStringLiteral("a&b.bed")}}, {});
        Q_EMIT button.menu()->aboutToShow();
        QCOMPARE(button.menu()->actions().front()->text(), QStringLiteral("a&&b.bed"));
    }

    void genotypesAreSwitchedOn() {
        const auto window = windowWithAGene();
        QVERIFY(window);
        const QStringList before = shown(*window);
        QVERIFY(!before.contains(QStringLiteral("genotypes")));
        QVERIFY(choice(*window, QStringLiteral("genotypes")) != nullptr);
        choice(*window, QStringLiteral("genotypes"))->trigger();
        QVERIFY(waitUntil([&] { return shown(*window).contains(QStringLiteral("genotypes")); }));
        QCOMPARE(window->documents().steps().undoText(), QStringLiteral("Show the track Genotypes"));
        choice(*window, QStringLiteral("ld"))->trigger();
        QVERIFY(waitUntil([&] { return shown(*window).contains(QStringLiteral("ld")); }));
        choice(*window, QStringLiteral("prediction"))->trigger();
        QVERIFY(waitUntil([&] {
            const auto& rows = locus(*window).contents().haplotypes();
            return rows && rows->order == RowOrder::Prediction;
        }));
        QVERIFY(calm(*window));
        const auto rows = locus(*window).contents().haplotypes();
        QCOMPARE(rows->rows.size(), size_t{2 * DemoHome::people});

        const ChartView& view = locus(*window).view();
        const auto track = std::find_if(view.tracks().begin(), view.tracks().end(),
                                        [](const FigureTrack& t) { return t.key == GenotypesTrack; });
        const PlotMap map = track->chart->map();
        const QPoint place =
            track->chart->mapToScene(map.toScene(map.x.lower + map.x.span() / 2, 30.5)).toPoint();
        // Rows are lower than a pixel.
        const double height = (map.plot.bottom() - track->chart->mapFromScene(place).y()) / map.plot.height();
        const auto row = static_cast<size_t>(map.y.lower + height * map.y.span());
        QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, place);
        QCOMPARE(window->selection().person().value_or(""),
                 window->session().shown().report()->people[rows->rows[row].person].sample);
        QVERIFY(calm(*window));

        const std::filesystem::path file = m_home / "tracks.diploscope.json";
        DS_VERIFY(writeSession(window->documents().document(), file));
        const Document saved = window->documents().document();
        QVERIFY(closed(*window));

        const auto next = makeWindow();
        next->resize(1300, 900);
        next->openStudy(QString::fromStdString(file.string()));
        QVERIFY(waitUntil([&] { return shown(*next).contains(QStringLiteral("genotypes")); }));
        QVERIFY(calm(*next));
        QVERIFY(next->documents().document().tracks == saved.tracks);
        QCOMPARE(locus(*next).contents().haplotypes()->order, RowOrder::Prediction);
        QVERIFY(closed(*next));
    }

    /// Who is selected is framed in the rows that are drawn, and LD with an SNV is the eQTL track's alone:
    /// nothing else is drawn anew.
    void selectingDrawsOnlyWhatItChanges() {
        const auto window = windowWithAGene();
        QVERIFY(window);
        choice(*window, QStringLiteral("genotypes"))->trigger();
        choice(*window, QStringLiteral("ld"))->trigger();
        QVERIFY(waitUntil([&] { return shown(*window).contains(QStringLiteral("genotypes")); }));
        QVERIFY(waitUntil([&] { return shown(*window).contains(QStringLiteral("ld")); }));
        QVERIFY(calm(*window));
        const auto charts = [&] {
            std::map<std::string, PlotChart*> all;
            for (const FigureTrack& track : locus(*window).view().tracks())
                all[track.key] = track.chart;
            return all;
        };
        const auto before = charts();
        const GeneReport& report = *window->session().shown().report();
        window->selection().selectPerson(report.people[3].sample);
        QVERIFY(calm(*window));
        QVERIFY(charts() == before);
        const auto* rows = qobject_cast<const GenotypeTrackChart*>(before.at(std::string(GenotypesTrack)));
        QVERIFY(rows != nullptr);
        QCOMPARE(rows->picture().markedRows().size(), size_t{2});
        window->selection().selectPerson(std::nullopt);
        QVERIFY(rows->picture().markedRows().empty());

        size_t other = 0; // than LD is with
        while (report.lead == other || !report.isGenotyped(other))
            ++other;
        window->selection().selectVariant(report.variants[other]);
        QVERIFY(waitUntil([&] {
            const auto& linkages = locus(*window).contents().linkages();
            return linkages && linkages->front().reference == report.variants[other];
        }));
        QVERIFY(calm(*window));
        for (const auto& [key, chart] : charts())
            QCOMPARE(chart == before.at(key), key != EqtlTrack);
        QVERIFY(closed(*window));
    }

    void undoBringsTracksBack() {
        const auto window = windowWithAGene();
        QVERIFY(window);
        const QStringList before = shown(*window);
        choice(*window, before.front())->trigger();
        QCOMPARE(shown(*window), before.mid(1));
        QTest::keyClick(window.get(), Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(shown(*window), before);
        QVERIFY(window->documents().document().tracks == LocusLayout{});
        QTest::keyClick(window.get(), Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(shown(*window), before.mid(1));
        for (const QString& key : before.mid(2))
            choice(*window, key)->trigger();
        QCOMPARE(shown(*window).size(), qsizetype{1});
        QVERIFY(!choice(*window, shown(*window).front())->isEnabled()); // one is left
        QVERIFY(closed(*window));
    }

    /// Which model stands in the place of what is observed, and whose track is shown: steps, kept in
    /// sessions.
    void otherModelsAreSteps() {
        const auto window = windowWithAGene();
        QVERIFY(window);
        auto* page = window->findChild<GenePage*>();
        QVERIFY(!locus(*window).models().empty()); // the demo study names two
        const ShownModel other = locus(*window).models().front();
        QMenu* menu = page->scatter().againstButton().menu();
        Q_EMIT menu->aboutToShow();
        QCOMPARE(menu->actions().size(),
                 qsizetype(2 + locus(*window).models().size())); // observed, and reads
        QVERIFY(menu->actions().front()->isChecked());
        menu->actions()[2]->trigger();
        QCOMPARE(window->documents().document().against, other.model);
        QVERIFY(page->effects().againstButton().other()->model == other.model);
        QVERIFY(window->documents().steps().undoText().startsWith(QStringLiteral("Hold the model against ")));
        choice(*window, QString::fromStdString(other.key))->trigger();
        QVERIFY(shown(*window).contains(QString::fromStdString(other.key)));
        const std::filesystem::path file = m_home / "models.diploscope.json";
        DS_VERIFY(writeSession(window->documents().document(), file));
        const auto read = readSession(file);
        DS_VERIFY(read);
        QCOMPARE(read->against, other.model);
        QVERIFY(isShown(read->tracks, other.key));
        window->documents().steps().undo();
        QVERIFY(!shown(*window).contains(QString::fromStdString(other.key)));
        window->documents().steps().undo();
        QVERIFY(window->documents().document().against.empty() && page->against().empty());
        QVERIFY(!page->scatter().againstButton().other() && page->scatter().view().hasFigure());
        QVERIFY(closed(*window));
    }

    /// The demo has haplotype counts: people's two copies in the place of people, a step like others.
    void readsByHaplotypeAreAStep() {
        const auto window = windowWithAGene();
        QVERIFY(window);
        auto* page = window->findChild<GenePage*>();
        QTRY_VERIFY_WITH_TIMEOUT(page->scatter().againstButton().hasChoice(), 30000);
        QMenu* menu = page->scatter().againstButton().menu();
        Q_EMIT menu->aboutToShow();
        menu->actions()[1]->trigger();
        QCOMPARE(window->documents().document().against, std::string(AgainstReads));
        QVERIFY(page->scatter().againstButton().isOfReads() && !page->effects().againstButton().isOfReads());
        QVERIFY(page->scatter().view().hasFigure() && page->effects().view().hasFigure());
        QVERIFY2(page->scatter().summary().contains(QStringLiteral("same copy in ")),
                 qPrintable(page->scatter().summary()));
        QVERIFY2(page->scatter().slopes().startsWith(QStringLiteral("the copy with ")),
                 qPrintable(page->scatter().slopes()));
        const std::filesystem::path file = m_home / "reads.diploscope.json";
        DS_VERIFY(writeSession(window->documents().document(), file));
        QCOMPARE(readSession(file)->against, std::string(AgainstReads));
        window->documents().steps().undo();
        QVERIFY(!page->scatter().againstButton().isOfReads());
        QVERIFY(!page->scatter().summary().contains(QStringLiteral("same copy in ")));
        QVERIFY(closed(*window));
    }

    void tracksAreDragged() {
        const auto window = windowWithAGene();
        QVERIFY(window);
        const QStringList before = shown(*window);
        QVERIFY(before.size() >= 2);
        std::vector<QWidget*> grips = locus(*window).grips().grips();
        QCOMPARE(grips.size(), size_t(before.size()));
        QWidget* first = grips[0];
        const QPoint middle = first->rect().center();
        const QPoint below =
            first->mapFrom(&locus(*window).grips(), grips[1]->geometry().center() + QPoint(0, 9));
        QTest::mousePress(first, Qt::LeftButton, {}, middle);
        QTest::mouseMove(first, below);
        QTest::mouseRelease(first, Qt::LeftButton, {}, below);
        QStringList moved = before;
        moved.swapItemsAt(0, 1);
        QCOMPARE(shown(*window), moved);
        QVERIFY(window->documents().steps().undoText().startsWith(QStringLiteral("Move the track ")));

        // The lower edge of the uppermost, 40 pixels down: it takes a larger share.
        QTest::qWait(30);
        const auto shareOfFirst = [&] {
            const auto now = locus(*window).grips().grips();
            return double(now[0]->height()) / now[1]->height();
        };
        const double share = shareOfFirst();
        QWidget* top = locus(*window).grips().grips()[0];
        const QPoint edge(top->width() / 2, top->height() - 2);
        QTest::mousePress(top, Qt::LeftButton, {}, edge);
        QTest::mouseRelease(top, Qt::LeftButton, {}, edge + QPoint(0, 40));
        QTRY_VERIFY(shareOfFirst() > 1.15 * share);
        QVERIFY(window->documents().steps().undoText().startsWith(QStringLiteral("Resize the track ")));
        window->documents().steps().undo();
        window->documents().steps().undo();
        QCOMPARE(shown(*window), before);
        QVERIFY(closed(*window));
    }

    void keysDoTheSame() {
        const auto window = windowWithAGene();
        QVERIFY(window);
        const QStringList before = shown(*window);
        QWidget* second = locus(*window).grips().grips()[1];
        QVERIFY(second->focusPolicy() & Qt::TabFocus);
        QVERIFY(!second->accessibleName().isEmpty());
        QTest::keyClick(second, Qt::Key_Up);
        QStringList moved = before;
        moved.swapItemsAt(0, 1);
        QCOMPARE(shown(*window), moved);
        // The keyboard stays with the track: the same key again moves the same one.
        QCOMPARE(window->focusWidget(), locus(*window).grips().grips()[0]);
        const auto press = [&](Qt::Key key, qsizetype times) {
            for (qsizetype i = 0; i < times; ++i)
                QTest::keyClick(window->focusWidget(), key);
        };
        press(Qt::Key_Down, moved.size() - 1);
        QCOMPARE(shown(*window), moved.mid(1) + moved.mid(0, 1));
        // At the end there is nothing to move to, and no step.
        const int steps = window->documents().steps().index();
        press(Qt::Key_Down, 1);
        QCOMPARE(window->documents().steps().index(), steps);
        press(Qt::Key_Up, moved.size());
        QCOMPARE(shown(*window), moved);
        QTest::keyClick(locus(*window).grips().grips()[0], Qt::Key_Plus);
        QCOMPARE(arranged(all, locus(*window).arrangement()).front().height, 1.25);
        QTest::keyClick(locus(*window).grips().grips()[0], Qt::Key_Delete);
        QVERIFY(!shown(*window).contains(moved.front()));
        QVERIFY(closed(*window));
    }

    /// A zoom stays with the track that was zoomed.
    void zoomGoesAlong() {
        const auto window = windowWithAGene();
        QVERIFY(window);
        ChartView& view = locus(*window).view();
        const PlotChart& second = *view.tracks()[1].chart;
        view.zoomBy(2, second.mapToScene(second.plotArea().center()), true);
        const AxisRange y = view.tracks()[1].chart->yRange();
        const AxisRange other = view.tracks()[0].chart->yRange();
        QVERIFY(y != view.tracks()[1].chart->fullY());
        QTest::keyClick(locus(*window).grips().grips()[1], Qt::Key_Up);
        QCOMPARE(view.tracks()[0].chart->yRange(), y);
        QCOMPARE(view.tracks()[1].chart->yRange(), other);
        QVERIFY(closed(*window));
    }
};

QTEST_MAIN(TestLocusArrangement)
#include "tst_locus_arrangement.moc"
