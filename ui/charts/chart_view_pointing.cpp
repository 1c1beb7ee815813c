// SPDX-License-Identifier: GPL-3.0-or-later
// What a ChartView shows of what is pointed at and of what is selected.
#include "charts/chart_view.h"

#include "charts/highlight_item.h"

#include <QGraphicsRectItem>
#include <QToolTip>

#include <algorithm>

namespace diploscope::ui {
namespace {

constexpr double hoverReach = 12;
constexpr int tipMs = 3'600'000; ///< a tip stays as long as the pointer rests, not Qt's ten seconds

/// Mark::source of the datum in that chart.
std::optional<uint32_t> sourceOf(const FigureTrack& track, const std::optional<size_t>& datum) {
    if (!datum)
        return std::nullopt;
    const auto found = std::find(track.datum.begin(), track.datum.end(), *datum);
    if (found == track.datum.end())
        return std::nullopt;
    return static_cast<uint32_t>(found - track.datum.begin());
}

} // namespace

std::optional<size_t> ChartView::datumAt(QPointF position) {
    for (size_t i = 0; i < m_tracks.size(); ++i) {
        const FigureTrack& track = m_tracks[i];
        const auto hit = m_grids[i].nearest(track.layers, track.chart->map(),
                                            track.chart->mapFromScene(position), hoverReach);
        if (hit)
            return track.datum[hit->source];
    }
    return std::nullopt;
}

std::optional<FigureArea> ChartView::areaAt(QPointF position) const {
    for (const FigureTrack& track : m_tracks) {
        if (!track.areaAt)
            continue;
        if (std::optional<FigureArea> area = track.areaAt(track.chart->mapFromScene(position))) {
            area->rect = track.chart->mapRectToScene(area->rect);
            return area;
        }
    }
    return std::nullopt;
}

void ChartView::hover(const std::optional<QPointF>& position) {
    m_pointer = position;
    const std::optional<size_t> datum = position ? datumAt(*position) : std::nullopt;
    if (datum != m_hovered || (position && !datum ? areaAt(*position) : std::nullopt) != m_hoveredArea)
        showHovered();
}

/// What lies under a pointer that rests may be another datum now, or the same one at another place. Its tip
/// is shown anew and never hidden in between: Qt would hide it a moment later for good.
void ChartView::showHovered() {
    const std::optional<size_t> datum = m_pointer ? datumAt(*m_pointer) : std::nullopt;
    const std::optional<FigureArea> area = m_pointer && !datum ? areaAt(*m_pointer) : std::nullopt;
    const bool changed = datum != m_hovered || area != m_hoveredArea;
    const bool another = datum != m_hovered;
    m_hovered = datum;
    m_hoveredArea = area;
    if (m_areaFrame != nullptr) {
        m_areaFrame->setVisible(area && !area->rect.isEmpty());
        m_areaFrame->setRect(area ? area->rect : QRectF());
    }
    for (size_t i = 0; i < m_hoverMarks.size(); ++i) {
        const FigureTrack& track = m_tracks[i];
        const auto source = sourceOf(track, datum);
        m_hoverMarks[i]->show(source ? findMark(track.layers, track.chart->map(), *source) : std::nullopt);
    }
    if (datum && m_toolTip)
        QToolTip::showText(viewport()->mapToGlobal(m_pointer->toPoint()) + QPoint(4, 4), m_toolTip(*datum),
                           viewport(), {}, tipMs);
    else if (area)
        QToolTip::showText(viewport()->mapToGlobal(m_pointer->toPoint()) + QPoint(4, 4), area->tip,
                           viewport(), {}, tipMs);
    else if (changed)
        QToolTip::hideText();
    if (another)
        Q_EMIT hovered(datum ? static_cast<int>(*datum) : -1);
}

void ChartView::setSelected(std::optional<size_t> datum) {
    m_selected = datum;
    for (size_t i = 0; i < m_tracks.size(); ++i) {
        m_selectedSource[i] = sourceOf(m_tracks[i], datum);
        showSelected(i);
    }
}

void ChartView::showSelected(size_t i) {
    if (i >= m_selectedMarks.size())
        return;
    const FigureTrack& track = m_tracks[i];
    const PlotMap map = track.chart->map();
    const auto hit = m_selectedSource[i] ? findMark(track.layers, map, *m_selectedSource[i]) : std::nullopt;
    QLineF guide;
    if (hit && m_zoom == Zoom::AlongX)
        guide = QLineF(hit->at.x(), map.plot.top(), hit->at.x(), map.plot.bottom());
    m_selectedMarks[i]->show(hit, guide);
}

} // namespace diploscope::ui
