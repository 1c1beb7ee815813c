// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/report_fixture.h"
#include "viewmodels/ism_track.h"
#include "viewmodels/ism_versus_eqtl.h"
#include "viewmodels/number_text.h"
#include "viewmodels/observed_predicted.h"

#include "support.h"

#include <limits>

using namespace diploscope;
using namespace diploscope::ui;

class ViewModelsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void pValues_data() {
        QTest::addColumn<double>("p");
        QTest::addColumn<QString>("text");
        QTest::newRow("one") << 1.0 << u"p = 1"_qs;
        QTest::newRow("ordinary") << 0.0342 << u"p = 0.034"_qs;
        QTest::newRow("the last written out") << 0.001 << u"p = 0.001"_qs;
        QTest::newRow("small, true minus, no leading zero") << 1.3e-5 << u"p = 1e−5"_qs;
        QTest::newRow("rounds up to the next power") << 9.7e-8 << u"p = 1e−7"_qs;
        QTest::newRow("ten as exponent keeps its zero") << 4e-10 << u"p = 4e−10"_qs;
        QTest::newRow("three digits") << 2e-100 << u"p = 2e−100"_qs;
        QTest::newRow("the smallest double") << std::numeric_limits<double>::denorm_min() << u"p = 5e−324"_qs;
        QTest::newRow("underflow") << 0.0 << u"p < 5e−324"_qs;
        QTest::newRow("not a number") << std::numeric_limits<double>::quiet_NaN() << u"p = –"_qs;
    }
    void pValues() {
        QFETCH(double, p);
        QFETCH(QString, text);
        QCOMPARE(pText(p), text);
    }
    void undefinedP() { QCOMPARE(pText(std::nullopt), u"p = –"_qs); }

    void numbers() {
        QCOMPARE(ratioText(-0.4918), u"−0.49"_qs);
        QCOMPARE(ratioText(-0.001), u"0.00"_qs); // not −0.00
        QCOMPARE(ratioText(std::nullopt), u"–"_qs);
        QCOMPARE(fixedText(INFINITY, 2), u"–"_qs);
        QCOMPARE(fixedText(-1234.5, 1), u"−1,234.5"_qs);
        QCOMPARE(countText(1'234'567), u"1,234,567"_qs);
        QCOMPARE(countText(-5), u"−5"_qs);
        QCOMPARE(powerOfTenText(-12), u"×10⁻¹²"_qs);
        QCOMPARE(countedText(1, u"driver"_qs, u"drivers"_qs), u"1 driver"_qs);
        QCOMPARE(countedText(1204, u"driver"_qs, u"drivers"_qs), u"1,204 drivers"_qs);
    }

    void summaryAndTitles() {
        GeneReport report = test::inventReport();
        report.pearson.r = -0.492;
        report.pearson.n = 1839;
        const ObservedPredicted shown = observedPredicted(report);
        QCOMPARE(shown.gene, u"GSTM3"_qs);
        QCOMPARE(shown.summary, u"r = −0.49, p = 1e−52, n = 1,839"_qs);
        QCOMPARE(shown.xTitle, u"Observed, log₂(RPKM + 1)"_qs);
        QCOMPARE(shown.yTitle, u"Predicted, log expression"_qs);
        QVERIFY(shown.fit.has_value());
        QCOMPARE(shown.fit->slope, *report.pearson.slope);
    }

    void undefinedCorrelation() {
        const ObservedPredicted shown = observedPredicted(test::inventReport({.constantPrediction = true}));
        QCOMPARE(shown.summary, u"r = –, p = –, n = 400"_qs);
        QVERIFY(!shown.fit);
        QVERIFY(!shown.split);
    }

    void unknownUnits() {
        GeneReport report = test::inventReport();
        report.model.unit.clear();
        report.observedUnit.clear();
        QCOMPARE(observedPredicted(report).xTitle, u"Observed"_qs);
        QCOMPARE(ismTrack(report).yTitle, u"ISM effect"_qs);
    }

    void peopleWithoutObservationAreLeftOut() {
        GeneReport report = test::inventReport();
        report.people[3].observed.reset();
        report.people[5].observed = NAN;
        const ObservedPredicted shown = observedPredicted(report);
        QCOMPARE(shown.people.size(), report.people.size() - 2);
        QCOMPARE(shown.people[3].sample, QString::fromStdString(report.people[4].sample));
        QVERIFY(shown.split.has_value());
        QCOMPARE(shown.split->people[0] + shown.split->people[1] + shown.split->people[2],
                 static_cast<int>(shown.people.size()));
    }

    void peopleSplitByTheMainDriver() {
        GeneReport report = test::inventReport();
        std::swap(report.drivers[0], report.drivers[1]); // "main" decides, not the order
        const VariantResult& driver = report.variants[report.drivers[1].variant];
        const ObservedPredicted shown = observedPredicted(report);
        QVERIFY(shown.split.has_value());
        for (size_t i = 0; i < shown.people.size(); ++i)
            QCOMPARE(shown.people[i].dosage, driver.dosages[i]);
        QCOMPARE(shown.split->genotypes[0], u"GG"_qs);
        QCOMPARE(shown.split->genotypes[1], u"GT"_qs);
        QCOMPARE(shown.split->genotypes[2], u"TT"_qs);
        QVERIFY(shown.split->variant.endsWith(u" G/T"));
    }

    void splitCountsTheEffectAllele() {
        GeneReport report = test::inventReport();
        VariantResult& driver = report.variants[report.drivers[0].variant];
        driver.effectAllele = "G"; // the reference is the minor allele
        driver.id = "rs1332018";
        const ObservedPredicted shown = observedPredicted(report);
        QCOMPARE(shown.split->variant, u"rs1332018 T/G"_qs);
        QCOMPARE(shown.split->genotypes[0], u"TT"_qs);
        QCOMPARE(shown.split->genotypes[2], u"GG"_qs);
    }

    void noSplitWithoutDosages() {
        GeneReport report = test::inventReport();
        report.variants[report.drivers[0].variant].dosages.clear();
        QVERIFY(!observedPredicted(report).split);
    }

    void longAllelesAreNotWrittenOut() {
        GeneReport report = test::inventReport();
        report.variants[report.drivers[0].variant].alt =
            report.variants[report.drivers[0].variant].effectAllele = "GATTACAGATTACA";
        QCOMPARE(observedPredicted(report).split->genotypes[1], u"1 copy"_qs);
    }

    void trackCountsFromOne() {
        const GeneReport report = test::inventReport();
        const IsmTrack shown = ismTrack(report);
        QCOMPARE(shown.snvs.size(), report.variants.size());
        QCOMPARE(shown.snvs[0].position, static_cast<double>(report.variants[0].position + 1));
        QCOMPARE(shown.tss, static_cast<double>(report.gene.tss() + 1));
        QCOMPARE(shown.windowStart, static_cast<double>(report.window.start + 1));
        QCOMPARE(shown.windowEnd, static_cast<double>(report.window.end));
        QCOMPARE(shown.xTitle, u"Position on chr1"_qs);
        QCOMPARE(shown.summary, u"300 SNVs · 3 drivers · 1 supported · 1 unsupported · 1 undefined"_qs);
    }

    void aBareContigIsNoNumber() {
        GeneReport report = test::inventReport();
        report.gene.region.contig = "22";
        QCOMPARE(ismTrack(report).xTitle, u"Position on chromosome 22"_qs);
    }

    void gradientsReplaceIsm() {
        GeneReport report = test::inventReport();
        QCOMPARE(ismTrack(report, Attribution::Gradient).method, u"in-silico mutagenesis"_qs); // has none yet
        for (VariantResult& variant : report.variants)
            variant.gradient = 2 * variant.ism;
        const IsmTrack track = ismTrack(report, Attribution::Gradient);
        QVERIFY(track.yTitle.startsWith(u"Gradient effect"_qs));
        QCOMPARE(track.snvs.back().effect, 2 * report.variants.back().ism);
        QVERIFY(ismTrack(report).yTitle.startsWith(u"ISM effect"_qs));
    }

    void driversPointAtTheirSnv() {
        GeneReport report = test::inventReport();
        report.variants[0].ism = NAN; // shifts every point after it
        const IsmTrack track = ismTrack(report);
        QCOMPARE(track.snvs.size(), report.variants.size() - 1);
        QCOMPARE(track.drivers.size(), report.drivers.size());
        for (size_t i = 0; i < track.drivers.size(); ++i)
            QCOMPARE(track.snvs[track.drivers[i].point].effect,
                     report.variants[report.drivers[i].variant].ism);
        const IsmVersusEqtl effects = ismVersusEqtl(report);
        QCOMPARE(effects.drivers.size(), report.drivers.size() - 1); // the undefined one has no slope
        for (const DriverMark& driver : effects.drivers)
            QVERIFY(std::abs(effects.snvs[driver.point].ism) > 0.04);
    }

    void variantWithoutId() {
        VariantResult variant;
        variant.chrom = "22";
        variant.position = 41;
        QCOMPARE(variantText(variant), u"22:42"_qs);
        variant.id = ".";
        QCOMPARE(variantText(variant), u"22:42"_qs);
        variant.id = "rs1";
        QCOMPARE(variantText(variant), u"rs1"_qs);
    }

    void whyThereAreNoDrivers() {
        GeneReport report = test::inventReport({.drivers = 0});
        QCOMPARE(driversText(report), u"no drivers"_qs);
        report.additive = false;
        report.linearR = 0.124;
        QCOMPARE(driversText(report), u"not additive (R_lin = 0.12)"_qs);
        report.linearR.reset();
        QCOMPARE(driversText(report), u"no drivers: predictions do not differ"_qs);
    }

    void regionsCountFromOne() { QCOMPARE(regionText({"chr1", 9, 1'000'000}), u"chr1:10–1,000,000"_qs); }

    void geneWithoutSymbol() {
        GeneReport report = test::inventReport();
        report.gene.name.clear();
        QCOMPARE(observedPredicted(report).gene, u"ENSG00000134202"_qs);
    }
};

QTEST_GUILESS_MAIN(ViewModelsTest)
#include "tst_view_models.moc"
