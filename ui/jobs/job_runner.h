// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/edge.h"
#include "base/rate_meter.h"
#include "base/run_context.h"
#include "base/stage_clock.h"

#include <QObject>
#include <QPointer>
#include <QString>
#include <QThreadPool>

#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

namespace diploscope::ui {

using JobId = qint64;

/// What the jobs panel shows of one background task.
struct JobStatus {
    enum class State { Waiting, Running, Finished, Failed, Cancelled };

    JobId id = 0;
    QString title; ///< "GSTM3 · xpresso"
    QString stage; ///< what it does just now: "Predicting people's haplotypes"
    qint64 done = 0;
    qint64 total = 0; ///< 0 while unknown
    State state = State::Waiting;
    QString detail;          ///< how far the item is that is being worked on: "GSTM3: Predicting ..."
    bool paused = false;     ///< waits until what the user looks at is done
    double perSecond = 0;    ///< items a second of the current stage; 0 while unknown
    double secondsLeft = -1; ///< of the current stage; negative while unknown
    QString message;         ///< the error's words where it failed
    StageTimes times;        ///< where the time went, once it is over

    /// It waits for its turn, or runs.
    [[nodiscard]] bool isUnderway() const { return state == State::Waiting || state == State::Running; }
};

/// Runs every background task of the window: values in, values out. Lives on the GUI thread; the work runs on
/// a pool and touches no widget. The finished handler runs on the GUI thread, never after its receiver is
/// gone. A newer job of the same group supersedes an older one, whose result is dropped. Batches of models go
/// through one line (RunContext::turn), so that a job of higher priority makes the others pause.
class JobRunner : public QObject {
    Q_OBJECT

public:
    enum class Priority { Background = 0, Seen = 10 }; ///< what the user looks at goes first

    explicit JobRunner(QObject* parent = nullptr);
    /// Stops everything and waits: at most one internal batch of each running job.
    ~JobRunner() override;

    /// \param title empty: too small to be listed among the jobs \param group empty: never superseded
    template <class T>
    JobId run(const QString& title, const QString& group, Priority priority,
              std::function<Result<T>(const RunContext&)> work, QObject* receiver,
              std::function<void(Result<T>)> finished) {
        return start(title, group, priority,
                     [title, work = std::move(work), receiver = QPointer<QObject>(receiver),
                      finished = std::move(finished)](const RunContext& context) -> Outcome {
                         const std::string doing =
                             title.isEmpty() ? "Work in the background" : title.toStdString();
                         auto result =
                             std::make_shared<Result<T>>(atEdge(doing, [&] { return work(context); }));
                         // Whatever a job trips over on its way out, whoever stopped it has asked for it.
                         if (!*result && context.cancelled())
                             *result = fail(ErrorKind::Cancelled, "Stopped on request.");
                         Outcome outcome;
                         if (!*result)
                             outcome.error = std::make_unique<Error>(result->error());
                         outcome.deliver = [result, receiver, finished] {
                             if (receiver)
                                 finished(std::move(*result));
                         };
                         return outcome;
                     });
    }

    /// Work that the GUI thread alone may do, such as drawing: a piece a turn of its event loop, in the order
    /// asked for, so that the window answers between two of them. Nothing stops it but the receiver's end.
    void runHere(QObject* receiver, std::function<void()> piece);

    /// From any worker, which the runner outlives: calls `handler` on the GUI thread, in the order of
    /// posting. Whether it still matters is for the handler to decide.
    void post(std::function<void()> handler);

    /// Asks a job to stop; its handler hears of it as an Error of kind Cancelled.
    void cancel(JobId id);
    void stopGroup(const QString& group);
    /// Stops a group's jobs and drops whatever they still give.
    void cancelGroup(const QString& group);
    void cancelAll();

    /// Oldest first; finished ones stay until clearFinished().
    [[nodiscard]] const std::vector<JobStatus>& jobs() const { return m_jobs; }
    /// While it is underway, and listed; else null. Until the next event.
    [[nodiscard]] const JobStatus* underway(JobId id) const;
    [[nodiscard]] bool isBusy() const;
    void clearFinished();

Q_SIGNALS:
    void jobAdded(int row);
    void jobChanged(int row);
    void jobsReset();
    /// A handler threw instead of taking its job's result.
    void deliveryFailed(const diploscope::Error& error);
    void idle(); ///< the last job has ended and delivered, listed or not, and the last piece is done

protected:
    void customEvent(QEvent* event) override;

private:
    struct Outcome {
        std::unique_ptr<Error> error;
        std::function<void()> deliver;
        StageTimes times;
    };
    struct Control;
    struct Piece {
        QPointer<QObject> receiver;
        std::function<void()> work;
    };

    JobId start(const QString& title, const QString& group, Priority priority,
                std::function<Outcome(const RunContext&)> work);
    void takeProgress(const std::shared_ptr<Control>& control);
    void finish(const std::shared_ptr<Control>& control, Outcome outcome);
    void doPiece();
    /// A handler, or a piece.
    void guarded(const std::string& doing, const std::function<void()>& call);
    [[nodiscard]] int rowOf(JobId id) const;

    std::vector<JobStatus> m_jobs;
    std::vector<std::shared_ptr<Control>> m_active;
    std::deque<Piece> m_pieces; ///< the first is being done, or is next
    /// In place of closures in Qt's own queue, whose locks no thread sanitizer can see; an event each wakes
    /// us.
    std::mutex m_postedMutex;
    std::deque<std::function<void()>> m_posted;
    WorkLine m_line; ///< outlives the workers in the pool
    QThreadPool m_pool;
    JobId m_lastId = 0;
};

} // namespace diploscope::ui
