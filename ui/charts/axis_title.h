// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "charts/rich_label.h"
#include "charts/theme.h"

#include <QFont>

#include <vector>

namespace diploscope::ui {

/// An axis title, in as many lines as it needs.
struct AxisTitle {
    std::vector<RichLabel> lines;
    QFont font;
    [[nodiscard]] double height() const;
    [[nodiscard]] QString html() const;
};

/// No line of no title. \param room along the axis \param depth away from it; smaller letters rather than
/// more than that, and it is cut only where the smallest do not help, in print never: there letters are below
/// ChartStyle::leastSize only where Qt Charts would leave the title out. On screen a low track's is without
/// the unit behind the comma, where it would take more than two lines or there is no room for a word of it
[[nodiscard]] AxisTitle axisTitle(const RichLabel& title, const ChartStyle& style, double room, double depth);

} // namespace diploscope::ui
