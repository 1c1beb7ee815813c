// SPDX-License-Identifier: GPL-3.0-or-later
// Of phenotypes that are no genes the window says "centre" wherever it says TSS of genes.
#include "analysis/genome_summary.h"
#include "charts/annotation_items.h"
#include "charts/theme.h"
#include "ui/genome_fixture.h"
#include "ui/report_fixture.h"
#include "viewmodels/gene_summary.h"
#include "viewmodels/genome_histogram.h"
#include "viewmodels/ism_track.h"
#include "viewmodels/locus_tracks.h"
#include "viewmodels/snv_details.h"
#include "views/locus_bar.h"

#include "support.h"

#include <QToolButton>

using namespace diploscope;
using namespace diploscope::ui;
using namespace diploscope::test;

namespace {

/// The invented gene, or the same as a peak round its TSS.
GeneReport reportOf(bool isPeak) {
    GeneReport report = inventReport({.people = 40, .snvs = 30});
    if (!isPeak)
        return report;
    const int64_t tss = report.gene.tss();
    report.gene.id = report.gene.name = "peak1";
    report.gene.type = "atac";
    report.gene.region = {"chr1", tss - 250, tss + 251};
    report.gene.centre = tss;
    return report;
}

std::shared_ptr<const GenomeTable> tableOf(bool arePeaks) {
    std::vector<ModelGenes> models = inventGenes(60);
    if (arePeaks)
        models.front().provenance.emplace_back("phenotypes", "atac");
    return GenomeTable::make(models, 0, NullChoice::Published);
}

QStringList buttonsOf(const LocusBar& bar) {
    QStringList texts;
    for (const auto* button : bar.findChildren<QToolButton*>())
        texts << button->text() << button->toolTip();
    return texts;
}

} // namespace

class TestCentreWords : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void saysWhich_data() {
        QTest::addColumn<bool>("isPeak");
        QTest::newRow("gene") << false;
        QTest::newRow("peak") << true;
    }
    void saysWhich() {
        QFETCH(bool, isPeak);
        const GeneReport report = reportOf(isPeak);
        const IsmTrack track = ismTrack(report);
        QCOMPARE(track.isCentre, isPeak);
        QCOMPARE(track.tss, double(report.gene.tss() + 1));
        const QString word = tssLine(track.tss, track.strand, track.isCentre, ChartStyle(), true).word;
        QCOMPARE(word, isPeak ? QStringLiteral("centre") : QStringLiteral("← TSS"));
        const QString facts = geneSummary(report.gene, &report).facts;
        QCOMPARE(facts.contains(QStringLiteral("atac, centre of chr1:109,740,788–109,741,288")), isPeak);
        QVERIFY2(facts.contains(QStringLiteral("chr1:109,741,038")), qPrintable(facts));
        for (const QString& said : {snvDetails(report, 0).facts, snvToolTip(report, 0)}) {
            QCOMPARE(said.contains(QStringLiteral("from the centre")), isPeak);
            QCOMPARE(said.contains(QStringLiteral("from TSS")), !isPeak);
        }
    }

    void ofAllGenes_data() { saysWhich_data(); }
    void ofAllGenes() {
        QFETCH(bool, isPeak);
        const auto table = tableOf(isPeak);
        const GenomeHistogram distances = genomeHistogram(GenomeFigure::DriverDistance, *table);
        QCOMPARE(distances.xTitle,
                 isPeak ? QStringLiteral("Distance to centre, bp") : QStringLiteral("Distance to TSS, bp"));
        QCOMPARE(distances.text.title, isPeak ? QStringLiteral("Driver distance to centre")
                                              : QStringLiteral("Driver distance to TSS"));
        const GenomeSummary summary = summarise(*table);
        QCOMPARE(summary.phenotypes, std::string(isPeak ? "atac" : "gene"));
        QCOMPARE(toJson(summary).find("phenotypes") != std::string::npos, isPeak);
    }

    void barOfTheLocus() {
        LocusBar bar;
        QVERIFY(buttonsOf(bar).contains(QStringLiteral("TSS ±1 kb")));
        bar.setCentred(true);
        QVERIFY(buttonsOf(bar).contains(QStringLiteral("Centre ±1 kb")));
        QVERIFY(buttonsOf(bar).filter(QStringLiteral("TSS")).isEmpty());
        bar.setCentred(false);
        QVERIFY(buttonsOf(bar).contains(QStringLiteral("1,000 bp on either side of the TSS")));
    }

    /// The row itself is drawn, first, and the genes of an annotation that knows nothing of it.
    void drawnAmongGenes() {
        Gene near;
        near.id = near.name = "NEAR";
        near.region = {"chr1", 109'740'000, 109'745'000};
        const Gene peak = reportOf(true).gene;
        const Region seen{"chr1", 109'735'000, 109'745'000};
        const auto models = geneModels(Annotation({near}), peak, seen);
        QCOMPARE(models.size(), size_t(2));
        QVERIFY(models[0].analysed && !models[1].analysed);
        QCOMPARE(models[0].name, QStringLiteral("peak1"));
        QCOMPARE(models[0].start, 109'740'788.0); // 1-based, closed
        QCOMPARE(models[0].end, 109'741'288.0);
        QCOMPARE(models[1].name, QStringLiteral("NEAR"));
        QCOMPARE(geneModels(Annotation(), peak, seen).size(), size_t(1));
        // A gene of the same id is not the row.
        near.id = peak.id;
        QCOMPARE(geneModels(Annotation({near}), peak, seen).size(), size_t(2));
    }
};

QTEST_MAIN(TestCentreWords)
#include "tst_centre_words.moc"
