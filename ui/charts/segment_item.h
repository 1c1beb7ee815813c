// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "charts/plot_item.h"

#include <QPen>

#include <vector>

namespace diploscope::ui {

/// Straight lines along one of the axes, cut at the plot area's edges: intervals, and what joins two marks.
class SegmentItem final : public PlotItem {
public:
    struct Segment {
        double fromX = 0, fromY = 0, toX = 0, toY = 0; ///< data; one of both coordinates is the same
    };
    /// \param cap length of the strokes across both ends, scene units; 0: none
    SegmentItem(std::vector<Segment> segments, const QPen& pen, double cap, QGraphicsItem* parent);
    [[nodiscard]] const std::vector<Segment>& segments() const { return m_segments; }
    [[nodiscard]] const char* partName() const override { return "segments"; }
    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;

private:
    std::vector<Segment> m_segments;
    QPen m_pen;
    double m_cap;
};

} // namespace diploscope::ui
