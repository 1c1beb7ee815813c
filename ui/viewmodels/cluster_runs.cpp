// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/cluster_runs.h"

#include <utility>

namespace diploscope::ui {

namespace {

namespace fs = std::filesystem;

QString textOf(const fs::path& path) {
    return QString::fromStdString(path.string());
}

fs::path placeOf(const fs::path& folder) {
    return fs::absolute(folder).lexically_normal();
}

} // namespace

ClusterRuns::ClusterRuns(JobRunner& jobs, std::chrono::milliseconds every, QObject* parent)
    : QObject(parent), m_jobs(jobs), m_every(every) {}

ClusterRuns::~ClusterRuns() {
    leave();
}

ClusterRuns::Work ClusterRuns::watching(const fs::path& folder) const {
    return [folder, every = m_every, isLeaving = m_isLeaving](const RunContext& context) -> Result<Outcome> {
        const Result<ClusterState> state = watchClusterRun(folder, every, {}, context);
        if (!state && state.error().kind == ErrorKind::Cancelled && !*isLeaving)
            DS_TRY(cancelClusterRun(folder, {}));
        if (!state)
            return fail(state.error());
        if (!state->hasSucceeded())
            return fail(ErrorKind::Io, "The cluster's run did not come to its end: " + state->text() + ".",
                        folder.string(),
                        "Mend what its logs tell, and run it again in the same folder: it goes on "
                        "where it stopped.");
        return Outcome{state->study, true};
    };
}

void ClusterRuns::run(const ClusterRequest& request, bool submit) {
    const fs::path folder = placeOf(request.folder);
    Work watchIt = watching(folder);
    start(folder, tr("Cluster: %1").arg(textOf(request.study.filename())),
          [request, submit, watchIt](const RunContext& context) -> Result<Outcome> {
              DS_TRY(writeClusterRun(request, context));
              if (!submit)
                  return Outcome{request.study, false};
              context.report("Handing the jobs to Slurm", 0, 0);
              DS_TRY(submitClusterRun(request.folder, context));
              return watchIt(context);
          });
}

void ClusterRuns::watch(const fs::path& folder) {
    start(placeOf(folder), tr("Cluster: %1").arg(textOf(placeOf(folder).filename())),
          watching(placeOf(folder)));
}

void ClusterRuns::start(const fs::path& folder, const QString& title, Work work) {
    const QString place = textOf(folder);
    if (m_watched.contains(place)) {
        Q_EMIT failed(
            {ErrorKind::Mismatch, "This run is watched already.", folder.string(), "See the panel of jobs."});
        return;
    }
    if (static_cast<size_t>(m_watched.size()) >= Most) {
        Q_EMIT failed({ErrorKind::Unsupported, "Three runs are watched already.", folder.string(),
                       "Wait for one of them, or use `diploscope submit` and `diploscope jobs`."});
        return;
    }
    m_watched << place;
    Q_EMIT watchedChanged();
    m_jobs.run<Outcome>(title, QStringLiteral("cluster ") + place, JobRunner::Priority::Background,
                        std::move(work), this, [this, place](const Result<Outcome>& outcome) {
                            if (!outcome && *m_isLeaving)
                                return; // watched again by the next window
                            m_watched.removeAll(place);
                            Q_EMIT watchedChanged();
                            if (outcome && outcome->submitted)
                                Q_EMIT done(place, textOf(outcome->study));
                            else if (outcome)
                                Q_EMIT written(place);
                            else if (outcome.error().kind == ErrorKind::Cancelled)
                                Q_EMIT takenBack(place);
                            else
                                Q_EMIT failed(outcome.error());
                        });
}

} // namespace diploscope::ui
