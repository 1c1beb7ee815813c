// SPDX-License-Identifier: GPL-3.0-or-later
#include "jobs/job_list_model.h"
#include "jobs/job_runner.h"
#include "ui/waiting.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QSortFilterProxyModel>
#include <QTest>

#include <atomic>
#include <chrono>
#include <new>
#include <optional>
#include <stdexcept>
#include <thread>

using namespace diploscope;
using namespace diploscope::ui;
using diploscope::test::waitUntil;
using State = JobStatus::State;

namespace {

using Work = std::function<Result<int>(const RunContext&)>;

/// Works until it is asked to stop.
Result<int> untilStopped(const RunContext& context) {
    while (!context.cancelled())
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    return fail(ErrorKind::Cancelled, "Stopped on request.");
}

Work giving(int value) {
    return [value](const RunContext&) -> Result<int> { return value; };
}

} // namespace

class TestJobRunner : public QObject {
    Q_OBJECT

private:
    JobId start(JobRunner& runner, const QString& group, Work work, QObject* receiver,
                std::function<void(Result<int>)> finished) {
        return runner.run<int>(QStringLiteral("job"), group, JobRunner::Priority::Seen, std::move(work),
                               receiver, std::move(finished));
    }

private Q_SLOTS:
    void workRunsElsewhereAndItsHandlerHere() {
        JobRunner runner;
        QThread* workThread = nullptr;
        QThread* handlerThread = nullptr;
        int value = 0;
        start(
            runner, {},
            [&](const RunContext&) -> Result<int> {
                workThread = QThread::currentThread();
                return 7;
            },
            this,
            [&](Result<int> result) {
                handlerThread = QThread::currentThread();
                value = *result;
            });
        QVERIFY(runner.isBusy());
        QVERIFY(waitUntil([&] { return handlerThread != nullptr; }));
        QCOMPARE(value, 7);
        QCOMPARE(handlerThread, QThread::currentThread());
        QVERIFY(workThread != nullptr && workThread != QThread::currentThread());
        QVERIFY(!runner.isBusy());
        QCOMPARE(runner.jobs().front().state, State::Finished);
    }

    // Work that is stopped may trip over anything on its way out: a half-written file, a closed pipe.
    void aStoppedJobHasNotFailed_data() {
        QTest::addColumn<bool>("superseded");
        QTest::newRow("stopped") << false;
        QTest::newRow("superseded") << true;
    }
    void aStoppedJobHasNotFailed() {
        QFETCH(bool, superseded);
        JobRunner runner;
        std::optional<ErrorKind> heard;
        const JobId id = start(
            runner, QStringLiteral("gene"),
            [](const RunContext& context) -> Result<int> {
                (void)untilStopped(context);
                return fail(ErrorKind::Io, "The pipe is broken.");
            },
            this, [&](const Result<int>& result) { heard = result.error().kind; });
        QTest::qWait(20);
        superseded ? runner.cancelGroup(QStringLiteral("gene")) : runner.cancel(id);
        if (superseded) // at once: nothing comes of it any more
            QCOMPARE(runner.jobs().front().state, State::Cancelled);
        QVERIFY(waitUntil([&] { return !runner.isBusy(); }));
        QCOMPARE(runner.jobs().front().state, State::Cancelled);
        QVERIFY(runner.jobs().front().message.isEmpty());
        QCOMPARE(heard, superseded ? std::nullopt : std::optional(ErrorKind::Cancelled));
    }

    void newerJobOfTheGroupSupersedesAndOnlyItDelivers() {
        JobRunner runner;
        std::vector<int> delivered;
        const auto take = [&](Result<int> result) { delivered.push_back(result ? *result : -1); };
        // The first gives a value in spite of being asked to stop: it must be dropped all the same.
        start(
            runner, QStringLiteral("gene"),
            [](const RunContext& context) -> Result<int> {
                (void)untilStopped(context);
                return 1;
            },
            this, take);
        start(runner, QStringLiteral("gene"), giving(2), this, take);
        QVERIFY(waitUntil([&] { return !runner.isBusy(); }));
        QCOMPARE(delivered, std::vector<int>{2});
    }

    void jobsOfOtherGroupsAndOfNoneStay() {
        JobRunner runner;
        int delivered = 0;
        const auto take = [&](Result<int> result) { delivered += result ? 1 : 100; };
        start(runner, {}, giving(1), this, take);
        start(runner, {}, giving(1), this, take);
        start(runner, QStringLiteral("a"), giving(1), this, take);
        start(runner, QStringLiteral("b"), giving(1), this, take);
        QVERIFY(waitUntil([&] { return !runner.isBusy(); }));
        QCOMPARE(delivered, 4);
    }

    void cancelledJobTellsItsHandler() {
        JobRunner runner;
        std::optional<ErrorKind> kind;
        const JobId id = start(runner, QStringLiteral("gene"), untilStopped, this,
                               [&](Result<int> result) { kind = result.error().kind; });
        QTest::qWait(20);
        runner.cancel(id);
        QVERIFY(waitUntil([&] { return kind.has_value(); }));
        QCOMPARE(*kind, ErrorKind::Cancelled);
        QCOMPARE(runner.jobs().front().state, State::Cancelled);
    }

    void whatIsUnderwayIsFound() {
        JobRunner jobs;
        const JobId id = jobs.run<int>(QStringLiteral("long"), {}, JobRunner::Priority::Seen, untilStopped,
                                       this, [](Result<int>) {});
        QVERIFY(jobs.underway(id) != nullptr && jobs.underway(id)->isUnderway());
        QCOMPARE(jobs.underway(id)->title, QStringLiteral("long"));
        QVERIFY(jobs.underway(0) == nullptr);
        jobs.cancel(id);
        QVERIFY(waitUntil([&] { return !jobs.isBusy(); }));
        QVERIFY(jobs.underway(id) == nullptr); // though it is listed
        QCOMPARE(jobs.jobs().size(), size_t{1});
    }

    void failureKeepsItsWords() {
        JobRunner runner;
        start(
            runner, {},
            [](const RunContext&) -> Result<int> {
                return fail(ErrorKind::Io, "The disk is full.", "x.tsv", "Make room.");
            },
            this, [](const Result<int>&) {});
        QVERIFY(waitUntil([&] { return !runner.isBusy(); }));
        QCOMPARE(runner.jobs().front().state, State::Failed);
        QVERIFY(runner.jobs().front().message.contains(QStringLiteral("Make room.")));
    }

    void resultIsDroppedWhenItsReceiverIsGone() {
        JobRunner runner;
        bool called = false;
        std::atomic<bool> go = false;
        auto receiver = std::make_unique<QObject>();
        start(
            runner, {},
            [&](const RunContext& context) -> Result<int> {
                while (!go && !context.cancelled())
                    std::this_thread::yield();
                return 1;
            },
            receiver.get(), [&](const Result<int>&) { called = true; });
        receiver.reset();
        go = true;
        QVERIFY(waitUntil([&] { return !runner.isBusy(); }));
        QVERIFY(!called);
    }

    void destructorStopsAndWaits() {
        std::atomic<bool> ended = false;
        bool called = false;
        {
            JobRunner runner;
            std::atomic<bool> begun = false;
            start(
                runner, {},
                [&](const RunContext& context) -> Result<int> {
                    begun = true;
                    Result<int> result = untilStopped(context);
                    std::this_thread::sleep_for(std::chrono::milliseconds(30)); // an internal batch
                    ended = true;
                    return result;
                },
                this, [&](const Result<int>&) { called = true; });
            QVERIFY(waitUntil([&] { return begun.load(); }));
        }
        QVERIFY(ended);
        QTest::qWait(10);
        QVERIFY(!called);
    }

    /// As a score cache is closed by a job once nothing holds it, handlers that were never called included.
    void whatADroppedHandlerHeldMayGoByAJob() {
        std::atomic<bool> closed = false;
        {
            JobRunner runner;
            const std::shared_ptr<int> held(new int, [&](const int* value) {
                delete value;
                start(
                    runner, {},
                    [&](const RunContext& context) -> Result<int> {
                        context.report("Closing", 0, 1);
                        closed = true;
                        return 1;
                    },
                    this, [](const Result<int>&) {});
            });
            start(runner, {}, giving(1), this, [held](const Result<int>&) {});
        }
        QVERIFY(closed);
    }

    void progressOfAFastWorkerIsThrottled() {
        JobRunner runner;
        QSignalSpy changes(&runner, &JobRunner::jobChanged);
        constexpr int steps = 100000;
        start(
            runner, {},
            [](const RunContext& context) -> Result<int> {
                for (int i = 1; i <= steps; ++i)
                    context.report("Counting", i, steps);
                return 0;
            },
            this, [](const Result<int>&) {});
        QVERIFY(waitUntil([&] { return !runner.isBusy(); }));
        // One queued call at a time: as many as the GUI thread finds time for.
        QVERIFY2(changes.size() < steps / 10, qPrintable(QString::number(changes.size())));
    }

    void statusTellsStageRateAndTimeLeft() {
        JobRunner runner;
        std::atomic<bool> go = false;
        const JobId id = start(
            runner, {},
            [&](const RunContext& context) -> Result<int> {
                for (int i = 0; i < 40 && !context.cancelled(); ++i) {
                    context.report("Predicting", i, 100);
                    std::this_thread::sleep_for(std::chrono::milliseconds(10));
                }
                while (!go && !context.cancelled()) // a failed check must not leave the runner waiting
                    std::this_thread::yield();
                return 0;
            },
            this, [](const Result<int>&) {});
        QVERIFY(id > 0);
        QVERIFY(waitUntil([&] { return runner.jobs().front().done >= 39; }));
        const JobStatus status = runner.jobs().front();
        QCOMPARE(status.stage, QStringLiteral("Predicting"));
        QCOMPARE(status.total, 100);
        QVERIFY(status.perSecond > 1 && status.perSecond <= 120);
        QVERIFY(status.secondsLeft > 0.5);
        QVERIFY(progressText(status).contains(QStringLiteral("39 of 100")));
        go = true;
        QVERIFY(waitUntil([&] { return !runner.isBusy(); }));
    }

    void turnsOfTheSeenPauseTheBackground() {
        JobRunner runner;
        std::atomic<int> batches = 0;
        const auto working = [](std::atomic<int>& count) -> Work {
            return [&count](const RunContext& context) -> Result<int> {
                for (;;) {
                    DS_ASSIGN(const auto turn, context.turn());
                    std::this_thread::sleep_for(std::chrono::milliseconds(2));
                    context.report("Working", ++count, 1000000);
                }
            };
        };
        runner.run<int>(QStringLiteral("all"), {}, JobRunner::Priority::Background, working(batches), this,
                        [](const Result<int>&) {});
        QVERIFY(waitUntil([&] { return batches > 2; }));
        std::atomic<int> seen = 0;
        const JobId id = start(runner, {}, working(seen), this, [](const Result<int>&) {});
        QVERIFY(waitUntil([&] { return seen > 2; }));
        const int before = batches;
        QVERIFY(waitUntil([&] { return seen > 12 && runner.jobs().front().paused; }));
        QCOMPARE(batches.load(), before);
        QCOMPARE(rateText(runner.jobs().front()), QString());
        bool stillRuns = false; // work that needs no turn is not kept waiting
        start(runner, {}, giving(1), this, [&](const Result<int>&) { stillRuns = true; });
        QVERIFY(waitUntil([&] { return stillRuns; }));
        runner.cancel(id);
        QVERIFY(waitUntil([&] { return batches > before && !runner.jobs().front().paused; }));
        runner.cancelAll();
        QVERIFY(waitUntil([&] { return !runner.isBusy(); }));
    }

    void whatWorkThrowsIsTheJobsError() {
        JobRunner runner;
        std::optional<Error> error;
        start(
            runner, {}, [](const RunContext&) -> Result<int> { throw std::runtime_error("of a library"); },
            this, [&](const Result<int>& result) { error = result.error(); });
        QVERIFY(waitUntil([&] { return error.has_value(); }));
        QCOMPARE(error->kind, ErrorKind::Internal);
        QVERIFY2(error->what.find("of a library") != std::string::npos, error->what.c_str());
        QCOMPARE(runner.jobs().front().state, State::Failed);
        QVERIFY(!runner.isBusy());
    }

    void whatAHandlerThrowsEndsNothingElse() {
        JobRunner runner;
        QSignalSpy failed(&runner, &JobRunner::deliveryFailed);
        QSignalSpy idle(&runner, &JobRunner::idle);
        start(runner, {}, giving(1), this, [](const Result<int>&) { throw std::bad_alloc(); });
        QVERIFY(waitUntil([&] { return idle.count() == 1; }));
        QCOMPARE(failed.count(), 1);
    }

    void piecesOfTheGuiThreadLeaveItATurnBetween() {
        JobRunner runner;
        QSignalSpy idle(&runner, &JobRunner::idle);
        QSignalSpy failed(&runner, &JobRunner::deliveryFailed);
        QStringList order;
        const auto piece = [&](const QString& name) {
            runner.runHere(this, [&, name] {
                QVERIFY(QThread::currentThread() == thread());
                order << name;
                QMetaObject::invokeMethod( // as a click would come
                    this, [&] { order << QStringLiteral("-"); }, Qt::QueuedConnection);
            });
        };
        for (const char* name : {"a", "b", "c"})
            piece(QLatin1String(name));
        auto gone = std::make_unique<QObject>();
        runner.runHere(gone.get(), [&] { order << QStringLiteral("of nobody"); });
        gone.reset();
        runner.runHere(this, [&] {
            piece(QStringLiteral("d"));
            throw std::bad_alloc();
        });
        QVERIFY(order.isEmpty()); // not before the event loop goes on
        QVERIFY(runner.isBusy());
        QVERIFY(waitUntil([&] { return !runner.isBusy(); }));
        QVERIFY(waitUntil([&] { return order.size() == 8; }));
        QCOMPARE(order.join(QString()), QStringLiteral("a-b-c-d-"));
        QCOMPARE(idle.count(), 1);
        QCOMPARE(failed.count(), 1);
        QCOMPARE(runner.jobs().size(), size_t{0});
    }

    void listModelKeepsTheRulesOfModels() {
        JobRunner runner;
        JobListModel model(runner);
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QSortFilterProxyModel proxy;
        proxy.setSourceModel(&model);
        const QAbstractItemModelTester proxyTester(&proxy,
                                                   QAbstractItemModelTester::FailureReportingMode::QtTest);
        start(runner, {}, giving(1), this, [](const Result<int>&) {});
        const JobId running = start(runner, {}, untilStopped, this, [](const Result<int>&) {});
        QCOMPARE(model.rowCount(), 2);
        QCOMPARE(model.index(0, 0).data(JobListModel::JobIdRole).toLongLong(), running); // newest first
        QVERIFY(model.index(0, 0).data(JobListModel::ActiveRole).toBool());
        QVERIFY(waitUntil([&] { return runner.jobs().front().state == State::Finished; }));
        QCOMPARE(model.index(1, 0).data(JobListModel::FractionRole).toDouble(), 1.0);
        runner.clearFinished();
        QCOMPARE(model.rowCount(), 1);
        runner.cancelAll();
        QVERIFY(waitUntil([&] { return !runner.isBusy(); }));
        QVERIFY(!model.index(0, 0).data(JobListModel::ActiveRole).toBool());
        runner.clearFinished();
        QCOMPARE(model.rowCount(), 0);
    }
};

QTEST_MAIN(TestJobRunner)
#include "tst_job_runner.moc"
