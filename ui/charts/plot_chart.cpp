// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/plot_chart.h"

#include <QFontMetricsF>
#include <QGraphicsLayout>
#include <QGraphicsLineItem>
#include <QGraphicsTextItem>
#include <QLegend>
#include <QScatterSeries>

#include <algorithm>
#include <cmath>
#include <limits>

namespace diploscope::ui {

PlotChart::PlotChart(const ChartStyle& style, AxisText x, AxisText y, QGraphicsItem* parent)
    : QChart(parent)
    , m_style(style)
    , m_xText(std::move(x))
    , m_yText(std::move(y))
    , m_xAxis(new QCategoryAxis)
    , m_yAxis(new QCategoryAxis)
    , m_corner(new QGraphicsLineItem(this)) {
    setAnimationOptions(NoAnimation);
    setBackgroundVisible(!style.transparent);
    setBackgroundBrush(style.theme.card);
    setBackgroundPen(Qt::NoPen);
    setBackgroundRoundness(0);
    setMargins(QMargins());
    layout()->setContentsMargins(0, 0, 0, 0);
    legend()->hide();
    setTitleFont(
        style.textFont()); // of a title that is empty: else the desktop's, and a PDF would know of it

    addAxis(m_xAxis, Qt::AlignBottom);
    addAxis(m_yAxis, Qt::AlignLeft);
    // Without a series Qt Charts has no domain: mapToPosition(), zoom() and scroll() would do nothing.
    auto* domain = new QScatterSeries;
    addSeries(domain);
    domain->attachAxis(m_xAxis);
    domain->attachAxis(m_yAxis);
    setUpAxis(m_xAxis);
    setUpAxis(m_yAxis);
    m_corner->setPen(m_xAxis->linePen());
    m_corner->setZValue(layer::axis);
    connect(m_xAxis, &QValueAxis::rangeChanged, this, [this] { updateTicks(); });
    connect(m_yAxis, &QValueAxis::rangeChanged, this, [this] { updateTicks(); });
    connect(this, &QChart::plotAreaChanged, this, [this] { tellItems(); });
}

PlotChart::~PlotChart() = default;

void PlotChart::setUpAxis(QCategoryAxis* axis) {
    axis->setLabelsPosition(QCategoryAxis::AxisLabelsPositionOnValue);
    axis->setLabelsFont(m_style.smallFont());
    axis->setLabelsColor(m_style.theme.muted);
    axis->setTitleFont(m_style.textFont());
    axis->setTitleBrush(m_style.theme.text);
    axis->setLinePen(QPen(m_style.theme.axis, m_style.axisWidth, Qt::SolidLine, Qt::SquareCap));
    axis->setGridLineVisible(false);
    axis->setTruncateLabels(false);
}

AxisRange PlotChart::xRange() const {
    return {m_xAxis->min(), m_xAxis->max()};
}

AxisRange PlotChart::yRange() const {
    return {m_yAxis->min(), m_yAxis->max()};
}

PlotMap PlotChart::map() const {
    return {plotArea(), xRange(), yRange()};
}

void PlotChart::setRanges(const AxisRange& x, const AxisRange& y) {
    m_settling = true;
    m_xAxis->setRange(x.lower, x.upper);
    m_yAxis->setRange(y.lower, y.upper);
    m_settling = false;
    updateTicks();
}

void PlotChart::setFullRanges(const AxisRange& x, const AxisRange& y) {
    m_fullX = m_style.parts.x.value_or(x);
    m_fullY = m_style.parts.y.value_or(y);
    setRanges(m_fullX, m_fullY);
}

void PlotChart::setHeader(const QString& gene, const QString& title, const QString& summary,
                          const QStringList& notes) {
    delete m_header;
    m_header = new HeaderItem(gene, title, summary, notes, m_style, this);
    if (m_header->isEmpty())
        return hideHeader();
    layOut();
}

void PlotChart::hideHeader() {
    delete m_header;
    m_header = nullptr;
    layOut();
}

void PlotChart::hideColourBar() {
    delete m_colourBar;
    m_colourBar = nullptr;
    layOut();
}

void PlotChart::hideXAxis() {
    m_xAxisShown = false;
    m_xAxis->setVisible(false);
    m_corner->hide();
    layOut();
}

void PlotChart::hideYLabels() {
    m_yLabelsShown = false;
    layOut();
}

void PlotChart::setTopRoom(double room) {
    if (room == m_topRoom)
        return;
    m_topRoom = room;
    layOut();
}

void PlotChart::setLeastSides(const Sides& sides) {
    if (sides.left == m_leastSides.left && sides.right == m_leastSides.right)
        return;
    m_leastSides = sides;
    layOut();
}

PlotRoom PlotChart::neededRoom() const {
    return {m_neededSides.left, m_neededTop, m_neededSides.right, m_neededBottom};
}

void PlotChart::setLeastRoom(const PlotRoom& room) {
    if (room == PlotRoom{m_leastSides.left, m_leastTop, m_leastSides.right, m_leastBottom})
        return;
    m_leastSides = {room.left, room.right};
    m_leastTop = room.top;
    m_leastBottom = room.bottom;
    layOut();
}

void PlotChart::setLegend(const QString& heading, std::vector<LegendItem::Entry> entries) {
    if (!m_style.parts.legend)
        return;
    delete m_legend;
    m_legend = new LegendItem(heading, std::move(entries), m_style, this);
    layOut();
}

void PlotChart::setColourBar(const QString& title, const ColourScale& scale,
                             std::vector<ColourBarItem::Tick> ticks) {
    if (!m_style.parts.colourBar)
        return;
    delete m_colourBar;
    m_colourBar = new ColourBarItem(title, scale, std::move(ticks), m_style, this);
    layOut();
}

void PlotChart::resizeEvent(QGraphicsSceneResizeEvent* event) {
    QChart::resizeEvent(event);
    layOut();
}

bool PlotChart::event(QEvent* event) {
    const bool known = QChart::event(event);
    if (event->type() == QEvent::LayoutRequest)
        placeYTitle();
    return known;
}

} // namespace diploscope::ui
