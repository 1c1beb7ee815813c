// SPDX-License-Identifier: GPL-3.0-or-later
// What observed expression says of a gene: null, intervals, lead variant, doubts; seeds, and a stop request.
#include "analysis/gene_statistics.h"

#include "stats/reference_json.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <ctime>
#include <random>
#include <thread>

using namespace diploscope;
using namespace diploscope::test;

namespace {

/// A gene as addStatistics() finds it: all columns are drivers with an ISM of the sign of `ism`.
struct Case {
    Eigen::MatrixXd dosages, covariates;
    Eigen::VectorXd observed, predicted;
    std::vector<double> ism;

    [[nodiscard]] GeneReport report() const {
        GeneReport report;
        report.gene.id = "ENSG01";
        report.variants.resize(size_t(dosages.cols()));
        const auto eqtl = marginalEffects(dosages, observed, covariates);
        for (size_t v = 0; v < eqtl.size(); ++v)
            report.variants[v].eqtl = eqtl[v];
        for (size_t d = 0; d < ism.size(); ++d) {
            DriverResult driver;
            driver.variant = d;
            driver.driver.gain = 1 / double(d + 1);
            driver.verdict = (*eqtl[d].slope > 0) == (ism[d] > 0) ? Verdict::Supported : Verdict::Unsupported;
            report.drivers.push_back(driver);
        }
        report.pearson = pearson(observed, predicted);
        return report;
    }
    [[nodiscard]] Result<GeneReport> analysed(const StatisticsOptions& options = {},
                                              const std::string& gene = "ENSG01",
                                              const RunContext& context = {}) const {
        GeneReport report = this->report();
        report.gene.id = gene;
        DS_TRY(addStatistics(report, "study", {dosages, dosages, observed, predicted, covariates}, options,
                             context));
        return report;
    }
};

/// SNV 0 raises expression; SNV 1, in LD with it, lowers it, but less than LD lends it; SNV 2 does nothing.
Case threeDrivers(Eigen::Index people = 500) {
    std::mt19937_64 random(4);
    std::normal_distribution<double> normal;
    std::bernoulli_distribution carries(0.4), follows(0.85);
    Case made{Eigen::MatrixXd::Zero(people, 3),
              Eigen::MatrixXd(people, 0),
              Eigen::VectorXd(people),
              Eigen::VectorXd(people),
              {1, 1, 1}};
    for (Eigen::Index i = 0; i < people; ++i) {
        for (int haplotype = 0; haplotype < 2; ++haplotype) {
            const bool first = carries(random);
            made.dosages(i, 0) += first;
            made.dosages(i, 1) += follows(random) ? first : carries(random);
            made.dosages(i, 2) += carries(random);
        }
        made.observed[i] = 1.2 * made.dosages(i, 0) - 0.5 * made.dosages(i, 1) + normal(random);
        made.predicted[i] = made.dosages(i, 0) + normal(random);
    }
    return made;
}

/// 839 people, 3,000 SNVs in LD of which ten act: what a window of Enformer's holds.
const Case& largeCase() {
    static const Case made = [] {
        std::mt19937_64 random(5);
        std::normal_distribution<double> normal;
        std::bernoulli_distribution starts(0.3), recombines(0.05);
        Case large{Eigen::MatrixXd::Zero(839, 3000), Eigen::MatrixXd(839, 10), Eigen::VectorXd(839),
                   Eigen::VectorXd(839), std::vector<double>(50, 1.0)};
        for (double& value : large.covariates.reshaped())
            value = normal(random);
        for (Eigen::Index i = 0; i < 839; ++i) {
            for (int haplotype = 0; haplotype < 2; ++haplotype) {
                bool allele = starts(random);
                for (Eigen::Index v = 0; v < 3000; ++v) {
                    if (recombines(random))
                        allele = starts(random);
                    large.dosages(i, v) += allele;
                }
            }
            large.observed[i] = normal(random);
            for (Eigen::Index v = 150; v < 3000; v += 300)
                large.observed[i] += 0.5 * large.dosages(i, v);
            large.predicted[i] = large.observed[i] + normal(random);
        }
        return large;
    }();
    return made;
}

} // namespace

class TestGeneStatistics : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void doubts() {
        const auto report = threeDrivers().analysed();
        DS_VERIFY(report);
        QCOMPARE(report->lead, std::optional<size_t>(0));
        QCOMPARE(report->drivers[0].doubt, Doubt::None);
        QVERIFY(*report->variants[1].eqtl.slope > 0 && *report->variants[1].givenLead.slope < 0);
        QCOMPARE(report->drivers[1].doubt, Doubt::FlipsGivenLead);
        QCOMPARE(report->drivers[2].doubt, Doubt::IntervalHoldsZero);
        QVERIFY(!report->variants[0].givenLead.slope); // nothing is left of the lead itself
    }

    /// Of a normal slope, the share of resamples with its sign is Phi(|slope| / se), and the interval is
    /// slope +- 1.96 se; R's is Fisher's.
    void intervalsAndShares() {
        const auto report = threeDrivers().analysed({.resamples = 4000});
        DS_VERIFY(report);
        for (const DriverResult& driver : report->drivers) {
            const EqtlEffect& eqtl = report->variants[driver.variant].eqtl;
            const double expected = 0.5 * std::erfc(-std::abs(*eqtl.t) / std::sqrt(2.0));
            DS_COMPARE_OPTIONAL(driver.verdictShare, expected, 0, 0.05);
            QVERIFY(driver.bootstrapInterval);
            QVERIFY(std::abs(driver.bootstrapInterval->low - (*eqtl.slope - 1.96 * *eqtl.se)) <
                    0.4 * *eqtl.se);
            QVERIFY(std::abs(driver.bootstrapInterval->high - (*eqtl.slope + 1.96 * *eqtl.se)) <
                    0.4 * *eqtl.se);
        }
        const double z = std::atanh(*report->pearson.r);
        QVERIFY(std::abs(report->rInterval->low - std::tanh(z - 1.96 / std::sqrt(497.0))) < 0.02);
        QVERIFY(std::abs(report->rInterval->high - std::tanh(z + 1.96 / std::sqrt(497.0))) < 0.02);
    }

    /// An undefined verdict has no share, and an SNV with fewer than five carriers neither share nor limits.
    void sharesOfWhatIsDefined() {
        Case rare = threeDrivers(100);
        rare.dosages.col(2).setZero();
        rare.dosages(7, 2) = 1;
        rare.observed[7] = rare.observed.maxCoeff() + 5;
        const auto report = rare.analysed();
        DS_VERIFY(report);
        QVERIFY(report->drivers[0].bootstrapInterval && report->drivers[0].verdictShare);
        // One carrier: every resample that has him has the same slope, which says nothing.
        QVERIFY(!report->drivers[2].bootstrapInterval && !report->drivers[2].verdictShare);
        GeneReport undefined = rare.report();
        undefined.drivers[0].verdict = Verdict::Undefined;
        DS_VERIFY(addStatistics(undefined, "study",
                                {rare.dosages, rare.dosages, rare.observed, rare.predicted, rare.covariates},
                                {}, {}));
        QVERIFY(!undefined.drivers[0].verdictShare && undefined.drivers[0].bootstrapInterval);
        // Gains 1, 1/2, 1/3: the first is not counted, the others are supported.
        DS_COMPARE_OPTIONAL(undefined.support().fractionByGain(), 1.0, 1e-15, 0);
        undefined.drivers[1].verdict = Verdict::Unsupported;
        DS_VERIFY(addStatistics(undefined, "study",
                                {rare.dosages, rare.dosages, rare.observed, rare.predicted, rare.covariates},
                                {}, {}));
        DS_COMPARE_OPTIONAL(undefined.support().fractionByGain(), (1.0 / 3) / (5.0 / 6), 1e-15, 0);
    }

    void fewCarriers_data() {
        QTest::addColumn<int>("carriers");
        QTest::addColumn<bool>("others"); // are rare, not the carriers
        QTest::addColumn<bool>("told");
        QTest::newRow("four carriers") << 4 << false << false;
        QTest::newRow("five carriers") << 5 << false << true;
        QTest::newRow("all but four") << 4 << true << false;
        QTest::newRow("all but five") << 5 << true << true;
    }

    /// Resampled limits of an SNV need people on both sides of it.
    void fewCarriers() {
        QFETCH(int, carriers);
        QFETCH(bool, others);
        QFETCH(bool, told);
        Case made = threeDrivers(200);
        made.dosages.col(2).setConstant(others ? 2 : 0);
        made.dosages.col(2).head(carriers).setConstant(1);
        const auto report = made.analysed();
        DS_VERIFY(report);
        QCOMPARE(report->drivers[2].bootstrapInterval.has_value(), told);
        QCOMPARE(report->drivers[2].verdictShare.has_value(), told);
    }

    /// One SNV alone, or in perfect LD: all random predictors are it, and nothing stands out of them.
    void nullWithoutSpread() {
        Case made = threeDrivers();
        made.dosages = made.dosages.col(0).eval();
        made.predicted = 3 * made.dosages.col(0);
        made.ism = {1};
        const auto report = made.analysed();
        DS_VERIFY(report);
        for (const auto& null : {report->publishedNull, report->calibratedNull}) {
            QVERIFY(null && !null->testable && !null->publishedP && !null->calibratedP);
            QCOMPARE(null->empiricalP, std::optional(1.0));
            DS_COMPARE_OPTIONAL(null->mean, std::abs(*report->pearson.r), 1e-12, 0);
        }
    }

    void nullsShareTheirPredictors() {
        const Case made = threeDrivers();
        const auto report = made.analysed({.nullPredictors = 700});
        const auto few = made.analysed({.nullPredictors = 3});
        DS_VERIFY(report);
        DS_VERIFY(few);
        QCOMPARE(report->publishedNull->predictors, int64_t{50});
        QCOMPARE(report->calibratedNull->predictors, int64_t{700});
        QCOMPARE(few->calibratedNull->predictors, int64_t{50});
        QVERIFY(std::abs(few->calibratedNull->mean - report->publishedNull->mean) < 1e-6);
    }

    void numbersFollowFromStudyGeneAndSeed() {
        const Case made = threeDrivers();
        const auto report = made.analysed();
        const auto same = made.analysed();
        const auto otherSeed = made.analysed({.seed = 1});
        const auto otherGene = made.analysed({}, "ENSG02");
        QCOMPARE(same->calibratedNull->mean, report->calibratedNull->mean);
        QCOMPARE(same->rInterval->low, report->rInterval->low);
        for (const auto* other : {&otherSeed, &otherGene}) {
            QVERIFY((*other)->calibratedNull->mean != report->calibratedNull->mean);
            QVERIFY((*other)->rInterval->low != report->rInterval->low);
            QVERIFY((*other)->fineMapping->pip == report->fineMapping->pip); // nothing random in it
        }
        QVERIFY(geneSeed("a", "bc", 0) != geneSeed("ab", "c", 0));
    }

    /// Asked to stop at any time, of a gene as large as they get, little of the work is still done. Work is
    /// the processor's time, as a share of the whole's: how long it takes is also the machine's business.
    void stopsSoon() {
        const Case& large = largeCase();
        const StatisticsOptions options{.nullPredictors = 10'000, .resamples = 10'000};
        const GeneReport begun = large.report(); // what is made before is no part of it
        const Dosages dosages = large.dosages;
        const auto analysed = [&](const RunContext& context) {
            GeneReport report = begun;
            return addStatistics(report, "study",
                                 {dosages, dosages, large.observed, large.predicted, large.covariates},
                                 options, context);
        };
        const std::clock_t begin = std::clock();
        DS_VERIFY(analysed({}));
        const auto whole = static_cast<double>(std::clock() - begin);
        const auto workSince = [whole](std::clock_t then) {
            return static_cast<double>(std::clock() - then) / whole;
        };
        // Who looks too seldom fails however often this is tried; a neighbour's work passes by.
        double least = 1;
        for (int attempt = 0; attempt < 3 && least >= 0.08; ++attempt) {
            double most = 0;
            int stopped = 0;
            for (int part = 0; part < 12; ++part) {
                std::stop_source stop;
                std::atomic<bool> isOver = false;
                std::atomic<std::clock_t> asked = 0;
                const std::clock_t started = std::clock();
                std::jthread work([&] {
                    const auto result = analysed({stop.get_token(), {}, {}});
                    if (!result && result.error().kind == ErrorKind::Cancelled) {
                        most = std::max(most, workSince(asked));
                        ++stopped;
                    }
                    isOver = true;
                });
                while (!isOver && workSince(started) < part / 14.0)
                    std::this_thread::sleep_for(std::chrono::milliseconds(1));
                asked = std::clock();
                stop.request_stop();
                work.join();
            }
            qInfo("stopped %d times, after at most %.1f %% of the whole work", stopped, 100 * most);
            QVERIFY(stopped > 6);
            least = std::min(least, most);
        }
        QVERIFY(least < 0.08);
    }
};

QTEST_GUILESS_MAIN(TestGeneStatistics)
#include "tst_gene_statistics.moc"
