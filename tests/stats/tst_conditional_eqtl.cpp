// SPDX-License-Identifier: GPL-3.0-or-later
#include "stats/eqtl.h"

#include "stats/reference_json.h"
#include "table_file.h"

#include <map>

using namespace diploscope;
using namespace diploscope::test;

/// What is left of an SNV's effect beside any other one, as NumPy and plink2 have it.
class TestConditionalEqtl : public QObject {
    Q_OBJECT

private Q_SLOTS:
    /// tests/reference/conditional_eqtl.py
    void givenAnySnv() {
        const auto number = [](const std::string& text) { return numberOrNone(text).value_or(std::nan("")); };
        const auto people = tableFile(fixture("reference/conditional_eqtl_people.tsv"));
        const auto rows = tableFile(fixture("reference/conditional_eqtl.tsv"));
        constexpr Eigen::Index snvs = 7;
        const auto count = static_cast<Eigen::Index>(people.size());
        Eigen::MatrixXd dosages(count, snvs), covariates(count, 2);
        Eigen::VectorXd expression(count);
        for (Eigen::Index p = 0; p < count; ++p) {
            const auto& person = people[static_cast<size_t>(p)];
            expression[p] = number(person.at("expression"));
            covariates.row(p) << number(person.at("age")), number(person.at("batch"));
            for (Eigen::Index v = 0; v < snvs; ++v)
                dosages(p, v) = number(person.at("v" + std::to_string(v)));
        }
        const std::map<std::string, Eigen::MatrixXd> sets{{"none", Eigen::MatrixXd(count, 0)},
                                                          {"age, batch", covariates}};
        QCOMPARE(rows.size(), size_t{2 * 49});
        int told = 0, byPlink = 0;
        for (const auto& row : rows) {
            const Eigen::MatrixXd& beside = sets.at(row.at("covariates"));
            const int64_t given = std::stoll(row.at("given"));
            const EqtlEffect own = conditionalEffects(dosages, expression, beside,
                                                      std::span(&given, 1))[std::stoul(row.at("variant"))];
            DS_COMPARE_OPTIONAL(own.slope, numberOrNone(row.at("slope")), 1e-9, 0);
            DS_COMPARE_OPTIONAL(own.se, numberOrNone(row.at("se")), 1e-9, 0);
            DS_COMPARE_OPTIONAL(own.t, numberOrNone(row.at("t")), 1e-9, 0);
            if (!own.slope)
                continue;
            ++told;
            QCOMPARE(own.degreesOfFreedom, std::stod(row.at("n")) - 3 - static_cast<double>(beside.cols()));
            if (const auto p = numberOrNone(row.at("p"))) { // plink2 prints six digits
                DS_COMPARE_OPTIONAL(own.p, p, 2e-5, 0);
                ++byPlink;
            }
        }
        QCOMPARE(told, 2 * (49 - 7 - 2)); // neither itself nor its copy
        QCOMPARE(byPlink, 2 * (35 - 5 - 2));
    }
};

QTEST_GUILESS_MAIN(TestConditionalEqtl)
#include "tst_conditional_eqtl.moc"
