// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/haplotype_reads.h"
#include "ui/report_fixture.h"
#include "viewmodels/carriers.h"
#include "viewmodels/gene_summary.h"
#include "viewmodels/ism_track.h"
#include "viewmodels/ism_versus_eqtl.h"
#include "viewmodels/number_text.h"
#include "viewmodels/observed_predicted.h"
#include "viewmodels/snv_details.h"

#include "support.h"

using namespace diploscope;
using namespace diploscope::ui;

namespace {

/// As a reader sees it: no-break spaces look like others.
QString plain(QString text) {
    return text.replace(QChar(QChar::Nbsp), QLatin1Char(' '));
}

QString valueOf(const SnvDetails& details, const QString& label) {
    QStringList values;
    for (const SnvDetails::Row& row : details.rows)
        if (row.label == label)
            values << plain(row.value);
    return values.join(QLatin1Char('|'));
}

} // namespace

class ViewModelsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void summaryAndTitles() {
        GeneReport report = test::inventReport();
        report.pearson.r = -0.492;
        report.pearson.n = 1839;
        const ObservedPredicted shown = observedPredicted(report);
        QCOMPARE(shown.gene, QStringLiteral("GSTM3"));
        QCOMPARE(shown.summary, QStringLiteral("r = −0.49, p = 1×10⁻⁵², n = 1,839"));
        QCOMPARE(shown.xTitle, QStringLiteral("Observed, log₂(RPKM + 1)"));
        QCOMPARE(shown.yTitle, QStringLiteral("Predicted, log expression"));
        QVERIFY(shown.fit.has_value());
        QCOMPARE(shown.fit->slope, *report.pearson.slope);
    }

    void theIntervalStaysInOnePiece() {
        GeneReport report = test::inventReport();
        test::inventStatistics(report);
        report.pearson.r = -0.492;
        report.rInterval = Interval{-0.54, -0.436};
        const ObservedPredicted shown = observedPredicted(report);
        QCOMPARE(plain(shown.summary), QStringLiteral("r = −0.49 [−0.54, −0.44], p = 1×10⁻⁵², n = 400"));
        // Labels drop parts at ", ", and must not keep half an interval.
        QCOMPARE(shown.summary.split(QStringLiteral(", ")).size(), 3);
        QCOMPARE(shown.null,
                 (QStringList{QStringLiteral("null of 50 random predictors, as published: p = 0.003"),
                              QStringLiteral("null of 1,000: p = 0.021 calibrated, p = 0.018 empirical")}));
    }

    void everyPSaysItsNull() {
        GeneReport report = test::inventReport();
        QVERIFY(geneSummary(report.gene, &report).nulls.isEmpty());
        test::inventStatistics(report);
        QCOMPARE(
            plain(geneSummary(report.gene, &report).nulls),
            QStringLiteral(
                "null p: 0.003 (published, K = 50) · 0.021 (calibrated) · 0.018 (empirical, K = 1,000)"));
        report.calibratedNull->empiricalP.reset();
        report.calibratedNull->calibratedP = 0;
        QCOMPARE(plain(geneSummary(report.gene, &report).nulls),
                 QStringLiteral("null p: 0.003 (published, K = 50) · < 2×10⁻³⁰⁸ (calibrated, K = 1,000)"));
        report.calibratedNull.reset();
        QCOMPARE(plain(geneSummary(report.gene, &report).nulls),
                 QStringLiteral("null p: 0.003 (published, K = 50)"));
    }

    void nothingIsConcludedFromSomeOfTheScores() {
        GeneReport report = test::inventReport();
        test::inventStatistics(report);
        report.complete = false;
        report.pearson.n = 120;
        report.people[0].observed.reset();
        const ObservedPredicted shown = observedPredicted(report);
        QCOMPARE(shown.summary, QStringLiteral("120 of 399 people so far"));
        QVERIFY(!shown.fit);
        QVERIFY(!shown.split->ySlope);
        QCOMPARE(driversText(report), QStringLiteral("drivers not known yet"));
        QVERIFY(geneSummary(report.gene, &report).nulls.isEmpty());
        QVERIFY(carriers(report).caption.contains(QStringLiteral("so far")));
    }

    void undecidableDriversAreNeitherSupportedNorUnsupported() {
        GeneReport report = test::inventReport(); // unsupported, supported, undefined
        test::inventStatistics(report);           // the second is undecidable
        QCOMPARE(driversText(report),
                 QStringLiteral("3 drivers · 1 unsupported · 1 undecidable · 1 undefined"));
        QVERIFY(geneSummary(report.gene, &report)
                    .verdict.endsWith(QStringLiteral("drivers unsupported, 1 undecidable")));
        QCOMPARE(supportText(report),
                 QStringLiteral("by sign: 1 of 2 supported, 20 % of the gain")); // as the paper counts
        report.drivers[0].doubt = Doubt::IntervalHoldsZero;
        QVERIFY(geneSummary(report.gene, &report).verdict.endsWith(QStringLiteral("drivers undecidable")));
        report.drivers[2].doubt = Doubt::IntervalHoldsZero; // without a verdict there is nothing to doubt
        QCOMPARE(report.drivers[2].standing(), Standing::Undefined);
        QVERIFY(plain(doubtText(report, report.drivers[0])).contains(QStringLiteral("holds 0")));
        QVERIFY(doubtText(report, report.drivers[1]).contains(variantText(report.variants[*report.lead])));
        QVERIFY(doubtText(report, report.drivers[2]).isEmpty());
    }

    void detailsOfAnSnv() {
        GeneReport report = test::inventReport();
        test::inventStatistics(report);
        report.lead = 0;
        VariantResult& variant = report.variants[9];
        variant.eqtl = {0.4, 0.1, 4.0, 7.6e-5, 0.2, 398};
        variant.givenLead = {-0.1, 0.05, -2.0, 0.0462, -0.1, 397};
        const SnvDetails details = snvDetails(report, 9);
        // 400 people, t of 398 df at 0.975: 1.9659; one less given the lead.
        QCOMPARE(valueOf(details, QStringLiteral("slope")),
                 QStringLiteral("0.400 [0.203, 0.597], p = 8×10⁻⁵"));
        QCOMPARE(valueOf(details, QStringLiteral("given lead")),
                 QStringLiteral("−0.100 [−0.198, −0.00170], p = 0.046"));
        QCOMPARE(valueOf(details, QStringLiteral("PIP")),
                 QStringLiteral("0.32, credible set 2 of 2, 3 SNVs, purity 0.93"));
        // What idle effects add is not in the number, and said where it is felt.
        variant.prunedPip = 0.02;
        variant.pip = 0.46;
        variant.credibleSet = 0;
        QCOMPARE(valueOf(snvDetails(report, 9), QStringLiteral("PIP")),
                 QStringLiteral("0.02, 0.46 with idle effects, in no credible set"));
        variant.pip = 0.025;
        QCOMPARE(valueOf(snvDetails(report, 9), QStringLiteral("PIP")),
                 QStringLiteral("0.02, in no credible set"));
        QCOMPARE(valueOf(details, QStringLiteral("imported")),
                 QStringLiteral("slope 0.400 ± 0.100, p = 1×10⁻⁵, brain.signif.txt.gz|"
                                "PIP 0.50, set L1, brain.susie.tsv.gz"));
        // Lines break at commas between values, never within one.
        for (const SnvDetails::Row& row : details.rows)
            for (qsizetype at = row.value.indexOf(u' '); at >= 0; at = row.value.indexOf(u' ', at + 1))
                QCOMPARE(row.value[at - 1], QChar(u','));
        QCOMPARE(valueOf(snvDetails(report, 0), QStringLiteral("lead")),
                 QStringLiteral("the gene’s lead variant"));
        QCOMPARE(valueOf(snvDetails(report, 1), QStringLiteral("PIP")),
                 QStringLiteral("< 0.01, in no credible set"));
        QCOMPARE(valueOf(snvDetails(report, 1), QStringLiteral("imported")), QString());
    }

    void detailsOfADriver() {
        GeneReport report = test::inventReport();
        test::inventStatistics(report);
        const SnvDetails main = snvDetails(report, report.drivers[0].variant);
        QCOMPARE(valueOf(main, QStringLiteral("driver")), QStringLiteral("main, gain 60 %"));
        QCOMPARE(valueOf(main, QStringLiteral("resampled")),
                 QStringLiteral("slope [0.300, 0.500], same sign in 97 %"));
        QCOMPARE(main.sign, Verdict::Unsupported);
        const SnvDetails doubtful = snvDetails(report, report.drivers[1].variant);
        QCOMPARE(doubtful.sign, Verdict::Undefined);
        QVERIFY(!observedPredicted(report).split->undecidable);
        QVERIFY(observedPredicted(report, report.drivers[1].variant).split->undecidable);
        QVERIFY2(
            doubtful.verdict.contains(QStringLiteral("right sign, but undecidable: the slope’s sign flips")),
            qPrintable(doubtful.verdict));
        QVERIFY(snvToolTip(report, report.drivers[1].variant).contains(QStringLiteral("undecidable")));
    }

    void undefinedCorrelation() {
        const ObservedPredicted shown = observedPredicted(test::inventReport({.constantPrediction = true}));
        QCOMPARE(shown.summary, QStringLiteral("r = –, p = –, n = 400"));
        QVERIFY(!shown.fit);
        QVERIFY(!shown.split);
    }

    void unknownUnits() {
        GeneReport report = test::inventReport();
        report.model.unit.clear();
        report.observedUnit.clear();
        QCOMPARE(observedPredicted(report).xTitle, QStringLiteral("Observed"));
        QCOMPARE(ismTrack(report).yTitle, QStringLiteral("ISM effect"));
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
            QCOMPARE(shown.people[i].dosage.value(), driver.genotypes.copies(i));
        QCOMPARE(shown.split->genotypes[0], QStringLiteral("GG"));
        QCOMPARE(shown.split->genotypes[1], QStringLiteral("GT"));
        QCOMPARE(shown.split->genotypes[2], QStringLiteral("TT"));
        QVERIFY(shown.split->variant.endsWith(u" G/T"));
    }

    void whatOfTheGenotypesIsLeftOutIsSaid() {
        GeneReport report = test::inventReport();
        const GeneSummary nothing = geneSummary(report.gene, &report);
        QVERIFY(nothing.facts.endsWith(QStringLiteral("300 SNVs")));
        QVERIFY(nothing.genotypeNotes.isEmpty());
        report.genotypes.indels = 83;
        report.genotypes.missingAlleles = 1;
        const GeneSummary some = geneSummary(report.gene, &report);
        QVERIFY(some.facts.endsWith(QStringLiteral("300 SNVs, without 83 indels")));
        QCOMPARE(some.genotypeNotes, (QStringList{QStringLiteral("Genotypes, not as they stand:"),
                                                  QStringLiteral("1 missing allele"),
                                                  QStringLiteral("Left out:"), QStringLiteral("83 indels")}));
        report.importedTables = {{"brain.tsv", {.asListed = 300, .swapped = 2, .referenceDiffers = 1}}};
        QCOMPARE(geneSummary(report.gene, &report).genotypeNotes.last(),
                 QStringLiteral(
                     "Rows of brain.tsv: 300 as listed, 2 with REF and ALT swapped; left out: 1 whose REF is "
                     "not the reference's."));
    }

    void peopleWithoutGenotype() {
        GeneReport report = test::inventReport();
        const size_t index = report.drivers[0].variant;
        VariantResult& driver = report.variants[index];
        const ObservedPredicted before = observedPredicted(report);
        const Carriers complete = carriers(report, index);
        const uint8_t lost = driver.genotypes.copies(2);
        driver.genotypes =
            test::withPerson(driver.genotypes, 2, HaplotypeAllele::Missing, HaplotypeAllele::Missing);
        driver.missing = 1;
        const ObservedPredicted shown = observedPredicted(report);
        QVERIFY(!shown.people[2].dosage);
        QCOMPARE(shown.split->withoutGenotype, 1);
        QCOMPARE(shown.split->people[lost], before.split->people[lost] - 1);
        QVERIFY(shown.split->ySlope && *shown.split->ySlope != *before.split->ySlope);
        QCOMPARE(carriers(report, index).observed.series[0].means[lost].n,
                 complete.observed.series[0].means[lost].n - 1);
        QVERIFY(personText(report, 2, index).contains(QStringLiteral("no genotype")));
        QVERIFY(snvToolTip(report, index).contains(QStringLiteral("missing 1")));
    }

    void splitCountsTheEffectAllele() {
        GeneReport report = test::inventReport();
        VariantResult& driver = report.variants[report.drivers[0].variant];
        driver.effectAllele = "G"; // the reference is the minor allele
        driver.id = "rs1332018";
        const ObservedPredicted shown = observedPredicted(report);
        QCOMPARE(shown.split->variant, QStringLiteral("rs1332018 T/G"));
        QCOMPARE(shown.split->genotypes[0], QStringLiteral("TT"));
        QCOMPARE(shown.split->genotypes[2], QStringLiteral("GG"));
        QCOMPARE(shown.split->copy, QStringLiteral("G"));
    }

    void noSplitWithoutDosages() {
        GeneReport report = test::inventReport();
        report.variants[report.drivers[0].variant].genotypes = {};
        QVERIFY(!observedPredicted(report).split);
    }

    void longAllelesAreNotWrittenOut() {
        GeneReport report = test::inventReport();
        report.variants[report.drivers[0].variant].alt =
            report.variants[report.drivers[0].variant].effectAllele = "GATTACAGATTACA";
        QCOMPARE(observedPredicted(report).split->genotypes[1], QStringLiteral("1 copy"));
        QCOMPARE(observedPredicted(report).split->copy, QStringLiteral("copy"));
    }

    void trackCountsFromOne() {
        const GeneReport report = test::inventReport();
        const IsmTrack shown = ismTrack(report);
        QCOMPARE(shown.snvs.size(), report.variants.size());
        QCOMPARE(shown.snvs[0].position, static_cast<double>(report.variants[0].position + 1));
        QCOMPARE(shown.tss, static_cast<double>(report.gene.tss() + 1));
        QCOMPARE(shown.windowStart, static_cast<double>(report.window.start + 1));
        QCOMPARE(shown.windowEnd, static_cast<double>(report.window.end));
        QCOMPARE(shown.xTitle, QStringLiteral("Position on chr1"));
        QCOMPARE(shown.summary,
                 QStringLiteral("300 SNVs · 3 drivers · 1 supported · 1 unsupported · 1 undefined"));
    }

    void aBareContigIsNoNumber() {
        GeneReport report = test::inventReport();
        report.gene.region.contig = "22";
        QCOMPARE(ismTrack(report).xTitle, QStringLiteral("Position on chromosome 22"));
    }

    void gradientsReplaceIsm() {
        GeneReport report = test::inventReport();
        QCOMPARE(ismTrack(report, Attribution::Gradient).method,
                 QStringLiteral("in-silico mutagenesis")); // has none yet
        for (VariantResult& variant : report.variants)
            variant.gradient = 2 * variant.ism;
        const IsmTrack track = ismTrack(report, Attribution::Gradient);
        QVERIFY(track.yTitle.startsWith(QStringLiteral("Gradient effect")));
        QCOMPARE(track.snvs.back().effect, 2 * report.variants.back().ism);
        QVERIFY(ismTrack(report).yTitle.startsWith(QStringLiteral("ISM effect")));
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
            QVERIFY(std::abs(effects.snvs[driver.point].x) > 0.04);
    }

    void variantWithoutId() {
        VariantResult variant;
        variant.contig = "22";
        variant.position = 41;
        QCOMPARE(variantText(variant), QStringLiteral("22:42"));
        variant.id = ".";
        QCOMPARE(variantText(variant), QStringLiteral("22:42"));
        variant.id = "rs1";
        QCOMPARE(variantText(variant), QStringLiteral("rs1"));
    }

    void whyThereAreNoDrivers() {
        GeneReport report = test::inventReport({.drivers = 0});
        QCOMPARE(driversText(report), QStringLiteral("no drivers"));
        report.additive = false;
        report.linearR = 0.124;
        QCOMPARE(driversText(report), QStringLiteral("not additive (R_lin = 0.12)"));
        report.linearR.reset();
        QCOMPARE(driversText(report), QStringLiteral("no drivers: predictions do not differ"));
    }

    /// As the analysis adds effects up: S of who lacks a genotype has the SNV's mean, and poorly genotyped
    /// SNVs have no part in it.
    void sumsOfEffects() {
        GeneReport report = test::inventReport({.people = 60, .snvs = 12, .drivers = 2});
        SnvGenotypes holed; // of the first SNV, every seventh person's is missing
        for (size_t i = 0; i < report.people.size(); ++i) {
            const auto copy = [&](size_t h) {
                return i % 7 == 0 ? SnvGenotypes::Haplotype{}
                                  : test::carrying(report.variants[0].genotypes.haplotype(2 * i + h));
            };
            holed.add(copy(0), copy(1));
        }
        report.variants[0].genotypes = holed;
        report.variants[0].ism = 0.5; // so that it shows
        report.variants[3].poorlyGenotyped = true;
        report.variants[3].ism = 7;
        std::vector<size_t> used;
        for (size_t v = 0; v < report.variants.size(); ++v)
            if (v != 3)
                used.push_back(v);
        Eigen::VectorXd ism(static_cast<Eigen::Index>(used.size()));
        for (size_t v = 0; v < used.size(); ++v)
            ism[static_cast<Eigen::Index>(v)] = report.variants[used[v]].ism;
        Eigen::VectorXd predicted(60);
        for (Eigen::Index i = 0; i < predicted.size(); ++i)
            predicted[i] = report.people[static_cast<size_t>(i)].predicted;
        const LinearApproximation expected = approximateLinearly(ism, report.dosages(used), predicted);
        report.linearR = expected.r;
        const ObservedPredicted shown = sumsAndPredictions(report);
        QCOMPARE(shown.people.size(), size_t{60});
        for (const auto& person : shown.people) {
            QVERIFY(std::abs(person.x - expected.score[static_cast<Eigen::Index>(person.person)]) < 1e-12);
            QCOMPARE(person.y, report.people[person.person].predicted);
        }
        QVERIFY2(shown.summary.endsWith(QStringLiteral("n = 60")), qPrintable(shown.summary));
        QVERIFY(shown.summary.contains(ratioText(expected.r)));
        QVERIFY(shown.fit && shown.split);
        QVERIFY(shown.xTitle != shown.yTitle);
        report.linearR.reset();
        QVERIFY(!sumsAndPredictions(report).fit);
    }

    /// Of who has one copy they are of it doubled, however statistics of genotypes count (METHODS 17).
    void sumsOfOneCopy() {
        GeneReport report = test::inventReport({.people = 60, .snvs = 12, .drivers = 2});
        report.linearR = 0.9;
        Eigen::VectorXd expected = Eigen::VectorXd::Zero(60);
        for (VariantResult& variant : report.variants) {
            for (size_t p = 0; p < 60; ++p) {
                if (p % 2 == 0) { // a man
                    const auto copy = test::carrying(variant.genotypes.haplotype(2 * p));
                    variant.genotypes.set(p, copy, copy);
                    variant.genotypes.setOneCopy(p);
                }
                for (const size_t haplotype : {2 * p, 2 * p + 1})
                    if (variant.genotypes.haplotype(haplotype) == HaplotypeAllele::Alternate)
                        expected[static_cast<Eigen::Index>(p)] += variant.ism;
            }
        }
        const ObservedPredicted asTwo = sumsAndPredictions(report);
        for (VariantResult& variant : report.variants)
            variant.genotypes = variant.genotypes.counting(HaploidDosage::AsOne);
        const ObservedPredicted asOne = sumsAndPredictions(report);
        QCOMPARE(asOne.people.size(), size_t{60});
        for (const auto& person : asOne.people)
            QVERIFY(std::abs(person.x - expected[static_cast<Eigen::Index>(person.person)]) < 1e-12);
        QCOMPARE(asOne.fit->slope, asTwo.fit->slope);
    }

    /// Heterozygotes of the driver are told as the copy with its effect allele over the other, whichever is
    /// the first one.
    void twoCopies() {
        GeneReport report = test::inventReport();
        const size_t driver = report.drivers.front().variant;
        const VariantResult& variant = report.variants[driver];
        report.allelic.emplace();
        for (size_t p = 0; p < report.people.size(); ++p) {
            PersonResult& person = report.people[p];
            person.haplotype1 = 1 + 0.5 * variant.genotypes.side(p); // the model: up
            person.haplotype2 = 1;
            const auto more = int64_t(20 + p % 7);
            person.reads = variant.genotypes.side(p) > 0   ? HaplotypeReads{10, more}
                           : variant.genotypes.side(p) < 0 ? HaplotypeReads{more, 10}
                                                           : HaplotypeReads{more, more}; // the reads: down
        }
        report.people.back().reads = HaplotypeReads{3, 2};
        addAllelicImbalance(report);
        const ObservedPredicted shown = copiesCompared(report);
        QCOMPARE(int64_t(shown.people.size()), report.allelic->n);
        QCOMPARE(shown.people.size(), report.people.size() - 1);
        int heterozygotes = 0;
        for (const auto& person : shown.people) {
            if (variant.genotypes.side(person.person) == 0)
                continue;
            ++heterozygotes;
            QVERIFY(person.y > 0 && person.x < 0);
        }
        QVERIFY(heterozygotes > 5);
        QCOMPARE(shown.split->xSlope, report.drivers.front().allelic.mean);
        QVERIFY(*shown.split->xSlope < 0 && *shown.split->ySlope > 0 && !shown.split->undecidable);
        const QString row = valueOf(snvDetails(report, driver), QStringLiteral("change by copy"));
        QVERIFY2(row.endsWith(QStringLiteral("n = %1").arg(heterozygotes)), qPrintable(row));
        QCOMPARE(shown.fit->intercept, 0.0);
        QVERIFY(shown.fit->slope < 0);
        QVERIFY2(shown.summary.endsWith(QStringLiteral("same copy in 0 of %1").arg(heterozygotes)),
                 qPrintable(shown.summary));
        QVERIFY(shown.xTitle.contains(QStringLiteral("Reads, T over other")));
        report.allelic.reset();
        QVERIFY(copiesCompared(report).summary.isEmpty());
    }

    void geneWithoutSymbol() {
        GeneReport report = test::inventReport();
        report.gene.name.clear();
        QCOMPARE(observedPredicted(report).gene, QStringLiteral("ENSG00000134202"));
    }
};

QTEST_GUILESS_MAIN(ViewModelsTest)
#include "tst_view_models.moc"
