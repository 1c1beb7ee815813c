// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "jobs/job_runner.h"
#include "workflow/cluster_run.h"

#include <QObject>
#include <QString>
#include <QStringList>

#include <atomic>
#include <chrono>
#include <filesystem>
#include <memory>

namespace diploscope::ui {

/// Runs that a cluster has for this person: each is a job of the window that submits it, asks how far it is,
/// and tells when its results are in the study's store. To stop that job is to take the run back; a window
/// that closes leaves it to the cluster, and another one can go on watching. GUI thread.
class ClusterRuns : public QObject {
    Q_OBJECT

public:
    static constexpr size_t Most = 3; ///< watched at a time: each keeps one of the runner's threads

    /// \param every between two questions to the queue
    explicit ClusterRuns(JobRunner& jobs, std::chrono::milliseconds every = std::chrono::seconds(10),
                         QObject* parent = nullptr);
    ~ClusterRuns() override;

    /// Writes the scripts, and where `submit` hands them to the cluster and watches the run.
    void run(const ClusterRequest& request, bool submit = true);
    /// Of a run that was submitted before, by whichever program.
    void watch(const std::filesystem::path& folder);
    /// From now on stopped jobs leave the cluster's alone.
    void leave() { *m_isLeaving = true; }
    /// Folders of those that are watched.
    [[nodiscard]] const QStringList& watched() const { return m_watched; }

Q_SIGNALS:
    void watchedChanged();
    void written(const QString& folder);
    void takenBack(const QString& folder);
    void done(const QString& folder, const QString& study); ///< results are in the study's store
    void failed(const diploscope::Error& error);

private:
    struct Outcome {
        std::filesystem::path study;
        bool submitted = false;
    };
    using Work = std::function<Result<Outcome>(const RunContext&)>;
    void start(const std::filesystem::path& folder, const QString& title, Work work);
    [[nodiscard]] Work watching(const std::filesystem::path& folder) const;

    JobRunner& m_jobs;
    std::chrono::milliseconds m_every;
    std::shared_ptr<std::atomic<bool>> m_isLeaving = std::make_shared<std::atomic<bool>>(false);
    QStringList m_watched;
};

} // namespace diploscope::ui
