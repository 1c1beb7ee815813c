// SPDX-License-Identifier: GPL-3.0-or-later
// Results of several threads in the order of the items, and threads that are held to themselves.
#include "base/in_order.h"
#include "support.h"

#include <atomic>
#include <chrono>
#include <stdexcept>
#include <thread>
#include <vector>

using namespace diploscope;
using namespace std::chrono_literals;

class TestInOrder : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void resultsComeInOrder_data() {
        QTest::addColumn<int>("threads");
        for (const int threads : {1, 2, 5, 16})
            QTest::addRow("%d threads", threads) << threads;
    }
    void resultsComeInOrder() {
        QFETCH(int, threads);
        std::atomic<int> working = 0, most = 0, giving = 0;
        std::atomic<int64_t> given = 0;
        std::vector<int64_t> order;
        parallelInOrder(
            200, threads,
            [&](int64_t i) {
                const int now = ++working;
                for (int seen = most; seen < now && !most.compare_exchange_weak(seen, now);) {
                }
                // What is far behind waits, so that results do not gather.
                if (i >= given + 2 * threads)
                    qFatal("%lld was begun when %lld were given", qlonglong(i), qlonglong(given));
                if (i % 7 == 0)
                    std::this_thread::sleep_for(1ms);
                --working;
                return 10 * i;
            },
            [&](int64_t i, int64_t result) {
                if (++giving > 1 || result != 10 * i)
                    qFatal("two at a time, or another's result");
                order.push_back(i);
                --giving;
                ++given;
                return true;
            });
        QCOMPARE(order.size(), size_t{200});
        for (size_t i = 0; i < order.size(); ++i)
            QCOMPARE(order[i], static_cast<int64_t>(i));
        QVERIFY(most <= threads);
    }

    void nothingFollowsWhoSaysNo() {
        std::atomic<int> begun = 0;
        std::vector<int64_t> order;
        parallelInOrder(
            1000, 3,
            [&](int64_t i) {
                ++begun;
                return i;
            },
            [&](int64_t i, int64_t) {
                order.push_back(i);
                return i < 4;
            });
        QCOMPARE(order.size(), size_t{5});
        QVERIFY(begun <= 5 + 2 * 3);
    }

    void exceptionsReachTheCaller() {
        for (const bool ofWork : {true, false}) {
            QVERIFY_EXCEPTION_THROWN(parallelInOrder(
                                         100, 4,
                                         [&](int64_t i) {
                                             if (ofWork && i == 20)
                                                 throw std::runtime_error("no");
                                             return i;
                                         },
                                         [&](int64_t i, int64_t) {
                                             if (!ofWork && i == 20)
                                                 throw std::runtime_error("no");
                                             return true;
                                         }),
                                     std::runtime_error);
        }
    }

    void heldThreadsWorkAlone() {
        const auto threadsUsed = [] {
            std::atomic<int> others = 0;
            const auto self = std::this_thread::get_id();
            parallelFor(50, 4, [&](int64_t) {
                others += std::this_thread::get_id() != self ? 1 : 0;
                std::this_thread::sleep_for(200us);
            });
            return others.load();
        };
        const int all = availableThreads();
        const int blas = blasThreads();
        QVERIFY(threadsUsed() > 0);
        {
            const OneThread one;
            QVERIFY(isOneThread());
            QCOMPARE(availableThreads(), 1);
            QCOMPARE(blasThreads(), 1);
            QCOMPARE(threadsUsed(), 0);
            {
                const AllThreads back;
                QCOMPARE(availableThreads(), all);
                QCOMPARE(blasThreads(), blas);
                QVERIFY(threadsUsed() > 0);
                std::thread([&] { QVERIFY(!isOneThread()); }).join();
                const OneThread again;
                QCOMPARE(threadsUsed(), 0);
            }
            const OneThread nested;
            QCOMPARE(availableThreads(), 1);
            QCOMPARE(blasThreads(), 1);
        }
        QVERIFY(!isOneThread());
        QCOMPARE(availableThreads(), all);
        QCOMPARE(blasThreads(), blas);
        const AllThreads nothingToTakeBack;
        QCOMPARE(availableThreads(), all);
    }
};

QTEST_GUILESS_MAIN(TestInOrder)
#include "tst_in_order.moc"
