// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "viewmodels/session.h"

#include <QObject>

#include <filesystem>
#include <functional>

namespace diploscope::ui {

class MessageStack;
class WindowActions;

/// What the Help menu leads to: guide, keys, what the machine is, the log and the notes of crashes. GUI
/// thread.
class HelpTools : public QObject {
    Q_OBJECT

public:
    HelpTools(Session& session, WindowActions& actions, MessageStack& messages, QWidget* window);

    /// Links of the guide that a part of the window asks for (`GuideButton`).
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    /// \param place a link of it; empty: where it was
    void showGuide(const QString& place);
    /// Opens a file or folder with the desktop's program; says `absent` where it is not there. \param find on
    /// a worker; empty: there is none
    void showPlace(std::function<std::filesystem::path()> find, const QString& absent);

    Session& m_session;
    MessageStack& m_messages;
    QWidget* m_window;
};

} // namespace diploscope::ui
