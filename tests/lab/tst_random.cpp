// SPDX-License-Identifier: GPL-3.0-or-later
#include "lab/simulate/random.h"
#include "support.h"

#include <cmath>

using diploscope::simulate::Random;

class TestRandom : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void sameSeedSameNumbers();
    void partsAreIndependent();
    void moments();
    void belowIsUnbiased();
    void weightedFollowsWeights();
};

void TestRandom::sameSeedSameNumbers() {
    Random first(7, "part", 3);
    Random second(7, "part", 3);
    for (int i = 0; i < 100; ++i)
        QCOMPARE(first.normal(), second.normal());
}

void TestRandom::partsAreIndependent() {
    Random base(7, "part", 3);
    const double value = base.uniform();
    QVERIFY(Random(8, "part", 3).uniform() != value);
    QVERIFY(Random(7, "other", 3).uniform() != value);
    QVERIFY(Random(7, "part", 4).uniform() != value);
}

void TestRandom::moments() {
    Random random(1, "moments");
    constexpr int n = 40000;
    double normal = 0, square = 0, exponential = 0, poisson = 0, uniform = 0;
    for (int i = 0; i < n; ++i) {
        const double z = random.normal();
        normal += z / n;
        square += z * z / n;
        exponential += random.exponential(4) / n;
        poisson += double(random.poisson(0.6)) / n;
        const double u = random.uniform(2, 3);
        QVERIFY(u >= 2 && u < 3);
        uniform += u / n;
    }
    // Five standard errors each.
    QVERIFY(std::abs(normal) < 5 / std::sqrt(n));
    QVERIFY(std::abs(square - 1) < 5 * std::sqrt(2.0 / n));
    QVERIFY(std::abs(exponential - 0.25) < 5 * 0.25 / std::sqrt(n));
    QVERIFY(std::abs(poisson - 0.6) < 5 * std::sqrt(0.6 / n));
    QVERIFY(std::abs(uniform - 2.5) < 5 * std::sqrt(1.0 / 12 / n));
}

void TestRandom::belowIsUnbiased() {
    Random random(1, "below");
    std::vector<int> counts(7, 0);
    for (int i = 0; i < 70000; ++i)
        ++counts[static_cast<size_t>(random.below(7))];
    for (const int count : counts)
        QVERIFY2(std::abs(count - 10000) < 500, qPrintable(QString::number(count)));
}

void TestRandom::weightedFollowsWeights() {
    Random random(1, "weighted");
    std::vector<int> counts(4, 0);
    for (int i = 0; i < 40000; ++i)
        ++counts[random.weighted({1, 0, 2, 1})];
    QCOMPARE(counts[1], 0);
    QVERIFY(std::abs(counts[0] - 10000) < 500);
    QVERIFY(std::abs(counts[2] - 20000) < 600);
}

QTEST_GUILESS_MAIN(TestRandom)
#include "tst_random.moc"
