// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/gene_statistics.h"
#include "charts/eqtl_track_chart.h"
#include "charts/ism_track_chart.h"
#include "charts/locus_chart.h"
#include "charts/missing_track_chart.h"
#include "charts/pip_track_chart.h"
#include "drawn_text.h"
#include "figures/gene_figures.h"
#include "layout_check.h"
#include "report_fixture.h"
#include "stats/eqtl.h"
#include "support.h"
#include "viewmodels/locus_tracks.h"
#include "viewmodels/track_kinds.h"

#include <QApplication>
#include <QGraphicsScene>
#include <QGraphicsView>

#include <cmath>
#include <limits>

using namespace diploscope;
using namespace diploscope::ui;
using namespace diploscope::test;

namespace {

Gene geneOf(const std::string& id, const std::string& contig, int64_t start, int64_t end,
            Strand strand = Strand::Forward) {
    return {
        id, "1", "N" + id, "protein_coding", {contig, start, end}, strand, {{contig, start, start + 100}}};
}

/// A report with a spread of p, where the fixture has one for all.
GeneReport spreadReport() {
    GeneReport report = inventReport();
    for (size_t v = 0; v < report.variants.size(); ++v)
        if (report.variants[v].eqtl.p)
            report.variants[v].eqtl.p = std::pow(10.0, -static_cast<double>(v % 17));
    return report;
}

std::vector<GeneModel> someGenes(const GeneReport& report) {
    std::vector<GeneModel> genes;
    for (int i = 0; i < 12; ++i) {
        const double start = static_cast<double>(report.window.start) + 9000.0 * i;
        genes.push_back({QStringLiteral("GENE%1").arg(i),
                         start,
                         start + 15'000 + 4000 * (i % 3),
                         Strand::Forward,
                         {{start, start + 300}},
                         i == 0});
    }
    return genes;
}

} // namespace

class TestLocusTracks : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void genesAreFoundUnderTheirOwnContigName() {
        // The report's contig is the reference's, the annotation has its own.
        const Annotation annotation(
            {geneOf("A", "chr7", 1000, 2000), geneOf("B", "chr7", 2500, 6000, Strand::Reverse),
             geneOf("FAR", "chr7", 900'000, 901'000), geneOf("OTHER", "chr8", 1000, 2000)});
        const Gene gene = geneOf("A", "7", 1000, 2000);
        const auto models = geneModels(annotation, gene, {"7", 0, 4000});
        QCOMPARE(models.size(), size_t{2});
        QVERIFY(models[0].analysed);
        QCOMPARE(models[0].name, QStringLiteral("NA"));
        QCOMPARE(models[0].start, 1001.0); // 1-based, closed
        QCOMPARE(models[0].end, 2000.0);
        QCOMPARE(models[0].exons.front().first, 1001.0);
        QCOMPARE(models[0].exons.front().second, 1100.0);
        QVERIFY(models[1].strand == Strand::Reverse);
        QVERIFY(geneModels(annotation, geneOf("UNKNOWN", "7", 0, 10), {"7", 0, 4000}).empty());
    }

    void linkageIsTheSquaredCorrelation() {
        GeneReport report = inventReport({.people = 6, .snvs = 3, .drivers = 0});
        report.variants[0].genotypes = peopleWith({0, 1, 2, 0, 1, 2});
        report.variants[1].genotypes = peopleWith({2, 1, 0, 2, 1, 0}); // mirrored: r = -1
        report.variants[2].genotypes = peopleWith({1, 1, 1, 1, 1, 1}); // constant
        const Linkage linkage = linkageWith(report, 0);
        QVERIFY(linkage.reference == report.variants[0]);
        QVERIFY(std::abs(*linkage.r2(0) - 1) < 1e-12);
        QVERIFY(std::abs(*linkage.r2(1) - 1) < 1e-12);
        QVERIFY(std::abs(*linkage.r[0] - 1) < 1e-12 && std::abs(*linkage.r[1] + 1) < 1e-12);
        QVERIFY(!linkage.r2(2));
        QVERIFY(!linkage.r2(99));
        report.variants[1].genotypes = peopleWith({0, 1, 2, 0, 2, 1});
        // sums of squares 4 and 4, of products 3
        QVERIFY(std::abs(*linkageWith(report, 0).r2(1) - 9.0 / 16) < 1e-12);
        report.variants[1].genotypes =
            peopleWith({0, 1, SnvGenotypes::NoGenotype, 0, 2, 1}); // the mean of the others, .8
        QVERIFY(std::abs(*linkageWith(report, 0).r2(1) -
                         1.8 * 1.8 / (4 * (0.64 + 0.04 + 0.64 + 1.44 + 0.04))) < 1e-12);
        report.variants[1].poorlyGenotyped = true;
        QVERIFY(!linkageWith(report, 0).r2(1));
        report.variants[1].genotypes = {}; // not known: no LD, and no crash
        QVERIFY(!linkageWith(report, 0).r2(1));
        QVERIFY(!linkageWith(report, 1).r2(0));
    }

    void leadHasTheSmallestP() {
        GeneReport report = inventReport({.snvs = 4, .drivers = 0});
        for (auto& variant : report.variants)
            variant.eqtl = {};
        QVERIFY(!leadOf(report));
        const auto set = [&report](size_t v, double r, double p, double df) {
            report.variants[v].eqtl.r = r;
            report.variants[v].eqtl.p = p;
            report.variants[v].eqtl.degreesOfFreedom = df;
        };
        set(1, 0.5, 0.01, 20);
        set(3, 0.4, 0.001, 60); // of more people
        QCOMPARE(leadOf(report).value(), size_t{3});
        set(1, -0.9, 0.0, 60); // underflowed, both
        set(3, 0.8, 0.0, 60);
        QCOMPARE(leadOf(report).value(), size_t{1});
        report.variants[1].poorlyGenotyped = true;
        QCOMPARE(leadOf(report).value(), size_t{3});
        // The same one as core names when the statistics come.
        std::vector<EqtlEffect> effects;
        for (const VariantResult& variant : report.variants)
            effects.push_back(variant.poorlyGenotyped ? EqtlEffect{} : variant.eqtl);
        QCOMPARE(leadVariant(effects), std::optional<int64_t>(3));
    }

    void associationsHoldWhatHasAP() {
        GeneReport report = inventReport({.snvs = 5, .drivers = 1});
        report.variants[0].eqtl.p = 0.0;
        report.variants[1].eqtl.p.reset();
        report.variants[2].eqtl.p = 1e-8;
        report.variants[2].ism = std::nan(""); // the model is still at work
        const LocusTracks shown = locusTracks(report, {}, nullptr);
        QCOMPARE(shown.associations.size(), size_t{4});
        QVERIFY(std::isfinite(shown.associations[0].minusLog10P) && shown.associations[0].minusLog10P > 300);
        QCOMPARE(shown.associations[1].variant, size_t{2});
        QVERIFY(std::abs(shown.associations[1].minusLog10P - 8) < 1e-12);
        QCOMPARE(shown.associations[1].position, static_cast<double>(report.variants[2].position + 1));
        QVERIFY(!shown.associations[1].r2);
        QVERIFY(std::none_of(shown.ism.snvs.begin(), shown.ism.snvs.end(),
                             [](const IsmTrack::Snv& snv) { return snv.variant == 2; }));
        const Linkages linkages{{report.variants[2], {-0.5, 0.5, 1.0, std::nullopt, 0.0}}};
        const LocusTracks linked = locusTracks(report, {}, &linkages);
        QCOMPARE(linked.associations[0].r2.value(), 0.25);
        QVERIFY(!linked.associations[2].r2);
        QCOMPARE(linked.references.size(), size_t{1});
        QCOMPARE(linked.references[0].point.value(), size_t{1});
        report.variants[2].alt = "A"; // the SNV is another one: nothing is named after it
        const LocusTracks other = locusTracks(report, {}, &linkages);
        QVERIFY(!other.references[0].point && other.references[0].name.isEmpty());
    }

    void fineMappingIsShownWhereThereIsOne() {
        GeneReport report = spreadReport();
        QVERIFY(!locusTracks(report, {}, nullptr).hasFineMapping());
        inventStatistics(report);
        const LocusTracks shown = locusTracks(report, {}, nullptr);
        QCOMPARE(shown.probabilities.size(), report.variants.size());
        QCOMPARE(shown.credibleSets, int64_t{2});
        QCOMPARE(shown.probabilities[8].credibleSet, int64_t{2});
        QCOMPARE(shown.probabilities[8].position, static_cast<double>(report.variants[8].position + 1));
        QCOMPARE(shown.importedProbabilities.size(), report.variants.size() / 3);
        QCOMPARE(shown.importedProbabilities[1].variant, size_t{3});
        QCOMPARE(shown.importedAssociations[1].minusLog10P, 5.0);
        QCOMPARE(shown.associations[*shown.leadPoint].variant, *report.lead);

        for (VariantResult& variant : report.variants) {
            variant.pip.reset();
            variant.prunedPip.reset();
        }
        report.fineMapping.reset();
        QVERIFY(locusTracks(report, {}, nullptr).hasFineMapping()); // a table's alone will do
        report.imported.clear();
        QVERIFY(!locusTracks(report, {}, nullptr).hasFineMapping());
    }

    /// Why SNVs have an effect by the model alone; nothing where none is left out.
    void missingGenotypesAreShownWhereSnvsAreLeftOut() {
        GeneReport report = inventReport({.people = 10, .snvs = 6, .drivers = 1});
        report.variants[1].missing = 2;
        QVERIFY(locusTracks(report, {}, nullptr).missing.empty());
        report.variants[4].missing = 3;
        report.variants[4].poorlyGenotyped = true;
        const LocusTracks shown = locusTracks(report, {}, nullptr);
        QCOMPARE(shown.missing.size(), size_t{2});
        QCOMPARE(shown.missing[0].fraction, LocusTracks::mostMissing);
        QVERIFY(!shown.missing[0].leftOut && shown.missing[1].leftOut);
        QCOMPARE(shown.missing[1].variant, size_t{4});
        QCOMPARE(shown.missing[1].position, static_cast<double>(report.variants[4].position + 1));
        QVERIFY(std::none_of(shown.associations.begin(), shown.associations.end(),
                             [](const LocusTracks::Association& snv) { return snv.variant == 4; }));
        const MissingTrackChart chart(shown, ChartStyle::screen(lightTheme()).value());
        QCOMPARE(chart.snvs().marks().size(), size_t{2});
        QVERIFY(chart.snvs().marks()[0].shape != chart.snvs().marks()[1].shape);
        QVERIFY(chart.fullY().lower == 0 && chart.fullY().upper > 0.3 && chart.fullY().upper <= 1);
    }

    void theLowestTrackHasTheAxis_data() {
        QTest::addColumn<QSizeF>("size");
        QTest::addColumn<bool>("paper");
        QTest::newRow("window") << QSizeF(1100, 520) << false;
        QTest::newRow("paper") << QSizeF(493, 311) << true;
    }
    void theLowestTrackHasTheAxis() {
        QFETCH(QSizeF, size);
        QFETCH(bool, paper);
        GeneReport report = spreadReport();
        inventStatistics(report);
        report.variants[7].missing = 200;
        report.variants[7].poorlyGenotyped = true;
        const ChartStyle style =
            paper ? ChartStyle::paper().value() : ChartStyle::screen(lightTheme()).value();
        QGraphicsScene scene;
        auto* locus = new LocusChart(locusTracks(report, someGenes(report), nullptr), style,
                                     paper ? Medium::Paper : Medium::Screen);
        scene.addItem(locus);
        locus->setGeometry(QRectF(QPointF(), size));
        QCoreApplication::sendPostedEvents();
        QCOMPARE(locus->tracks().size(), size_t{4});
        QVERIFY(dynamic_cast<const MissingTrackChart*>(locus->tracks().back()) != nullptr);
        std::vector<QRectF> plots;
        for (const TrackChart* track : locus->tracks()) {
            plots.push_back(track->mapRectToScene(track->plotArea()));
            QCOMPARE(plots.back().left(), plots.front().left());
            QCOMPARE(plots.back().right(), plots.front().right());
        }
        const QString fault = faultOfLayout(scene, size, plots);
        QVERIFY2(fault.isEmpty(), qPrintable(fault));
    }

    void theReportNamesTheLead() {
        GeneReport report = spreadReport();
        inventStatistics(report);
        report.lead = 2; // covariates may make it another SNV than the smallest p does
        QCOMPARE(leadOf(report), std::optional(size_t{2}));
    }

    void credibleSetsDifferInShapeAndColour() {
        GeneReport report = spreadReport();
        inventStatistics(report);
        const ChartStyle style = ChartStyle::screen(lightTheme()).value();
        const PipTrackChart chart(locusTracks(report, {}, nullptr), style);
        QCOMPARE(chart.fullY(), (AxisRange{0, 1}));
        const auto markOf = [&chart](uint32_t source) {
            const auto& marks = chart.snvs().marks();
            return *std::find_if(marks.begin(), marks.end(),
                                 [source](const Mark& mark) { return mark.source == source; });
        };
        QVERIFY(markOf(3).shape != markOf(7).shape);
        QVERIFY(chart.snvs().look().palette[markOf(3).colour] !=
                chart.snvs().look().palette[markOf(7).colour]);
        QVERIFY(markOf(3).size > markOf(0).size);
        QVERIFY(std::all_of(chart.imported().marks().begin(), chart.imported().marks().end(),
                            [](const Mark& mark) { return mark.hollow; }));
        QVERIFY(chart.key() != nullptr);
        for (const Theme& theme : {lightTheme(), darkTheme()})
            for (int64_t a = 1; a <= 20; ++a)
                for (int64_t b = 1; b < a; ++b)
                    QVERIFY(theme.credibleSet(a).colour != theme.credibleSet(b).colour ||
                            theme.credibleSet(a).shape != theme.credibleSet(b).shape);
    }

    /// An idle effect of SuSiE spreads a whole probability over SNVs that explain nothing: its share is in
    /// the tables, not in the picture, which says so.
    void idleEffectsAreLeftOut() {
        GeneReport report = spreadReport();
        inventStatistics(report);
        for (VariantResult& variant : report.variants)
            variant.pip = *variant.prunedPip + 0.001;
        report.variants[20].pip = 0.46;
        report.variants[20].prunedPip = 0.02;
        const LocusTracks shown = locusTracks(report, {}, nullptr);
        QCOMPARE(shown.probabilities[20].variant, size_t{20});
        QCOMPARE(shown.probabilities[20].pip, 0.02);
        QCOMPARE(shown.probabilities[3].pip, 0.98);
        const ChartStyle style = ChartStyle::screen(lightTheme()).value();
        QGraphicsScene scene;
        auto* chart = new PipTrackChart(shown, style);
        scene.addItem(chart);
        chart->resize(800, 200);
        QCoreApplication::sendPostedEvents();
        for (const Mark& mark : chart->snvs().marks())
            QCOMPARE(mark.y, *report.variants[mark.source].prunedPip);
        TextRecorder drawn({800, 200});
        QPainter painter(&drawn);
        scene.render(&painter, QRectF(0, 0, 800, 200), QRectF(0, 0, 800, 200));
        painter.end();
        QString texts;
        for (const DrawnText& text : drawn.texts())
            texts += text.text + u' ';
        QVERIFY2(texts.contains(QStringLiteral("idle effects left out")), qPrintable(texts));
    }

    void theLeadIsNamed() {
        GeneReport report = spreadReport();
        inventStatistics(report);
        const ChartStyle style = ChartStyle::screen(lightTheme()).value();
        const auto labelsOf = [&](const Linkages* linkages) {
            EqtlTrackChart chart(locusTracks(report, {}, linkages), style);
            chart.resize(800, 200);
            return chart.labels().places().size();
        };
        QCOMPARE(labelsOf(nullptr), size_t{1});
        Linkages linkages{
            {report.variants[*report.lead], std::vector<std::optional<double>>(report.variants.size())}};
        QCOMPARE(labelsOf(&linkages), size_t{1}); // one label for both
        linkages[0].reference = report.variants[*report.lead == 5 ? 6 : 5];
        QCOMPARE(labelsOf(&linkages), size_t{2});
    }

    /// The word finds another corner, or gives way.
    void theTssWordTouchesNoDriver() {
        const ChartStyle style = ChartStyle::screen(lightTheme()).value();
        for (const double ism : {0.1, -0.1}) {
            GeneReport report = inventReport({.drivers = 1});
            VariantResult& driver = report.variants[report.drivers[0].variant];
            driver.ism = ism;
            report.drivers[0].driver.gain = 1;
            for (const int64_t away : {-1500, -300, 0, 300, 1500}) {
                driver.position = report.gene.tss() + away;
                for (const double height : {60.0, 90.0, 140.0}) {
                    IsmTrackChart chart(ismTrack(report), style);
                    chart.hideHeader();
                    chart.hideXAxis();
                    chart.resize(640, height);
                    const Mark& mark = chart.drivers().marks().front();
                    const double reach = markExtent(mark.shape, mark.size) + style.ringWidth / 2;
                    const QPointF at = chart.map().toScene(mark.x, mark.y);
                    const QRectF round(at.x() - reach, at.y() - reach, 2 * reach, 2 * reach);
                    QVERIFY2(!chart.tss().wordRect().intersects(round),
                             qPrintable(QStringLiteral("%1 bp, %2 px").arg(away).arg(height)));
                }
            }
        }
    }

    void plotAreasLineUpToThePixel_data() {
        QTest::addColumn<QSizeF>("size");
        QTest::addColumn<double>("ismUnit"); // how wide the labels of the ISM axis are
        QTest::addColumn<bool>("paper");
        QTest::addColumn<bool>("fineMapping");
        QTest::newRow("narrow") << QSizeF(660, 340) << 1.0 << false << false;
        QTest::newRow("wide") << QSizeF(1290, 520) << 1.0 << false << false;
        QTest::newRow("long labels") << QSizeF(911, 403) << 1234.5 << false << true;
        QTest::newRow("tiny effects") << QSizeF(911, 403) << 1e-7 << false << false;
        QTest::newRow("no room") << QSizeF(120, 90) << 1.0 << false << true;
        QTest::newRow("paper") << QSizeF(493, 311) << 1.0 << true << false;
        QTest::newRow("PIP, narrow") << QSizeF(660, 340) << 1.0 << false << true;
        QTest::newRow("PIP, paper") << QSizeF(493, 311) << 1.0 << true << true;
    }
    void plotAreasLineUpToThePixel() {
        QFETCH(QSizeF, size);
        QFETCH(double, ismUnit);
        QFETCH(bool, paper);
        QFETCH(bool, fineMapping);
        GeneReport report = spreadReport();
        if (fineMapping)
            inventStatistics(report);
        for (auto& variant : report.variants)
            variant.ism *= ismUnit;
        const ChartStyle style =
            paper ? ChartStyle::paper().value() : ChartStyle::screen(lightTheme()).value();
        QGraphicsScene scene;
        auto* locus = new LocusChart(locusTracks(report, someGenes(report), nullptr), style,
                                     paper ? Medium::Paper : Medium::Screen);
        scene.addItem(locus);
        locus->setGeometry(QRectF(QPointF(), size));
        QCOMPARE(locus->tracks().size(), size_t(fineMapping ? 3 : 2));
        TrackChart& upper = *locus->tracks()[0];
        TrackChart& lower = *locus->tracks()[1];
        const auto check = [&] {
            const QRectF ism = upper.mapRectToParent(upper.plotArea());
            const QRectF eqtl = lower.mapRectToParent(lower.plotArea());
            const QRectF genes = locus->genes().map().plot;
            QCOMPARE(ism.left(), eqtl.left());
            QCOMPARE(ism.right(), eqtl.right());
            QCOMPARE(genes.left(), ism.left());
            QCOMPARE(genes.right(), ism.right());
            QCOMPARE(ism.left(), std::round(ism.left())); // Qt Charts cuts axes down to whole pixels
            if (size.height() > 200) {                    // below, axes alone are higher than that
                QVERIFY(ism.bottom() <= eqtl.top());
                QVERIFY(genes.bottom() <= ism.top());
            }
            QCOMPARE(upper.xRange(), lower.xRange());
            if (fineMapping) {
                const TrackChart& low = *locus->tracks()[2];
                const QRectF pip = low.mapRectToParent(low.plotArea());
                QCOMPARE(pip.left(), ism.left());
                QCOMPARE(pip.right(), ism.right());
                QCOMPARE(low.xRange(), upper.xRange());
                if (size.height() > 200) {
                    QVERIFY(eqtl.bottom() <= pip.top());
                    QVERIFY2(pip.height() >= 24, qPrintable(QString::number(pip.height())));
                    QVERIFY(pip.height() < eqtl.height()); // a low track
                }
            }
        };
        check();
        // Zooming makes labels longer: 0.1 becomes 0.1002.
        const AxisRange x{upper.fullX().lower + 1000, upper.fullX().lower + 1007};
        const AxisRange y = upper.fullY();
        for (TrackChart* track : locus->tracks())
            track->setRanges(x,
                             track == &upper ? AxisRange{y.upper * 0.5, y.upper * 0.5001} : track->yRange());
        check();
        locus->resize(size.width() + 37, size.height() + 11);
        check();
    }

    /// What the table of tracks lists, the stack draws, as high as the table says.
    void everyKindOfTrackIsDrawn() {
        GeneReport report = inventReport({.people = 20, .snvs = 40});
        inventStatistics(report);
        report.variants[5].poorlyGenotyped = true;
        report.variants[5].missing = 3;
        GeneFigureSpec spec{.report = std::make_shared<const GeneReport>(std::move(report))};
        LocusLayout layout;
        for (const std::string& key : trackKeys())
            layout.places.push_back({key});
        DS_VERIFY(arrange(spec, layout));
        const ReadyFigure ready = registered(GeneFigure::Locus).make(spec);
        const Figure figure = ready.draw(ChartStyle::paper().value(), Medium::Paper);
        std::vector<std::string> drawn;
        for (const FigureTrack& track : figure.tracks) {
            drawn.push_back(track.key);
            QCOMPARE(track.title, QObject::tr(findTrackKind(track.key)->title));
            QCOMPARE(qobject_cast<TrackChart*>(track.chart)->share(), findTrackKind(track.key)->share);
        }
        QCOMPARE(drawn, trackKeys());
        // Six tracks, one of them of many rows, over four: (5 * 1.2 + 2.2 + 1.5) / (4 * 1.2 + 1.5).
        QCOMPARE(ready.taller, 9.7 / 6.3);
    }

    void genesAreDrawnApartOrCounted() {
        const GeneReport report = inventReport();
        const auto genes = someGenes(report);
        const ChartStyle style = ChartStyle::screen(lightTheme()).value();
        GeneTrackItem item(genes, 0, style, nullptr);
        const AxisRange all{static_cast<double>(report.window.start), static_cast<double>(report.window.end)};
        const int needed = item.rowsFor(all, 600);
        QVERIFY(needed > 1);
        item.setMap({QRectF(50, 0, 600, needed * item.rowHeight()), all, {}});
        QVERIFY(std::none_of(item.rows().begin(), item.rows().end(), [](int row) { return row < 0; }));
        for (size_t a = 0; a < genes.size(); ++a)
            for (size_t b = a + 1; b < genes.size(); ++b)
                if (item.rows()[a] == item.rows()[b])
                    QVERIFY(genes[a].end < genes[b].start || genes[b].end < genes[a].start);
        item.setMap({QRectF(50, 0, 600, item.rowHeight()), all, {}});
        QCOMPARE(item.rows()[0], 0); // the analysed gene always has its place
        QVERIFY(std::any_of(item.rows().begin(), item.rows().end(), [](int row) { return row < 0; }));
    }
};

QTEST_MAIN(TestLocusTracks)
#include "tst_locus_tracks.moc"
