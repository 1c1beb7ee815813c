// SPDX-License-Identifier: GPL-3.0-or-later
// METHODS 17: fine mapping, the null and R_lin take the mean of a variant where somebody has no genotype,
// which is what they make of dosages with the mean written in. With 0 copies, or without these people, they
// would differ.
#include "stats/drivers.h"
#include "stats/null_model.h"
#include "stats/residuals.h"
#include "stats/simulated_effects.h"
#include "stats/susie.h"

#include "support.h"

#include <cmath>
#include <random>

using namespace diploscope;
using namespace diploscope::test;

namespace {

constexpr Eigen::Index People = 150, Variants = 12;

/// Dosages of which a few variants lack genotypes, and the same with a number in their place.
struct Holed {
    Simulated data = simulate(People, Variants, 2, 17);
    Eigen::MatrixXd mean, zero;

    /// \param known people whose means count: those with a value
    explicit Holed(bool withUnknownExpression) {
        std::mt19937 random(5);
        if (withUnknownExpression)
            for (const Eigen::Index person : {3, 40, 77, 149})
                data.expression[person] = std::nan("");
        for (const Eigen::Index variant : {0, 4, 9})
            for (Eigen::Index person = 0; person < People; ++person)
                if (random() % 8 == 0)
                    data.dosages(person, variant) = std::nan("");
        mean = zero = data.dosages;
        for (Eigen::Index variant = 0; variant < Variants; ++variant) {
            double sum = 0;
            double count = 0;
            for (Eigen::Index person = 0; person < People; ++person)
                if (!std::isnan(data.dosages(person, variant)) && !std::isnan(data.expression[person])) {
                    sum += data.dosages(person, variant);
                    ++count;
                }
            for (Eigen::Index person = 0; person < People; ++person)
                if (std::isnan(data.dosages(person, variant))) {
                    mean(person, variant) = sum / count;
                    zero(person, variant) = 0;
                }
        }
    }
};

double farthest(const Eigen::VectorXd& a, const Eigen::VectorXd& b) {
    return (a - b).cwiseAbs().maxCoeff();
}

} // namespace

class TestMeanImputed : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void expressions_data() {
        QTest::addColumn<bool>("unknown");
        QTest::newRow("all measured") << false;
        QTest::newRow("some not") << true;
    }

    void fineMapping_data() { expressions_data(); }
    void fineMapping() {
        QFETCH(bool, unknown);
        const Holed made(unknown);
        const auto fit = [&made](const Eigen::MatrixXd& dosages) {
            return fineMap(residualise(dosages, made.data.expression, made.data.covariates)).value().value();
        };
        const FineMapping found = fit(made.data.dosages);
        const FineMapping expected = fit(made.mean);
        QVERIFY(found.pip.maxCoeff() > 0.9); // there is something to be found
        QVERIFY(farthest(found.pip, expected.pip) < 1e-9);
        QVERIFY(farthest(found.prunedPip, expected.prunedPip) < 1e-9);
        QVERIFY(farthest(found.posteriorMean, expected.posteriorMean) < 1e-9);
        QCOMPARE(found.sets.size(), expected.sets.size());
        QVERIFY(std::abs(found.evidenceBound - expected.evidenceBound) < 1e-7);
        QVERIFY(std::abs(found.evidenceBound - fit(made.zero).evidenceBound) > 1e-3);
    }

    void null_data() { expressions_data(); }
    void null() {
        QFETCH(bool, unknown);
        const Holed made(unknown);
        const auto draws = [&made](const Eigen::MatrixXd& dosages) {
            return nullCorrelations(dosages, made.data.expression, 400, 3).value();
        };
        const Eigen::VectorXd found = draws(made.data.dosages);
        QCOMPARE(found.size(), Eigen::Index{400});
        QVERIFY(farthest(found, draws(made.mean)) < 1e-5); // single precision
        QVERIFY(farthest(found, draws(made.zero)) > 1e-3);
    }

    void linearApproximation() {
        const Holed made(false);
        std::mt19937 random(6);
        std::normal_distribution<double> normal;
        const Eigen::VectorXd ism = Eigen::VectorXd::NullaryExpr(Variants, [&] { return normal(random); });
        const Eigen::VectorXd prediction =
            made.mean * ism + Eigen::VectorXd::NullaryExpr(People, [&] { return 0.1 * normal(random); });
        const LinearApproximation found = approximateLinearly(ism, made.data.dosages, prediction);
        const LinearApproximation expected = approximateLinearly(ism, made.mean, prediction);
        QVERIFY(farthest(found.score, expected.score) < 1e-12);
        QVERIFY(std::abs(*found.r - *expected.r) < 1e-12);
        QVERIFY(!expected.drivers.empty());
        QCOMPARE(found.drivers.size(), expected.drivers.size());
        for (size_t i = 0; i < expected.drivers.size(); ++i) {
            QCOMPARE(found.drivers[i].variant, expected.drivers[i].variant);
            QVERIFY(std::abs(found.drivers[i].gain - expected.drivers[i].gain) < 1e-12);
        }
        QVERIFY(std::abs(*found.r - *approximateLinearly(ism, made.zero, prediction).r) > 1e-4);
    }
};

QTEST_GUILESS_MAIN(TestMeanImputed)
#include "tst_mean_imputed.moc"
