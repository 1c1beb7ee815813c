// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cmath>
#include <limits>

namespace diploscope {

/// Where `function` is least between `low` and `high`, by Brent's method (golden section and parabolas), to
/// about `precision`. One of the local minima where there are several. The steps are those of R's `optimize`,
/// so that results which hang on where it stops are the same. Source: Brent 1973, chapter 5.
template <class Function>
[[nodiscard]] double minimise(Function&& function, double low, double high, double precision) {
    const double golden = (3 - std::sqrt(5.0)) / 2;
    const double relative = std::sqrt(std::numeric_limits<double>::epsilon());

    struct Point {
        double at, value;
    };
    const double start = low + golden * (high - low);
    Point best{start, function(start)};
    Point second = best;
    Point third = best;
    double step = 0;
    double stepBefore = 0;
    for (;;) {
        const double middle = (low + high) / 2;
        const double reach = relative * std::abs(best.at) + precision / 3;
        if (std::abs(best.at - middle) <= 2 * reach - (high - low) / 2)
            return best.at;

        // A parabola through the three best points says numerator / denominator further.
        double numerator = 0;
        double denominator = 0;
        double limit = 0;
        if (std::abs(stepBefore) > reach) {
            const double r = (best.at - second.at) * (best.value - third.value);
            const double q = (best.at - third.at) * (best.value - second.value);
            numerator = (best.at - third.at) * q - (best.at - second.at) * r;
            denominator = 2 * (q - r);
            if (denominator > 0)
                numerator = -numerator;
            else
                denominator = -denominator;
            limit = stepBefore;
            stepBefore = step;
        }
        if (std::abs(numerator) >= std::abs(denominator * limit / 2) ||
            numerator <= denominator * (low - best.at) || numerator >= denominator * (high - best.at)) {
            stepBefore = best.at < middle ? high - best.at : low - best.at;
            step = golden * stepBefore;
        } else {
            step = numerator / denominator;
            const double to = best.at + step;
            if (to - low < 2 * reach || high - to < 2 * reach)
                step = best.at < middle ? reach : -reach;
        }
        const double to = best.at + (std::abs(step) >= reach ? step : std::copysign(reach, step));

        const Point next{to, function(to)};
        if (next.value <= best.value) {
            (next.at < best.at ? high : low) = best.at;
            third = second;
            second = best;
            best = next;
            continue;
        }
        (next.at < best.at ? low : high) = next.at;
        if (next.value <= second.value || second.at == best.at) {
            third = second;
            second = next;
        } else if (next.value <= third.value || third.at == best.at || third.at == second.at) {
            third = next;
        }
    }
}

} // namespace diploscope
