// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/help_tools.h"

#include "base/crash_note.h"
#include "base/log.h"
#include "views/about_dialog.h"
#include "views/guide_button.h"
#include "views/guide_dialog.h"
#include "views/machine_dialog.h"
#include "views/message_stack.h"
#include "views/shortcuts_dialog.h"
#include "views/window_actions.h"

#include <QAction>
#include <QApplication>
#include <QDesktopServices>
#include <QStackedWidget>
#include <QUrl>
#include <QWhatsThisClickedEvent>

#include <utility>

namespace diploscope::ui {

HelpTools::HelpTools(Session& session, WindowActions& actions, MessageStack& messages, QWidget* window)
    : QObject(window), m_session(session), m_messages(messages), m_window(window) {
    connect(actions.guide, &QAction::triggered, this, [this] {
        const QString place = guidePlaceOf(QApplication::focusWidget());
        const auto* pages = m_window->findChild<QStackedWidget*>(QStringLiteral("pages"));
        showGuide(!place.isEmpty() || pages == nullptr ? place : guidePlaceOf(pages->currentWidget()));
    });
    window->installEventFilter(this);
    connect(actions.shortcuts, &QAction::triggered, this,
            [&actions, window] { (new ShortcutsDialog(actions.all(), window))->show(); });
    connect(actions.machine, &QAction::triggered, this, [this] {
        (new MachineDialog(m_session.jobs(), m_session.settings().cacheFile, m_window))->show();
    });
    connect(actions.showLog, &QAction::triggered, this,
            [this] { showPlace(logFile, tr("Nothing was logged yet.")); });
    connect(actions.showCrashNotes, &QAction::triggered, this, [this] {
        showPlace([] { return crashNotes().empty() ? std::filesystem::path() : logFolder(); },
                  tr("There is no crash note."));
    });
    connect(actions.about, &QAction::triggered, this, [window] { (new AboutDialog(window))->show(); });
}

bool HelpTools::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() != QEvent::WhatsThisClicked)
        return QObject::eventFilter(watched, event);
    showGuide(static_cast<QWhatsThisClickedEvent*>(event)->href());
    return true;
}

void HelpTools::showGuide(const QString& place) {
    auto* open = m_window->findChild<GuideDialog*>();
    GuideDialog* guide = open != nullptr ? open : new GuideDialog(m_window);
    if (!place.isEmpty())
        guide->showPlace(place);
    guide->show();
    guide->raise();
    guide->activateWindow();
}

void HelpTools::showPlace(std::function<std::filesystem::path()> find, const QString& absent) {
    m_session.jobs().run<QString>(
        {}, {}, JobRunner::Priority::Seen,
        [find = std::move(find)](const RunContext&) -> Result<QString> {
            std::error_code ignored;
            const std::filesystem::path place = find();
            return std::filesystem::exists(place, ignored) ? QString::fromStdString(place.string())
                                                           : QString();
        },
        this,
        [this, absent](const Result<QString>& place) {
            if (!place || place->isEmpty())
                m_messages.tell(absent);
            else if (!QDesktopServices::openUrl(QUrl::fromLocalFile(*place)))
                m_messages.tell(tr("No program opens it here."), *place);
        });
}

} // namespace diploscope::ui
