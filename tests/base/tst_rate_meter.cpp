// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/rate_meter.h"
#include "support.h"

using namespace diploscope;
using namespace std::chrono_literals;

class TestRateMeter : public QObject {
    Q_OBJECT

private:
    const RateMeter::Clock::time_point m_start{};

    /// Reports `done` after `seconds`.
    void tell(RateMeter& meter, double seconds, int64_t done, int64_t given = 0, int64_t total = 1678) const {
        meter.take({"Predicting", done, total, given, {}},
                   m_start + std::chrono::duration_cast<RateMeter::Clock::duration>(
                                 std::chrono::duration<double>(seconds)));
    }
    static bool near(double a, double b) { return std::abs(a - b) <= 1e-6 * std::abs(b); }

private Q_SLOTS:
    void steadyWorkGivesItsRateAndTheTimeLeft() {
        RateMeter meter;
        tell(meter, 0, 0);
        QCOMPARE(meter.perSecond(), 0.0);
        QVERIFY(meter.secondsLeft() < 0);
        for (int i = 1; i <= 20; ++i)
            tell(meter, i, 40 * i);
        QVERIFY(near(meter.perSecond(), 40));
        QVERIFY(near(meter.secondsLeft(), (1678 - 800) / 40.0));
    }

    void whatTheCacheGaveIsNoPartOfTheRate() {
        RateMeter meter;
        tell(meter, 0, 0);
        tell(meter, 0.01, 1000, 1000); // found in the cache in no time
        tell(meter, 1, 1010, 1000);
        tell(meter, 2, 1020, 1000);
        tell(meter, 2.1, 1220, 1200); // and again, after another job stored some
        tell(meter, 3.1, 1230, 1200);
        QVERIFY2(meter.perSecond() > 9 && meter.perSecond() < 11,
                 qPrintable(QString::number(meter.perSecond())));
    }

    void makingTheModelReadyIsNoPartOfTheRate() {
        RateMeter meter;
        tell(meter, 0, 0);
        tell(meter, 30, 0); // ready
        tell(meter, 31, 10);
        QVERIFY(near(meter.perSecond(), 10));
    }

    void recentWorkCountsMost() {
        RateMeter meter;
        tell(meter, 0, 0);
        for (int i = 1; i <= 100; ++i)
            tell(meter, i, i);
        for (int i = 1; i <= 100; ++i)
            tell(meter, 100 + i, 100 + 10 * i);
        QVERIFY2(meter.perSecond() > 9.5 && meter.perSecond() <= 10,
                 qPrintable(QString::number(meter.perSecond())));
    }

    void slowItemsKeepTheirRateBetweenReports() {
        RateMeter meter;
        for (int gene = 1; gene <= 5; ++gene) {
            for (int i = 0; i < 60; ++i) // progress within the gene
                meter.take({"Analysing genes", gene - 1, 97, 0, "GSTM3: Predicting"},
                           m_start + std::chrono::seconds(300 * (gene - 1) + 5 * i));
            meter.take({"Analysing genes", gene, 97, 0, {}}, m_start + std::chrono::seconds(300 * gene));
        }
        QVERIFY2(near(meter.perSecond(), 1 / 300.0), qPrintable(QString::number(1 / meter.perSecond())));
    }

    void pausesAndNewStagesDoNotCount() {
        RateMeter meter;
        tell(meter, 0, 0);
        tell(meter, 1, 10);
        meter.skip(100s);
        tell(meter, 102, 20);
        QVERIFY(near(meter.perSecond(), 10));
        meter.take({"Writing", 0, 10, 0, {}}, m_start + 103s);
        QCOMPARE(meter.perSecond(), 0.0);
    }

    void words_data() {
        QTest::addColumn<QString>("found");
        QTest::addColumn<QString>("wanted");
        const auto row = [](const char* name, const std::string& found, const char* wanted) {
            QTest::newRow(name) << QString::fromStdString(found) << QString::fromUtf8(wanted);
        };
        row("count", countWords(1234567), "1,234,567");
        row("small count", countWords(999), "999");
        row("no rate", rateWords(0), "");
        row("fast", rateWords(3347.2), "3,347 /s");
        row("some", rateWords(41.4), "41 /s");
        row("slow", rateWords(0.634), "0.63 /s");
        row("very slow", rateWords(0.05), "3 /min");
        row("unknown time", timeLeftWords(-1), "");
        row("seconds", timeLeftWords(11.2), "12 s left");
        row("minutes", timeLeftWords(91), "2 min left");
        row("hours", timeLeftWords(3 * 3600), "3 h left");
    }
    void words() {
        QFETCH(QString, found);
        QTEST(found, "wanted");
    }

    void lineOfProgress() {
        RateMeter meter;
        tell(meter, 0, 0);
        tell(meter, 10, 410);
        const Progress progress{"Predicting haplotypes", 410, 1678, 0, {}};
        QCOMPARE(QString::fromStdString(progressWords(progress, meter)),
                 QStringLiteral("Predicting haplotypes 410 of 1,678 · 41 /s · 31 s left"));
    }

    void anItemsProgressIsTheDetailOfTheWhole() {
        Progress told;
        RunContext context;
        context.onProgress = [&](const Progress& progress) { told = progress; };
        const RunContext item = contextOfItem(context, {"Analysing genes", 12, 97, 3, {}}, "GSTM3");
        item.report("Predicting haplotypes", 1204, 1678);
        QCOMPARE(QString::fromStdString(told.stage), QStringLiteral("Analysing genes"));
        QCOMPARE(told.done, 12);
        QCOMPARE(told.given, 3);
        QCOMPARE(QString::fromStdString(told.detail),
                 QStringLiteral("GSTM3: Predicting haplotypes 1,204 of 1,678"));
    }
};

QTEST_GUILESS_MAIN(TestRateMeter)
#include "tst_rate_meter.moc"
