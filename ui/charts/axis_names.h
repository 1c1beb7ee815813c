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

/// What becomes of names that are longer than their room: cut in the middle, or, in print, in several lines.
enum class LongNames { Cut, Broken };

/// Names that `range` shows, escaped and distinct, as Qt Charts takes labels. \param names ascending
/// \param width of the axis: each name gets the room up to its neighbours
[[nodiscard]] Ticks namesAlongX(const std::vector<AxisName>& names, const AxisRange& range, const QFont& font,
                                double width, LongNames longNames);
/// Where rows are narrow, not every one has its name: from the top down those that find room.
/// \param most width of a name
[[nodiscard]] Ticks namesAlongY(const std::vector<AxisName>& names, const AxisRange& range, const QFont& font,
                                double height, double most, LongNames longNames);

/// The widest of a label's lines, and how many these are.
[[nodiscard]] double labelWidth(const QString& label, const QFont& font);
[[nodiscard]] qsizetype labelLines(const QString& label);

} // namespace diploscope::ui
