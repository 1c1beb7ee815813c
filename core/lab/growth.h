// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <filesystem>
#include <string>
#include <vector>

namespace diploscope {

/// What a step took at one size.
struct GrowthPoint {
    double size = 0;
    double cpuSeconds = 0;
    double peakMegabytes = 0; ///< of the whole program
};

/// A step at several sizes of one thing.
struct GrowthCurve {
    std::string axis;                ///< what grows: "people"
    std::string what;                ///< the step
    std::vector<GrowthPoint> points; ///< at least two, ascending in size; all numbers above 0
};

/// Reads what tests/bench/growth.py measured: a table axis, what, size, cpu_s, peak_memory_mb; rows of one
/// axis and step make a curve, in the order in which they first come. \error as TableReader; BadInput for a
/// number that is not above 0, a size twice, a step of one size, and for no row
[[nodiscard]] Result<std::vector<GrowthCurve>> readGrowth(const std::filesystem::path& file);

/// The power of the size that a number grows with: the slope of its logarithm.
struct Exponent {
    double all = 0;  ///< least squares over all sizes
    double last = 0; ///< between the two largest, where what comes once weighs least
};
[[nodiscard]] Exponent growthOf(const GrowthCurve& curve, double GrowthPoint::*number);

} // namespace diploscope
