// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analysis/gene_statistics.h"
#include "cli/options/work_options.h"
#include "figure/figure_command.h"
#include "figure/figure_design.h"
#include "model/score_request.h"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace diploscope::cli {

/// A command line of `diploscope figure`.
struct FigureRequest : WorkRequest {
    /// What one of panelOptions() was given.
    struct Choice {
        const PanelOption* option = nullptr;
        std::vector<std::string> words;
        bool isGiven = false;
    };
    std::filesystem::path study;    ///< empty: the figure's own
    std::string figure;             ///< of the registry, a file's, or a template's
    std::vector<std::string> genes; ///< none: the figure's own
    std::string model;              ///< the same
    std::vector<Choice> choices;
    std::optional<double> widthMm, heightMm, fontPt;
    std::optional<int> dpi;
    std::string font;
    bool transparent = false;
    ScoreRequest score;
    StatisticsOptions statistics;
    std::vector<std::filesystem::path> out; ///< may hold `{gene}`
    bool withData = false;

    std::filesystem::path verified;             ///< file to be made again; empty: none
    std::vector<std::filesystem::path> studies; ///< of that one, in place of its own
    bool lists = false;                         ///< figures and templates, and no more
};

/// A command line of `diploscope report`.
struct ReportRequest : FigureRequest {
    std::string null;           ///< of all genes; empty: the study's
    std::filesystem::path file; ///< may hold `{gene}`
};

} // namespace diploscope::cli
