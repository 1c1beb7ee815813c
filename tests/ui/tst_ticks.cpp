// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/ticks.h"

#include "support.h"

#include <cmath>
#include <random>

using namespace diploscope::ui;

class TicksTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void labels_data() {
        QTest::addColumn<double>("lower");
        QTest::addColumn<double>("upper");
        QTest::addColumn<int>("maximum");
        QTest::addColumn<QString>("labels");
        QTest::addColumn<QString>("unit");
        QTest::newRow("tenths across zero, true minus, plain zero")
            << -0.12 << 0.09 << 6 << QStringLiteral("−0.10 −0.05 0 0.05") << QString();
        QTest::newRow("whole numbers") << 4.4 << 7.2 << 5 << QStringLiteral("5 6 7") << QString();
        QTest::newRow("twos") << 0.0 << 1.0 << 6 << QStringLiteral("0 0.2 0.4 0.6 0.8 1.0") << QString();
        QTest::newRow("ends are ticks in spite of rounding")
            << 0.1 + 0.2 << 0.9 << 4 << QStringLiteral("0.4 0.6 0.8") << QString();
        QTest::newRow("the ends themselves")
            << 0.3 << 0.6 << 4 << QStringLiteral("0.3 0.4 0.5 0.6") << QString();
        QTest::newRow("thousands keep their digits")
            << 0.0 << 12'000.0 << 4 << QStringLiteral("0 5,000 10,000") << QString();
        QTest::newRow("huge numbers have their power in the title")
            << -3.1e6 << -1.0e5 << 5 << QStringLiteral("−3 −2 −1") << QStringLiteral("×10⁶");
        QTest::newRow("tiny numbers as well")
            << 0.0 << 4.5e-8 << 5 << QStringLiteral("0 1 2 3 4") << QStringLiteral("×10⁻⁸");
        QTest::newRow("two ticks at least, even where one is asked")
            << -0.039 << 0.03 << 2 << QStringLiteral("−0.02 0 0.02") << QString();
        QTest::newRow("a narrow range far from zero")
            << 1200.001 << 1200.004 << 4 << QStringLiteral("1,200.001 1,200.002 1,200.003 1,200.004")
            << QString();
    }
    void labels() {
        QFETCH(double, lower);
        QFETCH(double, upper);
        QFETCH(int, maximum);
        QFETCH(QString, labels);
        QFETCH(QString, unit);
        const Ticks ticks = niceTicks({lower, upper}, maximum);
        QCOMPARE(QStringList(ticks.labels.begin(), ticks.labels.end()).join(u' '), labels);
        QCOMPARE(ticks.unit, unit);
    }

    void positions_data() {
        QTest::addColumn<double>("lower");
        QTest::addColumn<double>("upper");
        QTest::addColumn<QString>("labels");
        QTest::addColumn<QString>("unit");
        QTest::newRow("Enformer's window")
            << 109'642'736.0 << 109'839'343.0 << QStringLiteral("109.65 109.70 109.75 109.80")
            << QStringLiteral("Mb");
        QTest::newRow("close to the TSS")
            << 109'741'000.0 << 109'741'050.0 << QStringLiteral("109,741,000 109,741,020 109,741,040")
            << QStringLiteral("bp");
        QTest::newRow("a short contig")
            << 1200.0 << 41'200.0 << QStringLiteral("10 20 30 40") << QStringLiteral("kb");
        QTest::newRow("single bases are the least")
            << 10.0 << 12.0 << QStringLiteral("10 11 12") << QStringLiteral("bp");
    }
    void positions() {
        QFETCH(double, lower);
        QFETCH(double, upper);
        QFETCH(QString, labels);
        QFETCH(QString, unit);
        const Ticks ticks = positionTicks({lower, upper}, 5);
        QCOMPARE(QStringList(ticks.labels.begin(), ticks.labels.end()).join(u' '), labels);
        QCOMPARE(ticks.unit, unit);
    }

    /// Whatever the range: 1-2-5 steps, within the range, no more than asked, no two labels alike.
    void anyRange() {
        std::mt19937 random(1);
        std::uniform_real_distribution<double> exponent(-12, 12);
        std::uniform_real_distribution<double> unit(-1, 1);
        for (int round = 0; round < 5000; ++round) {
            const double span = std::pow(10.0, exponent(random));
            const double lower = unit(random) * span * 50;
            const AxisRange range{lower, lower + span};
            const int maximum = 5 + round % 5;
            const Ticks ticks = niceTicks(range, maximum);
            QVERIFY(ticks.values.size() >= 2);
            QVERIFY(static_cast<int>(ticks.values.size()) <= maximum);
            QCOMPARE(ticks.labels.size(), ticks.values.size());
            const double step = ticks.values[1] - ticks.values[0];
            const double leading = step / std::pow(10.0, std::floor(std::log10(step) + 1e-6));
            QVERIFY2(std::abs(leading - 1) < 1e-5 || std::abs(leading - 2) < 1e-5 ||
                         std::abs(leading - 5) < 1e-5,
                     qPrintable(QString::number(leading)));
            for (size_t i = 0; i < ticks.values.size(); ++i) {
                QVERIFY(ticks.values[i] >= range.lower - span * 1e-6 &&
                        ticks.values[i] <= range.upper + span * 1e-6);
                QVERIFY(i == 0 || ticks.labels[i] != ticks.labels[i - 1]);
            }
        }
    }

    void ranges_data() {
        QTest::addColumn<QList<double>>("values");
        QTest::addColumn<double>("lower");
        QTest::addColumn<double>("upper");
        QTest::newRow("padded on both sides") << QList<double>{0, 10} << -1.0 << 11.0;
        QTest::newRow("nothing to show") << QList<double>{} << 0.0 << 1.0;
        QTest::newRow("only what is not finite") << QList<double>{NAN, INFINITY} << 0.0 << 1.0;
        QTest::newRow("what is not finite is passed over")
            << QList<double>{NAN, 0, 10, -INFINITY} << -1.0 << 11.0;
        QTest::newRow("all equal") << QList<double>{5, 5} << 4.5 << 5.5;
        QTest::newRow("all zero") << QList<double>{0, 0} << -1.0 << 1.0;
        QTest::newRow("equal and negative") << QList<double>{-5} << -5.5 << -4.5;
    }
    void ranges() {
        QFETCH(QList<double>, values);
        QFETCH(double, lower);
        QFETCH(double, upper);
        const AxisRange range = rangeOf({values.begin(), values.end()}, 0.1);
        QCOMPARE(range.lower + 100, lower + 100);
        QCOMPARE(range.upper + 100, upper + 100);
    }
};

QTEST_GUILESS_MAIN(TicksTest)
#include "tst_ticks.moc"
