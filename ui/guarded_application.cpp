// SPDX-License-Identifier: GPL-3.0-or-later
#include "guarded_application.h"

#include "base/edge.h"
#include "base/log.h"

namespace diploscope::ui {

bool GuardedApplication::notify(QObject* receiver, QEvent* event) {
    const Result<bool> handled = atEdge("What was asked of the window", [&]() -> Result<bool> {
        return QApplication::notify(receiver, event);
    });
    if (handled)
        return *handled;
    logError(handled.error());
    Q_EMIT handlerFailed(handled.error());
    return false;
}

} // namespace diploscope::ui
