// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/document_stack.h"
#include "jobs/job_runner.h"
#include "viewmodels/settings_keeper.h"

#include <QObject>
#include <QTimer>

#include <filesystem>

namespace diploscope::ui {

/// Writes the window's document down as it goes, so that a crash takes nothing along, and finds what a window
/// left that crashed. Asks the disk in jobs. GUI thread.
class Autosaver : public QObject {
    Q_OBJECT

public:
    /// \param jobs, documents outlive it
    Autosaver(JobRunner& jobs, const DocumentStack& documents, QObject* parent = nullptr);

    /// From now on; found() may follow.
    void begin();
    /// There is nothing to come back to after a window that was closed, nor from then on.
    void end();

Q_SIGNALS:
    /// What a window showed that ended before it was closed; end() removes it.
    void found(const std::filesystem::path& file, const diploscope::ui::Document& shown);

private:
    void write();
    void look();

    JobRunner& m_jobs;
    const DocumentStack& m_documents;
    SettingsKeeper m_keeper;
    QTimer m_pause;                ///< runs while more changes are waited for
    std::filesystem::path m_found; ///< empty: nothing was
};

} // namespace diploscope::ui
