// SPDX-License-Identifier: GPL-3.0-or-later
#include "stats/eqtl.h"

#include "stats/correlation.h"
#include "stats/reference_json.h"
#include "stats/simulated_effects.h"
#include "table_file.h"

#include <algorithm>
#include <map>
#include <random>
#include <sstream>

using namespace diploscope;
using namespace diploscope::test;

namespace {

std::vector<std::string> split(const std::string& text, char separator) {
    std::vector<std::string> parts;
    std::istringstream stream(text);
    for (std::string part; std::getline(stream, part, separator);)
        parts.push_back(part);
    return parts;
}

Eigen::MatrixXd matrixOf(const std::vector<std::vector<double>>& rows) {
    Eigen::MatrixXd matrix(Eigen::Index(rows.size()), rows.empty() ? 0 : Eigen::Index(rows[0].size()));
    for (Eigen::Index i = 0; i < matrix.rows(); ++i)
        for (Eigen::Index j = 0; j < matrix.cols(); ++j)
            matrix(i, j) = rows[size_t(i)][size_t(j)];
    return matrix;
}

std::vector<double> numbersOf(const std::string& commaSeparated) {
    std::vector<double> numbers;
    for (const std::string& part : split(commaSeparated, ','))
        numbers.push_back(std::stod(part));
    return numbers;
}

/// One case of tests/reference/eqtl_reference.R.
struct Reference {
    std::string name;
    Eigen::MatrixXd dosages, covariates;
    Eigen::VectorXd expression;
    std::vector<EqtlEffect> effects;                ///< as lm() has them
    std::vector<std::optional<Interval>> intervals; ///< of the slopes, as confint() has them
    std::optional<int64_t> lead;
    std::vector<EqtlEffect> givenLead; ///< slope, se and p beside the lead variant
};

const std::vector<Reference>& references() {
    static const std::vector<Reference> all = [] {
        std::vector<Reference> list;
        std::map<std::string, std::vector<std::vector<std::string>>> people;
        const auto lines = [](const char* name) {
            std::ifstream stream(fixture(std::string("reference/") + name));
            std::vector<std::vector<std::string>> rows;
            for (std::string line; std::getline(stream, line);)
                rows.push_back(split(line, '\t'));
            rows.erase(rows.begin());
            return rows;
        };
        for (const auto& row : lines("eqtl_reference_people.tsv"))
            people[row[0]].push_back(row);
        for (const auto& row : lines("eqtl_reference.tsv")) {
            if (list.empty() || list.back().name != row[0]) {
                Reference reference;
                reference.name = row[0];
                if (row[12] != "NA")
                    reference.lead = std::stoll(row[12]);
                std::vector<std::vector<double>> dosages, covariates;
                std::vector<double> expression;
                for (const auto& person : people[row[0]]) {
                    expression.push_back(numberOrNone(person[1]).value_or(std::nan("")));
                    dosages.push_back(numbersOf(person[2]));
                    covariates.push_back(person.size() > 3 ? numbersOf(person[3]) : std::vector<double>());
                }
                reference.dosages = matrixOf(dosages);
                reference.covariates = matrixOf(covariates);
                reference.expression =
                    Eigen::Map<Eigen::VectorXd>(expression.data(), Eigen::Index(expression.size()));
                list.push_back(std::move(reference));
            }
            list.back().effects.push_back({numberOrNone(row[2]), numberOrNone(row[3]), numberOrNone(row[4]),
                                           numberOrNone(row[5]), numberOrNone(row[6])});
            list.back().intervals.push_back(
                row[7] == "NA" ? std::nullopt
                               : std::optional(Interval{std::stod(row[7]), std::stod(row[8])}));
            list.back().givenLead.push_back(
                {numberOrNone(row[9]), numberOrNone(row[10]), {}, numberOrNone(row[11]), {}});
        }
        return list;
    }();
    return all;
}

/// lm() itself keeps fewer digits where a covariate has a mean of 1e5.
double toleranceOf(const Reference& reference) {
    return reference.name.find("covariates far from 0") != std::string::npos ? 1e-9 : 1e-11;
}

} // namespace

class TestEqtl : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void reference_data();
    void reference();
    void givenTheLead_data() { reference_data(); }
    void givenTheLead();
    void firstOfEqualLeads();
    void givenSeveral();
    void equalsCorrelationWithoutCovariates();
    void nearlyPerfectFit();
    void perfectFit();
    void expressionThatCovariatesExplain();
    void otherAlleleTurnsTheSign();
    void covariatesInOtherUnitsAndOrder();
    void orderOfPeople();
    void ldReference();
    void ldOfUndefinedColumns();
    void thousandsOfVariantsAreFast();
};

void TestEqtl::reference_data() {
    QTest::addColumn<int>("index");
    for (size_t i = 0; i < references().size(); ++i)
        QTest::newRow(references()[i].name.c_str()) << int(i);
}

void TestEqtl::reference() {
    QFETCH(int, index);
    const Reference& reference = references()[size_t(index)];
    const auto effects = marginalEffects(reference.dosages, reference.expression, reference.covariates);
    QCOMPARE(effects.size(), reference.effects.size());
    const double tolerance = toleranceOf(reference);
    for (size_t v = 0; v < effects.size(); ++v) {
        const EqtlEffect& expected = reference.effects[v];
        DS_COMPARE_OPTIONAL(effects[v].slope, expected.slope, tolerance, 0);
        DS_COMPARE_OPTIONAL(effects[v].se, expected.se, tolerance, 0);
        DS_COMPARE_OPTIONAL(effects[v].t, expected.t, tolerance, 0);
        DS_COMPARE_OPTIONAL(effects[v].p, expected.p, 100 * tolerance, 0);
        DS_COMPARE_OPTIONAL(effects[v].r, expected.r, tolerance, 0);
    }
}

/// The lead variant, what lm() leaves of the others beside it, and confint() of all.
void TestEqtl::givenTheLead() {
    QFETCH(int, index);
    const Reference& reference = references()[size_t(index)];
    const double tolerance = toleranceOf(reference);
    const Residuals residuals = residualise(reference.dosages, reference.expression, reference.covariates);
    const auto effects = marginalEffects(residuals);
    for (size_t v = 0; v < effects.size(); ++v) {
        const auto interval = slopeInterval(effects[v]);
        QCOMPARE(interval.has_value(), reference.intervals[v].has_value());
        if (!interval)
            continue;
        const double unit = reference.intervals[v]->high - reference.intervals[v]->low;
        DS_COMPARE_OPTIONAL(interval->low, reference.intervals[v]->low, 0, 10 * tolerance * unit);
        DS_COMPARE_OPTIONAL(interval->high, reference.intervals[v]->high, 0, 10 * tolerance * unit);
    }
    const std::optional<int64_t> lead = leadVariant(effects);
    QCOMPARE(lead, reference.lead);
    if (!lead)
        return;
    const auto left = conditionalEffects(reference.dosages, reference.expression, reference.covariates,
                                         std::span(&*lead, 1));
    for (size_t v = 0; v < left.size(); ++v) {
        const EqtlEffect& expected = reference.givenLead[v];
        DS_COMPARE_OPTIONAL(left[v].slope, expected.slope, 10 * tolerance, 0);
        DS_COMPARE_OPTIONAL(left[v].se, expected.se, 10 * tolerance, 0);
        DS_COMPARE_OPTIONAL(left[v].p, expected.p, 1000 * tolerance, 0);
    }
}

void TestEqtl::firstOfEqualLeads() {
    QVERIFY(!leadVariant({}));
    std::vector<EqtlEffect> effects(5);
    QVERIFY(!leadVariant(effects));
    effects[1].r = 0.2;
    effects[2].r = -0.7;
    effects[4].r = 0.7;
    QCOMPARE(leadVariant(effects), std::optional<int64_t>(2));
    QVERIFY(!slopeInterval(effects[2])); // neither slope nor standard error
}

/// Given several, each is a covariate like any other, in any order; they themselves are explained.
void TestEqtl::givenSeveral() {
    const Simulated data = simulate(80, 6, 2, 12);
    const int64_t given[] = {0, 4}, turned[] = {4, 0};
    Eigen::MatrixXd covariates(80, 4);
    covariates << data.covariates, data.dosages.col(0), data.dosages.col(4);
    const auto expected = marginalEffects(data.dosages, data.expression, covariates);
    const auto left = conditionalEffects(data.dosages, data.expression, data.covariates, given);
    const auto same = conditionalEffects(data.dosages, data.expression, data.covariates, turned);
    for (size_t v = 0; v < 6; ++v) {
        QCOMPARE(left[v].slope.has_value(), v != 0 && v != 4);
        DS_COMPARE_OPTIONAL(left[v].slope, expected[v].slope, 1e-12, 0);
        DS_COMPARE_OPTIONAL(same[v].slope, expected[v].slope, 1e-10, 0);
    }
}

void TestEqtl::equalsCorrelationWithoutCovariates() {
    Simulated data = simulate(70, 20, 0, 3);
    data.expression[9] = std::nan("");
    const auto effects = marginalEffects(data.dosages, data.expression, data.covariates);
    for (Eigen::Index v = 0; v < data.dosages.cols(); ++v) {
        const Correlation c = pearson(data.dosages.col(v), data.expression);
        const EqtlEffect& effect = effects[size_t(v)];
        DS_COMPARE_OPTIONAL(effect.r, c.r, 1e-12, 1e-15);
        DS_COMPARE_OPTIONAL(effect.slope, c.slope, 1e-12, 1e-15);
        DS_COMPARE_OPTIONAL(effect.p, c.p, 1e-10, 0);
        DS_COMPARE_OPTIONAL(effect.t, *effect.slope / *effect.se, 1e-12, 0);
    }
}

void TestEqtl::nearlyPerfectFit() {
    // 1 - r^2 is about 1e-12: worked out as 1 - r * r it would keep four digits. pearson() is checked in
    // exact fractions.
    Simulated data = simulate(70, 1, 0, 10);
    data.expression = data.dosages.col(0) + 1e-6 * data.expression;
    const EqtlEffect effect = marginalEffects(data.dosages, data.expression, data.covariates)[0];
    const Correlation c = pearson(data.dosages.col(0), data.expression);
    DS_COMPARE_OPTIONAL(effect.p, c.p, 1e-8, 0);
    DS_COMPARE_OPTIONAL(effect.t, *effect.slope / *effect.se, 1e-12, 0);
    const Eigen::ArrayXd residuals =
        data.expression.array() - *c.intercept - *c.slope * data.dosages.col(0).array();
    DS_COMPARE_OPTIONAL(effect.se, std::sqrt(residuals.square().sum() / 68 / 69) / c.sdX, 1e-8, 0);
}

void TestEqtl::expressionThatCovariatesExplain() {
    Simulated data = simulate(70, 3, 3, 11);
    data.expression = data.covariates * Eigen::VectorXd{{0.3, -2, 1.7}};
    data.expression.array() += 4;
    for (const EqtlEffect& effect : marginalEffects(data.dosages, data.expression, data.covariates))
        QVERIFY(!effect.slope && !effect.se && !effect.t && !effect.p && !effect.r);
}

void TestEqtl::perfectFit() {
    const Eigen::MatrixXd dosages = Eigen::VectorXd{{0, 1, 2, 1, 0, 2}};
    const auto effects = marginalEffects(dosages, 3 * dosages.col(0).array() - 1, Eigen::MatrixXd(6, 0));
    DS_COMPARE_OPTIONAL(effects[0].slope, 3.0, 1e-14, 0);
    DS_COMPARE_OPTIONAL(effects[0].r, 1.0, 1e-14, 0);
    DS_COMPARE_OPTIONAL(effects[0].se, 0.0, 0, 0);
    QVERIFY(*effects[0].p > 0 && *effects[0].p < 1e-55); // perfect to the precision of doubles, never 0
    QVERIFY(!effects[0].t);                              // slope / 0
}

void TestEqtl::otherAlleleTurnsTheSign() {
    const Simulated data = simulate(80, 5, 3, 4);
    const auto effects = marginalEffects(data.dosages, data.expression, data.covariates);
    const auto turned =
        marginalEffects((2 - data.dosages.array()).matrix(), data.expression, data.covariates);
    for (size_t v = 0; v < effects.size(); ++v) {
        DS_COMPARE_OPTIONAL(turned[v].slope, -*effects[v].slope, 1e-11, 0);
        DS_COMPARE_OPTIONAL(turned[v].r, -*effects[v].r, 1e-11, 0);
        DS_COMPARE_OPTIONAL(turned[v].se, effects[v].se, 1e-11, 0);
        DS_COMPARE_OPTIONAL(turned[v].p, effects[v].p, 1e-9, 0);
    }
}

void TestEqtl::covariatesInOtherUnitsAndOrder() {
    const Simulated data = simulate(80, 5, 4, 5);
    const auto effects = marginalEffects(data.dosages, data.expression, data.covariates);
    Eigen::MatrixXd changed = data.covariates.rowwise().reverse();
    changed.col(0) *= 1e9;
    changed.col(1).array() += 1e3;
    changed.col(2) += 3 * changed.col(3);
    const auto same = marginalEffects(data.dosages, 1e-4 * data.expression, changed);
    for (size_t v = 0; v < effects.size(); ++v) {
        DS_COMPARE_OPTIONAL(same[v].slope, 1e-4 * *effects[v].slope, 1e-10, 0);
        DS_COMPARE_OPTIONAL(same[v].t, effects[v].t, 1e-10, 0);
        DS_COMPARE_OPTIONAL(same[v].p, effects[v].p, 1e-9, 0);
    }
}

void TestEqtl::orderOfPeople() {
    Simulated data = simulate(80, 5, 3, 6);
    data.expression[11] = std::nan("");
    const auto effects = marginalEffects(data.dosages, data.expression, data.covariates);
    std::vector<Eigen::Index> order(80);
    std::iota(order.begin(), order.end(), 0);
    std::shuffle(order.begin(), order.end(), std::mt19937_64(8));
    const auto shuffled = marginalEffects(data.dosages(order, Eigen::all), data.expression(order),
                                          data.covariates(order, Eigen::all));
    for (size_t v = 0; v < effects.size(); ++v) {
        DS_COMPARE_OPTIONAL(shuffled[v].slope, effects[v].slope, 1e-11, 0);
        DS_COMPARE_OPTIONAL(shuffled[v].p, effects[v].p, 1e-10, 0);
    }
}

void TestEqtl::ldReference() {
    const auto& reference = statsReference()["ld"];
    const size_t variants = reference["r"].size();
    const Eigen::MatrixXd dosages = test::matrixOf(reference["dosages"], variants);
    for (size_t v = 0; v < variants; ++v) {
        const auto r = ldWith(dosages, int64_t(v));
        QCOMPARE(r.size(), variants);
        for (size_t w = 0; w < variants; ++w)
            DS_COMPARE_OPTIONAL(r[w], optionalOf(reference["r"][v][w]), 1e-13, 1e-16);
    }
}

void TestEqtl::ldOfUndefinedColumns() {
    Eigen::MatrixXd dosages(4, 2);
    dosages << 0, 1, 1, 1, 2, 1, 0, 1;
    QVERIFY(ldWith(dosages, 0)[0].has_value());
    QVERIFY(!ldWith(dosages, 0)[1].has_value());
    QVERIFY(!ldWith(dosages, 1)[0].has_value());
    QVERIFY(!ldWith(dosages.topRows(2), 0)[0].has_value());
    QVERIFY(!ldWith(dosages.topRows(0), 0)[0].has_value());
}

void TestEqtl::thousandsOfVariantsAreFast() {
    const Simulated data = simulate(450, 5000, 50, 9);
    QElapsedTimer timer;
    timer.start();
    const auto effects = marginalEffects(data.dosages, data.expression, data.covariates);
    const auto milliseconds = timer.elapsed();
    qInfo("5,000 variants, 450 people, 50 covariates: %lld ms", static_cast<long long>(milliseconds));
    QVERIFY(effects[0].p && *effects[0].p < 1e-5);
    QVERIFY(milliseconds < 2000 * Slowness); // a regression a variant takes many seconds
}

QTEST_GUILESS_MAIN(TestEqtl)
#include "tst_eqtl.moc"
