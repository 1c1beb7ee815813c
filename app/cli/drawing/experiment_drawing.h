// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/options/locus_options.h"
#include "figures/figure_origin.h"
#include "viewmodels/experiment_work.h"

#include <optional>
#include <string>
#include <vector>

namespace diploscope::cli {

/// What the figures of experiments on one gene have in common.
struct DrawnExperiment {
    const OpenedLocus& opened;
    const ExperimentLocus& on;
    const std::filesystem::path& file; ///< whose ending chooses the format
    const RunContext& context;
};

/// For the proof inside figures.
[[nodiscard]] ui::FigureOrigin originOf(const OpenedLocus& opened);

/// Each draws one figure of the window's to a file. To be called from the main thread, see
/// writeExperimentFigure(), whose errors they have.
/// \param which "drivers", "unsupported", or anything else for those that are given
[[nodiscard]] Result<void> drawAblation(const DrawnExperiment& experiment, const std::string& which,
                                        bool keepOnly, std::vector<Variant> variants, const Ablation& found,
                                        const StatisticsOptions& statistics);
/// \param found of everybody
[[nodiscard]] Result<void> drawWhatIf(const DrawnExperiment& experiment, const std::vector<Variant>& changes,
                                      const WhatIf& found, const std::optional<PairedR>& r);
/// \param backgrounds, rows above each other
[[nodiscard]] Result<void> drawSaturation(const DrawnExperiment& experiment, const ui::SaturationWish& wish,
                                          const std::vector<std::string>& backgrounds,
                                          const std::vector<Saturation>& rows, bool centred);

} // namespace diploscope::cli
