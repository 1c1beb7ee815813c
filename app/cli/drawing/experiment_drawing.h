// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/requests/drawn_experiment.h"
#include "figures/figure_origin.h"

namespace diploscope::cli {

/// For the proof inside figures.
[[nodiscard]] ui::FigureOrigin originOf(const OpenedLocus& opened);

/// Each as the function of the same name of WindowModule.
[[nodiscard]] Result<void> drawAblation(const DrawnExperiment& experiment, const DrawnAblation& ablation);
[[nodiscard]] Result<void> drawWhatIf(const DrawnExperiment& experiment, const DrawnWhatIf& whatIf);
[[nodiscard]] Result<void> drawSaturation(const DrawnExperiment& experiment,
                                          const DrawnSaturation& saturation);

} // namespace diploscope::cli
