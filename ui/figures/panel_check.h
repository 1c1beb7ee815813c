// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "figure/figure_design.h"
#include "figures/figure_entry.h"

namespace diploscope::ui {

/// Whether a figure can be asked for all that a panel says, and is told what it needs. \error BadInput with
/// the key: what makes no other picture of that figure, a word that stands for nothing, what is missing
[[nodiscard]] Result<void> checkPanel(const FigureEntry& entry, const PanelDesign& panel);

} // namespace diploscope::ui
