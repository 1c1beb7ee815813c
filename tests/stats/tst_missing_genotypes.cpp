// SPDX-License-Identifier: GPL-3.0-or-later
#include "stats/eqtl.h"

#include "stats/reference_json.h"
#include "stats/simulated_effects.h"
#include "table_file.h"

#include <map>
#include <random>

using namespace diploscope;
using namespace diploscope::test;

/// METHODS 17: who lacks a genotype counts for no slope of it, and is its mean in LD.
class TestMissingGenotypes : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void missingGenotypesAsPlink();
    void missingGenotypesLeavePeopleOut();
    void missingGenotypeOfTheGivenVariant();
    void leadOfUnequalNumbers();
    void ldWithMissingGenotypes();
};

/// tests/reference/missing_genotypes.py
void TestMissingGenotypes::missingGenotypesAsPlink() {
    const auto number = [](const std::string& text) { return numberOrNone(text).value_or(std::nan("")); };
    const auto people = tableFile(fixture("reference/missing_genotypes_people.tsv"));
    const auto rows = tableFile(fixture("reference/missing_genotypes.tsv"));
    const auto count = Eigen::Index(people.size());
    Eigen::MatrixXd dosages(count, 7), covariates(count, 2);
    Eigen::VectorXd expression(count);
    for (Eigen::Index p = 0; p < count; ++p) {
        auto person = people[size_t(p)];
        expression[p] = number(person["expression"]);
        covariates.row(p) << number(person["age"]), number(person["batch"]);
        for (int v = 0; v < 7; ++v)
            dosages(p, v) = number(person["v" + std::to_string(v)]);
    }
    const std::map<std::string, std::vector<EqtlEffect>> effects{
        {"none", marginalEffects(dosages, expression, Eigen::MatrixXd(count, 0))},
        {"age", marginalEffects(dosages, expression, covariates.leftCols(1))},
        {"age, batch", marginalEffects(dosages, expression, covariates)}};
    const std::map<std::string, double> parameters{{"none", 2}, {"age", 3}, {"age, batch", 4}};
    QCOMPARE(rows.size(), size_t(20));
    for (auto row : rows) {
        const EqtlEffect& own = effects.at(row["covariates"])[size_t(std::stoi(row["variant"]))];
        constexpr double digits = 2e-5; // plink2 prints six
        DS_COMPARE_OPTIONAL(own.slope, numberOrNone(row["slope"]), digits, 0);
        DS_COMPARE_OPTIONAL(own.se, numberOrNone(row["se"]), digits, 0);
        DS_COMPARE_OPTIONAL(own.t, numberOrNone(row["t"]), digits, 0);
        DS_COMPARE_OPTIONAL(own.p, numberOrNone(row["p"]), digits, 0);
        QCOMPARE(own.degreesOfFreedom, std::stod(row["n"]) - parameters.at(row["covariates"]));
    }
    // Where a covariate is the same for all who have a genotype, it explains nothing.
    DS_COMPARE_OPTIONAL(effects.at("age, batch")[5].slope, effects.at("age")[5].slope, 1e-11, 0);
    DS_COMPARE_OPTIONAL(effects.at("age, batch")[5].p, effects.at("age")[5].p, 1e-10, 0);
}

/// To all digits what a regression of those with a genotype alone gives.
void TestMissingGenotypes::missingGenotypesLeavePeopleOut() {
    Simulated data = simulate(90, 40, 4, 31);
    data.covariates.col(3) = data.covariates.col(0) - 2 * data.covariates.col(1); // dependent
    std::mt19937_64 random(3);
    for (Eigen::Index v = 0; v < 40; ++v)
        for (Eigen::Index p = 0; p < 90; ++p)
            if (random() % 40 < size_t(v))
                data.dosages(p, v) = std::nan("");
    data.expression[7] = std::nan("");
    const auto effects = marginalEffects(data.dosages, data.expression, data.covariates);
    int compared = 0;
    for (Eigen::Index v = 0; v < 40; ++v) {
        std::vector<Eigen::Index> known;
        for (Eigen::Index p = 0; p < 90; ++p)
            if (!std::isnan(data.dosages(p, v)))
                known.push_back(p);
        const EqtlEffect alone = marginalEffects(data.dosages(known, std::vector{v}), data.expression(known),
                                                 data.covariates(known, Eigen::all))[0];
        const EqtlEffect& own = effects[size_t(v)];
        DS_COMPARE_OPTIONAL(own.slope, alone.slope, 1e-9, 0);
        DS_COMPARE_OPTIONAL(own.se, alone.se, 1e-9, 0);
        DS_COMPARE_OPTIONAL(own.p, alone.p, 1e-8, 0);
        DS_COMPARE_OPTIONAL(own.r, alone.r, 1e-9, 0);
        if (own.slope)
            QCOMPARE(own.degreesOfFreedom, alone.degreesOfFreedom);
        compared += own.slope.has_value();
    }
    QVERIFY(compared >= 36); // fewer than 7 people tell nothing
    const auto none =
        marginalEffects(Eigen::MatrixXd::Constant(90, 1, std::nan("")), data.expression, data.covariates);
    QVERIFY(!none[0].slope && !none[0].r);
}

/// As a covariate it stands for its mean.
void TestMissingGenotypes::missingGenotypeOfTheGivenVariant() {
    Simulated data = simulate(80, 5, 1, 8);
    for (const Eigen::Index p : {3, 20, 21, 60})
        data.dosages(p, 0) = std::nan("");
    Eigen::MatrixXd imputed = data.dosages;
    const double mean = (data.dosages.col(0).array().isNaN().select(0, data.dosages.col(0))).sum() / 76;
    for (const Eigen::Index p : {3, 20, 21, 60})
        imputed(p, 0) = mean;
    const int64_t given[] = {0};
    const auto left = conditionalEffects(data.dosages, data.expression, data.covariates, given);
    const auto expected = conditionalEffects(imputed, data.expression, data.covariates, given);
    QVERIFY(!left[0].slope);
    for (size_t v = 1; v < 5; ++v) {
        DS_COMPARE_OPTIONAL(left[v].slope, expected[v].slope, 1e-11, 0);
        DS_COMPARE_OPTIONAL(left[v].p, expected[v].p, 1e-10, 0);
    }
}

/// A larger |r| of few people may be the weaker evidence.
void TestMissingGenotypes::leadOfUnequalNumbers() {
    std::vector<EqtlEffect> effects(3);
    effects[0] = {1.0, 0.5, 2.0, 0.08, 0.9, 5};
    effects[1] = {1.0, 0.1, 10.0, 1e-9, 0.6, 200};
    effects[2] = {1.0, 0.1, 10.0, 1e-9, -0.6, 200};
    QCOMPARE(leadVariant(effects), std::optional<int64_t>(1));
}

/// A missing genotype is its SNV's mean: it adds to no product.
void TestMissingGenotypes::ldWithMissingGenotypes() {
    Eigen::MatrixXd dosages(6, 3);
    dosages << 0, 2, 1, 1, 1, std::nan(""), 2, 0, 1, 0, std::nan(""), 1, 1, 1, 1, 2, 0, std::nan("");
    // Column 0 is 0 1 2 0 1 2 (mean 1), column 1 is 2 1 0 . 1 0 (mean .8): products 1 x -1.2 twice 0 x .2 ...
    const double product = -1 * 1.2 + 0 * 0.2 + 1 * -0.8 + -1 * 0.0 + 0 * 0.2 + 1 * -0.8;
    const double squares = 4 * (1.44 + 0.04 + 0.64 + 0.04 + 0.64);
    const auto r = ldWith(dosages, 0);
    QVERIFY(std::abs(*r[0] - 1) < 1e-15);
    QVERIFY(std::abs(*r[1] - product / std::sqrt(squares)) < 1e-15);
    QVERIFY(!r[2]); // the same in all who have one
}

QTEST_GUILESS_MAIN(TestMissingGenotypes)
#include "tst_missing_genotypes.moc"
