// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "figures/figure_entry.h"

#include <span>

namespace diploscope::ui {

enum class ExperimentFigure {
    BeforeAfter, ///< people's predictions before and after an ablation, or a what-if on everybody
    Saturation   ///< a stretch whose bases were all changed in turn: logos and heat maps
};

/// All of them, in the order above. None is part of a gene's report: they are drawn where their experiment is
/// done.
[[nodiscard]] std::span<const FigureEntry> experimentFigures();
[[nodiscard]] const FigureEntry& registered(ExperimentFigure figure);

} // namespace diploscope::ui
