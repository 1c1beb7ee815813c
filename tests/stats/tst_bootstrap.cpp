// SPDX-License-Identifier: GPL-3.0-or-later
#include "stats/bootstrap.h"

#include "stats/correlation.h"
#include "stats/reference_json.h"

#include <random>

using namespace diploscope;
using namespace diploscope::test;

namespace {

struct Pair {
    Eigen::VectorXd x, y;
};

Pair simulate(Eigen::Index people, double r, uint64_t seed) {
    std::mt19937_64 random(seed);
    std::normal_distribution<double> normal;
    Pair pair{Eigen::VectorXd(people), Eigen::VectorXd(people)};
    for (Eigen::Index i = 0; i < people; ++i) {
        pair.x[i] = normal(random);
        pair.y[i] = r * pair.x[i] + std::sqrt(1 - r * r) * normal(random);
    }
    return pair;
}

/// The people of one resample, one after the other.
std::vector<Eigen::Index> people(const Eigen::VectorXd& draws) {
    std::vector<Eigen::Index> rows;
    for (Eigen::Index i = 0; i < draws.size(); ++i)
        rows.insert(rows.end(), size_t(draws[i]), i);
    return rows;
}

} // namespace

class TestBootstrap : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void drawsAreFair();
    void resamplesAreThoseOfTheDraws();
    void undefinedResamples();
    void boundsOfR();
    void percentiles();
    void standardErrorOfR();
    void intervalHoldsTheTruth();
};

void TestBootstrap::drawsAreFair() {
    const Eigen::MatrixXd draws = drawPeople(1, 50, 0, 4000);
    QCOMPARE(draws.colwise().sum().eval(), Eigen::RowVectorXd::Constant(4000, 50).eval());
    // Each person is drawn as often as any other, and Poisson-like within a resample: variance 1 - 1 / n.
    QVERIFY((draws.rowwise().mean().array() - 1).abs().maxCoeff() < 4 * std::sqrt(1.0 / 4000));
    QVERIFY(std::abs((draws.array() - 1).square().mean() - 0.98) < 0.02);
    QCOMPARE(drawPeople(1, 50, 250, 10), draws.middleCols(250, 10).eval());
    QVERIFY(drawPeople(2, 50, 0, 10) != draws.leftCols(10));
}

void TestBootstrap::resamplesAreThoseOfTheDraws() {
    Pair pair = simulate(40, 0.5, 2);
    pair.y.array() = 1e4 + 3 * pair.y.array();
    const Eigen::MatrixXd draws = drawPeople(3, 40, 0, 60);
    const Eigen::VectorXd r = resampledCorrelations(pair.x, pair.y, draws);
    Eigen::MatrixXd x(40, 2);
    x << pair.x, pair.x.array().square().matrix();
    const Eigen::MatrixXd slopes = resampledSlopes(x, pair.y, draws);
    for (Eigen::Index b = 0; b < 60; ++b) {
        const auto rows = people(draws.col(b));
        const Correlation expected = pearson(pair.x(rows), pair.y(rows));
        DS_COMPARE_OPTIONAL(r[b], expected.r, 1e-10, 0);
        DS_COMPARE_OPTIONAL(slopes(b, 0), expected.slope, 1e-10, 0);
        DS_COMPARE_OPTIONAL(slopes(b, 1), pearson(x.col(1)(rows), pair.y(rows)).slope, 1e-10, 0);
    }
}

void TestBootstrap::undefinedResamples() {
    // One carrier of 12: about a third of the resamples do not have them.
    Eigen::VectorXd x = Eigen::VectorXd::Zero(12);
    x[3] = 1;
    const Eigen::VectorXd y = Eigen::VectorXd::LinSpaced(12, 0, 1);
    const Eigen::MatrixXd draws = drawPeople(4, 12, 0, 300);
    const Eigen::VectorXd r = resampledCorrelations(x, y, draws);
    for (Eigen::Index b = 0; b < 300; ++b)
        QCOMPARE(std::isnan(r[b]), draws(3, b) == 0);
    QVERIFY(percentileInterval(r));
    QVERIFY(resampledCorrelations(Eigen::VectorXd::Ones(12), y, draws).array().isNaN().all());
}

/// Few people: many a resample holds two of them, who lie on a line.
void TestBootstrap::boundsOfR() {
    for (const Eigen::Index count : {2, 3, 4, 5})
        for (uint64_t seed = 0; seed < 200; ++seed) {
            const Pair pair = simulate(count, 0.9, 1000 + seed);
            const Eigen::VectorXd r = resampledCorrelations(pair.x, pair.y, drawPeople(seed, count, 0, 200));
            double largest = 0;
            for (const double value : r)
                if (!std::isnan(value))
                    largest = std::max(largest, std::abs(value));
            QVERIFY(largest <= 1 && largest > 1 - 1e-9);
            if (const auto interval = percentileInterval(r))
                QVERIFY(-1 <= interval->low && interval->high <= 1);
        }
}

void TestBootstrap::percentiles() {
    // numpy.percentile(range(101), [2.5, 97.5]) and of range(40), reversed, with NaN between
    const auto hundred = percentileInterval(Eigen::VectorXd::LinSpaced(101, 0, 100));
    DS_COMPARE_OPTIONAL(hundred->low, 2.5, 1e-12, 0);
    DS_COMPARE_OPTIONAL(hundred->high, 97.5, 1e-12, 0);
    Eigen::VectorXd values(41);
    values << Eigen::VectorXd::LinSpaced(40, 39, 0), std::nan("");
    const auto forty = percentileInterval(values);
    DS_COMPARE_OPTIONAL(forty->low, 0.975, 1e-12, 0);
    DS_COMPARE_OPTIONAL(forty->high, 38.025, 1e-12, 0);
    QVERIFY(!percentileInterval(values.tail(40)));
}

/// Of normal values, R's standard error is (1 - r^2) / sqrt(n - 1).
void TestBootstrap::standardErrorOfR() {
    const Pair pair = simulate(500, 0.4, 5);
    const double r = *pearson(pair.x, pair.y).r;
    const Eigen::ArrayXd resampled = resampledCorrelations(pair.x, pair.y, drawPeople(6, 500, 0, 4000));
    const double error = std::sqrt((resampled - resampled.mean()).square().mean());
    QVERIFY(std::abs(resampled.mean() - r) < 0.005);
    QVERIFY(std::abs(error / ((1 - r * r) / std::sqrt(499.0)) - 1) < 0.1);
}

void TestBootstrap::intervalHoldsTheTruth() {
    int held = 0;
    for (uint64_t study = 0; study < 400; ++study) {
        const Pair pair = simulate(150, 0.3, 100 + study);
        held += percentileInterval(resampledCorrelations(pair.x, pair.y, drawPeople(study, 150, 0, 400)))
                    ->holds(0.3);
    }
    QVERIFY2(held >= 364 && held <= 394, qPrintable(QString::number(held))); // 95 % of 400, three errors
}

QTEST_GUILESS_MAIN(TestBootstrap)
#include "tst_bootstrap.moc"
