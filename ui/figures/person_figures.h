// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "figures/figure_entry.h"

#include <span>

namespace diploscope::ui {

enum class PersonFigure {
    Haplotypes, ///< what both copies carry along the locus
    Waterfall   ///< how their scores come about, step by step
};

/// All of them, in the order above. Of what they draw FigureTrack::datum holds: haplotypes, and each of the
/// two waterfalls, an index into PersonStory::variants, `notShown` for several variants at once.
[[nodiscard]] std::span<const FigureEntry> personFigures();
[[nodiscard]] const FigureEntry& registered(PersonFigure figure);

} // namespace diploscope::ui
