// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "viewmodels/session.h"

#include <filesystem>

namespace diploscope::ui {

class MessageStack;
class WindowActions;

/// Scores that another machine makes: writes the sequences that genes ask the model for, and reads their
/// scores back. Asks which and where, lets a worker do it, and says what became of it. GUI thread.
class ElsewhereTools : public QObject {
    Q_OBJECT

public:
    ElsewhereTools(Session& session, WindowActions& actions, MessageStack& messages, QWidget* window);

    /// The dialogs' answers; what follows is as after the dialog.
    void writeSequences(bool ofAllGenes, const std::filesystem::path& folder);
    void readScores(const std::filesystem::path& folder);

private:
    void askWhich();
    void askWhere(bool ofAllGenes);
    void askForScores();
    void showState();

    Session& m_session;
    WindowActions& m_actions;
    MessageStack& m_messages;
    QWidget* m_window;
};

} // namespace diploscope::ui
