// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "charts/ticks.h"

#include <QPointF>
#include <QRectF>

namespace diploscope::ui {

/// How data become scene coordinates of a chart: linear on both axes, y upwards. The same map as
/// QChart::mapToPosition, without its look-up of series and domain for each point.
struct PlotMap {
    QRectF plot; ///< the chart's plotArea(), in chart coordinates
    AxisRange x;
    AxisRange y;

    [[nodiscard]] double toX(double value) const {
        return plot.left() + (value - x.lower) / x.span() * plot.width();
    }
    [[nodiscard]] double toY(double value) const {
        return plot.bottom() - (value - y.lower) / y.span() * plot.height();
    }
    [[nodiscard]] QPointF toScene(double valueX, double valueY) const { return {toX(valueX), toY(valueY)}; }
    [[nodiscard]] bool showsY(double value) const { return value >= y.lower && value <= y.upper; }
    [[nodiscard]] bool shows(double valueX, double valueY) const {
        return valueX >= x.lower && valueX <= x.upper && showsY(valueY);
    }
    friend bool operator==(const PlotMap&, const PlotMap&) = default;
};

} // namespace diploscope::ui
