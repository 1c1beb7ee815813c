// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"

#include <QApplication>

namespace diploscope::ui {

/// A QApplication that outlives what event handlers and slots throw: Qt would end the program, and with it
/// whatever else is being worked on. The handler is cut short, the window goes on.
class GuardedApplication : public QApplication {
    Q_OBJECT

public:
    using QApplication::QApplication;
    bool notify(QObject* receiver, QEvent* event) override;

Q_SIGNALS:
    void handlerFailed(const diploscope::Error& error);
};

} // namespace diploscope::ui
