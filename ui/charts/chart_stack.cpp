// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/chart_stack.h"

#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace diploscope::ui {

ChartStack::ChartStack(Qt::Orientation orientation, const ChartStyle& style)
    : m_orientation(orientation), m_style(style) {}

void ChartStack::add(PlotChart* chart, double share) {
    chart->hideHeader();
    if (m_orientation == Qt::Vertical) {
        chart->setBackgroundVisible(false); // the lowest may reach up behind the one above it
        if (!m_parts.empty())
            m_parts.back().chart->hideXAxis();
        connect(chart, &PlotChart::mapChanged, this, &ChartStack::lineUp);
    }
    m_parts.push_back({chart, share});
    layOut();
}

void ChartStack::setHeader(const QString& gene, const QString& title, const QString& summary,
                           const QStringList& notes) {
    m_header = new HeaderItem(gene, title, summary, notes, m_style, this);
    if (m_header->isEmpty()) {
        delete m_header;
        m_header = nullptr;
    }
    layOut();
}

void ChartStack::setLegend(const QString& heading, std::vector<LegendItem::Entry> entries) {
    if (!m_style.parts.legend)
        return;
    m_legend = new LegendItem(heading, std::move(entries), m_style, this);
    layOut();
}

void ChartStack::resizeEvent(QGraphicsSceneResizeEvent* event) {
    QGraphicsWidget::resizeEvent(event);
    layOut();
}

void ChartStack::layOut() {
    if (size().isEmpty() || m_parts.empty())
        return;
    const double width = size().width() - 2 * m_style.gap;
    double top = 0;
    if (m_header != nullptr) {
        m_header->setRect(QRectF(m_style.gap, m_style.gap, width, m_header->height(width)));
        top = m_header->rect().bottom();
    }
    if (m_legend != nullptr) {
        m_legend->setRect(QRectF(m_style.gap, top + m_style.gap / 2, width, m_legend->height(width)));
        top = m_legend->rect().bottom();
    }
    if (top > 0) // labels of y axes hang half over them
        top = std::ceil(top + m_style.gap / 2);
    const QRectF area(0, top, size().width(), std::max(size().height() - top, 1.0));
    if (m_orientation == Qt::Horizontal)
        layOutBeside(area);
    else
        layOutAbove(area.adjusted(0, m_extraTop, 0, -m_extraBottom));
}

PlotRoom ChartStack::neededRoom() const {
    PlotRoom room;
    if (m_parts.empty())
        return room;
    if (m_orientation == Qt::Vertical) {
        for (const Part& part : m_parts) {
            room.left = std::max(room.left, part.chart->neededSides().left);
            room.right = std::max(room.right, part.chart->neededSides().right);
        }
        const QRectF plots = plotsArea();
        room.top = plots.top() - m_extraTop;
        room.bottom = size().height() - plots.bottom() - m_extraBottom;
        return room;
    }
    room.left = m_parts.front().chart->neededSides().left;
    room.right = m_parts.back().chart->neededSides().right;
    for (const Part& part : m_parts) {
        const QRectF place = part.chart->geometry();
        const PlotRoom own = part.chart->neededRoom();
        room.top = std::max(room.top, place.top() + own.top);
        room.bottom = std::max(room.bottom, size().height() - place.bottom() + own.bottom);
    }
    return room;
}

void ChartStack::setLeastRoom(const PlotRoom& room) {
    if (m_parts.empty() || size().isEmpty())
        return;
    m_least = room;
    if (m_orientation == Qt::Vertical) {
        const PlotRoom needed = neededRoom();
        m_extraTop = std::max(0.0, room.top - needed.top);
        m_extraBottom = std::max(0.0, room.bottom - needed.bottom);
    }
    layOut();
}

QRectF ChartStack::plotsArea() const {
    QRectF all;
    for (const Part& part : m_parts)
        all |= part.chart->plotsArea().translated(part.chart->pos());
    return all;
}

void ChartStack::layOutBeside(const QRectF& area) {
    double shares = 0;
    for (const Part& part : m_parts)
        shares += part.share;
    double left = area.left();
    for (const Part& part : m_parts) {
        const double width = std::floor(area.width() * part.share / shares);
        part.chart->setGeometry(QRectF(left, area.top(), width, area.height()));
        left += width;
    }
    for (const Part& part : m_parts) {
        const bool first = part.chart == m_parts.front().chart, last = part.chart == m_parts.back().chart;
        part.chart->setLeastRoom(
            {first ? m_least.left : 0, m_least.top - area.top(), last ? m_least.right : 0, m_least.bottom});
    }
}

void ChartStack::layOutAbove(const QRectF& area) {
    const double axisRoom = PlotChart::axisRoom(m_style);
    double shares = 0;
    for (const Part& part : m_parts)
        shares += part.share;
    const double each = std::max((area.height() - axisRoom) / shares, 1.0);
    double top = area.top();
    for (const Part& part : m_parts) {
        const bool lowest = part.chart == m_parts.back().chart;
        const double height =
            lowest ? std::max(area.bottom() - top, 1.0) : std::max(std::floor(each * part.share), 1.0);
        // Qt Charts leaves the axis out where it takes too much of a low chart.
        const double hidden =
            lowest ? std::ceil(std::max(0.0, axisRoom / PlotChart::mostOfAxes - height)) : 0.0;
        part.chart->setTopRoom(hidden);
        part.chart->setGeometry(QRectF(area.left(), top - hidden, area.width(), height + hidden));
        top += height;
    }
    lineUp();
}

void ChartStack::lineUp() {
    if (m_liningUp || m_orientation == Qt::Horizontal || size().isEmpty())
        return;
    m_liningUp = true;
    PlotChart::Sides most{m_least.left, m_least.right};
    for (const Part& part : m_parts) {
        most.left = std::max(most.left, part.chart->neededSides().left);
        most.right = std::max(most.right, std::ceil(part.chart->neededSides().right));
    }
    for (const Part& part : m_parts)
        part.chart->setLeastSides(most);
    m_liningUp = false;
}

void ChartStack::paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*) {
    if (!m_style.transparent)
        painter->fillRect(rect(), m_style.theme.card);
}

} // namespace diploscope::ui
