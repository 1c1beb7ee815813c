// SPDX-License-Identifier: GPL-3.0-or-later
#include "stats/correlation.h"

#include "stats/centred.h"
#include "stats/reference_json.h"
#include "table_file.h"

#include <algorithm>
#include <random>

using namespace diploscope;
using namespace diploscope::test;

namespace {

/// A perfect fit has p = 0; ours is what rounding could hide of it.
void comparePs(const std::optional<double>& p, const std::optional<double>& expected, double relative) {
    if (expected == 0.0)
        QVERIFY(p && *p > 0 && *p < 1e-14);
    else
        DS_COMPARE_OPTIONAL(p, expected, relative, 1e-320);
}

} // namespace

class TestCorrelation : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void reference_data() { rows(statsReference()["correlations"]); }
    void reference();
    void swappingSidesKeepsR_data() { rows(statsReference()["correlations"]); }
    void swappingSidesKeepsR();
    void tails();
    void tailsBelowDoubles_data();
    void tailsBelowDoubles();
    void textOfP_data();
    void textOfP();
    void tailsOfImpossibleDegrees();
    void infinityIsMissing();
    void linearChangeOfUnits();
    void orderOfPeople();
    void roundingIsNoRank_data();
    void roundingIsNoRank();
    void roundingIsNoSpread();

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
    comparePs(c.p, optionalOf(expected["p"]), 1e-9);
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
    comparePs(ranks.p, optionalOf(expected["rho_p"]), 1e-10);
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
        QVERIFY2(expected == 0 ? p > 0 && p < 1e-14 : std::abs(p - expected) <= tolerance * expected + 1e-321,
                 qPrintable(QStringLiteral("r %1 df %2: %3, expected %4")
                                .arg(r, 0, 'g', 17)
                                .arg(df)
                                .arg(p, 0, 'g', 17)
                                .arg(expected, 0, 'g', 17)));
    }
}

void TestCorrelation::tailsBelowDoubles_data() {
    QTest::addColumn<double>("r");
    QTest::addColumn<double>("df");
    QTest::addColumn<double>("log10P");
    for (const auto& row : tableFile(fixture("reference/p_tail.tsv")))
        QTest::newRow((row.at("r") + " " + row.at("df")).c_str())
            << std::stod(row.at("r")) << std::stod(row.at("df")) << std::stod(row.at("log10_p"));
}

/// In exact fractions and 60 digits (tests/reference/p_tail.py); never 0.
void TestCorrelation::tailsBelowDoubles() {
    QFETCH(double, r);
    QFETCH(double, df);
    QFETCH(double, log10P);
    const PValue p = correlationP(r, df);
    const double tolerance = 1e-13 * std::abs(log10P) + 1e-16 * df / (1 - r * r);
    QVERIFY2(std::abs(p.log10() - log10P) < tolerance, qPrintable(QString::number(p.log10(), 'g', 17)));
    QVERIFY(p > 0);
    // One-sided, of t: half of it.
    const double t = r * std::sqrt(df / (1 - r * r));
    QVERIFY(std::abs(studentUpperTail(t, df).log10() - (log10P - std::log10(2.0))) < tolerance + 1e-13 * df);
}

void TestCorrelation::textOfP_data() {
    QTest::addColumn<double>("log10P");
    QTest::addColumn<QString>("text");
    QTest::newRow("a double") << -2.0 << "0.01";
    QTest::newRow("the smallest") << -307.0 << "1e-307";
    QTest::newRow("denormal") << -310.0 << "1.00000e-310";
    QTest::newRow("below") << -411.5 << "3.16228e-412";
    QTest::newRow("rounded up") << -400.0 - 1e-9 << "1.00000e-400";
    QTest::newRow("biobank") << -12345.25 << "5.62341e-12346";
}

void TestCorrelation::textOfP() {
    QFETCH(double, log10P);
    QFETCH(QString, text);
    QCOMPARE(QString::fromStdString(PValue::ofLog10(log10P).text()), text);
    QVERIFY(PValue::ofLog10(log10P) > 0);
    QCOMPARE(PValue(0).text(), std::string("<2.2e-308")); // somebody else's rounded one
    QCOMPARE(textOf(std::nullopt), std::string("NA"));
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

void TestCorrelation::roundingIsNoRank_data() {
    QTest::addColumn<double>("rounding"); // relative to the largest
    QTest::addColumn<bool>("single");
    QTest::newRow("fp64, an ulp") << 1e-16 << false;
    QTest::newRow("fp64, a sum of many terms") << 1e-10 << false;
    QTest::newRow("fp32, an ulp") << 6e-8 << true;
    QTest::newRow("fp32, a sum of many terms") << 4e-7 << true;
}

/// Predictions that are one number but for rounding share a rank.
void TestCorrelation::roundingIsNoRank() {
    QFETCH(double, rounding);
    QFETCH(bool, single);
    std::mt19937_64 random(3);
    std::normal_distribution<double> normal;
    std::uniform_real_distribution<double> error(-0.5, 0.5);
    const double levels[] = {-3.5, -3.4999, 0.2, 1.7};
    Eigen::VectorXd observed(60), meant(60), seen(60);
    for (Eigen::Index i = 0; i < 60; ++i) {
        observed[i] = normal(random);
        meant[i] = levels[(i * i + i / 7) % 4];
        seen[i] = meant[i] + rounding * 3.5 * error(random);
    }
    const RankCorrelation exact = spearman(observed, meant);
    const RankCorrelation ours = spearman(observed, seen, single ? SingleScores : DoubleScores);
    QVERIFY(exact.rho);
    QCOMPARE(ours.rho, exact.rho);
    QCOMPARE(ours.p, exact.p);
    if (rounding > 1e-15) // what was read and not computed is told apart to the last digit
        QVERIFY(*exact.rho != *spearman(observed, seen).rho);
}

void TestCorrelation::roundingIsNoSpread() {
    std::mt19937_64 random(4);
    std::normal_distribution<double> normal;
    const Eigen::VectorXd observed = Eigen::VectorXd::NullaryExpr(40, [&] { return normal(random); });
    const Eigen::VectorXd noise = Eigen::VectorXd::NullaryExpr(40, [&] { return normal(random); });
    const auto scores = [&](double spread) { return (-3.4 + spread * noise.array()).matrix().eval(); };
    QVERIFY(!pearson(observed, scores(1e-14), DoubleScores).r);
    QVERIFY(!pearson(observed, scores(1e-14), DoubleScores).p);
    QVERIFY(!spearman(observed, scores(1e-14), DoubleScores).rho);
    QVERIFY(pearson(observed, scores(1e-14)).r);
    QVERIFY(pearson(observed, scores(1e-10), DoubleScores).r);
    QVERIFY(!pearson(observed, scores(5e-7), SingleScores).r);
    QVERIFY(!spearman(observed, scores(5e-7), SingleScores).rho);
    QVERIFY(pearson(observed, scores(1e-4), SingleScores).r);
}

QTEST_GUILESS_MAIN(TestCorrelation)
#include "tst_correlation.moc"
