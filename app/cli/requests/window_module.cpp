// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/requests/window_module.h"

#include "base/program_module.h"

namespace diploscope::cli {

namespace {

constexpr ProgramModule theWindow{
    .file = "libdiploscope_window.so",
    .name = "window module",
    .library = "Qt",
    .whereMissing = "The window, and what commands draw, need it: install the package diploscope (sudo apt "
                    "install diploscope), or the program completely. All else runs without it.",
    .whereUnusable = "Install Qt 6 with Charts and SVG (Debian: libqt6charts6, libqt6svg6) in the version "
                     "that this program was built with."};

} // namespace

Result<const WindowModule*> windowModule() {
    static const Result<const WindowModule*> window = openInterface<WindowModule>(
        theWindow, "diploscopeWindowModule", kWindowInterfaceVersion, DIPLOSCOPE_VERSION);
    return window;
}

} // namespace diploscope::cli
