// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "viewmodels/session.h"

#include <filesystem>

namespace diploscope::ui {

class MessageStack;
class WindowActions;

/// What makes something new of a study's files: PrediXcan models trained on it, a head fitted to it, what
/// effects are held against, a study of published tables, a study with further files. Asks for a place, lets
/// a worker do it, and says what became of it. GUI thread.
class StudyTools : public QObject {
    Q_OBJECT

public:
    StudyTools(Session& session, WindowActions& actions, MessageStack& messages, QWidget* window);

    /// The dialogs' answers; what follows is as after the dialog.
    void trainPredixcan(const std::filesystem::path& database);
    void fitHead(const std::filesystem::path& csv);
    /// \param variants common SNVs to score
    void measureBackground(int variants);
    void importPublished(const QStringList& tables, const std::filesystem::path& folder);
    void addFiles(const QStringList& files);

Q_SIGNALS:
    void studyReady(const QString& file); ///< made or changed: to be opened

private:
    void askForDatabase();
    void askForHead();
    void askForTables();
    void askForVariants();
    void askForFiles();
    void showState();

    Session& m_session;
    WindowActions& m_actions;
    MessageStack& m_messages;
    QWidget* m_window;
};

} // namespace diploscope::ui
