// SPDX-License-Identifier: GPL-3.0-or-later
// Dosages as bytes and as numbers are the same dosages: what is said of them by exact sums over bytes is what
// products of matrices say.
#include "stats/dosages.h"

#include "stats/drivers.h"
#include "stats/eqtl.h"
#include "stats/null_model.h"
#include "stats/reference_json.h"
#include "stats/simulated_effects.h"

#include <cmath>
#include <random>

using namespace diploscope;
using namespace diploscope::test;

namespace {

constexpr Eigen::Index People = 300, Variants = 30;

/// The same columns, told as numbers, for another one is no whole copies, and that one.
Dosages asNumbers(const Eigen::MatrixXd& dosages) {
    Eigen::MatrixXd wider(dosages.rows(), dosages.cols() + 1);
    wider << dosages, Eigen::VectorXd::LinSpaced(dosages.rows(), 0.1, 1.9);
    std::vector<Eigen::Index> columns(static_cast<size_t>(dosages.cols()));
    for (size_t v = 0; v < columns.size(); ++v)
        columns[v] = static_cast<Eigen::Index>(v);
    return Dosages(wider).only(columns);
}

Simulated gene(bool withGaps, bool withUnmeasured) {
    Simulated data = simulate(People, Variants, 2, 23);
    std::mt19937_64 random(8);
    data.dosages.col(7).setConstant(1);
    data.dosages.col(9) = data.dosages.col(0);
    data.dosages(4, 9) = data.dosages(4, 0) == 2 ? 1 : 2; // nearly the same
    for (Eigen::Index v = 3; withGaps && v < Variants; v += 4)
        for (Eigen::Index person = 0; person < People; ++person)
            if (random() % 10 == 0)
                data.dosages(person, v) = std::nan("");
    for (Eigen::Index person = 5; withUnmeasured && person < People; person += 41)
        data.expression[person] = std::nan("");
    return data;
}

void compare(const std::vector<EqtlEffect>& own, const std::vector<EqtlEffect>& expected) {
    QCOMPARE(own.size(), expected.size());
    for (size_t v = 0; v < own.size(); ++v) {
        DS_COMPARE_OPTIONAL(own[v].slope, expected[v].slope, 1e-11, 1e-14);
        DS_COMPARE_OPTIONAL(own[v].se, expected[v].se, 1e-11, 0);
        DS_COMPARE_OPTIONAL(own[v].p, expected[v].p, 1e-9, 0);
        QCOMPARE(own[v].degreesOfFreedom, expected[v].degreesOfFreedom);
    }
}

} // namespace

class TestDosages : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void kinds_data() {
        QTest::addColumn<bool>("gaps");
        QTest::addColumn<bool>("unmeasured");
        QTest::newRow("all known") << false << false;
        QTest::newRow("missing genotypes") << true << false;
        QTest::newRow("missing expression") << false << true;
        QTest::newRow("both") << true << true;
    }

    void values() {
        Eigen::MatrixXd numbers(3, 2);
        numbers << 0, 1, 2, std::nan(""), 1, 1;
        const Dosages bytes = numbers;
        QVERIFY(bytes.isWhole());
        QCOMPARE(bytes.copies(1)[1], Dosages::NoGenotype);
        QCOMPARE(bytes.column(0), numbers.col(0));
        QCOMPARE(bytes.column(1, {0, 2}), Eigen::Vector2d(1, 1));
        const Dosages turned = bytes.only({1, 0});
        QCOMPARE(turned.copies(1)[1], uint8_t{2});
        QVERIFY(std::isnan(turned.numbers()(1, 0)));
        QCOMPARE(bytes.only({}).cols(), Eigen::Index{0});
        QCOMPARE(bytes.only({}).rows(), Eigen::Index{3});
        numbers(0, 0) = 0.5;
        const Dosages means = numbers;
        QVERIFY(!means.isWhole() && means.copies(0) == nullptr);
        QCOMPARE(means.column(0), numbers.col(0));
        QCOMPARE(Dosages(Eigen::MatrixXd(0, 4)).cols(), Eigen::Index{4});
    }

    void effects_data() { kinds_data(); }
    void effects() {
        QFETCH(bool, gaps);
        QFETCH(bool, unmeasured);
        const Simulated data = gene(gaps, unmeasured);
        const Dosages numbers = asNumbers(data.dosages);
        QVERIFY(!numbers.isWhole());
        for (const Eigen::Index count : {0, 2}) {
            const Eigen::MatrixXd covariates = data.covariates.leftCols(count);
            const auto own = marginalEffects(data.dosages, data.expression, covariates);
            QVERIFY(!own[7].slope && own[9].slope);
            compare(own, marginalEffects(numbers, data.expression, covariates));
            for (const int64_t given : {0, 3}) {
                const auto left =
                    conditionalEffects(data.dosages, data.expression, covariates, std::span(&given, 1));
                QVERIFY(!left[static_cast<size_t>(given)].slope);
                compare(left, conditionalEffects(numbers, data.expression, covariates, std::span(&given, 1)));
            }
        }
    }

    void linkage_data() { kinds_data(); }
    void linkage() {
        QFETCH(bool, gaps);
        const Simulated data = gene(gaps, false);
        for (const int64_t variant : {0, 3}) {
            const auto own = ldWith(data.dosages, variant);
            const auto expected = ldWith(asNumbers(data.dosages), variant);
            QCOMPARE(own.size(), expected.size());
            for (size_t v = 0; v < own.size(); ++v)
                DS_COMPARE_OPTIONAL(own[v], expected[v], 1e-13, 1e-15);
        }
    }

    void nulls_data() { kinds_data(); }
    void nulls() {
        QFETCH(bool, gaps);
        QFETCH(bool, unmeasured);
        const Simulated data = gene(gaps, unmeasured);
        const auto own = nullCorrelations(data.dosages, data.expression, 300, 4);
        const auto expected = nullCorrelations(asNumbers(data.dosages), data.expression, 300, 4);
        DS_VERIFY(own);
        QVERIFY((*own - *expected).cwiseAbs().maxCoeff() < 1e-12);
    }

    /// Few copies are added up person by person: the same numbers, of rare and of common effect alleles.
    void nullsOfRareAlleles_data() { kinds_data(); }
    void nullsOfRareAlleles() {
        QFETCH(bool, gaps);
        QFETCH(bool, unmeasured);
        Simulated data = gene(gaps, unmeasured);
        std::mt19937_64 random(9);
        for (Eigen::Index v = 0; v < Variants; ++v)
            for (Eigen::Index person = 0; person < People; ++person)
                if (!std::isnan(data.dosages(person, v)))
                    data.dosages(person, v) = double(random() % 20 == 0) + double(random() % 20 == 0);
        data.dosages.rightCols(10) = 2 - data.dosages.rightCols(10).array();
        const auto own = nullCorrelations(data.dosages, data.expression, 300, 4);
        const auto expected = nullCorrelations(asNumbers(data.dosages), data.expression, 300, 4);
        DS_VERIFY(own);
        QCOMPARE(own->size(), Eigen::Index{300});
        QVERIFY((*own - *expected).cwiseAbs().maxCoeff() < 1e-12);
        if (gaps)
            return;
        // To the last bit what a BLAS says, which is asked where many carry the other allele of one more SNV.
        Eigen::MatrixXd many(People, Variants + 60);
        many << data.dosages, Eigen::MatrixXd::Ones(People, 60);
        Eigen::MatrixXd few = many;
        few.rightCols(60).setZero();
        QCOMPARE(nullCorrelations(many, data.expression, 300, 4).value(),
                 nullCorrelations(few, data.expression, 300, 4).value());
    }

    void drivers_data() { kinds_data(); }
    void drivers() {
        QFETCH(bool, gaps);
        QFETCH(bool, unmeasured);
        const Simulated data = gene(gaps, unmeasured);
        const Eigen::VectorXd ism = Eigen::VectorXd::LinSpaced(Variants, 0.6, -0.4);
        for (const DriverMethod method : {DriverMethod::Forward, DriverMethod::Backward}) {
            const auto told = [&](const Dosages& dosages) {
                return approximateLinearly(ism, dosages, data.expression, {0, 0.01, 0.9}, method);
            };
            const LinearApproximation own = told(data.dosages);
            const LinearApproximation expected = told(asNumbers(data.dosages));
            DS_COMPARE_OPTIONAL(own.r, expected.r, 1e-12, 0);
            QVERIFY((own.score - expected.score).cwiseAbs().maxCoeff() < 1e-12);
            QVERIFY(!own.drivers.empty());
            QCOMPARE(own.drivers.size(), expected.drivers.size());
            for (size_t d = 0; d < own.drivers.size(); ++d) {
                QCOMPARE(own.drivers[d].variant, expected.drivers[d].variant);
                QVERIFY(std::abs(own.drivers[d].gain - expected.drivers[d].gain) < 1e-11);
            }
        }
    }

    /// Copies of the other allele say the same to the last bit, so that of equals the first is the lead.
    void otherAllele() {
        Simulated data = gene(false, false);
        data.dosages.col(9).setConstant(1);
        data.dosages.col(20) = 2 - data.dosages.col(0).array();
        const auto effects = marginalEffects(data.dosages, data.expression, data.covariates.leftCols(0));
        QCOMPARE(*effects[20].r, -*effects[0].r);
        QCOMPARE(leadVariant(effects), std::optional<int64_t>(0));
    }

    /// However the people stand, exact sums are the same to the last bit.
    void orderOfPeople() {
        const Simulated data = gene(false, false);
        const Eigen::MatrixXd turned = data.dosages.colwise().reverse();
        const CentredDosages own{Dosages(data.dosages)}, other{Dosages(turned)};
        const Eigen::VectorXd y = data.expression;
        QCOMPARE(own.norms(), other.norms());
        QCOMPARE(own.productsWith(y), other.productsWith(y.reverse()));
    }
};

QTEST_GUILESS_MAIN(TestDosages)
#include "tst_dosages.moc"
