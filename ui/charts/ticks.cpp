// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/ticks.h"

#include "viewmodels/number_text.h"

#include <algorithm>
#include <cmath>

namespace diploscope::ui {
namespace {

/// Ticks are counted in whole steps, because adding a step up over and over drifts.
struct Steps {
    double size = 1;
    double first = 0; ///< whole numbers; a double because positions over tiny steps pass int64
    double last = 0;
    [[nodiscard]] double count() const { return last - first + 1; }
};

Steps stepsOf(const AxisRange& range, double size) {
    // A tick that falls on the range's end up to rounding belongs to it.
    constexpr double slack = 1e-9;
    return {size, std::ceil(range.lower / size - slack), std::floor(range.upper / size + slack)};
}

Steps chooseSteps(const AxisRange& range, int maximum, double smallest) {
    const double wanted = range.span() / std::max(maximum, 2);
    double power = std::pow(10.0, std::floor(std::log10(wanted)));
    for (int decade = 0; decade < 3; ++decade, power *= 10) {
        for (const double factor : {1.0, 2.0, 5.0}) {
            // 10^k is built by division where k < 0: 1e-3 is closer to a thousandth than 0.1 * 0.1 * 0.1.
            const double size = power < 1 ? factor / std::round(1 / power) : factor * std::round(power);
            if (size < wanted * (1 - 1e-9) || size < smallest)
                continue;
            const Steps steps = stepsOf(range, size);
            if (steps.count() <= std::max(maximum, 2))
                return steps;
        }
    }
    return stepsOf(range, std::max(power, smallest));
}

int decimalsFor(double step) {
    return std::max(0, static_cast<int>(-std::floor(std::log10(step) + 1e-9)));
}

Ticks label(const Steps& steps, double divisor, const QString& unit) {
    Ticks ticks;
    ticks.unit = unit;
    const int decimals = decimalsFor(steps.size / divisor);
    for (double i = steps.first; i <= steps.last; ++i) {
        ticks.values.push_back(i * steps.size);
        ticks.labels.push_back(fixedText(i * steps.size / divisor, i == 0 ? 0 : decimals));
    }
    return ticks;
}

} // namespace

AxisRange rangeOf(const std::vector<double>& values, double padding) {
    double lower = INFINITY;
    double upper = -INFINITY;
    for (const double value : values) {
        if (!std::isfinite(value))
            continue;
        lower = std::min(lower, value);
        upper = std::max(upper, value);
    }
    if (lower > upper)
        return {0, 1};
    // Relative, so that values which differ by less than a double can scale are treated as equal.
    const double magnitude = std::max(std::abs(lower), std::abs(upper));
    if (upper - lower <= magnitude * 1e-12) {
        const double half = magnitude > 0 ? magnitude * 0.1 : 1;
        return {lower - half, upper + half};
    }
    const double pad = (upper - lower) * padding;
    return {lower - pad, upper + pad};
}

Ticks niceTicks(const AxisRange& range, int maximum) {
    Steps steps = chooseSteps(range, maximum, 0);
    // One tick tells no scale; five steps to a range always leave two.
    for (int more = maximum + 1; steps.count() < 2 && more <= 6; ++more)
        steps = chooseSteps(range, more, 0);
    const double largest = std::max(std::abs(steps.first), std::abs(steps.last)) * steps.size;
    if (largest > 0 && (largest >= 1e5 || largest < 1e-3)) {
        const int exponent = static_cast<int>(std::floor(std::log10(largest) + 1e-9));
        return label(steps, std::pow(10.0, exponent), powerOfTenText(exponent));
    }
    return label(steps, 1, {});
}

Ticks positionTicks(const AxisRange& range, int maximum) {
    Steps steps = chooseSteps(range, maximum, 1);
    for (int more = maximum + 1; steps.count() < 2 && more <= 6; ++more)
        steps = chooseSteps(range, more, 1);
    if (range.upper >= 1e6 && steps.size >= 1e3)
        return label(steps, 1e6, QStringLiteral("Mb"));
    if (range.upper < 1e6 && range.upper >= 1e3 && steps.size >= 1e2)
        return label(steps, 1e3, QStringLiteral("kb"));
    return label(steps, 1, QStringLiteral("bp"));
}

} // namespace diploscope::ui
