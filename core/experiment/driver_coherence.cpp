// SPDX-License-Identifier: GPL-3.0-or-later
#include "experiment/driver_coherence.h"

#include <algorithm>
#include <cmath>

namespace diploscope {

std::optional<double> largestAttribution(const Saturation& found) {
    double largest = 0;
    for (const double attribution : attributionsOf(found.effects, 1))
        if (!std::isnan(attribution))
            largest = std::max(largest, std::abs(attribution));
    return largest > 0 ? std::optional(largest) : std::nullopt;
}

std::optional<Coherence> coherenceAt(const Saturation& found, int64_t position, double largest) {
    const int64_t first = position - CoherenceReach - found.region.start;
    constexpr int64_t length = 2 * CoherenceReach + 1;
    if (first < 0 || first + length > found.region.length())
        return std::nullopt;
    return coherenceOf(attributionsOf(found.effects.middleRows(first, length), largest));
}

} // namespace diploscope
