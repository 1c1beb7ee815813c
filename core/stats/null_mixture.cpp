// SPDX-License-Identifier: GPL-3.0-or-later
#include "stats/null_mixture.h"

#include <cmath>
#include <numbers>

namespace diploscope {

double nullDeviation(double mean, double sd) {
    return std::hypot(mean, sd);
}

double expectedBelow(std::span<const double> sds, double x) {
    double sum = 0;
    for (const double sd : sds)
        sum += std::erfc(-x / sd / std::numbers::sqrt2);
    return sum / 2;
}

} // namespace diploscope
