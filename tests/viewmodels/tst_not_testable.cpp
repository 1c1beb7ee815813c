// SPDX-License-Identifier: GPL-3.0-or-later
// A gene whose random predictors all have one |r| is no test: every place that would show its p says so
// instead (METHODS 5).
#include "ui/report_fixture.h"
#include "viewmodels/gene_summary.h"
#include "viewmodels/genome_scatter.h"
#include "viewmodels/genome_text.h"
#include "viewmodels/observed_predicted.h"

#include "support.h"

#include <algorithm>
#include <array>
#include <cmath>

using namespace diploscope;
using namespace diploscope::ui;

namespace {

/// One SNV, so that every random predictor is a multiple of the next one.
NullTest withoutSpread() {
    return *testAgainstNull(0.4, Eigen::VectorXd::Constant(1000, 0.4));
}

GeneReport untestable() {
    GeneReport report = test::inventReport();
    test::inventStatistics(report);
    report.publishedNull = report.calibratedNull = withoutSpread();
    return report;
}

GeneRow geneWith(const char* name, double r, const NullTest& null) {
    GeneRow row;
    row.geneId = row.geneName = name;
    row.r = r;
    row.nullMean = null.mean;
    row.nullSd = null.sd;
    row.nullTestable = null.testable ? 1.0 : 0.0;
    row.pPublished = null.publishedP;
    row.pCalibrated = null.calibratedP;
    row.pEmpirical = null.empiricalP;
    return row;
}

/// Three genes with a null, and two without spread in theirs.
std::shared_ptr<const GenomeTable> tableUnder(NullChoice null) {
    const Eigen::VectorXd spread = Eigen::VectorXd::LinSpaced(1000, 0, 0.2);
    std::vector<GeneRow> genes;
    for (const auto& [name, r] : {std::pair("A", 0.3), {"B", 0.1}, {"C", -0.05}})
        genes.push_back(geneWith(name, r, *testAgainstNull(r, spread)));
    for (const char* name : {"D", "E"})
        genes.push_back(geneWith(name, 0.4, withoutSpread()));
    return GenomeTable::make({{"M", std::move(genes), {}}}, 0, null);
}

constexpr size_t D = 3; ///< the row of the first one without spread

} // namespace

class TestNotTestable : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void headOfTheGenePage() {
        const GeneReport report = untestable();
        QVERIFY(!report.calibratedNull->testable && !report.publishedNull->publishedP);
        const GeneSummary shown = geneSummary(report.gene, &report);
        QVERIFY2(shown.nulls.startsWith(QStringLiteral("null")), qPrintable(shown.nulls));
        QVERIFY2(shown.nulls.contains(QStringLiteral("testable")), qPrintable(shown.nulls));
        QVERIFY2(!shown.nulls.contains(QStringLiteral("p:")), qPrintable(shown.nulls));
        QVERIFY(std::any_of(shown.nullsMeaning.begin(), shown.nullsMeaning.end(),
                            [](const QString& line) { return line.contains(QStringLiteral("perfect LD")); }));
        QCOMPARE(observedPredicted(report).null,
                 QStringList(QStringLiteral("null not testable: all random predictors have the same |r|")));
    }

    void genomePage_data() {
        QTest::addColumn<int>("null");
        for (const NullChoice null : {NullChoice::Published, NullChoice::Calibrated, NullChoice::Empirical})
            QTest::newRow(toText(null).data()) << static_cast<int>(null);
    }
    void theyAreNoneOfTheTests_data() { genomePage_data(); }
    /// q and the Bonferroni p of the three are those of three tests, not of five.
    void theyAreNoneOfTheTests() {
        QFETCH(int, null);
        const auto table = tableUnder(static_cast<NullChoice>(null));
        const auto of = [&](const char* name) { return table->numbers(*table->findColumn(name)); };
        const std::vector<double> p = of("p_null");
        QVERIFY(p[0] < p[1] && p[1] < p[2]);
        const double q2 = std::min(1.0, p[2]);
        const double q1 = std::min(q2, p[1] * 3 / 2);
        const std::array<double, 3> q{std::min(q1, p[0] * 3), q1, q2};
        for (size_t row = 0; row < 3; ++row) {
            QVERIFY(qFuzzyCompare(of("q")[row], q[row]));
            QVERIFY(qFuzzyCompare(of("bonferroni")[row], std::min(1.0, 3 * p[row])));
        }
        for (size_t row = D; row < table->rowCount(); ++row)
            QVERIFY(std::isnan(of("q")[row]) && std::isnan(of("bonferroni")[row]));
    }

    /// Under every null, with a p of it or without.
    void genomePage() {
        QFETCH(int, null);
        const auto table = tableUnder(static_cast<NullChoice>(null));
        const std::vector<HeadlineNumber> numbers = headline(summarise(*table));
        QVERIFY(std::any_of(numbers.begin(), numbers.end(), [](const HeadlineNumber& number) {
            return number.number == QStringLiteral("2") && number.caption == QStringLiteral("not testable");
        }));
        const GenomeScatter shown = genomeScatter(GenomeFigure::NullR, *table);
        QCOMPARE(shown.genes.size(), size_t{3});
        QVERIFY2(shown.text.summary.contains(QStringLiteral(" · 2 not testable")),
                 qPrintable(shown.text.summary));
        QVERIFY2(!shown.text.summary.contains(QStringLiteral("lack")), qPrintable(shown.text.summary));
        const QString tip = geneToolTip(*table, D).join(u'\n');
        QVERIFY2(tip.contains(QStringLiteral(" · not testable")), qPrintable(tip));
        QVERIFY(!geneToolTip(*table, 0).join(u'\n').contains(QStringLiteral("testable")));
    }

    void factsOfAGene() {
        const auto table = tableUnder(NullChoice::Empirical);
        const auto says = [&table](size_t row) {
            const std::vector<GeneFacts> facts = geneFacts(*table, row);
            return std::any_of(facts.begin(), facts.end(), [](const GeneFacts& group) {
                return std::any_of(group.lines.begin(), group.lines.end(), [](const auto& line) {
                    return line.first == QStringLiteral("not testable");
                });
            });
        };
        QVERIFY(says(D));
        QVERIFY(!says(0));
    }
};

QTEST_GUILESS_MAIN(TestNotTestable)
#include "tst_not_testable.moc"
