// SPDX-License-Identifier: GPL-3.0-or-later
#include "lab/growth.h"

#include "support.h"

using namespace diploscope;
using namespace diploscope::test;

class TestGrowth : public QObject {
    Q_OBJECT

    TemporaryFolder m_folder;

    [[nodiscard]] Result<std::vector<GrowthCurve>> read(const std::string& rows) const {
        writeText(m_folder / "growth.tsv", "axis\twhat\tsize\tcpu_s\tpeak_memory_mb\n" + rows);
        return readGrowth(m_folder / "growth.tsv");
    }

private Q_SLOTS:
    /// Rows of two steps, mixed and not in order of size.
    void exponents() {
        const auto curves = read("SNVs\ta\t100\t9\t30\nSNVs\tb\t10\t1\t5\nSNVs\ta\t10\t0.9\t30\n"
                                 "SNVs\tb\t1000\t10000\t50\nSNVs\tb\t100\t100\t5\n");
        DS_VERIFY(curves);
        QCOMPARE(curves->size(), size_t{2});
        const GrowthCurve &a = curves->at(0), &b = curves->at(1);
        QCOMPARE(a.what, std::string("a"));
        QCOMPARE(a.points.front().size, 10.0);
        QCOMPARE(growthOf(a, &GrowthPoint::cpuSeconds).all, 1.0);
        QCOMPARE(growthOf(a, &GrowthPoint::peakMegabytes).all + 1, 1.0);
        QCOMPARE(growthOf(b, &GrowthPoint::cpuSeconds).all, 2.0);
        QCOMPARE(growthOf(b, &GrowthPoint::peakMegabytes).all, 0.5);
        QCOMPARE(growthOf(b, &GrowthPoint::peakMegabytes).last, 1.0);
    }

    void sameStepOfTwoThings() {
        const auto curves =
            read("people\ta\t1\t1\t1\nSNVs\ta\t1\t1\t1\npeople\ta\t2\t2\t2\nSNVs\ta\t2\t2\t2\n");
        DS_VERIFY(curves);
        QCOMPARE(curves->size(), size_t{2});
    }

    void refuses_data() {
        QTest::addColumn<QString>("rows");
        QTest::newRow("nothing") << "";
        QTest::newRow("one size") << "SNVs\ta\t1\t1\t1\n";
        QTest::newRow("a size twice") << "SNVs\ta\t1\t1\t1\nSNVs\ta\t1\t1\t1\n";
        QTest::newRow("no time") << "SNVs\ta\t1\t0\t1\nSNVs\ta\t2\t1\t1\n";
        QTest::newRow("no number") << "SNVs\ta\t1\tNA\t1\nSNVs\ta\t2\t1\t1\n";
    }
    void refuses() {
        QFETCH(QString, rows);
        const auto curves = read(rows.toStdString());
        QVERIFY(!curves && curves.error().kind == ErrorKind::BadInput);
    }
};

QTEST_GUILESS_MAIN(TestGrowth)
#include "tst_growth.moc"
