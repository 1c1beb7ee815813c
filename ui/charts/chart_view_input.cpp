// SPDX-License-Identifier: GPL-3.0-or-later
// What wheel, mouse and keys do in a ChartView.
#include "charts/chart_view.h"

#include <QApplication>
#include <QMouseEvent>
#include <QRubberBand>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>
#include <utility>

namespace diploscope::ui {
namespace {

constexpr double wheelStep = 1.2; ///< of one notch

BrushMode brushModeOf(Qt::KeyboardModifiers modifiers) {
    const bool shift = modifiers.testFlag(Qt::ShiftModifier);
    if (modifiers.testFlag(Qt::ControlModifier))
        return shift ? BrushMode::Intersect : BrushMode::Subtract;
    return shift ? BrushMode::Add : BrushMode::Replace;
}

} // namespace

bool ChartView::viewportEvent(QEvent* event) {
    // A scene answers Qt's asking for a tip, once the pointer rests, with the tip of an item, which is none:
    // it would take away the one that is shown.
    return event->type() == QEvent::ToolTip || QGraphicsView::viewportEvent(event);
}

void ChartView::wheelEvent(QWheelEvent* event) {
    event->accept();
    // A touch pad's sideways movement pans.
    const QPoint turned = event->angleDelta();
    if (m_tracks.empty() || turned.isNull())
        return;
    remember(Step::Wheel);
    if (std::abs(turned.x()) > std::abs(turned.y()) && !event->modifiers().testFlag(Qt::AltModifier)) {
        panBy({-turned.x() / 1200.0, 0});
        return;
    }
    const double notches = (turned.y() != 0 ? turned.y() : turned.x()) / 120.0;
    zoomBy(std::pow(wheelStep, notches), event->position(),
           m_zoom == Zoom::Plane || event->modifiers().testFlag(Qt::ControlModifier));
}

void ChartView::setDrag(Drag drag) {
    m_drag = drag;
    holdSpace(false);
}

void ChartView::holdSpace(bool held) {
    m_spaceHeld = held;
    if (m_drag != Drag::Pan)
        setCursor(held ? Qt::OpenHandCursor : Qt::CrossCursor);
    else
        unsetCursor();
}

void ChartView::mousePressEvent(QMouseEvent* event) {
    event->accept();
    const Qt::MouseButton button = event->button();
    if ((button != Qt::LeftButton && button != Qt::MiddleButton) || m_tracks.empty() || m_mode != Mode::Idle)
        return;
    m_pressedButton = button;
    m_pressedAt = event->position();
    m_pressedTrack = trackAt(m_pressedAt).value_or(0);
    m_pressedView = view();
    m_brushMode = brushModeOf(event->modifiers());
    const bool bands =
        m_drag == Drag::Pan && button == Qt::LeftButton && event->modifiers().testFlag(Qt::ShiftModifier);
    m_mode = bands ? Mode::Banding : Mode::Pressed;
}

void ChartView::mouseMoveEvent(QMouseEvent* event) {
    event->accept();
    const QPointF moved = event->position() - m_pressedAt;
    if (m_mode == Mode::Pressed && moved.manhattanLength() >= QApplication::startDragDistance()) {
        if (m_drag != Drag::Pan && m_pressedButton == Qt::LeftButton && !m_spaceHeld) {
            m_mode = m_drag == Drag::Lasso ? Mode::Lassoing : Mode::Brushing;
            m_lasso = QPolygonF(QList<QPointF>{m_pressedAt});
            hover(std::nullopt);
        } else {
            remember(Step::Drag);
            m_mode = Mode::Panning;
            setCursor(Qt::ClosedHandCursor);
        }
    }
    if (m_mode == Mode::Panning) {
        const QRectF plot = m_tracks[m_pressedTrack].chart->plotArea();
        apply(panned(m_pressedView, {-moved.x() / plot.width(), moved.y() / plot.height()}, m_pressedTrack));
    } else if (m_mode == Mode::Lassoing) {
        drawLassoTo(event->position());
    } else if (m_mode == Mode::Banding || m_mode == Mode::Brushing) {
        QRectF band = bandTo(event->position());
        if (m_zoom == Zoom::AlongX) {
            band.setTop(0);
            band.setBottom(viewport()->height());
        }
        m_band->setGeometry(band.toAlignedRect());
        m_band->show();
    } else if (m_mode == Mode::Idle) {
        hover(event->position());
    }
}

QRectF ChartView::bandTo(QPointF position) const {
    QRectF band = QRectF(m_pressedAt, position).normalized();
    if (m_zoom == Zoom::AlongX) {
        const PlotChart* chart = m_tracks[m_pressedTrack].chart;
        const QRectF plot = chart->mapRectToScene(chart->plotArea());
        band.setTop(plot.top());
        band.setBottom(plot.bottom());
    }
    return band;
}

void ChartView::mouseReleaseEvent(QMouseEvent* event) {
    event->accept();
    if (event->button() != m_pressedButton)
        return;
    m_pressedButton = Qt::NoButton;
    const Mode mode = std::exchange(m_mode, Mode::Idle);
    holdSpace(m_spaceHeld);
    m_band->hide();
    if (mode == Mode::Pressed && event->button() == Qt::LeftButton) {
        const std::optional<size_t> datum = datumAt(event->position());
        const bool toggles = event->modifiers().testFlag(Qt::ControlModifier);
        if (const std::optional<FigureArea> area = datum ? std::nullopt : areaAt(event->position()))
            return clickArea(*area, toggles);
        Q_EMIT clicked(datum ? static_cast<int>(*datum) : -1, toggles);
    } else if (mode == Mode::Banding) {
        zoomToBand(bandTo(event->position()), m_pressedTrack);
    } else if (mode == Mode::Brushing) {
        const QRectF band = bandTo(event->position());
        brush([&band](QPointF at) { return band.contains(at); });
    } else if (mode == Mode::Lassoing) {
        endLasso();
    }
}

void ChartView::mouseDoubleClickEvent(QMouseEvent* event) {
    event->accept();
    if (event->button() == Qt::LeftButton)
        showAll();
}

void ChartView::leaveEvent(QEvent* event) {
    if (m_pointer) // what keys point at stays
        hover(std::nullopt);
    QGraphicsView::leaveEvent(event);
}

} // namespace diploscope::ui
