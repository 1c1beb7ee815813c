// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

namespace diploscope::ui {

/// How crowded it is round each of many points: a count on a grid of 96 x 96 cells over the points' range,
/// smoothed by a Gaussian of 1.5 cells, as a fraction of the largest. \param x, y [points], finite
/// \return [points], above 0 and at most 1
[[nodiscard]] std::vector<double> pointDensity(const std::vector<double>& x, const std::vector<double>& y);

} // namespace diploscope::ui
