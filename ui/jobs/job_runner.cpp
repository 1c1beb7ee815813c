// SPDX-License-Identifier: GPL-3.0-or-later
#include "jobs/job_runner.h"

#include "base/log.h"

#include <QCoreApplication>
#include <QEvent>
#include <QRunnable>

#include <algorithm>
#include <atomic>
#include <utility>

namespace diploscope::ui {

/// Shared by the GUI thread and the worker of one job. Progress is kept here and fetched by at most one
/// queued call at a time, so that a fast worker cannot flood the event loop.
struct JobRunner::Control {
    JobId id = 0;
    QString group;
    bool superseded = false; ///< GUI thread only
    std::stop_source stop;

    std::mutex mutex; ///< of all below
    Progress progress;
    RateMeter meter;
    bool paused = false;
    RateMeter::Clock::time_point pausedAt;
    bool progressQueued = false;
};

namespace {

/// Work on its way from the GUI thread to a worker, and its end on the way back. Qt's own handing over is
/// seen by no thread sanitizer, so a release and an acquire of ours lie between what one side writes and the
/// other reads: at the start, and between the last thing that work lets go and the runner's end.
class HandedOver final : public QRunnable {
public:
    explicit HandedOver(std::function<void()> work) : m_work(std::move(work)) {
        count().fetch_add(1, std::memory_order_release);
    }
    void run() override {
        takeBack();
        m_work();
        m_work = nullptr; // its place in the line, too
        count().fetch_add(1, std::memory_order_release);
    }
    /// What the other side did until here is seen.
    static void takeBack() { (void)count().load(std::memory_order_acquire); }

private:
    /// Static, as where it lies must not be among what is handed over.
    static std::atomic<unsigned>& count() {
        static std::atomic<unsigned> handedOver{0};
        return handedOver;
    }
    std::function<void()> m_work;
};

} // namespace

JobRunner::JobRunner(QObject* parent) : QObject(parent) {
    // Models use all cores on their own and take turns; threads that wait for theirs must not keep short work
    // from running; nor must the few that only ask, for days, how far a cluster is.
    m_pool.setMaxThreadCount(9);
}

JobRunner::~JobRunner() {
    cancelAll();
    // What handlers hold may go by a job of its own, which posts too.
    std::deque<std::function<void()>> dropped;
    do {
        dropped.clear();
        m_pool.waitForDone();
        HandedOver::takeBack();
        const std::lock_guard lock(m_postedMutex); // after what the last worker did under it
        dropped.swap(m_posted);
    } while (!dropped.empty());
}

JobId JobRunner::start(const QString& title, const QString& group, Priority priority,
                       std::function<Outcome(const RunContext&)> work) {
    if (!group.isEmpty())
        cancelGroup(group);
    auto control = std::make_shared<Control>();
    control->id = ++m_lastId;
    control->group = group;
    m_active.push_back(control);

    if (!title.isEmpty()) {
        JobStatus status;
        status.id = control->id;
        status.title = title;
        m_jobs.push_back(status);
        Q_EMIT jobAdded(static_cast<int>(m_jobs.size()) - 1);
    }

    // Called with the control's mutex held.
    const auto queueProgress = [this, control] {
        if (control->progressQueued)
            return;
        control->progressQueued = true;
        post([this, control] { takeProgress(control); });
    };
    RunContext context;
    context.stop = control->stop.get_token();
    context.onProgress = [control, queueProgress](const Progress& progress) {
        const std::lock_guard lock(control->mutex);
        control->progress = progress;
        control->meter.take(progress);
        queueProgress();
    };
    context.place = std::make_shared<WorkLine::Place>(
        m_line, static_cast<int>(priority), [control, queueProgress](bool paused) {
            const std::lock_guard lock(control->mutex);
            // Told by each of its threads: the first one that waits, and the first one that goes on.
            if (std::exchange(control->paused, paused) == paused)
                return;
            const auto now = RateMeter::Clock::now();
            if (paused)
                control->pausedAt = now;
            else
                control->meter.skip(now - control->pausedAt);
            queueProgress();
        });
    std::function<void()> run = [this, control, context, work = std::move(work)] {
        // The destructor waits for the pool, so `this` outlives every worker; what is posted dies with it.
        RunContext own = context;
        own.clock = std::make_shared<StageClock>(); // not while it waited for a thread
        auto outcome = std::make_shared<Outcome>(work(own));
        outcome->times = own.clock->times();
        if (outcome->error) // a file is written: not by the GUI thread
            logError(*outcome->error);
        post([this, control, outcome] { finish(control, std::move(*outcome)); });
    };
    m_pool.start(new HandedOver(std::move(run)), static_cast<int>(priority)); // which deletes it
    return control->id;
}

void JobRunner::post(std::function<void()> handler) {
    {
        const std::lock_guard lock(m_postedMutex);
        m_posted.push_back(std::move(handler));
    }
    QCoreApplication::postEvent(this, new QEvent(QEvent::User));
}

void JobRunner::customEvent(QEvent*) {
    std::function<void()> handler;
    {
        const std::lock_guard lock(m_postedMutex);
        handler = std::move(m_posted.front());
        m_posted.pop_front();
    }
    handler();
}

void JobRunner::takeProgress(const std::shared_ptr<Control>& control) {
    const int row = rowOf(control->id);
    {
        const std::lock_guard lock(control->mutex);
        control->progressQueued = false;
        if (row < 0)
            return;
        JobStatus& status = m_jobs[static_cast<size_t>(row)];
        if (!status.isUnderway())
            return;
        const Progress& progress = control->progress;
        status.state = JobStatus::State::Running;
        status.stage = QCoreApplication::translate("core", progress.stage.c_str());
        status.detail = QString::fromStdString(progress.detail);
        status.done = progress.done;
        status.total = progress.total;
        status.paused = control->paused;
        status.perSecond = control->paused ? 0 : control->meter.perSecond();
        status.secondsLeft = control->paused ? -1 : control->meter.secondsLeft();
    }
    Q_EMIT jobChanged(row);
}

void JobRunner::finish(const std::shared_ptr<Control>& control, Outcome outcome) {
    std::erase(m_active, control);
    if (const int row = rowOf(control->id); row >= 0) {
        JobStatus& status = m_jobs[static_cast<size_t>(row)];
        status.secondsLeft = -1;
        status.paused = false;
        status.times = outcome.times;
        if (control->superseded || (outcome.error && outcome.error->kind == ErrorKind::Cancelled)) {
            status.state = JobStatus::State::Cancelled;
        } else if (outcome.error) {
            status.state = JobStatus::State::Failed;
            status.message = QString::fromStdString(outcome.error->message());
        } else {
            status.state = JobStatus::State::Finished;
        }
        Q_EMIT jobChanged(row);
    }
    if (!control->superseded)
        guarded("Showing what was computed", outcome.deliver);
    if (!isBusy())
        Q_EMIT idle();
}

void JobRunner::runHere(QObject* receiver, std::function<void()> piece) {
    m_pieces.push_back({receiver, std::move(piece)});
    if (m_pieces.size() == 1)
        post([this] { doPiece(); });
}

void JobRunner::doPiece() {
    if (m_pieces.front().receiver)
        guarded("Drawing", m_pieces.front().work);
    m_pieces.pop_front();
    if (!m_pieces.empty())
        post([this] { doPiece(); });
    else if (!isBusy())
        Q_EMIT idle();
}

void JobRunner::guarded(const std::string& doing, const std::function<void()>& call) {
    const Result<void> done = atEdge(doing, [&]() -> Result<void> {
        call();
        return {};
    });
    if (done)
        return;
    logError(done.error());
    Q_EMIT deliveryFailed(done.error());
}

void JobRunner::cancel(JobId id) {
    for (const auto& control : m_active)
        if (control->id == id)
            control->stop.request_stop();
}

void JobRunner::stopGroup(const QString& group) {
    for (const auto& control : m_active)
        if (control->group == group)
            control->stop.request_stop();
}

void JobRunner::cancelGroup(const QString& group) {
    std::vector<JobId> ended; // told of at the end: whoever hears of it may start another job
    for (const auto& control : m_active) {
        if (control->group != group || control->superseded)
            continue;
        control->superseded = true;
        control->stop.request_stop();
        ended.push_back(control->id);
    }
    for (const JobId id : ended)
        if (const int row = rowOf(id); row >= 0) { // nothing comes of it any more
            m_jobs[static_cast<size_t>(row)].state = JobStatus::State::Cancelled;
            Q_EMIT jobChanged(row);
        }
}

void JobRunner::cancelAll() {
    for (const auto& control : m_active)
        control->stop.request_stop();
}

bool JobRunner::isBusy() const {
    return !m_active.empty() || !m_pieces.empty();
}

void JobRunner::clearFinished() {
    std::erase_if(m_jobs, [](const JobStatus& status) { return !status.isUnderway(); });
    Q_EMIT jobsReset();
}

const JobStatus* JobRunner::underway(JobId id) const {
    const int row = rowOf(id);
    return row >= 0 && m_jobs[static_cast<size_t>(row)].isUnderway() ? &m_jobs[static_cast<size_t>(row)]
                                                                     : nullptr;
}

int JobRunner::rowOf(JobId id) const {
    const auto found =
        std::find_if(m_jobs.begin(), m_jobs.end(), [id](const JobStatus& job) { return job.id == id; });
    return found == m_jobs.end() ? -1 : static_cast<int>(found - m_jobs.begin());
}

} // namespace diploscope::ui
