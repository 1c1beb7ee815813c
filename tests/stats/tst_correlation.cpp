// SPDX-License-Identifier: GPL-3.0-or-later
#include "stats/correlation.h"

#include "stats/reference_json.h"

#include <algorithm>
#include <random>

using namespace diploscope;
using namespace diploscope::test;

class TestCorrelation : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void reference_data() { rows(statsReference()["correlations"]); }
    void reference();
    void swappingSidesKeepsR_data() { rows(statsReference()["correlations"]); }
    void swappingSidesKeepsR();
    void tails();
    void tailsOfImpossibleDegrees();
    void infinityIsMissing();
    void linearChangeOfUnits();
    void orderOfPeople();

private:
    static void rows(const nlohmann::json& cases) {
        QTest::addColumn<int>("index");
        for (size_t i = 0; i < cases.size(); ++i)
            QTest::newRow(cases[i]["name"].get<std::string>().c_str()) << int(i);
    }
};

void TestCorrelation::reference() {
    QFETCH(int, index);
    const auto& reference = statsReference()["correlations"][size_t(index)];
    const auto& expected = reference["expected"];
    const Eigen::VectorXd x = vectorOf(reference["x"]);
    const Eigen::VectorXd y = vectorOf(reference["y"]);

    const Correlation c = pearson(x, y);
    QCOMPARE(c.n, expected["n"].get<int64_t>());
    DS_COMPARE_OPTIONAL(c.r, optionalOf(expected["r"]), 1e-14, 1e-16);
    DS_COMPARE_OPTIONAL(c.p, optionalOf(expected["p"]), 1e-9, 1e-320);
    DS_COMPARE_OPTIONAL(c.slope, optionalOf(expected["slope"]), 1e-13, 1e-300);
    const double spreadX = optionalOf(expected["sd_x"]).value_or(0),
                 spreadY = optionalOf(expected["sd_y"]).value_or(0);
    DS_COMPARE_OPTIONAL(c.meanX, optionalOf(expected["mean_x"]).value_or(0), 1e-15, 1e-15 * spreadX);
    DS_COMPARE_OPTIONAL(c.meanY, optionalOf(expected["mean_y"]).value_or(0), 1e-15, 1e-15 * spreadY);
    const double interceptParts = std::abs(c.meanY) + std::abs(c.slope.value_or(0) * c.meanX);
    DS_COMPARE_OPTIONAL(c.intercept, optionalOf(expected["intercept"]), 0,
                        1e-14 * (interceptParts + spreadY));
    DS_COMPARE_OPTIONAL(c.sdX, optionalOf(expected["sd_x"]).value_or(0), 1e-14, 0);
    DS_COMPARE_OPTIONAL(c.sdY, optionalOf(expected["sd_y"]).value_or(0), 1e-14, 0);

    const RankCorrelation ranks = spearman(x, y);
    QCOMPARE(ranks.n, c.n);
    DS_COMPARE_OPTIONAL(ranks.rho, optionalOf(expected["rho"]), 1e-14, 1e-16);
    DS_COMPARE_OPTIONAL(ranks.p, optionalOf(expected["rho_p"]), 1e-10, 1e-320);
}

void TestCorrelation::swappingSidesKeepsR() {
    QFETCH(int, index);
    const auto& reference = statsReference()["correlations"][size_t(index)];
    const Eigen::VectorXd x = vectorOf(reference["x"]);
    const Eigen::VectorXd y = vectorOf(reference["y"]);
    DS_COMPARE_OPTIONAL(pearson(y, x).r, pearson(x, y).r, 1e-15, 1e-17);
    DS_COMPARE_OPTIONAL(pearson(y, x).p, pearson(x, y).p, 1e-9, 1e-320);
    DS_COMPARE_OPTIONAL(spearman(y, x).rho, spearman(x, y).rho, 1e-15, 1e-17);
}

void TestCorrelation::tails() {
    const auto& tails = statsReference()["tails"];
    QVERIFY(tails.size() > 100);
    for (const auto& tail : tails) {
        const double r = tail["r"].get<double>();
        const double df = tail["df"].get<double>();
        const double expected = tail["p"].get<double>();
        const double p = correlationP(r, df);
        // p = (1 - r^2)^(df / 2) times slow factors: rounding in the power costs about df / 2 * |log(1 -
        // r^2)| ulps.
        const double tolerance = 1e-12 + 1e-15 * std::abs(std::log(std::max(expected, 1e-320))) * 4;
        QVERIFY2(std::abs(p - expected) <= tolerance * expected + 1e-321,
                 qPrintable(QStringLiteral("r %1 df %2: %3, expected %4")
                                .arg(r, 0, 'g', 17)
                                .arg(df)
                                .arg(p, 0, 'g', 17)
                                .arg(expected, 0, 'g', 17)));
    }
}

void TestCorrelation::tailsOfImpossibleDegrees() {
    QVERIFY(std::isnan(correlationP(0.5, 0)));
    QVERIFY(std::isnan(correlationP(0.5, -1)));
}

void TestCorrelation::infinityIsMissing() {
    const double infinity = std::numeric_limits<double>::infinity();
    const Eigen::VectorXd x{{1, 2, infinity, 4, 5.5, 3}};
    const Eigen::VectorXd y{{1, -2, 3, 4, 4.5, -infinity}};
    const Correlation c = pearson(x, y);
    QCOMPARE(c.n, int64_t(4));
    const Correlation without = pearson(Eigen::VectorXd{{1, 2, 4, 5.5}}, Eigen::VectorXd{{1, -2, 4, 4.5}});
    QCOMPARE(*c.r, *without.r);
}

void TestCorrelation::linearChangeOfUnits() {
    std::mt19937_64 random(1);
    std::normal_distribution<double> normal;
    for (const double scale : {1e-6, 3.0, 1e8}) {
        for (const double offset : {-1e3, 0.0, 7.0}) {
            const Eigen::VectorXd x = Eigen::VectorXd::NullaryExpr(80, [&] { return normal(random); });
            const Eigen::VectorXd y =
                0.3 * x + Eigen::VectorXd::NullaryExpr(80, [&] { return normal(random); });
            const Correlation plain = pearson(x, y);
            const Eigen::VectorXd changed = (-scale * x).array() + scale * offset;
            const Correlation c = pearson(changed, y);
            DS_COMPARE_OPTIONAL(c.r, -*plain.r, 1e-11, 0);
            DS_COMPARE_OPTIONAL(c.p, plain.p, 1e-9, 0);
            DS_COMPARE_OPTIONAL(c.slope, -*plain.slope / scale, 1e-11, 0);
            const RankCorrelation ranks = spearman(x.array().exp(), y);
            DS_COMPARE_OPTIONAL(ranks.rho, spearman(x, y).rho, 0, 0);
        }
    }
}

void TestCorrelation::orderOfPeople() {
    std::mt19937_64 random(2);
    std::normal_distribution<double> normal;
    const Eigen::VectorXd x = Eigen::VectorXd::NullaryExpr(50, [&] { return normal(random); });
    const Eigen::VectorXd y = Eigen::VectorXd::NullaryExpr(50, [&] { return normal(random); });
    std::vector<Eigen::Index> order(50);
    std::iota(order.begin(), order.end(), 0);
    std::shuffle(order.begin(), order.end(), random);
    DS_COMPARE_OPTIONAL(pearson(x(order), y(order)).r, pearson(x, y).r, 1e-13, 1e-15);
    DS_COMPARE_OPTIONAL(spearman(x(order), y(order)).rho, spearman(x, y).rho, 1e-13, 1e-15);
}

QTEST_GUILESS_MAIN(TestCorrelation)
#include "tst_correlation.moc"
