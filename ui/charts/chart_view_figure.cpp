// SPDX-License-Identifier: GPL-3.0-or-later
// What a ChartView shows: how its figure is built, and what of the one before outlives it.
#include "charts/chart_view.h"
#include "charts/highlight_item.h"
#include "charts/rings_item.h"

#include <QGraphicsRectItem>
#include <QRubberBand>

#include <algorithm>
#include <utility>

namespace diploscope::ui {
namespace {

/// `range` where all of `data` is within, else one that has room for more in the direction of its growth.
AxisRange outgrown(const AxisRange& range, const AxisRange& data) {
    constexpr double room = 0.35;
    AxisRange grown = range;
    if (data.lower < range.lower)
        grown.lower = data.lower - room * data.span();
    if (data.upper > range.upper)
        grown.upper = data.upper + room * data.span();
    return grown;
}

} // namespace

void ChartView::setFigure(FigureMaker make, Keep keep) {
    m_make = std::move(make);
    buildFigure(keep);
}

void ChartView::clearFigure() {
    m_make = {};
    buildFigure(Keep::Nothing);
}

void ChartView::buildFigure(Keep keep) {
    const std::vector<Before> before = tracksBefore();
    delete m_figure;
    m_figure = nullptr;
    m_areaFrame = nullptr;
    m_tracks.clear();
    m_hoverMarks.clear();
    m_selectedMarks.clear();
    m_selectedRings.clear();
    m_grids.clear();
    if (keep == Keep::Nothing || !m_make || !m_style) {
        m_mode = Mode::Idle;
        m_band->hide();
        m_history.clear();
        m_selected.clear();
        m_markedPeople.clear();
        m_stepped.reset();
        m_walked.reset();
        hover(std::nullopt);
    }
    if (!m_make || !m_style) {
        viewport()->update();
        Q_EMIT figureChanged();
        return;
    }

    Figure figure = m_make(*m_style, Medium::Screen);
    m_tracks = std::move(figure.tracks);
    m_figure = figure.widget.release();
    scene()->addItem(m_figure);
    m_figure->setGeometry(QRectF(QPointF(), viewport()->size()));
    m_grids.resize(m_tracks.size());
    m_selectedSource.assign(m_tracks.size(), std::nullopt);
    m_hoverMarks.resize(m_tracks.size());
    m_selectedMarks.resize(m_tracks.size());
    m_selectedRings.resize(m_tracks.size());
    for (size_t i = 0; i < m_tracks.size(); ++i)
        addMarks(i);

    m_areaFrame = new QGraphicsRectItem(m_figure);
    m_areaFrame->setPen(QPen(m_style->theme.text, 1.4));
    m_areaFrame->setZValue(layer::labels);
    m_areaFrame->hide();
    if (keep != Keep::Nothing)
        showAsBefore(before, keep);
    setSelected(m_selected);
    showHovered();
    Q_EMIT figureChanged();
}

/// Of what is pointed at and selected in a track; they go with its chart.
void ChartView::addMarks(size_t i) {
    const Theme& theme = m_style->theme;
    PlotChart* chart = m_tracks[i].chart;
    m_selectedMarks[i] = new HighlightItem(theme.accent, theme.card, 2.2, chart);
    m_hoverMarks[i] = new HighlightItem(theme.text, theme.card, 1.4, chart);
    m_selectedRings[i] = new RingsItem(theme.accent, 1.6, chart);
    m_grids[i].clear();
    connect(chart, &PlotChart::mapChanged, this, [this, i] { showSelected(i); });
    if (m_tracks[i].markPeople)
        m_tracks[i].markPeople(m_markedPeople);
}

void ChartView::setTrack(const std::string& key, FigureMaker make, const TrackMaker& draw) {
    const auto found = std::find_if(m_tracks.begin(), m_tracks.end(),
                                    [&key](const FigureTrack& track) { return track.key == key; });
    const std::vector<Before> before = tracksBefore();
    m_make = std::move(make);
    std::optional<FigureTrack> drawn =
        m_figure != nullptr && draw && found != m_tracks.end() ? draw(*m_figure, key) : std::nullopt;
    if (!drawn)
        return buildFigure(Keep::View);
    *found = std::move(*drawn);
    addMarks(static_cast<size_t>(found - m_tracks.begin()));
    showAsBefore(before, Keep::View);
    setSelected(m_selected);
    showHovered();
    Q_EMIT figureChanged();
}

std::vector<ChartView::Before> ChartView::tracksBefore() const {
    std::vector<Before> before;
    for (const FigureTrack& track : m_tracks) {
        const PlotChart& chart = *track.chart;
        before.push_back({track.key, {chart.xRange(), chart.yRange()}, {chart.fullX(), chart.fullY()}});
    }
    return before;
}

/// What was shown whole is shown whole again, whatever has come to it; what was zoomed stays. Tracks that
/// have changed places take their zoom along.
void ChartView::showAsBefore(const std::vector<Before>& before, Keep keep) {
    View kept = view();
    for (size_t i = 0; i < m_tracks.size(); ++i) {
        const std::string& key = m_tracks[i].key;
        const bool byPlace = key.empty() && before.size() == m_tracks.size();
        const auto found = byPlace ? before.begin() + static_cast<std::ptrdiff_t>(i)
                                   : std::find_if(before.begin(), before.end(), [&key](const Before& old) {
                                         return !key.empty() && old.key == key;
                                     });
        if (found == before.end()) {
            if (!key.empty() && !before.empty() && before.front().seen.x != before.front().full.x)
                kept[i].x = before.front().seen.x; // a new track of the same locus
            continue;
        }
        PlotChart* chart = m_tracks[i].chart;
        if (keep == Keep::Steady)
            chart->setFullRanges(outgrown(found->full.x, chart->fullX()),
                                 outgrown(found->full.y, chart->fullY()));
        kept[i].x = found->seen.x == found->full.x ? chart->fullX() : found->seen.x;
        kept[i].y = found->seen.y == found->full.y ? chart->fullY() : found->seen.y;
    }
    apply(kept);
}

} // namespace diploscope::ui
