// SPDX-License-Identifier: GPL-3.0-or-later
#include "stats/null_mixture.h"

#include "support.h"

#include <array>
#include <cmath>
#include <numbers>

using namespace diploscope;

class TestNullMixture : public QObject {
    Q_OBJECT

private Q_SLOTS:
    /// Of a normal R of standard deviation 0.08, |R| is half-normal: mean sd sqrt(2 / pi), variance
    /// sd^2 (1 - 2 / pi).
    void deviationOfAHalfNormal() {
        const double sd = 0.08;
        const double pi = std::numbers::pi;
        QVERIFY(std::abs(nullDeviation(sd * std::sqrt(2 / pi), sd * std::sqrt(1 - 2 / pi)) - sd) < 1e-15);
    }

    /// Tables of the normal distribution: Phi(1) = 0.8413447461, Phi(2) = 0.9772498681.
    void sumOverGenes() {
        const std::array sds{0.05, 0.1};
        QVERIFY(std::abs(expectedBelow(sds, 0.1) - (0.9772498681 + 0.8413447461)) < 1e-9);
        QVERIFY(std::abs(expectedBelow(sds, -0.1) - (0.0227501319 + 0.1586552539)) < 1e-9);
        QCOMPARE(expectedBelow(sds, 0), 1.0);
        QCOMPARE(expectedBelow({}, 0.3), 0.0);
    }
};

QTEST_GUILESS_MAIN(TestNullMixture)
#include "tst_null_mixture.moc"
