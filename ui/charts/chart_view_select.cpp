// SPDX-License-Identifier: GPL-3.0-or-later
// What is pointed at, marked and selected in a ChartView.
#include "charts/chart_view.h"

#include "charts/highlight_item.h"
#include "charts/rings_item.h"

#include <QGraphicsRectItem>
#include <QToolTip>

#include <algorithm>
#include <utility>

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
        if (track.parts == nullptr)
            continue;
        if (std::optional<FigureArea> area = track.parts->areaAt(track.chart->mapFromScene(position))) {
            area->rect = track.chart->mapRectToScene(area->rect);
            return area;
        }
    }
    return std::nullopt;
}

void ChartView::hover(const std::optional<QPointF>& position) {
    m_pointer = position;
    m_stepped.reset();
    m_walked.reset();
    const std::optional<size_t> datum = position ? datumAt(*position) : std::nullopt;
    if (datum != m_hovered || (position && !datum ? areaAt(*position) : std::nullopt) != m_hoveredArea)
        showHovered();
}

/// What lies under a pointer that rests may be another datum now, or the same one at another place. Its tip
/// is shown anew and never hidden in between: Qt would hide it a moment later for good.
void ChartView::showHovered() {
    const std::optional<MarkStep> stepped = m_stepped ? markOf(m_tracks, *m_stepped) : std::nullopt;
    const std::optional<FigureArea> walked = walkedTo();
    const std::optional<size_t> datum = stepped     ? std::optional(stepped->datum)
                                        : m_pointer ? datumAt(*m_pointer)
                                                    : std::nullopt;
    const std::optional<FigureArea> area = walked                ? walked
                                           : m_pointer && !datum ? areaAt(*m_pointer)
                                                                 : std::nullopt;
    const bool another = datum != m_hovered;
    const bool changed = another || area != m_hoveredArea;
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
    if (datum && m_toolTip) {
        const auto placeOf = [this](const MarkStep& mark) {
            const PlotChart& chart = *m_tracks[mark.track].chart;
            return chart.mapToScene(chart.map().toScene(mark.at.x(), mark.at.y()));
        };
        const QPointF at = stepped ? placeOf(*stepped) : *m_pointer;
        QToolTip::showText(viewport()->mapToGlobal(at.toPoint()) + QPoint(4, 4), m_toolTip(*datum),
                           viewport(), {}, tipMs);
    } else if (area) {
        const QPoint at = walked ? area->rect.center().toPoint() : m_pointer->toPoint();
        QToolTip::showText(viewport()->mapToGlobal(at) + QPoint(4, 4), walked ? keysTip(*area) : area->tip,
                           viewport(), {}, tipMs);
    } else if (changed) {
        QToolTip::hideText();
    }
    if (another)
        Q_EMIT hovered(datum ? static_cast<int>(*datum) : -1);
}

std::optional<size_t> ChartView::selected() const {
    return m_selected.size() == 1 ? std::optional(m_selected.front()) : std::nullopt;
}

void ChartView::setSelected(std::optional<size_t> datum) {
    setSelected(datum ? std::vector<size_t>{*datum} : std::vector<size_t>());
}

void ChartView::setSelected(std::vector<size_t> several) {
    std::sort(several.begin(), several.end());
    m_selected = std::move(several);
    for (size_t i = 0; i < m_tracks.size(); ++i) {
        m_selectedSource[i] = sourceOf(m_tracks[i], selected());
        m_selectedRings[i]->setData(m_tracks[i], m_selected.size() > 1 ? m_selected : std::vector<size_t>());
        showSelected(i);
    }
}

void ChartView::setMarkedPeople(std::set<size_t> people) {
    if (people == m_markedPeople)
        return;
    m_markedPeople = std::move(people);
    for (const FigureTrack& track : m_tracks)
        if (track.markPeople)
            track.markPeople(m_markedPeople);
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
    m_selectedRings[i]->setMap(map);
}

void ChartView::clickArea(const FigureArea& area, bool toggles) {
    if (area.person)
        Q_EMIT personClicked(*area.person, toggles);
    else if (!area.data.empty())
        Q_EMIT brushed(area.data, toggles ? BrushMode::Add : BrushMode::Replace);
    else
        Q_EMIT clicked(-1, toggles);
}

void ChartView::brush(const std::function<bool(QPointF)>& isInside) {
    const FigureTrack& track = m_tracks[m_pressedTrack];
    if (track.layers.empty())
        return;
    const PlotMap map = track.chart->map();
    std::vector<size_t> chosen;
    for (const MarkItem* layer : track.layers) {
        const auto [first, last] = layer->visible();
        for (size_t i = first; i < last; ++i) {
            const Mark& mark = layer->marks()[i];
            const QPointF at = map.toScene(mark.x, mark.y);
            if (map.plot.contains(at) && isInside(track.chart->mapToScene(at)))
                chosen.push_back(track.datum[mark.source]);
        }
    }
    std::sort(chosen.begin(), chosen.end());
    chosen.erase(std::unique(chosen.begin(), chosen.end()), chosen.end());
    Q_EMIT brushed(chosen, m_brushMode);
}

void ChartView::drawLassoTo(QPointF position) {
    constexpr qsizetype mostCorners = 2000; // as many as a hand draws; each is asked for every mark
    if (m_lasso.size() < mostCorners)
        m_lasso << position;
    else
        m_lasso.back() = position;
    viewport()->update();
}

void ChartView::endLasso() {
    const QPolygonF lasso = std::exchange(m_lasso, {});
    viewport()->update();
    const QRectF around = lasso.boundingRect();
    brush([&](QPointF at) { return around.contains(at) && lasso.containsPoint(at, Qt::OddEvenFill); });
}

} // namespace diploscope::ui
