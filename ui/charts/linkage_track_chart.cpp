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

FigureArea LinkageTrackChart::areaOfPair(const Pair& pair) const {
    return FigureArea{m_picture->pairRect(pair.first, pair.second),
                      linkageToolTip(*m_triangle, pair.first, pair.second),
                      std::nullopt,
                      {m_triangle->variants[pair.first], m_triangle->variants[pair.second]}};
}

std::optional<FigureArea> LinkageTrackChart::areaAt(QPointF at) const {
    const auto pair = m_picture->pairAt(at);
    return pair ? std::optional(areaOfPair(*pair)) : std::nullopt;
}

FigureStop LinkageTrackChart::stopOf(const Pair& pair) const {
    return {m_triangle->variants[pair.first], m_triangle->variants[pair.second]};
}

std::optional<LinkageTrackChart::Pair> LinkageTrackChart::pairOf(const FigureStop& stop) const {
    const std::vector<size_t>& variants = m_triangle->variants;
    const auto left = std::lower_bound(variants.begin(), variants.end(), stop.across);
    const auto right = std::lower_bound(variants.begin(), variants.end(), stop.up);
    if (left == variants.end() || right == variants.end() || *left != stop.across || *right != stop.up)
        return std::nullopt;
    return Pair(left - variants.begin(), right - variants.begin());
}

std::optional<FigureStop> LinkageTrackChart::firstStop(double x, Way) const {
    const std::vector<double>& positions = m_triangle->positions;
    if (positions.size() < 2)
        return std::nullopt;
    const size_t left = std::min(nearestOf(positions, x), positions.size() - 2);
    return stopOf({left, left + 1});
}

/// Along x both of a pair go on, upwards they come to stand farther apart: so every pair is reached.
std::optional<FigureStop> LinkageTrackChart::nextStop(const FigureStop& from, Way way) const {
    const std::optional<Pair> pair = pairOf(from);
    if (!pair)
        return std::nullopt;
    const auto& [left, right] = *pair;
    const size_t last = m_triangle->positions.size() - 1;
    switch (way) {
    case Way::Left:
        return left > 0 ? std::optional(stopOf({left - 1, right - 1})) : std::nullopt;
    case Way::Right:
        return right < last ? std::optional(stopOf({left + 1, right + 1})) : std::nullopt;
    case Way::Up:
        return right < last ? std::optional(stopOf({left, right + 1}))
               : left > 0   ? std::optional(stopOf({left - 1, right}))
                            : std::nullopt;
    case Way::Down:
        break;
    }
    return right - left > 1 ? std::optional(stopOf({left, right - 1})) : std::nullopt;
}

std::optional<QPointF> LinkageTrackChart::placeOf(const FigureStop& stop) const {
    const std::optional<Pair> pair = pairOf(stop);
    if (!pair)
        return std::nullopt;
    const double left = m_triangle->positions[pair->first];
    const double right = m_triangle->positions[pair->second];
    return QPointF((left + right) / 2, (right - left) / LinkageItem::UnitBp);
}

FigureArea LinkageTrackChart::areaOf(const FigureStop& stop) const {
    return areaOfPair(pairOf(stop).value());
}

} // namespace diploscope::ui
