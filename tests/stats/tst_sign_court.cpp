// SPDX-License-Identifier: GPL-3.0-or-later
// The sign court, additivity and R of two predictions, on cases that can be counted by hand and against plain
// sums over all subsets.
#include "base/fixed_order.h"
#include "stats/additivity.h"
#include "stats/bootstrap.h"
#include "stats/centred.h"
#include "stats/contributions.h"
#include "stats/correlation.h"
#include "stats/paired_r.h"
#include "stats/sign_court.h"

#include "support.h"

#include <algorithm>
#include <cmath>
#include <random>

using namespace diploscope;
using namespace diploscope::test;

namespace {

/// Dosages of `people` at `variants`, drawn.
Eigen::MatrixXd drawnDosages(std::mt19937& random, Eigen::Index people, Eigen::Index variants) {
    Eigen::MatrixXd dosages(people, variants);
    for (Eigen::Index v = 0; v < variants; ++v)
        for (Eigen::Index p = 0; p < people; ++p)
            dosages(p, v) = double(random() % 3);
    return dosages;
}

Eigen::VectorXd drawn(std::mt19937& random, Eigen::Index size) {
    Eigen::VectorXd values(size);
    for (double& value : values)
        value = double(random() % 2001) / 1000 - 1;
    return values;
}

/// R of the sum of effects with some turned, by Pearson's formula alone.
double turnedR(Eigen::VectorXd ism, const Eigen::MatrixXd& dosages, const Eigen::VectorXd& observed,
               const std::vector<int64_t>& turned) {
    for (const int64_t v : turned)
        ism[v] = -ism[v];
    return *pearson(dosages * ism, observed).r;
}

} // namespace

class TestSignCourt : public QObject {
    Q_OBJECT

private Q_SLOTS:
    /// Expression is the sum of effects with the second's and the fourth's turned.
    void plantedTurnsAreFound() {
        std::mt19937 random(3);
        const Eigen::MatrixXd dosages = drawnDosages(random, 60, 5);
        Eigen::VectorXd ism(5);
        ism << 1, 2, -0.5, 1.5, 0.25;
        Eigen::VectorXd truth = ism;
        truth[1] = -2;
        truth[3] = -1.5;
        const Eigen::VectorXd observed = dosages * truth;
        const auto court = signCourt(ism, dosages, observed, {0, 3, 1, 2}, 1, {});
        DS_VERIFY(court);
        QCOMPARE(court->turned, (std::vector<int64_t>{3, 1})); // in the drivers' order
        QVERIFY(court->exact);
        QVERIFY(std::abs(*court->turnedR - 1) < 1e-10);
        QVERIFY(std::abs(*court->r - turnedR(ism, dosages, observed, {})) < 1e-10);
        // All pairs of four drivers.
        QVERIFY(court->nullIsAll);
        QCOMPARE(court->nullSets, int64_t{6});
        double sum = 0;
        int reaching = 0;
        for (const auto& pair :
             std::vector<std::vector<int64_t>>{{0, 3}, {0, 1}, {0, 2}, {3, 1}, {3, 2}, {1, 2}}) {
            const double r = turnedR(ism, dosages, observed, pair);
            sum += r;
            reaching += r >= *court->turnedR - 1e-9;
        }
        QVERIFY(std::abs(*court->nullMean - sum / 6) < 1e-10);
        QCOMPARE(*court->nullShare, reaching / 6.0);
        QVERIFY(!court->nullLow); // six values have no tails
    }

    void nothingToTurn() {
        std::mt19937 random(4);
        const Eigen::MatrixXd dosages = drawnDosages(random, 40, 3);
        const Eigen::Vector3d ism(1, -2, 0.5);
        const auto court = signCourt(ism, dosages, dosages * ism, {0, 1, 2}, 1, {});
        DS_VERIFY(court);
        QVERIFY(court->turned.empty());
        QCOMPARE(*court->turnedR, *court->r);
        QCOMPARE(court->nullSets, int64_t{0});
        QVERIFY(!court->nullMean && !court->nullShare);
        const auto nobody = signCourt(ism, dosages, dosages * ism, {}, 1, {});
        DS_VERIFY(nobody);
        QVERIFY(nobody->turned.empty() && nobody->exact);
        QCOMPARE(*nobody->turnedR, *nobody->r);
        const auto nothing =
            signCourt(Eigen::VectorXd(0), Eigen::MatrixXd(40, 0), drawn(random, 40), {}, 1, {});
        DS_VERIFY(nothing);
        QVERIFY(!nothing->r && !nothing->turnedR);
    }

    /// Two drivers with the same dosages: what either of them explains, one of them has to be turned for.
    void theSmallestSetIsTaken() {
        std::mt19937 random(5);
        Eigen::MatrixXd dosages = drawnDosages(random, 40, 4);
        dosages.col(2) = dosages.col(1);
        dosages.col(3).setConstant(1); // turning it changes nothing
        Eigen::VectorXd ism(4);
        ism << 0.1, 1, 3, 2;
        const Eigen::VectorXd observed = -dosages.col(1) + 0.1 / 2 * dosages.col(0);
        // S of 1 and 2 is 4 x dosage: turning the larger alone gives -2 x.
        const auto court = signCourt(ism, dosages, observed, {3, 1, 2, 0}, 1, {});
        DS_VERIFY(court);
        std::vector<int64_t> best;
        double bestR = -2;
        for (int bits = 0; bits < 16; ++bits) {
            std::vector<int64_t> turned;
            for (int64_t v = 0; v < 4; ++v)
                if ((bits >> v & 1) != 0)
                    turned.push_back(v);
            const double r = turnedR(ism, dosages, observed, turned);
            if (r > bestR + 1e-9 || (r > bestR - 1e-9 && turned.size() < best.size())) {
                bestR = std::max(r, bestR);
                best = turned;
            }
        }
        std::vector<int64_t> found = court->turned;
        std::sort(found.begin(), found.end());
        QCOMPARE(found, best);
        QVERIFY(std::find(found.begin(), found.end(), 3) == found.end());
        QVERIFY(std::abs(*court->turnedR - bestR) < 1e-9);
    }

    /// Against all subsets, by Pearson's formula.
    void exactIsTheBestOfAllSubsets() {
        std::mt19937 random(6);
        for (int round = 0; round < 10; ++round) {
            const Eigen::MatrixXd dosages = drawnDosages(random, 30, 9);
            const Eigen::VectorXd ism = drawn(random, 9), observed = drawn(random, 30);
            std::vector<int64_t> drivers{1, 2, 4, 5, 7, 8};
            const auto court = signCourt(ism, dosages, observed, drivers, 1, {});
            DS_VERIFY(court);
            double best = -2;
            for (int bits = 0; bits < 64; ++bits) {
                std::vector<int64_t> turned;
                for (size_t d = 0; d < drivers.size(); ++d)
                    if ((bits >> d & 1) != 0)
                        turned.push_back(drivers[d]);
                best = std::max(best, turnedR(ism, dosages, observed, turned));
            }
            QVERIFY2(std::abs(*court->turnedR - best) < 1e-10,
                     qPrintable(QString::number(*court->turnedR - best, 'g', 6)));
            QVERIFY(std::abs(turnedR(ism, dosages, observed, court->turned) - best) < 1e-10);
        }
    }

    /// Beyond twelve: one at a time, each step the best there is, and none left that helps.
    void manyDriversAreTurnedOneByOne() {
        std::mt19937 random(7);
        const Eigen::Index count = 14;
        const Eigen::MatrixXd dosages = drawnDosages(random, 80, count);
        const Eigen::VectorXd ism = drawn(random, count), observed = drawn(random, 80);
        std::vector<int64_t> drivers(static_cast<size_t>(count));
        for (size_t d = 0; d < drivers.size(); ++d)
            drivers[d] = static_cast<int64_t>(d);
        const auto court = signCourt(ism, dosages, observed, drivers, 1, {});
        DS_VERIFY(court);
        QVERIFY(!court->exact);
        std::vector<int64_t> turned;
        double r = turnedR(ism, dosages, observed, {});
        for (;;) {
            int64_t best = -1;
            for (const int64_t d : drivers) {
                std::vector<int64_t> with = turned;
                if (std::find(with.begin(), with.end(), d) != with.end())
                    continue;
                with.push_back(d);
                if (const double own = turnedR(ism, dosages, observed, with); own > r + 1e-12) {
                    r = own;
                    best = d;
                }
            }
            if (best < 0)
                break;
            turned.push_back(best);
        }
        std::sort(turned.begin(), turned.end());
        QCOMPARE(court->turned, turned);
        QVERIFY(std::abs(*court->turnedR - r) < 1e-10);
        // The null is drawn where there are many such sets, and the same for the same seed.
        QVERIFY(!court->turned.empty());
        QCOMPARE(court->nullIsAll, court->nullSets < RandomTurns);
        const auto again = signCourt(ism, dosages, observed, drivers, 1, {});
        QCOMPARE(again->nullMean, court->nullMean);
    }

    void peopleWithoutExpressionAndGenotypes() {
        std::mt19937 random(8);
        Eigen::MatrixXd dosages = drawnDosages(random, 30, 3);
        const Eigen::Vector3d ism(1, -1, 2);
        Eigen::VectorXd observed = drawn(random, 30);
        observed[4] = std::nan("");
        dosages(7, 1) = std::nan("");
        const auto court = signCourt(ism, dosages, observed, {0, 1, 2}, 1, {});
        DS_VERIFY(court);
        Eigen::MatrixXd complete = dosages;
        complete(7, 1) = 0;
        complete(7, 1) = complete.col(1).sum() / 29; // the mean of the others
        QVERIFY(std::abs(*court->r - turnedR(ism, complete, observed, {})) < 1e-10);
        const auto none = signCourt(ism, dosages, Eigen::VectorXd::Constant(30, 2), {0, 1, 2}, 1, {});
        DS_VERIFY(none);
        QVERIFY(!none->r && !none->turnedR && none->turned.empty());
    }

    /// To the last bit, over more variants than are added up at once; bytes and imputed means alike.
    void contributionsAreTheProduct() {
        std::mt19937 random(13);
        for (const double missing : {std::nan(""), 0.25}) {
            Eigen::MatrixXd dosages = drawnDosages(random, 37, 600);
            for (Eigen::Index v = 0; v < dosages.cols(); v += 7)
                dosages(v % 37, v) = missing;
            const Eigen::VectorXd effects = drawn(random, 600);
            const Eigen::VectorXd sum = contributionsOf(dosages, effects);
            QVERIFY(sum == productOf(imputeMeans(dosages), effects).col(0));
        }
        QCOMPARE(contributionsOf(Eigen::MatrixXd(3, 0), Eigen::VectorXd(0)), Eigen::VectorXd::Zero(3).eval());
    }

    void additivity() {
        const Dosages dosages(4, {0, 1, 2, 1, 1, 2, 0, Dosages::NoGenotype});
        const Eigen::Vector2d effects(2, -1);
        Eigen::VectorXd predicted(4);
        predicted << 9.5, 10, 12, 11; // reference 10
        const Additivity found = additivityOf(effects, dosages, predicted, 10);
        QCOMPARE(found.expected, Eigen::Vector4d(9.5, 10, 12, 10.5)); // of the last the mean dosage, 1
        QCOMPARE(found.residual, Eigen::Vector4d(0, 0, 0, 0.5));
        QVERIFY(std::abs(*found.r - *pearson(found.expected, predicted).r) < 1e-15);
        QVERIFY(std::abs(found.residualSd().value() - 0.25) < 1e-15); // of 0, 0, 0, 0.5
        QCOMPARE(found.largestResidual(), std::optional<Eigen::Index>(3));
        predicted[2] = std::nan("");
        const Additivity holed = additivityOf(effects, dosages, predicted, 10);
        QVERIFY(std::isnan(holed.residual[2]) && std::isnan(holed.expected[2]));
        QVERIFY(std::abs(holed.residualSd().value() - 0.5 / std::sqrt(3.0)) < 1e-15);
        QCOMPARE(holed.largestResidual(), std::optional<Eigen::Index>(3));
        predicted.setConstant(std::nan(""));
        const Additivity none = additivityOf(effects, dosages, predicted, 10);
        QVERIFY(!none.residualSd() && !none.largestResidual());
        QVERIFY(!additivityOf(effects, dosages, Eigen::VectorXd::Constant(4, 3), 10).r);
    }

    void pairedIntervalsAreOfTheSamePeople() {
        std::mt19937 random(9);
        Eigen::VectorXd observed = drawn(random, 50), before = observed + drawn(random, 50),
                        after = before + 0.1 * drawn(random, 50);
        observed[3] = std::nan("");
        const auto found = pairedR(observed, before, after, ExactValues, 400, 17, {});
        DS_VERIFY(found);
        QCOMPARE(found->before.n, int64_t{49});
        QCOMPARE(*found->difference, *found->after.r - *found->before.r);
        // The same resamples of the 49.
        std::vector<Eigen::Index> known;
        for (Eigen::Index p = 0; p < 50; ++p)
            if (p != 3)
                known.push_back(p);
        const Eigen::MatrixXd draws = drawPeople(17, 49, 0, 400);
        const Eigen::VectorXd first = resampledCorrelations(observed(known), before(known), draws);
        const Eigen::VectorXd second = resampledCorrelations(observed(known), after(known), draws);
        const auto interval = percentileInterval(second - first);
        QCOMPARE(found->differenceInterval->low, interval->low);
        QCOMPARE(found->differenceInterval->high, interval->high);
        QCOMPARE(found->beforeInterval->low, percentileInterval(first)->low);
        // Far narrower than each of both, as people differ more than predictions do.
        QVERIFY(interval->high - interval->low <
                0.5 * (found->beforeInterval->high - found->beforeInterval->low));

        const auto constant =
            pairedR(observed, before, Eigen::VectorXd::Constant(50, 1), ExactValues, 400, 17, {});
        QVERIFY(!constant->after.r && !constant->difference && !constant->differenceInterval);
        QVERIFY(constant->beforeInterval.has_value());
        const auto without = pairedR(observed, before, after, ExactValues, 0, 17, {});
        QVERIFY(without->difference && !without->differenceInterval);
        RunContext context;
        std::stop_source stop;
        stop.request_stop();
        context.stop = stop.get_token();
        QCOMPARE(pairedR(observed, before, after, ExactValues, 400, 17, context).error().kind,
                 ErrorKind::Cancelled);
    }
};

QTEST_GUILESS_MAIN(TestSignCourt)
#include "tst_sign_court.moc"
