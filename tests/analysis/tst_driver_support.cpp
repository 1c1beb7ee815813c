// SPDX-License-Identifier: GPL-3.0-or-later
// Supported, unsupported, undecidable: one count, whether it is made of a gene's report, of the rows that are
// kept of it or of all genes (METHODS 8).
#include "analysis/genome_run.h"
#include "analysis/genome_summary.h"

#include "support.h"
#include "ui/report_fixture.h"

using namespace diploscope;
using namespace diploscope::test;

namespace {

void compare(const Support& found, const Support& expected) {
    QCOMPARE(found.supported, expected.supported);
    QCOMPARE(found.unsupported, expected.unsupported);
    QCOMPARE(found.undecidable, expected.undecidable);
    QCOMPARE(found.undefined, expected.undefined);
    QCOMPARE(found.bySign, expected.bySign);
    QCOMPARE(found.gain, expected.gain);
    QCOMPARE(found.gainBySign, expected.gainBySign);
}

} // namespace

class TestDriverSupport : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void rowsSayWhatTheReportSays() {
        GeneReport report = inventReport({.drivers = 8});
        inventStatistics(report);
        report.drivers[4].doubt = Doubt::IntervalHoldsZero;
        const Support expected = report.support();
        // Of each kind at least one, or nothing is told apart. The two with doubts have a sign.
        QVERIFY(expected.supported > 0 && expected.unsupported > 0 && expected.undefined > 0);
        QCOMPARE(expected.undecidable, int64_t{2});
        const GeneRow row = rowOf(report);
        compare(supportOf(row.drivers), expected);
        QCOMPARE(row.undecidableCount, std::optional<double>(2.0));
        QCOMPARE(row.supportedCount, std::optional<double>(double(expected.supported)));
        QCOMPARE(row.unsupportedCount, std::optional<double>(double(expected.unsupported)));
        QCOMPARE(row.fractionSupported, expected.fraction());
    }

    void allGenesAreTheSumOfTheirReports() {
        Support sum;
        std::vector<GeneRow> rows;
        for (const unsigned seed : {1U, 2U, 3U}) {
            GeneReport report = inventReport({.drivers = 5, .seed = seed});
            inventStatistics(report);
            report.gene.id += std::to_string(seed);
            rows.push_back(rowOf(report));
            const Support one = report.support();
            QCOMPARE(one.undecidable, int64_t{1});
            sum.supported += one.supported;
            sum.unsupported += one.unsupported;
            sum.undecidable += one.undecidable;
        }
        const GenomeSummary summary =
            summarise(*GenomeTable::make({{"M", std::move(rows), {}}}, 0, NullChoice::Empirical));
        QCOMPARE(summary.drivers.drivers, int64_t{15});
        QCOMPARE(summary.drivers.supported, sum.supported);
        QCOMPARE(summary.drivers.unsupported, sum.unsupported);
        QCOMPARE(summary.drivers.undecidable, sum.undecidable);
    }
};

QTEST_GUILESS_MAIN(TestDriverSupport)
#include "tst_driver_support.moc"
