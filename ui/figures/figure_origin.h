// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/run_context.h"
#include "figures/drawn_design.h"
#include "model/score_request.h"
#include "study/study_file.h"

#include <string>
#include <utility>
#include <vector>

namespace diploscope::ui {

/// Where the data of figures come from, as far as they do not say so themselves: for whoever has data at hand
/// and wants a figure of them that can be made again.
struct FigureOrigin {
    struct Model {
        std::string name;   ///< as reports have it; empty: as its folder says
        std::string place;  ///< folder or name that it was opened from
        ScoreRequest asked; ///< besides what the study asks
    };
    StudyFile study;
    std::vector<Model> models; ///< those that are not merely the study's
    FigureDesign::Statistics statistics = {};
};

using FiguresAtHand = std::vector<std::pair<const FigureEntry*, ReadyFigure>>;

/// Each a figure by itself, specified as its data say. Reads the study's files: for workers and commands.
/// \error as studyInputs and ReadyFigure::inputs; Cancelled
[[nodiscard]] Result<std::vector<DesignedFigure>>
designedFigures(FiguresAtHand figures, const FigureOrigin& origin, const RunContext& context);

/// A figure without panels: of this study, gene and model, with what is asked of them. Reads models' folders:
/// for workers and commands. \param model as reports have it; empty: none is open
[[nodiscard]] FigureDesign freshDesign(const FigureOrigin& origin, const std::string& gene,
                                       const std::string& model);
/// The same with a panel of which there are no data yet, as its entry is without a choice.
[[nodiscard]] FigureDesign freshDesign(const FigureEntry& entry, const FigureOrigin& origin,
                                       const std::string& gene, const std::string& model);

} // namespace diploscope::ui
