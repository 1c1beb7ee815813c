// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/stage_clock.h"
#include "support.h"

#include <chrono>
#include <cmath>
#include <ctime>
#include <thread>
#include <vector>

using namespace diploscope;
using namespace std::chrono_literals;

namespace {

/// Takes so many seconds of the processor, however busy the machine is.
void compute(double seconds) {
    const std::clock_t end = std::clock() + std::clock_t(seconds * CLOCKS_PER_SEC);
    volatile double sum = 0;
    while (std::clock() < end)
        for (int i = 0; i < 1000; ++i)
            sum = sum + std::sqrt(double(i));
}

RunContext timed() {
    RunContext context;
    context.clock = std::make_shared<StageClock>();
    return context;
}

} // namespace

class TestStageClock : public QObject {
    Q_OBJECT

private:
    /// Stages add up to the whole, in time and of the processor.
    static void compareSums(const StageTimes& times) {
        double seconds = 0, processorSeconds = 0;
        for (const StageUse& use : times.stages) {
            seconds += use.seconds;
            processorSeconds += use.processorSeconds;
        }
        QVERIFY(std::abs(seconds - times.whole.seconds) < 1e-6);
        QVERIFY(std::abs(processorSeconds - times.whole.processorSeconds) < 1e-6);
    }

private Q_SLOTS:
    /// The BLAS' threads look for work for a while after they have begun: processor time is the whole
    /// program's.
    void initTestCase() {
        const auto isStill = [] {
            const std::clock_t before = std::clock();
            std::this_thread::sleep_for(50ms);
            return std::clock() - before < CLOCKS_PER_SEC / 1000;
        };
        QTRY_VERIFY(isStill());
    }

    void stagesAddUp() {
        const RunContext context = timed();
        const auto begin = std::chrono::steady_clock::now();
        {
            const StageTime time(context, Stage::Read);
            std::this_thread::sleep_for(60ms);
        }
        std::this_thread::sleep_for(20ms);
        {
            const StageTime time(context, Stage::Model);
            compute(0.06);
        }
        const StageTimes times = context.clock->times();
        const double passed = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
        compareSums(times);
        QVERIFY(times.whole.seconds >= 0.14 && times.whole.seconds <= passed + 0.01);
        QVERIFY(times.of(Stage::Read).seconds >= 0.06);
        QVERIFY(times.of(Stage::Model).seconds >= 0.06);
        QVERIFY(times.of(Stage::Other).seconds >= 0.02);
        QCOMPARE(times.of(Stage::Statistics).seconds, 0.0);
        QCOMPARE(times.of(Stage::Statistics).peakBytes, int64_t{0});
        QVERIFY(times.of(Stage::Read).peakBytes > 0);
        QVERIFY(times.of(Stage::Model).processorSeconds >= 0.059);
        QVERIFY(times.of(Stage::Read).processorSeconds < 0.05); // who sleeps uses none
    }

    void innerStageIsNotTheOuters() {
        const RunContext context = timed();
        {
            const StageTime outer(context, Stage::SelfCheck);
            std::this_thread::sleep_for(20ms);
            (void)inStage(context, Stage::Store, [] {
                std::this_thread::sleep_for(80ms);
                return 0;
            });
        }
        const StageTimes times = context.clock->times();
        compareSums(times);
        QVERIFY(times.of(Stage::Store).seconds >= 0.08);
        QVERIFY(times.of(Stage::SelfCheck).seconds >= 0.02);
        QVERIFY(times.of(Stage::SelfCheck).seconds < times.whole.seconds - 0.08 + 0.001);
    }

    /// However many are at work, what passes is counted once.
    void threadsShareWhatPasses() {
        const RunContext context = timed();
        const StageTimes before = context.clock->times();
        std::vector<std::thread> threads;
        for (int t = 0; t < 4; ++t)
            threads.emplace_back([&context, t] {
                for (int i = 0; i < 50; ++i) {
                    const StageTime time(context, t % 2 == 0 ? Stage::Model : Stage::Statistics);
                    std::this_thread::sleep_for(1ms);
                    const StageTime inner(context, Stage::Store);
                }
            });
        for (int i = 0; i < 20; ++i)
            (void)context.clock->times(); // from a thread that is in no stage
        for (std::thread& thread : threads)
            thread.join();
        const StageTimes times = context.clock->times();
        compareSums(times);
        QVERIFY(before.whole.seconds <= times.whole.seconds);
        QVERIFY(times.of(Stage::Model).seconds > 0.01);
        QVERIFY(times.of(Stage::Statistics).seconds > 0.01);
    }

    void withoutClockNothingHappens() {
        const RunContext context;
        const StageTime time(context, Stage::Read);
        QCOMPARE(inStage(context, Stage::Model, [] { return 7; }), 7);
        DS_VERIFY(awaitTurn(context));
    }

    void rowsNameTheStagesThatThereWere() {
        StageTimes times;
        times.stages[size_t(Stage::SelfCheck)] = {1.5, 2.25, int64_t{70} << 20};
        times.stages[size_t(Stage::Other)] = {0.5, 0.25, int64_t{80} << 20};
        times.whole = {2.0, 2.5, int64_t{80} << 20};
        const std::vector<StageRow> rows = stageRows(times);
        QCOMPARE(rows.size(), size_t{4});
        QCOMPARE(rows[0], (StageRow{"stage", "seconds", "share", "processor s", "peak memory"}));
        QCOMPARE(rows[1], (StageRow{"self-check", "1.500", "75.0 %", "2.250", "70 MB"}));
        QCOMPARE(rows[2], (StageRow{"other", "0.500", "25.0 %", "0.250", "80 MB"}));
        QCOMPARE(rows[3], (StageRow{"whole", "2.000", "100.0 %", "2.500", "80 MB"}));
    }
};

QTEST_GUILESS_MAIN(TestStageClock)
#include "tst_stage_clock.moc"
