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
    layOut();
}

void ChartStack::setLegend(const QString& heading, std::vector<LegendItem::Entry> entries) {
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
        layOutAbove(area);
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
}

void ChartStack::layOutAbove(const QRectF& area) {
    const double axisRoom = std::ceil(QFontMetricsF(m_style.smallFont()).height() +
                                      QFontMetricsF(m_style.textFont()).height() + 1.5 * m_style.gap);
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
    PlotChart::Sides most;
    for (const Part& part : m_parts) {
        most.left = std::max(most.left, part.chart->neededSides().left);
        most.right = std::max(most.right, std::ceil(part.chart->neededSides().right));
    }
    for (const Part& part : m_parts)
        part.chart->setLeastSides(most);
    m_liningUp = false;
}

void ChartStack::paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*) {
    painter->fillRect(rect(), m_style.theme.card);
}

} // namespace diploscope::ui
