// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/run_window.h"
#include "model/score_request.h"

#include <optional>
#include <string>
#include <vector>

namespace diploscope::cli {

/// A picture of the window, taken without a display once the analysis is finished.
struct SnapshotRequest {
    gui::WindowRequest window;
    ScoreRequest score;    ///< of whatever model is shown
    bool trust = false;    ///< let the model run where it is a program, and remember that
    bool allGenes = false; ///< analyse them too, for the list
    /// The gene's page, with the card of people or without; what is tried on the gene, kind by kind.
    enum class Page { Gene, Person, Genome, WhatIf, Ablation, Saturation, Audit, Figures, Welcome };
    std::optional<Page> page{}; ///< empty: as a session says, else the gene's
    /// That is composed: a template's name, or a `*.figure.json`; empty: as a session says, else none.
    std::string figure;
    std::vector<std::string> people; ///< selected, samples of the study; empty: as a session says
    bool dark = false;
    int width = 1440; ///< device-independent pixels
    int height = 900;
    int scale = 1; ///< pixels for each of them
    std::string file;
};

} // namespace diploscope::cli
