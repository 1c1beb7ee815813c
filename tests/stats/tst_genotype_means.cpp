// SPDX-License-Identifier: GPL-3.0-or-later
#include "stats/genotype_means.h"

#include "stats/reference_json.h"
#include "table_file.h"

using namespace diploscope;
using namespace diploscope::test;

namespace {

double numberIn(const std::map<std::string, std::string>& row, const std::string& column) {
    return numberOrNone(row.at(column)).value_or(std::nan(""));
}

std::optional<Interval> intervalIn(const std::map<std::string, std::string>& row) {
    const std::optional<double> low = numberOrNone(row.at("low")), high = numberOrNone(row.at("high"));
    return low && high ? std::optional(Interval{*low, *high}) : std::nullopt;
}
std::optional<double> middle(const std::optional<Interval>& of) {
    return of ? std::optional((of->low + of->high) / 2) : std::nullopt;
}
std::optional<double> width(const std::optional<Interval>& of) {
    return of ? std::optional(of->high - of->low) : std::nullopt;
}

} // namespace

/// METHODS 7: means by genotype.
class TestGenotypeMeans : public QObject {
    Q_OBJECT

    Eigen::VectorXd m_first, m_second, m_observed, m_predicted;

private Q_SLOTS:
    void initTestCase() {
        const auto people = tableFile(fixture("reference/genotype_means_people.tsv"));
        QCOMPARE(people.size(), size_t{60});
        for (Eigen::VectorXd* values : {&m_first, &m_second, &m_observed, &m_predicted})
            values->resize(Eigen::Index(people.size()));
        for (size_t p = 0; p < people.size(); ++p) {
            const auto at = Eigen::Index(p);
            m_first[at] = numberIn(people[p], "first");
            m_second[at] = numberIn(people[p], "second");
            m_observed[at] = numberIn(people[p], "observed");
            m_predicted[at] = numberIn(people[p], "predicted");
        }
    }

    /// tests/reference/genotype_means.py; predictions are of 1e6, which leaves ten digits of their spread.
    void asScipy() {
        const auto rows = tableFile(fixture("reference/genotype_means.tsv"));
        QCOMPARE(rows.size(), size_t{24});
        for (const auto& row : rows) {
            const bool isObserved = row.at("values") == "observed";
            const Eigen::VectorXd& values = isObserved ? m_observed : m_predicted;
            const auto a = size_t(std::stoi(row.at("first")));
            GroupMean group;
            if (row.at("second") == "any") {
                const GenotypeMeans means = genotypeMeans(m_first, values);
                group = means.groups[a];
                DS_COMPARE_OPTIONAL(means.slope, numberOrNone(row.at("slope")), 1e-8, 0);
                DS_COMPARE_OPTIONAL(means.intercept, numberOrNone(row.at("intercept")), 1e-12, 0);
            } else {
                group = genotypePairMeans(m_first, m_second, values)[a][size_t(std::stoi(row.at("second")))];
            }
            QCOMPARE(group.n, int64_t(std::stoi(row.at("n"))));
            DS_COMPARE_OPTIONAL(group.mean, numberOrNone(row.at("mean")), 1e-14, 0);
            // SciPy's quantile of t has nine digits: 2.36462425101 with 7 degrees of freedom, not ...25159.
            DS_COMPARE_OPTIONAL(middle(group.interval), middle(intervalIn(row)), 1e-14, 0);
            DS_COMPARE_OPTIONAL(width(group.interval), width(intervalIn(row)), 1e-9, isObserved ? 0 : 1e-9);
        }
    }

    /// The line passes through the means' centre of mass, whoever is of how large a group.
    void theLineGoesThroughTheMeans() {
        const GenotypeMeans means = genotypeMeans(m_first, m_observed);
        double n = 0, copies = 0, sum = 0;
        for (size_t a = 0; a < 3; ++a) {
            n += double(means.groups[a].n);
            copies += double(means.groups[a].n) * double(a);
            sum += double(means.groups[a].n) * *means.groups[a].mean;
        }
        QVERIFY(std::abs(*means.intercept + *means.slope * copies / n - sum / n) < 1e-12);
    }

    void nothingIsMadeOfNothing() {
        const GenotypeMeans none = genotypeMeans(Eigen::VectorXd(), Eigen::VectorXd());
        QVERIFY(!none.slope && !none.intercept && !none.groups[0].mean && none.groups[0].n == 0);
        const Eigen::VectorXd same = Eigen::VectorXd::Ones(4);
        const GenotypeMeans one = genotypeMeans(same, Eigen::VectorXd::LinSpaced(4, 0, 3));
        QVERIFY(!one.slope); // one genotype
        QCOMPARE(*one.groups[1].mean, 1.5);
        QVERIFY(!genotypeMeans(Eigen::VectorXd::LinSpaced(3, 0, 2), Eigen::VectorXd::Constant(3, 0.1),
                               SingleScores)
                     .slope);
        QVERIFY(!genotypePairMeans(same, same, same)[0][0].mean);
        QCOMPARE(genotypePairMeans(same, same, same)[1][1].n, int64_t{4});
        QCOMPARE(genotypePairMeans(same, same, same)[1][1].interval->low, 1.0);
    }
};

QTEST_GUILESS_MAIN(TestGenotypeMeans)
#include "tst_genotype_means.moc"
