// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace diploscope {

/// A two-sided 95 % interval, ends included.
struct Interval {
    double low = 0;
    double high = 0;

    [[nodiscard]] bool holds(double value) const { return low <= value && value <= high; }
};

} // namespace diploscope
