// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "charts/figure.h"
#include "viewmodels/saturation_shown.h"

namespace diploscope::ui {

/// A saturated stretch: for each sequence its logo and below it the 4 x L heat map, all on one x axis and one
/// colour scale, the logos on one y axis. FigureTrack::datum of heat maps on screen counts cells as
/// SaturationShown::cellText().
[[nodiscard]] Figure drawSaturation(const SaturationShown& shown, const ChartStyle& style, Medium medium);

} // namespace diploscope::ui
