// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "figures/figure_entry.h"

#include <span>

namespace diploscope::ui {

/// The figures of all genes, in the order of GenomeFigure, which commands write them in. Of what they draw
/// FigureTrack::datum holds rows of the table; the bars of a histogram stand for none.
[[nodiscard]] std::span<const FigureEntry> genomeFigures();
[[nodiscard]] const FigureEntry& registered(GenomeFigure figure);

} // namespace diploscope::ui
