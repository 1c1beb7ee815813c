// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <vector>

namespace diploscope::ui {

/// A closed interval of data values; lower < upper.
struct AxisRange {
    double lower = 0;
    double upper = 1;

    [[nodiscard]] double span() const { return upper - lower; }
    friend bool operator==(const AxisRange&, const AxisRange&) = default;
};

/// The range that shows finite `values` with `padding` (a fraction of their span) on both sides. Values that
/// are all equal get a range round them; none at all gives 0 to 1.
[[nodiscard]] AxisRange rangeOf(const std::vector<double>& values, double padding);

/// Ticks of one axis, ascending, all within the range.
struct Ticks {
    std::vector<double> values;  ///< data values
    std::vector<QString> labels; ///< distinct; U+2212 as minus
    QString unit;                ///< what the labels count: "Mb", "×10⁶"; empty: the data's own unit
};

/// Multiples of 1, 2 or 5 x 10^k, the most that are no more than `maximum` (at least 2). Labels carry as many
/// decimals as the step needs; very large and very small numbers are divided by a power of ten that `unit`
/// names.
[[nodiscard]] Ticks niceTicks(const AxisRange& range, int maximum);

/// Ticks of genome positions (1-based bp), labelled in Mb, kb or bp, whichever is shortest.
[[nodiscard]] Ticks positionTicks(const AxisRange& range, int maximum);

} // namespace diploscope::ui
