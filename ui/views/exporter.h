// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "jobs/job_runner.h"
#include "viewmodels/session.h"

#include <filesystem>

class QAction;

namespace diploscope::ui {

class FigureSaver;
class GenePage;
class MessageStack;
class WindowActions;

/// The export menu: asks for a place, lets a worker write, says what became of it.
class Exporter : public QObject {
    Q_OBJECT

public:
    /// \param page whose figures are saved, and what pictures are taken of
    Exporter(Session& session, JobRunner& jobs, WindowActions& actions, MessageStack& messages,
             GenePage* page);

private:
    void connectFigure(QAction* action, FigureSaver& saver);
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
    GenePage* m_page;
};

} // namespace diploscope::ui
