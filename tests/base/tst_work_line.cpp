// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/work_line.h"
#include "support.h"

#include <atomic>
#include <chrono>
#include <memory>
#include <thread>
#include <vector>

using namespace diploscope;
using namespace std::chrono_literals;

namespace {

void sleepUntil(const std::function<bool()>& condition) {
    for (int i = 0; i < 5000 && !condition(); ++i)
        std::this_thread::sleep_for(1ms);
}

} // namespace

class TestWorkLine : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void oneTurnAtATime() {
        WorkLine line;
        std::atomic<int> inside = 0, most = 0, batches = 0;
        std::vector<std::jthread> workers;
        for (int w = 0; w < 4; ++w)
            workers.emplace_back([&](const std::stop_token& stop) {
                WorkLine::Place place(line, 0);
                for (int i = 0; i < 50; ++i) {
                    const auto turn = place.turn(stop);
                    if (!turn)
                        return;
                    most = std::max<int>(most, ++inside);
                    std::this_thread::yield();
                    ++batches;
                    --inside;
                }
            });
        for (std::jthread& worker : workers)
            worker.join();
        QCOMPARE(most.load(), 1);
        QCOMPARE(batches.load(), 200);
    }

    void lowerWorkPausesWithinOneBatchAndGoesOnAfterwards() {
        WorkLine line;
        std::atomic<int> batches = 0;
        std::atomic<bool> paused = false;
        std::jthread background([&](const std::stop_token& stop) {
            WorkLine::Place place(line, 0, [&](bool begins) { paused = begins; });
            while (const auto turn = place.turn(stop)) {
                std::this_thread::sleep_for(1ms);
                ++batches;
            }
        });
        sleepUntil([&] { return batches > 3; });
        {
            WorkLine::Place place(line, 10);
            QVERIFY(place.turn({}).has_value());
            const int before = batches; // the turn is over, but the place still stands in the line
            sleepUntil([&] { return paused.load(); });
            std::this_thread::sleep_for(30ms);
            QCOMPARE(batches.load(), before);
            QVERIFY(paused);
        }
        const int before = batches;
        sleepUntil([&] { return batches > before + 3; });
        QVERIFY(batches > before + 3);
        QVERIFY(!paused);
    }

    void whoWaitedIsTold() {
        WorkLine line;
        auto first = std::make_unique<WorkLine::Place>(line, 10);
        WorkLine::Place second(line, 0);
        QVERIFY(!(*first->turn({})).waited());
        std::jthread ends([&] {
            std::this_thread::sleep_for(20ms);
            first.reset();
        });
        const auto turn = second.turn({});
        QVERIFY((*turn).waited());
    }

    void stopEndsTheWaiting() {
        WorkLine line;
        WorkLine::Place first(line, 10);
        const auto held = first.turn({});
        std::stop_source stop;
        std::jthread stops([&] {
            std::this_thread::sleep_for(10ms);
            stop.request_stop();
        });
        WorkLine::Place second(line, 0);
        const auto turn = second.turn(stop.get_token());
        QVERIFY(!turn);
        QCOMPARE(turn.error().kind, ErrorKind::Cancelled);
    }
};

QTEST_GUILESS_MAIN(TestWorkLine)
#include "tst_work_line.moc"
