// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analysis/gene_statistics.h"
#include "cli/options/work_options.h"
#include "figure/figure_command.h"
#include "figure/figure_design.h"
#include "figure/figure_proof.h"
#include "figures/figure_sources.h"
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

/// What a figure's file says of itself. \error as embeddedProof and parseProof, with the file; NotFound, Io
[[nodiscard]] Result<FigureProof> proofIn(const std::filesystem::path& file);
/// The same of a figure's file or a report's, which are told apart by `isReport`.
struct StoredProof {
    FigureProof proof;
    bool isReport = false;
};
/// \param content of the file
[[nodiscard]] Result<StoredProof> storedProofIn(const std::string& content,
                                                const std::filesystem::path& file);

/// The specification that is meant, with what options say of it. Of no gene where several are asked for.
/// \error NotFound: no such figure, template or file; BadInput: options that the figure does not have
[[nodiscard]] Result<FigureDesign> requestedDesign(const FigureRequest& request);

/// Of which study, model and gene something is asked for, and how its numbers come about; no panels. Of no
/// gene where several are asked for.
[[nodiscard]] FigureDesign requestedSubject(const FigureRequest& request);

/// How scores come about; notes go to stderr. \error of the cache's file
[[nodiscard]] Result<ui::SourceSettings> sourceSettings(const FigureRequest& request);

} // namespace diploscope::cli
