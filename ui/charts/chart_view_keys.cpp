// SPDX-License-Identifier: GPL-3.0-or-later
// What keys do in a ChartView: they go from mark to mark and from part to part, and click what they point at.
#include "charts/chart_view.h"

#include <QKeyEvent>

#include <algorithm>
#include <utility>

namespace diploscope::ui {

/// Escape leaves what keys walk through, before the window's shortcut clears what is selected.
bool ChartView::event(QEvent* event) {
    if (event->type() == QEvent::ShortcutOverride && m_walked &&
        static_cast<QKeyEvent*>(event)->key() == Qt::Key_Escape) {
        event->accept();
        return true;
    }
    return QGraphicsView::event(event);
}

void ChartView::keyPressEvent(QKeyEvent* event) {
    constexpr double keyStep = 0.1;
    constexpr double keyZoom = 1.5;
    const auto pan = [this](double x, double y) {
        remember(Step::Key);
        panBy({x * keyStep, y * keyStep});
    };
    const auto zoom = [this](double factor) {
        remember(Step::Key);
        zoomBy(factor, middle(), m_zoom == Zoom::Plane);
    };
    const bool pans = event->modifiers().testFlag(Qt::ShiftModifier);
    const auto sideways = [&](bool forward) {
        if (!m_walked)
            return step(true, forward);
        walk(forward ? Way::Right : Way::Left);
    };
    const auto upwards = [&](bool up) {
        if (m_zoom == Zoom::Plane)
            return step(false, up);
        if (!walk(up ? Way::Up : Way::Down))
            pan(0, up ? 1 : -1);
    };
    switch (event->key()) {
    case Qt::Key_Left:
        return pans ? pan(-1, 0) : sideways(false);
    case Qt::Key_Right:
        return pans ? pan(1, 0) : sideways(true);
    case Qt::Key_Up:
        return pans ? pan(0, 1) : upwards(true);
    case Qt::Key_Down:
        return pans ? pan(0, -1) : upwards(false);
    case Qt::Key_PageUp:
    case Qt::Key_PageDown:
        if (!walkIntoTrack(m_walked ? trackNamed(m_walked->track) : std::nullopt,
                           event->key() == Qt::Key_PageDown) &&
            !m_walked)
            QGraphicsView::keyPressEvent(event);
        return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        return clickPointedAt(event->modifiers().testFlag(Qt::ControlModifier));
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        return zoom(keyZoom);
    case Qt::Key_Minus:
        return zoom(1 / keyZoom);
    case Qt::Key_0:
    case Qt::Key_Home:
        return showAll();
    case Qt::Key_Backspace:
        return goBack();
    case Qt::Key_Escape:
        if (m_walked)
            return hover(std::nullopt);
        Q_EMIT clicked(-1, false);
        return;
    case Qt::Key_Space:
        if (m_drag != Drag::Pan && m_mode == Mode::Idle)
            holdSpace(true);
        return;
    default:
        QGraphicsView::keyPressEvent(event);
    }
}

void ChartView::keyReleaseEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Space && !event->isAutoRepeat())
        holdSpace(false);
    else
        QGraphicsView::keyReleaseEvent(event);
}

void ChartView::focusOutEvent(QFocusEvent* event) {
    holdSpace(false);
    if (m_stepped || m_walked)
        hover(std::nullopt);
    QGraphicsView::focusOutEvent(event);
}

void ChartView::step(bool alongX, bool forward) {
    if (m_tracks.empty())
        return;
    const PlotChart& chart = *m_tracks.front().chart;
    std::optional<size_t> from = m_stepped ? m_stepped : m_hovered;
    if (!from)
        from = selected();
    const std::optional<MarkStep> next =
        nextMark(m_tracks, from, alongX, forward, alongX ? chart.xRange() : chart.yRange());
    if (!next)
        return;
    bringIntoView(next->track, next->at);
    m_pointer.reset();
    m_walked.reset();
    m_stepped = next->datum;
    showHovered();
}

/// In the middle, where it is not seen.
void ChartView::bringIntoView(size_t track, QPointF place) {
    const PlotChart& chart = *m_tracks[track].chart;
    View next = view();
    const auto centred = [](const AxisRange& range, double at) {
        return at >= range.lower && at <= range.upper
                   ? range
                   : AxisRange{at - range.span() / 2, at + range.span() / 2};
    };
    const AxisRange x = centred(chart.xRange(), place.x());
    for (Ranges& ranges : next)
        ranges.x = x;
    next[track].y = centred(chart.yRange(), place.y());
    next = clamped(std::move(next));
    if (next == view())
        return;
    remember(Step::Key);
    apply(next);
}

void ChartView::clickPointedAt(bool toggles) {
    if (m_hovered)
        Q_EMIT clicked(static_cast<int>(*m_hovered), toggles);
    else if (m_hoveredArea)
        clickArea(*m_hoveredArea, toggles);
}

std::optional<size_t> ChartView::trackNamed(const std::string& key) const {
    for (size_t i = 0; i < m_tracks.size(); ++i)
        if (m_tracks[i].key == key)
            return i;
    return std::nullopt;
}

double ChartView::placeOfKeys() const {
    const AxisRange& seen = m_tracks.front().chart->xRange();
    const std::optional<size_t> track = m_walked ? trackNamed(m_walked->track) : std::nullopt;
    const std::optional<QPointF> part =
        track ? m_tracks[*track].parts->placeOf(m_walked->stop) : std::nullopt;
    if (part)
        return part->x();
    const std::optional<size_t> datum = m_stepped ? m_stepped : m_hovered ? m_hovered : selected();
    const std::optional<MarkStep> mark = datum ? markOf(m_tracks, *datum) : std::nullopt;
    return mark && mark->at.x() >= seen.lower && mark->at.x() <= seen.upper ? mark->at.x()
                                                                            : (seen.lower + seen.upper) / 2;
}

bool ChartView::walk(Way way) {
    const std::optional<size_t> track = m_walked ? trackNamed(m_walked->track) : std::nullopt;
    if (!track)
        return walkIntoTrack(std::nullopt, way == Way::Down);
    if (const std::optional<FigureStop> next = m_tracks[*track].parts->nextStop(m_walked->stop, way))
        pointAt(*track, *next);
    else if (way == Way::Up || way == Way::Down)
        walkIntoTrack(track, way == Way::Down); // stays where there is no other
    return true;
}

bool ChartView::walkIntoTrack(std::optional<size_t> from, bool down) {
    const size_t count = m_tracks.size();
    for (size_t i = from ? (down ? *from + 1 : count - *from) : 0; i < count; ++i) {
        const size_t track = down ? i : count - 1 - i;
        if (m_tracks[track].parts == nullptr)
            continue;
        const Way way = down ? Way::Down : Way::Up;
        if (const std::optional<FigureStop> first = m_tracks[track].parts->firstStop(placeOfKeys(), way)) {
            pointAt(track, *first);
            return true;
        }
    }
    return false;
}

void ChartView::pointAt(size_t track, const FigureStop& stop) {
    if (const std::optional<QPointF> place = m_tracks[track].parts->placeOf(stop))
        bringIntoView(track, *place);
    m_pointer.reset();
    m_stepped.reset();
    m_walked = Walked{m_tracks[track].key, stop};
    showHovered();
}

std::optional<FigureArea> ChartView::walkedTo() {
    const std::optional<size_t> track = m_walked ? trackNamed(m_walked->track) : std::nullopt;
    if (!track || m_tracks[*track].parts == nullptr || !m_tracks[*track].parts->placeOf(m_walked->stop)) {
        m_walked.reset();
        return std::nullopt;
    }
    const PlotChart& chart = *m_tracks[*track].chart;
    FigureArea area = m_tracks[*track].parts->areaOf(m_walked->stop);
    area.rect = chart.mapRectToScene(area.rect);
    return area;
}

QString ChartView::keysTip(const FigureArea& area) const {
    const std::optional<size_t> track = trackNamed(m_walked->track);
    const QString selects = area.person || !area.data.empty() ? tr("Enter selects, ") : QString();
    return area.tip + QStringLiteral("<br><i>%1</i>")
                          .arg(tr("Keys are in %1: %2PageDown goes on, Escape leaves")
                                   .arg(track ? m_tracks[*track].title : QString(), selects)
                                   .toHtmlEscaped());
}

} // namespace diploscope::ui
