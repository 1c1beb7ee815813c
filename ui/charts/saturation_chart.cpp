// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/saturation_chart.h"

#include "charts/annotation_items.h"
#include "charts/base_items.h"
#include "viewmodels/effect_text.h"

#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace diploscope::ui {
namespace {

AxisRange placesOf(const SaturationShown& shown) {
    const auto first = static_cast<double>(shown.first);
    return {first - 0.5, first + static_cast<double>(shown.rows.front().bases.size()) - 0.5};
}

/// The letters of one sequence.
class LogoChart final : public PlotChart {
public:
    LogoChart(const SaturationShown& shown, const SaturationShown::Row& row, const AxisRange& heights,
              const ChartStyle& style, QGraphicsItem* parent)
        : PlotChart(style, {shown.xTitle, true}, {row.background}, parent) {
        follow(new ReferenceLineItem({.value = 0, .colour = style.theme.rule, .width = style.ruleWidth},
                                     style, this));
        if (shown.focus)
            follow(new ReferenceLineItem({.orientation = Qt::Vertical,
                                          .value = static_cast<double>(*shown.focus),
                                          .colour = style.theme.muted,
                                          .width = style.ruleWidth,
                                          .dashed = true},
                                         style, this));
        follow(new LogoItem(row.letters, static_cast<double>(shown.first), style, this));
        setFullRanges(placesOf(shown), heights);
    }
};

/// Its 4 x L cells.
class HeatMapChart final : public PlotChart {
public:
    HeatMapChart(const SaturationShown& shown, const SaturationShown::Row& row, const ChartStyle& style,
                 QGraphicsItem* parent)
        : PlotChart(style, {shown.xTitle, true},
                    {.title = QStringLiteral("base"),
                     .names = {{0, QStringLiteral("T")},
                               {1, QStringLiteral("G")},
                               {2, QStringLiteral("C")},
                               {3, QStringLiteral("A")}}},
                    parent) {
        const double found = shown.largestEffect();
        const double largest = found > 0 ? found : 1;
        follow(
            new HeatMapItem(row.effects, row.bases, static_cast<double>(shown.first), largest, style, this));
        setColourBar(QStringLiteral("effect"), style.theme.change,
                     {{0, effectText(-largest)}, {0.5, QStringLiteral("0")}, {1, effectText(largest)}});
        setFullRanges(placesOf(shown), {-0.5, 3.5});
    }
    /// What can be pointed at: the cells, by marks that are not seen.
    const MarkItem* addCells(const SaturationShown& shown, const SaturationShown::Row& row) {
        auto* cells = follow(new MarkItem(this));
        MarkLayerLook look;
        look.opacity = 0;
        look.size = chartStyle().markSize;
        std::vector<Mark> marks;
        for (size_t i = 0; i < row.bases.size(); ++i)
            for (size_t b = 0; b < 4; ++b)
                marks.push_back({.x = static_cast<double>(shown.first) + static_cast<double>(i),
                                 .y = 3.0 - static_cast<double>(b),
                                 .source = static_cast<uint32_t>(4 * i + b)});
        cells->setLook(look);
        cells->setMarks(std::move(marks));
        return cells;
    }
};

} // namespace

SaturationChart::SaturationChart(const SaturationShown& shown, const ChartStyle& style, Medium medium)
    : m_style(style) {
    if (medium == Medium::Paper)
        m_header = new HeaderItem(shown.gene, shown.title, shown.summary, {}, style, this);
    AxisRange heights{0, 0};
    for (const SaturationShown::Row& row : shown.rows) {
        const AxisRange own = logoRange(row.letters);
        heights = {std::min(heights.lower, own.lower), std::max(heights.upper, own.upper)};
    }
    size_t cell = 0;
    for (const SaturationShown::Row& row : shown.rows) {
        auto* logo = new LogoChart(shown, row, heights, style, this);
        auto* heat = new HeatMapChart(shown, row, style, this);
        m_charts.insert(m_charts.end(), {logo, heat});
        m_figureTracks.push_back({logo, {}, {}});
        FigureTrack cells{heat, {}, {}};
        if (medium == Medium::Screen) {
            cells.layers = {heat->addCells(shown, row)};
            for (size_t i = 0; i < 4 * row.bases.size(); ++i)
                cells.datum.push_back(cell + i);
        }
        cell += 4 * row.bases.size();
        m_figureTracks.push_back(std::move(cells));
    }
    for (PlotChart* chart : m_charts) {
        chart->setBackgroundVisible(false); // the lowest may reach up behind the one above it
        if (chart != m_charts.back())
            chart->hideXAxis();
        connect(chart, &PlotChart::mapChanged, this, &SaturationChart::lineUp);
    }
}

void SaturationChart::resizeEvent(QGraphicsSceneResizeEvent* event) {
    QGraphicsWidget::resizeEvent(event);
    layOut();
}

void SaturationChart::layOut() {
    if (size().isEmpty())
        return;
    double top = 0;
    if (m_header != nullptr) {
        const double width = size().width() - 2 * m_style.gap;
        m_header->setRect(QRectF(m_style.gap, m_style.gap, width, m_header->height(width)));
        top = std::ceil(m_header->rect().bottom());
    }
    const double axisRoom = std::ceil(QFontMetricsF(m_style.smallFont()).height() +
                                      QFontMetricsF(m_style.textFont()).height() + 1.5 * m_style.gap);
    const double each =
        std::max((size().height() - top - axisRoom) / static_cast<double>(m_charts.size()), 1.0);
    for (PlotChart* chart : m_charts) {
        const bool lowest = chart == m_charts.back();
        const double height = lowest ? std::max(size().height() - top, 1.0) : std::floor(each);
        // As the tracks of the locus: Qt Charts gives axes a share of the height alone.
        const double hidden =
            lowest ? std::ceil(std::max(0.0, axisRoom / PlotChart::mostOfAxes - height)) : 0.0;
        chart->setTopRoom(hidden);
        chart->setGeometry(QRectF(0, top - hidden, size().width(), height + hidden));
        top += height;
    }
    lineUp();
}

void SaturationChart::lineUp() {
    if (m_liningUp || size().isEmpty())
        return;
    m_liningUp = true;
    PlotChart::Sides most;
    for (const PlotChart* chart : m_charts) {
        most.left = std::max(most.left, chart->neededSides().left);
        most.right = std::max(most.right, std::ceil(chart->neededSides().right));
    }
    for (PlotChart* chart : m_charts)
        chart->setLeastSides(most);
    m_liningUp = false;
}

void SaturationChart::paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*) {
    painter->fillRect(rect(), m_style.theme.card);
}

} // namespace diploscope::ui
