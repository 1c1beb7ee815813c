// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/locus_options.h"

#include <optional>
#include <string>
#include <vector>

namespace diploscope::cli {

/// What the figures of experiments on one gene have in common.
struct DrawnExperiment {
    const OpenedLocus& opened;
    const PreparedLocus& locus;
    const Eigen::VectorXd& observed; ///< [people]; of a saturation none
    const Provenance& provenance;
    const std::filesystem::path& file; ///< whose ending chooses the format
};

/// Each draws one figure of the window's to a file. To be called from the main thread, see
/// writeExperimentFigure(), whose errors they have.
[[nodiscard]] Result<void> drawAblation(const DrawnExperiment& experiment,
                                        const std::vector<Variant>& variants, bool keepOnly,
                                        const Ablation& found);
/// \param found of everybody
[[nodiscard]] Result<void> drawWhatIf(const DrawnExperiment& experiment, const std::vector<Variant>& changes,
                                      const WhatIf& found, const std::optional<PairedR>& r);
/// \param backgrounds, rows above each other \param isRoundTss a line then stands there
[[nodiscard]] Result<void> drawSaturation(const DrawnExperiment& experiment,
                                          const std::vector<std::string>& backgrounds,
                                          const std::vector<Saturation>& rows, bool isRoundTss, bool centred);

} // namespace diploscope::cli
