// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cmath>
#include <vector>

namespace diploscope::test {

/// Kolmogorov and Smirnov's: the largest distance between the values' distribution and the uniform one, times
/// sqrt(n).
inline double kolmogorovSmirnov(std::vector<double> p) {
    std::sort(p.begin(), p.end());
    double distance = 0;
    const auto n = double(p.size());
    for (size_t i = 0; i < p.size(); ++i)
        distance = std::max({distance, p[i] - double(i) / n, double(i + 1) / n - p[i]});
    return distance * std::sqrt(n);
}

/// What it exceeds once in a hundred times where p is uniform.
inline constexpr double UniformAtOnePercent = 1.63;

} // namespace diploscope::test
