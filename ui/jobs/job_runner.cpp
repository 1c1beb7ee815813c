// SPDX-License-Identifier: GPL-3.0-or-later
#include "jobs/job_runner.h"

#include <algorithm>

namespace diploscope::ui {

/// Shared by the GUI thread and the worker of one job. Progress is kept here and fetched by at most one
/// queued call at a time, so that a fast worker cannot flood the event loop.
struct JobRunner::Control {
    JobId id = 0;
    QString group;
    bool superseded = false; ///< GUI thread only
    std::stop_source stop;

    std::mutex mutex;
    Progress progress;
    bool progressQueued = false;

    QElapsedTimer stageTimer; ///< GUI thread only
    int64_t stageFirst = 0;   ///< items done when it began: what came from the cache says nothing of the rate
};

JobRunner::JobRunner(QObject* parent) : QObject(parent) {
    // One thread for what the user looks at and one for the rest: models use all cores on their own.
    m_pool.setMaxThreadCount(2);
}

JobRunner::~JobRunner() {
    cancelAll();
    m_pool.waitForDone();
}

JobId JobRunner::start(const QString& title, const QString& group, Priority priority,
                       std::function<Outcome(const RunContext&)> work) {
    if (!group.isEmpty())
        cancelGroup(group);
    auto control = std::make_shared<Control>();
    control->id = ++m_lastId;
    control->group = group;
    m_active.push_back(control);

    JobStatus status;
    status.id = control->id;
    status.title = title;
    m_jobs.push_back(status);
    Q_EMIT jobAdded(static_cast<int>(m_jobs.size()) - 1);

    RunContext context;
    context.stop = control->stop.get_token();
    context.onProgress = [this, control](const Progress& progress) {
        const std::lock_guard lock(control->mutex);
        control->progress = progress;
        if (control->progressQueued)
            return;
        control->progressQueued = true;
        QMetaObject::invokeMethod(
            this, [this, control] { takeProgress(control); }, Qt::QueuedConnection);
    };
    m_pool.start(
        [this, control, context, work = std::move(work)] {
            // The destructor waits for the pool, so `this` outlives every worker; queued calls die with it.
            auto outcome = std::make_shared<Outcome>(work(context));
            QMetaObject::invokeMethod(
                this, [this, control, outcome] { finish(control, std::move(*outcome)); },
                Qt::QueuedConnection);
        },
        static_cast<int>(priority));
    return control->id;
}

void JobRunner::takeProgress(const std::shared_ptr<Control>& control) {
    Progress progress;
    {
        const std::lock_guard lock(control->mutex);
        progress = control->progress;
        control->progressQueued = false;
    }
    const int row = rowOf(control->id);
    if (row < 0)
        return;
    JobStatus& status = m_jobs[static_cast<size_t>(row)];
    if (status.state != JobStatus::State::Waiting && status.state != JobStatus::State::Running)
        return;
    status.state = JobStatus::State::Running;
    const QString stage = QString::fromStdString(progress.stage);
    if (stage != status.stage || !control->stageTimer.isValid()) {
        control->stageTimer.start();
        control->stageFirst = progress.done;
    }
    status.stage = stage;
    status.done = progress.done;
    status.total = progress.total;
    const double seconds = static_cast<double>(control->stageTimer.elapsed()) / 1000.0;
    const int64_t since = progress.done - control->stageFirst;
    const bool measurable = seconds > 0.2 && since > 0;
    status.perSecond = measurable ? static_cast<double>(since) / seconds : 0;
    status.secondsLeft = measurable && progress.total > 0
                             ? static_cast<double>(progress.total - progress.done) / status.perSecond
                             : -1;
    Q_EMIT jobChanged(row);
}

void JobRunner::finish(const std::shared_ptr<Control>& control, Outcome outcome) {
    std::erase(m_active, control);
    if (const int row = rowOf(control->id); row >= 0) {
        JobStatus& status = m_jobs[static_cast<size_t>(row)];
        status.secondsLeft = -1;
        if (outcome.error == nullptr) {
            status.state = JobStatus::State::Finished;
        } else {
            const bool cancelled = outcome.error->kind == ErrorKind::Cancelled;
            status.state = cancelled ? JobStatus::State::Cancelled : JobStatus::State::Failed;
            status.message = QString::fromStdString(outcome.error->message());
        }
        Q_EMIT jobChanged(row);
    }
    if (!control->superseded)
        outcome.deliver();
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
    for (const auto& control : m_active) {
        if (control->group != group)
            continue;
        control->superseded = true;
        control->stop.request_stop();
    }
}

void JobRunner::cancelAll() {
    for (const auto& control : m_active)
        control->stop.request_stop();
}

bool JobRunner::isBusy() const {
    return !m_active.empty();
}

void JobRunner::clearFinished() {
    std::erase_if(m_jobs, [](const JobStatus& status) {
        return status.state != JobStatus::State::Waiting && status.state != JobStatus::State::Running;
    });
    Q_EMIT jobsReset();
}

int JobRunner::rowOf(JobId id) const {
    const auto found =
        std::find_if(m_jobs.begin(), m_jobs.end(), [id](const JobStatus& job) { return job.id == id; });
    return found == m_jobs.end() ? -1 : static_cast<int>(found - m_jobs.begin());
}

} // namespace diploscope::ui
