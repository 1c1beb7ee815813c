// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/track_grips.h"

#include <QContextMenuEvent>
#include <QEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>
#include <cmath>
#include <utility>

namespace diploscope::ui {

/// One of them. Its bottom is the edge that resizes.
class TrackGrip final : public QWidget {
public:
    explicit TrackGrip(TrackGrips& all) : QWidget(&all), m_all(all) {
        setFocusPolicy(Qt::StrongFocus);
        setMouseTracking(true);
        setCursor(Qt::OpenHandCursor);
    }

    void show(const QString& key, const QString& title, size_t index) {
        m_index = static_cast<int>(index);
        QWidget::show();
        if (std::exchange(m_key, key) == key) // also with every frame of a pan
            return;
        setAccessibleName(QObject::tr("Track %1").arg(title));
        setToolTip(QObject::tr("%1: drag to put it elsewhere, drag the lower edge to resize; right click for "
                               "more. By keys: up and down, + and −, Delete.")
                       .arg(title));
    }
    [[nodiscard]] bool isOf(const QString& key) const { return !isHidden() && m_key == key; }
    [[nodiscard]] int middle() const { return geometry().center().y(); }

protected:
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(underMouse() || hasFocus() ? m_all.m_pointed : m_all.m_colour);
        constexpr double dot = 2;
        const double centre = rect().center().x();
        for (int i = -1; i <= 1; ++i)
            for (const double side : {-2.0, 2.0})
                painter.drawEllipse(QPointF(centre + side, height() / 2.0 + 5.0 * i), dot / 2, dot / 2);
        painter.drawRect(QRectF(2, height() - 2.0, width() - 4.0, 1));
    }
    void enterEvent(QEnterEvent*) override { update(); }
    void leaveEvent(QEvent*) override { update(); }
    void mousePressEvent(QMouseEvent* event) override {
        if (event->button() != Qt::LeftButton)
            return;
        m_pressed = isEdge(event->pos()) ? Drag::Resize : Drag::Move;
        m_pressedAt = event->pos().y();
        event->accept();
    }
    void mouseMoveEvent(QMouseEvent* event) override {
        if (m_pressed == Drag::None) {
            setCursor(isEdge(event->pos()) ? Qt::SizeVerCursor : Qt::OpenHandCursor);
            return;
        }
        m_all.showLine(mapToParent(event->pos()).y());
    }
    void mouseReleaseEvent(QMouseEvent* event) override {
        const Drag drag = std::exchange(m_pressed, Drag::None);
        m_all.showLine(-1);
        const int by = event->pos().y() - m_pressedAt;
        if (drag == Drag::None || std::abs(by) < least)
            return;
        if (drag == Drag::Resize)
            return Q_EMIT m_all.resized(m_key, std::max(1, height() + by) / std::max(1.0, double(height())));
        if (const int to = m_all.placeAt(*this, mapToParent(event->pos()).y()); to != m_index)
            Q_EMIT m_all.moved(m_key, to);
    }
    void contextMenuEvent(QContextMenuEvent* event) override {
        const bool byKey = event->reason() == QContextMenuEvent::Keyboard;
        Q_EMIT m_all.menuWanted(m_key, byKey ? mapToGlobal(rect().center()) : event->globalPos());
    }
    void keyPressEvent(QKeyEvent* event) override {
        constexpr double step = 1.25;
        switch (event->key()) {
        case Qt::Key_Up:
            return m_all.moveTrack(m_key, m_index - 1);
        case Qt::Key_Down:
            return m_all.moveTrack(m_key, m_index + 1);
        case Qt::Key_Plus:
        case Qt::Key_Equal:
            return Q_EMIT m_all.resized(m_key, step);
        case Qt::Key_Minus:
            return Q_EMIT m_all.resized(m_key, 1 / step);
        case Qt::Key_Delete:
            return Q_EMIT m_all.hidden(m_key);
        default:
            QWidget::keyPressEvent(event);
        }
    }

private:
    enum class Drag { None, Move, Resize };
    static constexpr int least = 3; ///< pixels, below which a drag is a click
    [[nodiscard]] bool isEdge(const QPoint& at) const { return at.y() >= height() - 6; }

    TrackGrips& m_all;
    QString m_key;
    int m_index = 0;
    Drag m_pressed = Drag::None;
    int m_pressedAt = 0;
};

TrackGrips::TrackGrips(ChartView& view, QWidget* parent)
    : QWidget(parent), m_view(view), m_line(new QRubberBand(QRubberBand::Line, view.viewport())) {
    setFixedWidth(width);
    setAccessibleName(tr("Tracks"));
    m_line->hide();
    m_soon.setSingleShot(true);
    m_soon.setInterval(0);
    connect(&m_soon, &QTimer::timeout, this, &TrackGrips::place);
}

void TrackGrips::place() {
    const std::vector<FigureTrack>& tracks = m_view.tracks();
    while (m_grips.size() < tracks.size())
        m_grips.push_back(new TrackGrip(*this));
    double top = 0;
    for (size_t i = 0; i < tracks.size(); ++i) {
        const PlotChart& chart = *tracks[i].chart;
        const QRectF area = chart.mapRectToScene(chart.rect());
        if (i == 0)
            top = area.top(); // the lowest reaches up behind the one above it
        m_grips[i]->setGeometry(0, static_cast<int>(std::lround(top)), width,
                                std::max(1, static_cast<int>(std::lround(area.bottom() - top))));
        m_grips[i]->show(QString::fromStdString(tracks[i].key), tracks[i].title, i);
        top = area.bottom();
    }
    for (size_t i = tracks.size(); i < m_grips.size(); ++i)
        m_grips[i]->hide();
    m_shown = tracks.size();
    update();
}

void TrackGrips::setChartStyle(const ChartStyle& style) {
    m_colour = style.theme.rule;
    m_pointed = style.theme.accent;
    update();
}

std::vector<QWidget*> TrackGrips::grips() const {
    return {m_grips.begin(), m_grips.begin() + static_cast<std::ptrdiff_t>(m_shown)};
}

/// The keyboard's focus goes along with the track.
void TrackGrips::moveTrack(const QString& key, int to) {
    if (to < 0 || to >= static_cast<int>(m_shown))
        return;
    const QString moving = key; // of a grip, which will be another track's
    Q_EMIT moved(moving, to);
    for (TrackGrip* grip : m_grips)
        if (grip->isOf(moving))
            grip->setFocus();
}

void TrackGrips::showLine(int y) {
    m_line->setVisible(y >= 0);
    m_line->setGeometry(0, std::clamp(y, 0, m_view.viewport()->height()), m_view.viewport()->width(), 3);
}

int TrackGrips::placeAt(const TrackGrip& grip, int y) const {
    int above = 0;
    for (size_t i = 0; i < m_shown; ++i)
        above += m_grips[i] != &grip && m_grips[i]->middle() < y;
    return above;
}

} // namespace diploscope::ui
