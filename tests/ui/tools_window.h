// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "viewmodels/session.h"
#include "views/message_stack.h"
#include "views/window_actions.h"
#include "waiting.h"

#include <QWidget>

#include <memory>

namespace diploscope::test {

/// What a menu's tools work on, without the rest of the window. `Tools` is the class that is tried.
template <class Tools>
struct ToolsWindow {
    QWidget window;
    ui::JobRunner jobs;
    ui::Session session{jobs};
    ui::WindowActions* actions = new ui::WindowActions(&window);
    ui::MessageStack* messages = new ui::MessageStack(&window);
    Tools* tools = new Tools(session, *actions, *messages, &window);

    [[nodiscard]] bool open(const QString& study) {
        session.openStudy(study);
        return waitUntil([&] { return session.study() && !jobs.isBusy(); });
    }
    /// Once what the last wish began has ended, with as many messages as there are to be.
    [[nodiscard]] bool told(int count) {
        return waitUntil([&] { return messages->count() == count && !jobs.isBusy(); });
    }
};

} // namespace diploscope::test
