// SPDX-License-Identifier: GPL-3.0-or-later
// SNVs that others are held against: LD with several, eQTL effects beside one. As values, as they are drawn,
// and in the window.
#include "analysis/gene_statistics.h"
#include "charts/eqtl_track_chart.h"
#include "charts/linkage_look.h"
#include "document/session_file.h"
#include "report_fixture.h"
#include "viewmodels/effect_text.h"
#include "viewmodels/gene_text.h"
#include "viewmodels/number_text.h"
#include "views/figure_saver.h"
#include "views/locus_panel.h"
#include "views/references_button.h"
#include "views/tracks_button.h"
#include "window_test.h"

#include <QMenu>

#include <cmath>

using namespace diploscope;
using namespace diploscope::ui;
using namespace diploscope::test;

namespace {

Variant snvAt(int64_t position) {
    return trimmedVariant("1", position, "G", "T");
}

const Mark& markOf(const MarkItem& layer, uint32_t source) {
    const auto& marks = layer.marks();
    return *std::find_if(marks.begin(), marks.end(),
                         [source](const Mark& mark) { return mark.source == source; });
}

} // namespace

class TestSnvReferences : public WindowTest {
    Q_OBJECT

private:
    static LocusPanel& locus(MainWindow& window) { return window.findChild<GenePage*>()->locus(); }
    static const SnvReferences& references(MainWindow& window) {
        return window.documents().document().references;
    }
    static QString undoText(MainWindow& window) { return window.documents().steps().undoText(); }
    static QAction* entry(const QMenu& menu, const QString& word) {
        for (QAction* action : menu.actions())
            if (action->data().toString() == word)
                return action;
        return nullptr;
    }
    /// As from the opened menu of the locus.
    static QAction* choice(MainWindow& window, const QString& word) {
        QMenu* menu = locus(window).referencesButton().menu();
        Q_EMIT menu->aboutToShow();
        return entry(*menu, word);
    }
    static std::vector<Variant> told(const GeneReport& report, size_t count) {
        std::vector<Variant> variants;
        for (size_t v = 0; v < report.variants.size() && variants.size() < count; ++v)
            if (report.isGenotyped(v) && report.variants[v].eqtl.slope && v != report.lead)
                variants.push_back(report.variants[v]);
        return variants;
    }

private Q_SLOTS:
    void initTestCase() { makeHome(); }
    void cleanupTestCase() { m_theme.reset(); }

    void pinsAreAList() {
        SnvReferences pins;
        pins = withPinned(pins, snvAt(5), true);
        pins = withPinned(pins, snvAt(3), true);
        pins = withPinned(pins, snvAt(5), true);
        QCOMPARE(pins.pinned.size(), size_t{2});
        QVERIFY(pins.pinned[0] == snvAt(5) && pins.isPinned(snvAt(3)));
        QVERIFY(!withPinned(pins, snvAt(5), false).isPinned(snvAt(5)));
        QVERIFY(withPinned(pins, snvAt(9), false) == pins);
        for (int64_t i = 100; i < 200; ++i)
            pins = withPinned(pins, snvAt(i), true);
        QCOMPARE(pins.pinned.size(), SnvReferences::MostPinned);
    }

    void pinnedBeforeSelectedBeforeLead() {
        GeneReport report = inventReport({.snvs = 9, .drivers = 0});
        report.lead = 4;
        using Indices = std::vector<size_t>;
        QCOMPARE(linkageReferences(report, {}, std::nullopt), Indices{4});
        QCOMPARE(linkageReferences(report, {}, 6), Indices{6});
        SnvReferences pins{.pinned = {report.variants[7], report.variants[2]}};
        QCOMPARE(linkageReferences(report, pins, 6), (Indices{7, 2})); // in the order of pinning
        report.variants[7].poorlyGenotyped = true;
        QCOMPARE(linkageReferences(report, pins, 6), Indices{2});
        pins.pinned = {report.variants[7], snvAt(1)}; // nothing is known of them here
        QCOMPARE(linkageReferences(report, pins, 6), Indices{6});
        QVERIFY(!givenVariant(report, {}));
        QCOMPARE(givenVariant(report, {.given = report.variants[3]}), std::optional<size_t>(3));
        QVERIFY(!givenVariant(report, {.given = report.variants[7]}));
        QVERIFY(!givenVariant(report, {.given = snvAt(1)}));
    }

    /// Ctrl-C is heard between SNVs: a wide gene with twenty of them takes its time.
    void figuresByCommandAreStopped() {
        const auto window = windowWithAGene();
        QVERIFY(window);
        const auto report = window->session().shown().report();
        const Study& study = *window->session().study();
        GeneFigureSpec spec{.report = report};
        const SnvReferences pins{.pinned = told(*report, 2)};
        QCOMPARE(pins.pinned.size(), size_t{2});
        std::stop_source stop;
        stop.request_stop();
        RunContext stopped;
        stopped.stop = stop.get_token();
        const Result<void> ended = refer(spec, pins, study, stopped);
        QVERIFY(!ended && ended.error().kind == ErrorKind::Cancelled && !spec.linkages);
        DS_VERIFY(refer(spec, pins, study));
        QCOMPARE(spec.linkages->size(), size_t{2});
        QVERIFY(closed(*window));
    }

    void theStrongestIsTheFirstOfEquals() {
        const Linkages linkages{{snvAt(1), {0.5, std::nullopt, std::nullopt, 0.1}},
                                {snvAt(2), {-0.5, 0.3, std::nullopt, -0.9}}};
        QCOMPARE(strongestLinkage(linkages, 0)->reference, size_t{0});
        QCOMPARE(strongestLinkage(linkages, 0)->r2, 0.25);
        QCOMPARE(strongestLinkage(linkages, 1)->reference, size_t{1});
        QVERIFY(!strongestLinkage(linkages, 2));
        QCOMPARE(strongestLinkage(linkages, 3)->reference, size_t{1}); // whatever the sign
        QVERIFY(!strongestLinkage({}, 0));
    }

    /// Hue and shape of the reference that an SNV is most strongly linked with, fuller with r2.
    void severalReferencesHaveHuesOfTheirOwn() {
        const GeneReport report = inventReport({.snvs = 8, .drivers = 0});
        const Linkages linkages{
            {report.variants[0], {1.0, 0.1, std::sqrt(0.5), 0.2, -std::sqrt(0.95), std::nullopt, 0.1, 0.3}},
            {report.variants[1], {0.1, 1.0, 0.3, std::sqrt(0.5), 0.1, std::nullopt, -0.2, -std::sqrt(0.95)}}};
        for (const Theme& theme : {lightTheme(), darkTheme()}) {
            const ChartStyle style = ChartStyle::screen(theme).value();
            const LocusTracks shown = locusTracks(report, {}, &linkages);
            EqtlTrackChart chart(shown, style);
            chart.resize(800, 200);
            const auto colourOf = [&](uint32_t v) {
                return QColor::fromRgb(chart.snvs().look().palette[markOf(chart.snvs(), v).colour]);
            };
            const auto shapeOf = [&](uint32_t v) { return markOf(chart.snvs(), v).shape; };
            const MarkLook first = theme.credibleSet(1), second = theme.credibleSet(2);
            QCOMPARE(colourOf(4), first.colour); // 0.95, whatever the sign
            QCOMPARE(colourOf(7), second.colour);
            QVERIFY(shapeOf(2) == first.shape && shapeOf(4) == first.shape);
            QVERIFY(shapeOf(3) == second.shape && shapeOf(7) == second.shape);
            QVERIFY(first.shape != second.shape);
            const auto fromGround = [&](const QColor& colour) {
                return std::abs(colour.red() - theme.card.red()) +
                       std::abs(colour.green() - theme.card.green()) +
                       std::abs(colour.blue() - theme.card.blue());
            };
            QVERIFY(fromGround(colourOf(2)) < fromGround(colourOf(4)));
            QCOMPARE(colourOf(6), theme.quiet); // 0.04 with each
            QVERIFY(shapeOf(6) == MarkShape::Circle && shapeOf(5) == MarkShape::Circle);
            QCOMPARE(colourOf(5), theme.undecided.colour); // not known
            // Both are named, ringed, in their own hue.
            QCOMPARE(chart.labels().places().size(), size_t{2});
            for (const uint32_t v : {0U, 1U}) {
                QCOMPARE(markOf(chart.drivers(), v).ring, theme.text.rgb());
                QCOMPARE(markOf(chart.drivers(), v).shape, theme.credibleSet(v + 1).shape);
            }
            const LinkageLook look(shown, style);
            QCOMPARE(look.legend().size(), size_t{3});
            QVERIFY(look.legend()[1].text.contains(variantText(report.variants[1])));
            // One alone is on the scale that it was on before there were pins.
            const Linkages one{linkages[1]};
            QVERIFY(LinkageLook(locusTracks(report, {}, &one), style).legend().empty());
        }
    }

    /// A step begins at its own r2.
    void stepsBeginAtFifths() {
        const ChartStyle style = ChartStyle::screen(lightTheme()).value();
        LocusTracks shown;
        shown.references.resize(2);
        const LinkageLook look(shown, style);
        const auto colourAt = [&](double r2) { return look.colourOf({.r2 = r2, .reference = 1}); };
        QVERIFY(colourAt(0.1999) == colourAt(0));
        for (const double r2 : {0.2, 0.4, 0.6, 0.8}) {
            QVERIFY(colourAt(r2) != colourAt(r2 - 1e-4));
            QVERIFY(colourAt(r2) == colourAt(r2 + 0.1999));
        }
        QCOMPARE(colourAt(1), colourAt(0.8));
        QVERIFY(colourAt(1) != look.colourOf({.r2 = 1.0, .reference = 0}));
    }

    void effectsBesideAnSnv() {
        GeneReport report = inventReport({.people = 60, .snvs = 6, .drivers = 1});
        inventStatistics(report);
        report.variants[0].genotypes = report.variants[3].genotypes = {};
        for (size_t p = 0; p < 60; ++p) {
            addCopies(report.variants[0].genotypes, static_cast<uint8_t>(p % 2));
            addCopies(report.variants[3].genotypes, p % 3 == 0);
        }
        EqtlGiven given{report.variants[2], std::vector<EqtlEffect>(6)};
        for (const size_t v : {0, 1, 3, 4})
            given.effects[v] = {-0.25, 0.125, -2.0, 1e-4, -0.1, 57};
        const LocusTracks shown = locusTracks(report, {}, nullptr, Attribution::Ism, SnvColour::Maf, &given);
        QCOMPARE(shown.associations.size(), size_t{4});
        for (const auto& association : shown.associations)
            QVERIFY(std::abs(association.minusLog10P - 4) < 1e-12);
        QVERIFY(shown.importedAssociations.empty() && !shown.importedProbabilities.empty());
        QCOMPARE(shown.given->name, variantText(report.variants[2]));
        QVERIFY(!shown.given->point);
        const Linkages linkages{linkageWith(report, 3)};
        const QString tip = referencesToolTip(report, 0, &linkages, &given);
        QVERIFY2(tip.contains(QStringLiteral("eQTL slope given %1: %2 ± %3, %4")
                                  .arg(variantText(report.variants[2]), effectText(-0.25), effectText(0.125),
                                       pText(PValue(1e-4)))),
                 qPrintable(tip));
        QVERIFY2(tip.contains(QStringLiteral("LD with ") + variantText(report.variants[3])) &&
                     tip.contains(QStringLiteral("r² ")),
                 qPrintable(tip));
        QVERIFY(referencesToolTip(report, 5, nullptr, &given).contains(QStringLiteral("nothing is left")));
        QVERIFY(referencesToolTip(report, 3, &linkages, nullptr).isEmpty()); // it is the reference
    }

    /// By the chart's menu, the head's and the track's; undone by name; back from a session.
    void pinnedInTheWindow() {
        const auto window = windowWithAGene();
        QVERIFY(window);
        const std::shared_ptr<const GeneReport> kept = window->session().shown().report();
        const GeneReport& report = *kept;
        const std::vector<Variant> two = told(report, 2);
        QCOMPARE(two.size(), size_t{2});
        const QString first = variantText(report.variants[*report.find(two[0])]);
        const QString second = variantText(report.variants[*report.find(two[1])]);
        QVERIFY(choice(*window, QStringLiteral("pin")) == nullptr); // nothing is selected
        QVERIFY(entry(*locus(*window).saver().makeMenu(window.get()), QStringLiteral("pin")) == nullptr);

        window->selection().selectVariant(two[0]);
        entry(*locus(*window).saver().makeMenu(window.get()), QStringLiteral("pin"))->trigger();
        QVERIFY((references(*window).pinned == std::vector<Variant>{two[0]}));
        QCOMPARE(undoText(*window), QStringLiteral("Make %1 an LD reference").arg(first));
        window->selection().selectVariant(two[1]);
        QVERIFY(calm(*window));
        QVERIFY(locus(*window).contents().linkages()->front().reference == two[0]); // it stays
        choice(*window, QStringLiteral("pin"))->trigger();
        QVERIFY(waitUntil([&] { return locus(*window).contents().linkages()->size() == 2; }));
        QVERIFY((references(*window).pinned == two));
        QVERIFY(locus(*window).contents().linkages()->back().reference == two[1]);

        QVERIFY(!locus(*window).contents().given());
        choice(*window, QStringLiteral("given"))->trigger();
        QCOMPARE(undoText(*window), QStringLiteral("eQTL given %1").arg(second));
        QVERIFY(waitUntil([&] { return locus(*window).contents().given() != nullptr; }));
        const EqtlGiven& given = *locus(*window).contents().given();
        QVERIFY(given.given == two[1]);
        const auto expected =
            effectsGiven(report, window->session().study()->covariates(), *report.find(two[1]));
        for (size_t v = 0; v < expected.size(); ++v)
            QCOMPARE(given.effects[v].slope, expected[v].slope);
        QMenu ofTrack;
        Q_EMIT locus(*window).tracksButton().menuBegun(&ofTrack, QStringLiteral("eqtl"));
        QVERIFY(entry(ofTrack, QStringLiteral("given"))->isChecked());
        QMenu ofAnother;
        Q_EMIT locus(*window).tracksButton().menuBegun(&ofAnother, QStringLiteral("ism"));
        QVERIFY(ofAnother.isEmpty());

        QVERIFY(calm(*window));
        const std::filesystem::path file = m_home / "pins.diploscope.json";
        DS_VERIFY(writeSession(window->documents().document(), file));
        const SnvReferences saved = references(*window);
        entry(ofTrack, QStringLiteral("alone"))->trigger();
        QVERIFY(!references(*window).given && !locus(*window).contents().given());
        window->documents().steps().undo();
        QVERIFY(waitUntil([&] { return locus(*window).contents().given() != nullptr; }));
        choice(*window, QStringLiteral("unpin all"))->trigger();
        QVERIFY(references(*window).pinned.empty());
        QVERIFY(waitUntil([&] {
            const auto& linkages = locus(*window).contents().linkages();
            return linkages->size() == 1 && linkages->front().reference == two[1]; // the selected one
        }));
        window->documents().steps().undo();
        QVERIFY(references(*window) == saved);

        typeGene(*window, gene(*window, 1));
        QVERIFY(verdict(*window));
        QVERIFY(references(*window) == SnvReferences{} && locus(*window).references() == SnvReferences{});
        window->documents().steps().undo();
        QVERIFY(verdict(*window));
        QVERIFY(locus(*window).references() == saved);
        QVERIFY(closed(*window));

        const auto next = makeWindow();
        next->openStudy(QString::fromStdString(file.string()));
        QVERIFY(waitUntil([&] { return locus(*next).contents().given() != nullptr; }));
        QVERIFY(calm(*next));
        QVERIFY(references(*next) == saved);
        QCOMPARE(locus(*next).contents().linkages()->size(), size_t{2});
        QVERIFY(closed(*next));
    }
};

QTEST_MAIN(TestSnvReferences)
#include "tst_snv_references.moc"
