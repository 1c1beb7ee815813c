// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "jobs/job_runner.h"
#include "viewmodels/session.h"

#include <QPointer>

#include <filesystem>

namespace diploscope::ui {

class MessageStack;
class WindowActions;

/// The export menu: asks for a place, lets a worker write, says what became of it.
class Exporter : public QObject {
    Q_OBJECT

public:
    /// \param page what pictures are taken of
    Exporter(Session& session, JobRunner& jobs, WindowActions& actions, MessageStack& messages,
             QWidget* page);

private:
    void saveTables();
    void saveSummary();
    void savePicture();
    void copyPicture();
    void showState();
    void write(const QString& title, const QString& told,
               std::function<Result<std::filesystem::path>(const RunContext&)> work);

    Session& m_session;
    JobRunner& m_jobs;
    WindowActions& m_actions;
    MessageStack& m_messages;
    QWidget* m_page;
};

} // namespace diploscope::ui
