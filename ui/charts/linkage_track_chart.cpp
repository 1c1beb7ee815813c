// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/linkage_track_chart.h"

#include <algorithm>

namespace diploscope::ui {

LinkageTrackChart::LinkageTrackChart(const LocusTracks& shown, const ChartStyle& style, QGraphicsItem* parent)
    : TrackChart(style, shown.ism.xTitle, QStringLiteral("kb apart"), parent)
    , m_triangle(shown.triangle)
    , m_picture(follow(new LinkageItem(shown.triangle, style, this))) {
    setHeader(shown.ism.gene, m_triangle->title, {});
    setLegend({}, {{m_triangle->title, {style.theme.muted, MarkShape::Triangle}, LegendItem::Fill::Hollow}});
    setColourBar(QStringLiteral("r²"), linkageScale(style.theme),
                 {{0, QStringLiteral("0")}, {0.5, QStringLiteral("0.5")}, {1, QStringLiteral("1")}});
    double widest = 1 / LinkageItem::UnitBp;
    if (!m_triangle->positions.empty())
        widest = std::max(widest, (m_triangle->positions.back() - m_triangle->positions.front()) /
                                      LinkageItem::UnitBp);
    setFullRanges({shown.ism.windowStart, shown.ism.windowEnd}, {0, widest});
}

std::optional<FigureArea> LinkageTrackChart::areaAt(QPointF at) const {
    const auto pair = m_picture->pairAt(at);
    if (!pair)
        return std::nullopt;
    return FigureArea{QRectF(at, QSizeF()), linkageToolTip(*m_triangle, pair->first, pair->second),
                      std::nullopt};
}

} // namespace diploscope::ui
