// SPDX-License-Identifier: GPL-3.0-or-later
#include "stats/drivers.h"

#include "stats/reference_json.h"

using namespace diploscope;
using namespace diploscope::test;

class TestDrivers : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void reference_data();
    void reference();
    void backward_data() { reference_data(); }
    void backward();
    void backwardStopsWhereTheRestIsNoLongerRight();
    void thresholdsAreUsed();
    void thresholdsAreStrict();
    void columnsReordered();
    void unitsDoNotMatter();
    void contributionsThatCancelInexactly();
    void roundingIsNoDriver_data();
    void roundingIsNoDriver();
    void largeGeneIsFast();
};

void TestDrivers::reference_data() {
    QTest::addColumn<int>("index");
    const auto& cases = statsReference()["drivers"];
    for (size_t i = 0; i < cases.size(); ++i)
        QTest::newRow(cases[i]["name"].get<std::string>().c_str()) << int(i);
}

void TestDrivers::reference() {
    QFETCH(int, index);
    const auto& reference = statsReference()["drivers"][size_t(index)];
    const auto& expected = reference["expected"];
    const Eigen::VectorXd ism = vectorOf(reference["ism"]);
    const Eigen::MatrixXd dosages = matrixOf(reference["dosages"], size_t(ism.size()));
    const Eigen::VectorXd prediction = vectorOf(reference["prediction"]);

    const LinearApproximation result = approximateLinearly(ism, dosages, prediction);
    QVERIFY((result.score - vectorOf(expected["score"])).cwiseAbs().maxCoeff() < 1e-12);
    QCOMPARE(result.order, expected["order"].get<std::vector<int64_t>>());
    DS_COMPARE_OPTIONAL(result.r, optionalOf(expected["r"]), 1e-9, 1e-12);
    QCOMPARE(result.additive, expected["additive"].get<bool>());
    QCOMPARE(result.cumulative.size(), expected["cumulative"].size());
    for (size_t i = 0; i < result.cumulative.size(); ++i)
        DS_COMPARE_OPTIONAL(result.cumulative[i], optionalOf(expected["cumulative"][i]), 1e-9, 1e-12);
    QCOMPARE(result.drivers.size(), expected["drivers"].size());
    for (size_t i = 0; i < result.drivers.size(); ++i) {
        const Driver& driver = result.drivers[i];
        const auto& want = expected["drivers"][i];
        QCOMPARE(driver.variant, want["variant"].get<int64_t>());
        DS_COMPARE_OPTIONAL(driver.gain, optionalOf(want["gain"]), 1e-9, 0);
        DS_COMPARE_OPTIONAL(driver.ownR, optionalOf(want["own_r"]), 1e-9, 0);
        DS_COMPARE_OPTIONAL(driver.ownP, optionalOf(want["own_p"]), 1e-6, 0);
        DS_COMPARE_OPTIONAL(driver.lossWithout, optionalOf(want["loss_without"]), 1e-9, 1e-12);
        QCOMPARE(driver.main, want["main"].get<bool>());
    }
}

void TestDrivers::backward() {
    QFETCH(int, index);
    const auto& reference = statsReference()["drivers"][size_t(index)];
    const Eigen::VectorXd ism = vectorOf(reference["ism"]);
    const Eigen::MatrixXd dosages = matrixOf(reference["dosages"], size_t(ism.size()));
    const LinearApproximation result =
        approximateLinearly(ism, dosages, vectorOf(reference["prediction"]), {}, DriverMethod::Backward);
    DS_COMPARE_OPTIONAL(result.r, optionalOf(reference["expected"]["r"]), 1e-9, 1e-12);
    const auto& expected = reference["backward"];
    QCOMPARE(result.drivers.size(), expected.size());
    int main = 0;
    for (size_t i = 0; i < expected.size(); ++i) {
        const Driver& driver = result.drivers[i];
        QCOMPARE(driver.variant, expected[i]["variant"].get<int64_t>());
        DS_COMPARE_OPTIONAL(driver.gain, optionalOf(expected[i]["gain"]), 1e-9, 1e-12);
        QVERIFY(driver.ownR > 0 && driver.ownP < 0.01 / double(ism.size()));
        main += driver.main;
    }
    QCOMPARE(main, expected.empty() ? 0 : 1);
}

/// The prediction is one SNV: once that has gone, noise is left, and noise has no drivers.
void TestDrivers::backwardStopsWhereTheRestIsNoLongerRight() {
    Eigen::VectorXd ism{{1.0, 0.5, 0.4}};
    Eigen::MatrixXd dosages(64, 3);
    for (Eigen::Index i = 0; i < 64; ++i)
        dosages.row(i) << double(i % 2), double(i / 2 % 2), double(i / 4 % 2);
    const auto drivers =
        approximateLinearly(ism, dosages, dosages.col(0), {}, DriverMethod::Backward).drivers;
    QCOMPARE(drivers.size(), size_t(1));
    QCOMPARE(drivers[0].variant, int64_t(0));
    QVERIFY(std::abs(drivers[0].gain - 1) < 1e-12);
}

/// Two SNVs in equal parts: the first explains 1 / sqrt(2) of R_lin = 1.
struct EqualParts {
    Eigen::VectorXd ism{{1.0, 0.999}};
    Eigen::MatrixXd dosages{8 * 16, 2};
    Eigen::VectorXd prediction;
    EqualParts() {
        for (Eigen::Index i = 0; i < dosages.rows(); ++i)
            dosages.row(i) << double(i % 2), double(i / 2 % 2);
        prediction = dosages * ism;
    }
};

void TestDrivers::thresholdsAreUsed() {
    const EqualParts gene;
    const auto count = [&](const DriverThresholds& thresholds) {
        return approximateLinearly(gene.ism, gene.dosages, gene.prediction, thresholds).drivers.size();
    };
    QCOMPARE(count({}), size_t(2));
    QCOMPARE(count({.minimumLinearR = 0.2, .minimumGain = 0.5, .ownP = 0.01}), size_t(1));
    QCOMPARE(count({.minimumLinearR = 0.2, .minimumGain = 0.05, .ownP = 1e-100}), size_t(0));
    QCOMPARE(count({.minimumLinearR = 1.0, .minimumGain = 0.05, .ownP = 0.01}), size_t(0));
}

void TestDrivers::thresholdsAreStrict() {
    // One SNV that is the whole prediction: c_1 - c_0 is exactly 1, R_lin exactly the own R.
    const Eigen::VectorXd ism{{1.0}};
    const Eigen::MatrixXd dosages = Eigen::VectorXd{{-1, 1, -1, 1, -1, 1, -1, 1}};
    const LinearApproximation all = approximateLinearly(ism, dosages, dosages.col(0));
    QCOMPARE(all.drivers.size(), size_t(1));
    QCOMPARE(all.drivers[0].gain, 1.0);
    QVERIFY(!all.drivers[0].lossWithout);
    QVERIFY(approximateLinearly(ism, dosages, dosages.col(0),
                                {.minimumLinearR = 0.2, .minimumGain = 1.0, .ownP = 0.01})
                .drivers.empty());
    QVERIFY(!approximateLinearly(ism, dosages, dosages.col(0),
                                 {.minimumLinearR = *all.r, .minimumGain = 0, .ownP = 0.01})
                 .additive);
}

void TestDrivers::columnsReordered() {
    const auto& reference = statsReference()["drivers"][1];
    const Eigen::VectorXd ism = vectorOf(reference["ism"]);
    const Eigen::MatrixXd dosages = matrixOf(reference["dosages"], size_t(ism.size()));
    const Eigen::VectorXd prediction = vectorOf(reference["prediction"]);
    const LinearApproximation forward = approximateLinearly(ism, dosages, prediction);
    const LinearApproximation backward =
        approximateLinearly(ism.reverse(), dosages.rowwise().reverse(), prediction);
    QVERIFY(!forward.drivers.empty());
    QCOMPARE(backward.drivers.size(), forward.drivers.size());
    for (size_t i = 0; i < forward.drivers.size(); ++i) {
        QCOMPARE(backward.drivers[i].variant, ism.size() - 1 - forward.drivers[i].variant);
        QVERIFY(std::abs(backward.drivers[i].gain - forward.drivers[i].gain) < 1e-12);
    }
}

void TestDrivers::unitsDoNotMatter() {
    const auto& reference = statsReference()["drivers"][0];
    const Eigen::VectorXd ism = vectorOf(reference["ism"]);
    const Eigen::MatrixXd dosages = matrixOf(reference["dosages"], size_t(ism.size()));
    const Eigen::VectorXd prediction = vectorOf(reference["prediction"]);
    const LinearApproximation plain = approximateLinearly(ism, dosages, prediction);
    QVERIFY(plain.drivers.size() >= 2);
    const auto isSame = [&](const LinearApproximation& other) {
        bool same = std::abs(*other.r - *plain.r) < 1e-10 && other.drivers.size() == plain.drivers.size();
        for (size_t i = 0; same && i < plain.drivers.size(); ++i)
            same = other.drivers[i].variant == plain.drivers[i].variant &&
                   std::abs(other.drivers[i].gain - plain.drivers[i].gain) < 1e-10 &&
                   other.drivers[i].main == plain.drivers[i].main;
        return same;
    };
    QVERIFY(isSame(approximateLinearly(ism, dosages, 1e-5 * prediction.array() + 3)));
    QVERIFY(isSame(approximateLinearly(1e150 * ism, dosages, 1e200 * prediction)));
    QVERIFY(isSame(approximateLinearly(1e-150 * ism, dosages, 1e-200 * prediction)));
    // The other allele's dosage with the other sign of effect is the same statement.
    QVERIFY(isSame(approximateLinearly(-ism, (2 - dosages.array()).matrix(), prediction)));
}

void TestDrivers::contributionsThatCancelInexactly() {
    // Three SNVs in full LD: 0.3 - 0.2 - 0.1 leaves 3e-17 of the dosage, which correlates as well as the
    // dosage does.
    const Eigen::VectorXd a{{0, 1, 2, 0, 1, 2, 0, 1, 2, 0, 1, 2}};
    const Eigen::VectorXd b{{0, 0, 0, 1, 1, 1, 2, 2, 2, 0, 0, 1}};
    Eigen::MatrixXd dosages(12, 4);
    dosages << a, a, a, b;
    const Eigen::VectorXd ism{{0.3, -0.2, -0.1, 0.05}};
    QVERIFY(ism[0] + ism[1] + ism[2] != 0);
    const LinearApproximation result = approximateLinearly(ism, dosages, 0.05 * b + 0.001 * a);
    QVERIFY(result.cumulative[1].has_value());
    QVERIFY(!result.cumulative[2].has_value());
    QCOMPARE(result.drivers.size(), size_t(1));
    QCOMPARE(result.drivers[0].variant, int64_t(3));
    QCOMPARE(result.drivers[0].gain, 1.0);
    QVERIFY(!result.drivers[0].lossWithout);
}

void TestDrivers::roundingIsNoDriver_data() {
    QTest::addColumn<double>("rounding"); // of scores near 3
    QTest::addColumn<bool>("single");
    QTest::newRow("fp64") << 1e-14 << false;
    QTest::newRow("fp32") << 1e-6 << true;
}

/// A model that does not see the SNVs: what its scores differ by is rounding, which follows the genotypes.
void TestDrivers::roundingIsNoDriver() {
    QFETCH(double, rounding);
    QFETCH(bool, single);
    const Resolution resolution = single ? SingleScores : DoubleScores;
    const Eigen::VectorXd a{{0, 1, 2, 0, 1, 2, 0, 1, 2, 0, 1, 2}};
    const Eigen::VectorXd b{{0, 0, 0, 1, 1, 1, 2, 2, 2, 0, 0, 1}};
    Eigen::MatrixXd dosages(12, 2);
    dosages << a, b;
    const Eigen::VectorXd noise{{rounding, -rounding / 2}};
    const Eigen::VectorXd prediction = -3.4 + (dosages * noise).array();
    for (const DriverMethod method : {DriverMethod::Forward, DriverMethod::Backward}) {
        QVERIFY(!approximateLinearly(noise, dosages, prediction, {}, method).drivers.empty());
        const auto result = approximateLinearly(noise, dosages, prediction, {}, method, resolution);
        QVERIFY(!result.r && !result.additive && result.drivers.empty());
        // People differ, but no single SNV does it: the sum is still rounding.
        const Eigen::VectorXd other = -3.4 + 0.1 * a.cwiseProduct(b).array();
        QVERIFY(!approximateLinearly(noise, dosages, other, {}, method, resolution).r);
    }
    // An effect that is larger is one.
    const Eigen::VectorXd real{{0.1, -rounding / 2}};
    const Eigen::VectorXd seen = -3.4 + (dosages * real).array();
    const auto result = approximateLinearly(real, dosages, seen, {}, DriverMethod::Forward, resolution);
    QCOMPARE(result.drivers.size(), size_t{1});
    QCOMPARE(result.drivers[0].variant, int64_t{0});
}

void TestDrivers::largeGeneIsFast() {
    // O(people x variants): a walk over every pair of variants would take minutes.
    const Eigen::Index people = 1000, variants = 5000;
    const Eigen::MatrixXd dosages =
        (Eigen::MatrixXd::Random(people, variants).array() + 1).floor(); // 0 or 1; Eigen seeds from rand()
    const Eigen::VectorXd ism = Eigen::VectorXd::Random(variants);
    const Eigen::VectorXd prediction = dosages * ism + Eigen::VectorXd::Random(people);
    QElapsedTimer timer;
    timer.start();
    const LinearApproximation result = approximateLinearly(ism, dosages, prediction);
    QVERIFY2(timer.elapsed() < 3000 * Slowness, qPrintable(QStringLiteral("%1 ms").arg(timer.elapsed())));
    QVERIFY(result.r && *result.r > 0.99);
}

QTEST_GUILESS_MAIN(TestDrivers)
#include "tst_drivers.moc"
