// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/run_window.h"

#include "base/log.h"
#include "gui/application.h"
#include "main_window.h"
#include "views/app_theme.h"

#include <cstdlib>

namespace diploscope::gui {

namespace {

bool isSet(const char* variable) {
    const char* value = std::getenv(variable);
    return value != nullptr && *value != '\0';
}

} // namespace

Result<int> runWindow(const WindowRequest& request) {
    // Qt would end the process with advice about plugins.
    if (!isSet("DISPLAY") && !isSet("WAYLAND_DISPLAY") && !isSet("QT_QPA_PLATFORM"))
        return fail(ErrorKind::Unsupported, "The window needs a display, and there is none.",
                    "DISPLAY, WAYLAND_DISPLAY",
                    "Commands need none: see `diploscope --help`. Over ssh, connect with -X.");
    DS_ASSIGN(const ui::Language language, askedLanguage(request.language, ui::Preferences::load().language));
    const std::unique_ptr<ui::GuardedApplication> application = makeApplication(false);
    const ui::Translation translation(language);
    DS_ASSIGN(const ui::ChartStyle style, ui::ChartStyle::screen(ui::lightTheme()));
    ui::AppTheme theme(style);
    ui::MainWindow window(theme, {});
    QObject::connect(application.get(), &ui::GuardedApplication::handlerFailed, &window,
                     &ui::MainWindow::showError);
    // Closed is not finished: workers come to the end of their batch first.
    QGuiApplication::setQuitOnLastWindowClosed(false);
    QObject::connect(&window, &ui::MainWindow::finished, application.get(), &QCoreApplication::quit);
    // What was computed is stored by transactions; the window's own files were written as it closed.
    QObject::connect(&window, &ui::MainWindow::stuck, [] {
        logLine("window", "A model did not come to the end of its batch: the program ends without it.");
        std::_Exit(EXIT_FAILURE);
    });
    if (!request.study.empty())
        window.openStudy(QString::fromStdString(request.study), QString::fromStdString(request.gene),
                         QString::fromStdString(request.model));
    else
        window.restoreSession();
    window.show();
    return QCoreApplication::exec();
}

} // namespace diploscope::gui
