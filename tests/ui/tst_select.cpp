// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/report_table.h"
#include "viewmodels/gene_text.h"
#include "views/genome_page.h"
#include "views/genome_panel.h"
#include "views/locus_panel.h"
#include "views/scatter_panel.h"
#include "views/select_dialog.h"
#include "views/window_actions.h"
#include "window_test.h"

#include <QAction>
#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QMouseEvent>
#include <QPlainTextEdit>
#include <QPushButton>

#include <algorithm>

using namespace diploscope;
using namespace diploscope::ui;
using namespace diploscope::test;

/// Selecting SNVs and people in the window itself, with the pointer, by keys and by saying what is meant.
class TestSelect : public WindowTest {
    Q_OBJECT

private:
    std::unique_ptr<MainWindow> m_window;

    GenePage& page() { return *m_window->findChild<GenePage*>(); }
    WindowActions& actions() { return *m_window->findChild<WindowActions*>(); }
    Selection& selection() { return m_window->selection(); }
    const GeneReport& report() { return *m_window->session().shown().report(); }
    static QPointF placeOf(const ChartView& view, const MarkStep& mark) {
        const PlotChart& chart = *view.tracks()[mark.track].chart;
        return chart.mapToScene(chart.map().toScene(mark.at.x(), mark.at.y()));
    }
    /// A datum that is on top where it stands.
    static std::optional<size_t> hitAt(ChartView& view, QPointF at) {
        const auto moveTo = [&view](QPointF to) { // QTest's moves end at the screen's edge, which is near
            QMouseEvent move(QEvent::MouseMove, to, view.viewport()->mapToGlobal(to), Qt::NoButton,
                             Qt::NoButton, Qt::NoModifier);
            QApplication::sendEvent(view.viewport(), &move);
        };
        moveTo(at);
        const std::optional<size_t> found = view.pointedAt();
        moveTo({1, 1});
        return found;
    }
    /// Data of a chart that a click at their mark hits, so many of them.
    static std::vector<std::pair<size_t, QPoint>> hittable(ChartView& view, size_t count) {
        std::vector<std::pair<size_t, QPoint>> found;
        for (const size_t datum : view.tracks().front().datum) {
            const std::optional<MarkStep> mark = markOf(view.tracks(), datum);
            if (!mark)
                continue;
            const QPointF at = placeOf(view, *mark);
            if (hitAt(view, at) == datum)
                found.emplace_back(datum, at.toPoint());
            if (found.size() == count)
                break;
        }
        return found;
    }
    static void click(ChartView& view, QPoint at, Qt::KeyboardModifiers modifiers = {}) {
        QTest::mouseClick(view.viewport(), Qt::LeftButton, modifiers, at);
    }
    static void drag(ChartView& view, const QList<QPoint>& way, Qt::KeyboardModifiers modifiers = {}) {
        QTest::mousePress(view.viewport(), Qt::LeftButton, modifiers, way.front());
        for (const QPoint& at : way)
            QTest::mouseMove(view.viewport(), at);
        QTest::mouseRelease(view.viewport(), Qt::LeftButton, modifiers, way.back());
    }
    static QRect plotOf(const ChartView& view, size_t track) {
        const PlotChart& chart = *view.tracks()[track].chart;
        return chart.mapRectToScene(chart.plotArea()).toAlignedRect();
    }
    std::set<Variant> variantsIn(const ChartView& view, size_t track, const QPolygonF& area) {
        std::set<Variant> found;
        const FigureTrack& shown = view.tracks()[track];
        for (const MarkItem* layer : shown.layers)
            for (const Mark& mark : layer->marks())
                if (area.containsPoint(shown.chart->mapToScene(shown.chart->map().toScene(mark.x, mark.y)),
                                       Qt::OddEvenFill))
                    found.insert(report().variants[shown.datum[mark.source]]);
        return found;
    }
    SelectDialog& dialog() {
        QTest::keyClick(m_window.get(), Qt::Key_F, Qt::ControlModifier | Qt::ShiftModifier);
        return *m_window->findChild<SelectDialog*>();
    }
    template <class Widget>
    static Widget* part(SelectDialog& dialog, const char* name) {
        return dialog.findChild<Widget*>(QString::fromLatin1(name));
    }
    bool calm() {
        return waitUntil([&] { return !m_window->jobs().isBusy(); });
    }
    void say(SelectDialog& dialog, SelectBy::What what, const QString& text,
             BrushMode mode = BrushMode::Replace) {
        auto* whats = part<QComboBox>(dialog, "selectWhat");
        whats->setCurrentIndex(whats->findData(static_cast<int>(what)));
        auto* modes = part<QComboBox>(dialog, "selectMode");
        modes->setCurrentIndex(modes->findData(static_cast<int>(mode)));
        auto* field = part<QPlainTextEdit>(dialog, "selectText");
        field->setPlainText(text);
        QTest::mouseClick(part<QPushButton>(dialog, "selectButton"), Qt::LeftButton);
        QVERIFY(calm());
    }
    std::set<Variant> variantsWhere(const char* condition) {
        const ReportTable table(m_window->session().shown().report(), ReportTable::Rows::Variants);
        const auto parsed = Condition::parse(condition, table);
        std::set<Variant> found;
        if (parsed)
            for (const size_t row : parsed->rows(table))
                found.insert(report().variants[row]);
        return found;
    }

private Q_SLOTS:
    void initTestCase() { makeHome(); }
    void init() {
        m_window = makeWindow();
        m_window->openStudy(m_home.study());
        QVERIFY(opened(*m_window));
        typeGene(*m_window, gene(*m_window, 0));
        QVERIFY(verdict(*m_window) && calm());
        QTest::qWait(30);
    }
    void cleanup() {
        QVERIFY(closed(*m_window));
        m_window.reset();
    }
    void cleanupTestCase() { m_theme.reset(); }

    void ctrlAndClickTogglesSnvs() {
        for (ChartView* view : {&page().effects().view(), &page().locus().view()}) {
            const auto marks = hittable(*view, 3);
            QCOMPARE(marks.size(), size_t{3});
            click(*view, marks[0].second);
            QVERIFY(selection().variant() == Variant(report().variants[marks[0].first]));
            click(*view, marks[1].second, Qt::ControlModifier);
            click(*view, marks[2].second, Qt::ControlModifier);
            QCOMPARE(selection().variants().size(), size_t{3});
            // All of them are marked in every chart of SNVs.
            for (const ChartView* other : {&page().effects().view(), &page().locus().view()})
                QCOMPARE(other->selectedData().size(), size_t{3});
            QCOMPARE(actions().undo->text(), QStringLiteral("&Undo Select 3 SNVs"));
            click(*view, marks[1].second, Qt::ControlModifier);
            QCOMPARE(selection().variants().size(), size_t{2});
            click(*view, QPoint(1, 1), Qt::ControlModifier); // nowhere
            QCOMPARE(selection().variants().size(), size_t{2});
            click(*view, QPoint(1, 1));
            QVERIFY(selection().variants().empty());
        }
    }

    void ctrlAndClickTogglesPeople() {
        ChartView& view = page().scatter().view();
        const auto marks = hittable(view, 2);
        QCOMPARE(marks.size(), size_t{2});
        click(view, marks[0].second);
        click(view, marks[1].second, Qt::ControlModifier);
        QCOMPARE(selection().people().size(), size_t{2});
        QCOMPARE(view.selectedData().size(), size_t{2});
        click(view, marks[0].second, Qt::ControlModifier);
        QCOMPARE(selection().person(), std::optional(report().people[marks[1].first].sample));
    }

    void aRectangleSelectsInEveryChart() {
        QTest::keyClick(m_window.get(), Qt::Key_F7);
        QVERIFY(actions().dragRectangle->isChecked() && !actions().dragMoves->isChecked());
        ChartView& scatter = page().scatter().view();
        const QRect people = plotOf(scatter, 0);
        drag(scatter, {people.topLeft(), people.center(), people.bottomRight() + QPoint(1, 1)});
        const size_t all = scatter.tracks().front().datum.size();
        QCOMPARE(selection().people().size(), all);
        const QPoint middle(people.center().x(), people.bottom() + 1);
        drag(scatter, {people.topLeft(), people.center(), middle}, Qt::ControlModifier); // takes away
        QVERIFY(!selection().people().empty() && selection().people().size() < all);

        ChartView& locus = page().locus().view();
        for (size_t track = 0; track < locus.tracks().size(); ++track) {
            const QRect plot = plotOf(locus, track);
            const QRect part(plot.left() + plot.width() / 4, plot.top() + 2, plot.width() / 2,
                             plot.height() - 4);
            selection().clear();
            drag(locus, {part.topLeft(), part.center(), part.bottomRight()});
            // Along tracks a rectangle is as high as they are.
            const std::set<Variant> expected = variantsIn(
                locus, track,
                QPolygonF(QRectF(part.left(), plot.top() - 1, part.width() - 1, plot.height() + 2)));
            QVERIFY(selection().variants() == expected);
        }
        const AxisRange before = *page().locus().seen();
        QTest::keyClick(m_window.get(), Qt::Key_F6);
        drag(locus, {QPoint(200, 120), QPoint(230, 121), QPoint(260, 122)});
        QVERIFY(actions().dragMoves->isChecked());
        QVERIFY(*page().locus().seen() != before);
    }

    void aLassoSelectsWhatItGoesRound() {
        QTest::keyClick(m_window.get(), Qt::Key_F8);
        ChartView& effects = page().effects().view();
        const QRect plot = plotOf(effects, 0);
        // A triangle: less than the rectangle round it.
        const QList<QPoint> way{plot.bottomLeft(), plot.topLeft(), plot.topRight()};
        drag(effects, way);
        const std::set<Variant> expected =
            variantsIn(effects, 0, QPolygonF(QList<QPointF>{way[0], way[1], way[2]}));
        QVERIFY(!expected.empty() && expected.size() < effects.tracks().front().datum.size());
        QVERIFY(selection().variants() == expected);
        QVERIFY(actions().undo->text().startsWith(QStringLiteral("&Undo Select ")));
        drag(effects, {plot.bottomLeft(), plot.bottomRight(), plot.topRight(), plot.topLeft()},
             Qt::ShiftModifier | Qt::ControlModifier); // what is in both
        QVERIFY(selection().variants() == expected);
        actions().undo->trigger();
        QVERIFY(selection().variants().empty());

        ChartView& locus = page().locus().view();
        const QRect track = plotOf(locus, 0);
        const QPolygonF around(QRectF(track.left(), track.top(), track.width() / 3.0, track.height() / 2.0));
        QList<QPoint> corners;
        for (const QPointF& at : around)
            corners << at.toPoint();
        drag(locus, corners);
        // Up to the rounding of its corners.
        const std::set<Variant> chosen = selection().variants();
        const auto within = [&](double beside) {
            return variantsIn(locus, 0, around.boundingRect().adjusted(-beside, -beside, beside, beside));
        };
        const std::set<Variant> most = within(1), least = within(-1);
        QVERIFY(std::includes(most.begin(), most.end(), chosen.begin(), chosen.end()));
        QVERIFY(std::includes(chosen.begin(), chosen.end(), least.begin(), least.end()));
    }

    void arrowsStepFromSnvToSnvAndEnterPins() {
        ChartView& view = page().locus().view();
        view.setFocus();
        std::set<double> places;
        for (const VariantResult& variant : report().variants)
            places.insert(static_cast<double>(variant.position));
        QTest::keyClick(&view, Qt::Key_Right);
        QVERIFY(view.pointedAt().has_value());
        QCOMPARE(double(report().variants[*view.pointedAt()].position), *places.begin());
        QVERIFY(!selection().variant()); // pointed at is not selected
        std::vector<size_t> walked{*view.pointedAt()};
        for (int i = 0; i < 5; ++i) {
            QTest::keyClick(&view, Qt::Key_Right);
            const size_t now = *view.pointedAt();
            QVERIFY(report().variants[now].position >= report().variants[walked.back()].position);
            QVERIFY(now != walked.back());
            walked.push_back(now);
        }
        QTest::keyClick(&view, Qt::Key_Left);
        QCOMPARE(*view.pointedAt(), walked[4]);
        QTest::keyClick(&view, Qt::Key_Return);
        QVERIFY(selection().variant() == Variant(report().variants[walked[4]]));
        QTest::keyClick(&view, Qt::Key_Right);
        QTest::keyClick(&view, Qt::Key_Return, Qt::ControlModifier);
        QCOMPARE(selection().variants().size(), size_t{2});
        // Out of sight is brought into it.
        QVERIFY(calm());
        for (int i = 0; i < 6; ++i)
            QTest::keyClick(&view, Qt::Key_Plus);
        for (int i = 0; i < 20; ++i)
            QTest::keyClick(&view, Qt::Key_Left);
        const auto at = static_cast<double>(report().variants[*view.pointedAt()].position + 1);
        const AxisRange seen = *page().locus().seen();
        QVERIFY(at >= seen.lower && at <= seen.upper);
    }

    void arrowsStepThroughPeople() {
        ChartView& view = page().scatter().view();
        view.setFocus();
        QTest::keyClick(&view, Qt::Key_Down); // from above: the highest
        QVERIFY(view.pointedAt().has_value());
        const auto heightOf = [&] { return markOf(view.tracks(), *view.pointedAt())->at.y(); };
        const double highest = heightOf();
        QTest::keyClick(&view, Qt::Key_Down);
        QVERIFY(heightOf() <= highest);
        QTest::keyClick(&view, Qt::Key_Up);
        QCOMPARE(heightOf(), highest);
        QTest::keyClick(&view, Qt::Key_Return);
        QCOMPARE(selection().person(), std::optional(report().people[*view.selected()].sample));
    }

    void conditionsSelect() {
        SelectDialog& select = dialog();
        say(select, SelectBy::What::Variants, QStringLiteral("maf > 0.1 and abs(ism) > 0"));
        const std::set<Variant> expected = variantsWhere("maf > 0.1 and abs(ism) > 0");
        QVERIFY(!expected.empty() && expected.size() < report().variants.size());
        QVERIFY(selection().variants() == expected);
        QCOMPARE(part<QLabel>(select, "selectFound")->text(), QStringLiteral("%1 SNVs").arg(expected.size()));
        say(select, SelectBy::What::Variants, QStringLiteral("maf > 0.3"), BrushMode::Subtract);
        for (const Variant& variant : selection().variants())
            QVERIFY(report().variants[*report().find(variant)].maf <= 0.3);
        const Selected before = selection().selected();
        say(select, SelectBy::What::Variants, QStringLiteral("mf > 0.3"));
        QVERIFY(part<QLabel>(select, "selectFound")->text().contains(QStringLiteral("maf")));
        QVERIFY(selection().selected() == before);
        say(select, SelectBy::What::People, QStringLiteral("observed > -1e9"));
        QVERIFY(!selection().people().empty());
        QVERIFY(selection().variants() == before.variants);
        actions().undo->trigger(); // what comes after each other is one step
        QVERIFY(selection().selected().empty());
        select.close();
    }

    void enterSelectsAndTypingCounts() {
        SelectDialog& select = dialog();
        auto* field = part<QPlainTextEdit>(select, "selectText");
        QTest::keyClicks(field, QStringLiteral("maf > 0"));
        QTRY_VERIFY(part<QLabel>(select, "selectFound")->text().endsWith(QStringLiteral("SNVs")));
        QVERIFY(selection().variants().empty());
        QTest::keyClick(field, Qt::Key_Return);
        QVERIFY(calm());
        QVERIFY(!selection().variants().empty());
        QCOMPARE(field->toPlainText(), QStringLiteral("maf > 0"));
        select.close();
    }

    void listsSelect() {
        SelectDialog& select = dialog();
        const Variant variant = report().variants[1];
        const std::string first = report().people[0].sample, second = report().people[2].sample;
        say(select, SelectBy::What::Names,
            QString::fromStdString(toName(variant) + "\n" + first + " " + second + "\nnobody"));
        QVERIFY(selection().variant() == variant);
        QCOMPARE(selection().people(), (std::set<std::string>{first, second}));
        const QString said = part<QLabel>(select, "selectFound")->text();
        QVERIFY2(said.contains(QStringLiteral("1 SNV")) && said.contains(QStringLiteral("2 people")) &&
                     said.contains(QStringLiteral("nobody")),
                 qPrintable(said));
        say(select, SelectBy::What::Names, QString::fromStdString(second));
        QVERIFY(selection().variant() == variant); // a list of people is about people
        QCOMPARE(selection().people(), (std::set<std::string>{second}));
        select.close();
    }

    void genotypesSelect() {
        const auto& variants = report().variants;
        const auto common =
            std::max_element(variants.begin(), variants.end(),
                             [](const VariantResult& a, const VariantResult& b) { return a.maf < b.maf; });
        selection().selectVariant(*common);
        SelectDialog& select = dialog();
        auto* whats = part<QComboBox>(select, "selectWhat");
        whats->setCurrentIndex(whats->findData(static_cast<int>(SelectBy::What::Genotype)));
        const auto boxes = select.findChildren<QCheckBox*>();
        QCOMPARE(boxes.size(), qsizetype{3});
        QVERIFY(boxes[1]->text().startsWith(genotypesOf(*common)[1]));
        boxes[1]->click();
        boxes[2]->click();
        QTest::mouseClick(part<QPushButton>(select, "selectButton"), Qt::LeftButton);
        QVERIFY(calm());
        std::set<std::string> carriers;
        for (size_t p = 0; p < report().people.size(); ++p)
            if (common->genotypes.copies(p) == 1 || common->genotypes.copies(p) == 2)
                carriers.insert(report().people[p].sample);
        QVERIFY(!carriers.empty() && carriers.size() < report().people.size());
        QCOMPARE(selection().people(), carriers);
        selection().clear();
        QVERIFY(!boxes[1]->isEnabled());
        QTest::mouseClick(part<QPushButton>(select, "selectButton"), Qt::LeftButton);
        QVERIFY(calm());
        QVERIFY(part<QLabel>(select, "selectFound")->text().contains(QStringLiteral("No SNV")));
        select.close();
    }

    void genesAreToggledOnTheGenomePage() {
        m_window->session().results().analyzeAll();
        m_window->turnTo(Document::Page::Genome);
        QVERIFY(waitUntil([&] { return m_window->session().results().rows().size() == DemoHome::genes; }));
        QVERIFY(waitUntil([&] { return m_window->genome().table()->rowCount() == DemoHome::genes; }));
        QVERIFY(calm());
        QTest::qWait(100);
        auto* genomePage = m_window->findChild<GenomePage*>();
        for (GenomePanel* panel : genomePage->panels()) {
            if (!panel->isVisible() || panel->view().tracks().empty() ||
                panel->view().tracks().front().layers.empty())
                continue;
            Q_EMIT panel->view().clicked(1, true);
            Q_EMIT panel->view().clicked(2, true);
            QCOMPARE(m_window->genome().selected().size(), qsizetype{2});
            Q_EMIT panel->view().clicked(1, true);
            QCOMPARE(m_window->genome().selected().size(), qsizetype{1});
            QTest::keyClick(m_window.get(), Qt::Key_F8);
            QVERIFY(panel->view().drag() == ChartView::Drag::Lasso);
            QTest::keyClick(m_window.get(), Qt::Key_F6);
            QVERIFY(panel->view().drag() == ChartView::Drag::Rectangle); // always one of them
            return;
        }
        QFAIL("no scatter of genes is shown");
    }
};

QTEST_MAIN(TestSelect)
#include "tst_select.moc"
