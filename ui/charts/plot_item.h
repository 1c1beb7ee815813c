// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "charts/plot_map.h"

#include <QGraphicsItem>

namespace diploscope::ui {

/// Something that a chart draws over (or under) its plot area in data coordinates. The chart owns it and
/// tells it whenever ranges or plot area change; it repaints, and nothing else happens while a person pans.
///
/// paint() is called with a null widget for export: items then draw shapes, never pictures of them, and keep
/// within the plot area by themselves, because SVG is written without clipping.
class PlotItem : public QGraphicsItem {
public:
    using QGraphicsItem::QGraphicsItem;

    void setMap(const PlotMap& map) {
        if (map == m_map)
            return;
        if (map.plot != m_map.plot)
            prepareGeometryChange();
        m_map = map;
        mapChanged();
        update();
    }
    [[nodiscard]] const PlotMap& map() const { return m_map; }
    [[nodiscard]] QRectF boundingRect() const override {
        return m_map.plot.adjusted(-overhang, -overhang, overhang, overhang);
    }
    /// As groups of exported figures are called, for whoever edits them: "marks".
    [[nodiscard]] virtual const char* partName() const { return "drawing"; }

protected:
    /// For work that depends on where things lie, done once per change instead of once per paint.
    virtual void mapChanged() {}

    /// A mark whose centre is within the plot area is drawn whole, so it may pass the area's edge by this
    /// much.
    static constexpr double overhang = 24;

private:
    PlotMap m_map;
};

/// Stacking order among a chart's children. Qt Charts puts its grid at 2 and its axes at 3.
namespace layer {
inline constexpr double tint = 1.2;
inline constexpr double rule = 2.5;
inline constexpr double axis = 3;
inline constexpr double marks = 10;
inline constexpr double line = 11;
inline constexpr double drivers = 12;
inline constexpr double labels = 13;
} // namespace layer

} // namespace diploscope::ui
