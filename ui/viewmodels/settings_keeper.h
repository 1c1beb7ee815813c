// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "jobs/job_runner.h"

#include <QObject>

#include <functional>
#include <memory>

namespace diploscope::ui {

/// Writes down what a person chose and where they were. QSettings takes a lock, reads its file again and
/// replaces it whenever one goes, so a job does that, one at a time: of what is asked for while it writes
/// only the last is written, and stands. GUI thread.
class SettingsKeeper : public QObject {
    Q_OBJECT

public:
    explicit SettingsKeeper(JobRunner& jobs, QObject* parent = nullptr);

    /// \param write holds values and writes them, on a worker; not at all where more is asked for before it
    /// begins
    void keep(std::function<void()> write);

private:
    struct Desk;
    JobRunner& m_jobs;
    std::shared_ptr<Desk> m_desk;
};

} // namespace diploscope::ui
