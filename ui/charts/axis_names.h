// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "charts/ticks.h"

#include <QFont>

#include <vector>

namespace diploscope::ui {

/// Plain text at a place of an axis, in place of a number.
struct AxisName {
    double value = 0;
    QString text;
};

/// Names that `range` shows, escaped and distinct, as Qt Charts takes labels. \param names ascending
/// \param width of the axis: each name gets the room up to its neighbours
[[nodiscard]] Ticks namesAlongX(const std::vector<AxisName>& names, const AxisRange& range, const QFont& font,
                                double width);
/// Where rows are narrow, not every one has its name: from the top down those that find room.
/// \param most width of a name; what is longer is cut in its middle
[[nodiscard]] Ticks namesAlongY(const std::vector<AxisName>& names, const AxisRange& range, const QFont& font,
                                double height, double most);

} // namespace diploscope::ui
