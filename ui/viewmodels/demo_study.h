// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "jobs/job_runner.h"

#include <QObject>
#include <QString>

#include <filesystem>

namespace diploscope::ui {

/// The demo study's file in `folder`, made there first where it is missing (METHODS 11: simulated, so the
/// truth is known). For a worker thread: it takes some ten seconds. \error of simulateStudy(); Cancelled
[[nodiscard]] Result<QString> makeDemoStudy(const std::filesystem::path& folder, const RunContext& context);

/// Makes the demo study where it is missing, in a job that the welcome page tells of. GUI thread.
class DemoMaker : public QObject {
    Q_OBJECT

public:
    DemoMaker(JobRunner& jobs, std::filesystem::path folder, QObject* parent = nullptr);
    /// made() or failed() follows; neither where it is stopped.
    void make();
    /// Null: none is being made. Until the next event.
    [[nodiscard]] const JobStatus* job() const { return m_jobs.underway(m_job); }

Q_SIGNALS:
    void changed(); ///< job() is there, is farther, or is gone
    void made(const QString& study);
    void failed(const diploscope::Error& error);

private:
    JobRunner& m_jobs;
    std::filesystem::path m_folder;
    JobId m_job = 0;
};

/// `userDataFolder()/demo`
[[nodiscard]] std::filesystem::path demoFolder();

/// The gene that tells most under the demo's own model.
[[nodiscard]] QString demoGene();

} // namespace diploscope::ui
