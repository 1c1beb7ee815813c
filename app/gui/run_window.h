// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <string>

namespace diploscope::gui {

/// What the window is to show first.
struct WindowRequest {
    /// A `*.study.json` or a session's `*.diploscope.json`; empty: what was open last, else the welcome page.
    std::string study;
    std::string gene;  ///< id, symbol or `chr:pos`; empty: none, or the session's
    std::string model; ///< folder or name; empty: the study's first, or the session's
    /// "system", "en" or that of another translation; empty: as the preferences say, of a picture English.
    std::string language;
};

/// Opens the window and runs until it is closed. \return the exit code. \error Unsupported without a display;
/// NotFound without a font; BadInput: no such language
[[nodiscard]] Result<int> runWindow(const WindowRequest& request);

} // namespace diploscope::gui
