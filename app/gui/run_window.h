// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "model/score_request.h"

#include <optional>
#include <string>

namespace diploscope::gui {

/// What the window is to show first.
struct WindowRequest {
    /// A `*.study.json` or a session's `*.diploscope.json`; empty: what was open last, else the welcome page.
    std::string study;
    std::string gene;  ///< id, symbol or `chr:pos`; empty: none, or the session's
    std::string model; ///< folder or name; empty: the study's first, or the session's
};

/// Opens the window and runs until it is closed. \return the exit code. \error Unsupported without a display;
/// NotFound without a font
[[nodiscard]] Result<int> runWindow(const WindowRequest& request);

/// A picture of the window, taken without a display once the analysis is finished.
struct SnapshotRequest {
    WindowRequest window;
    ScoreRequest score;           ///< of whatever model is shown
    bool trust = false;           ///< let the model run where it is a program, and remember that
    bool allGenes = false;        ///< analyse them too, for the list
    bool welcome = false;         ///< the welcome page instead of the gene's
    std::optional<bool> genome{}; ///< the page of all genes instead of the gene's; empty: as a session says
    bool dark = false;
    int width = 1440; ///< device-independent pixels
    int height = 900;
    int scale = 1; ///< pixels for each of them
    std::string file;
};

/// Reads and writes nothing of the user's own settings. \error what the window would show; Io
[[nodiscard]] Result<void> takeSnapshot(SnapshotRequest request);

} // namespace diploscope::gui
