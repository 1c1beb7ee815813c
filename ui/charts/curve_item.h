// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "charts/plot_item.h"

#include <QPen>

#include <utility>
#include <vector>

namespace diploscope::ui {

/// A line through points, ascending in x, cut at the plot area's edges.
class CurveItem final : public PlotItem {
public:
    CurveItem(std::vector<std::pair<double, double>> points, const QPen& pen, QGraphicsItem* parent);
    [[nodiscard]] const char* partName() const override { return "curve"; }
    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;

private:
    std::vector<std::pair<double, double>> m_points;
    QPen m_pen;
};

} // namespace diploscope::ui
