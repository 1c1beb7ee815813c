// SPDX-License-Identifier: GPL-3.0-or-later
// How a chart shares its room between plot, axes, titles, legend and colour bar.
#include "charts/plot_chart.h"

#include <QFontMetricsF>
#include <QGraphicsTextItem>
#include <QLegend>

#include <algorithm>
#include <cmath>
#include <limits>

namespace diploscope::ui {
namespace {

// What Qt Charts puts between axis line, labels and title.
constexpr double tickLength = 4;
constexpr double titleGap = 3;
constexpr double textMargin = 1; ///< on all sides of every text
/// Qt Charts draws the y axis this far left of the plot area.
constexpr double axisOffset = 1;
constexpr double mostOfNames = 0.36; ///< of the chart's width, beside the y axis

/// Labels of the y axis end right at their ticks; a space keeps a tick from looking like a minus.
const QChar labelGap = QChar::Nbsp;

/// \param chosen in the place of the axis' own
RichLabel words(const AxisText& text, const std::optional<RichLabel>& chosen, const Ticks& ticks) {
    const RichLabel title = chosen.value_or(RichLabel(text.title));
    if (text.genomePosition)
        return title.with(QStringLiteral(", ") + ticks.unit);
    return ticks.unit.isEmpty() ? title : title.with(QStringLiteral(" (") + ticks.unit + QLatin1Char(')'));
}

LongNames longNamesIn(const ChartStyle& style) {
    return style.printed ? LongNames::Broken : LongNames::Cut;
}

Ticks withGap(Ticks ticks) {
    for (QString& label : ticks.labels)
        label += labelGap;
    return ticks;
}

} // namespace

void PlotChart::placeYTitle() {
    // Qt Charts sets it beside the widest of the axis' own labels, wherever those of other charts begin. It
    // is the one text that is turned.
    for (QGraphicsItem* item : childItems())
        if (auto* title = dynamic_cast<QGraphicsTextItem*>(item);
            title != nullptr && title->rotation() != 0) {
            const QSizeF size = title->boundingRect().size();
            title->setX(m_style.gap / 2 + (size.height() - size.width()) / 2);
        }
}

double PlotChart::widest(const Ticks& ticks) const {
    double width = 0;
    for (const QString& label : ticks.labels)
        width = std::max(width, labelWidth(label, m_style.smallFont()));
    return width;
}

double PlotChart::labelHeight(const Ticks& ticks) const {
    qsizetype lines = 1;
    for (const QString& label : ticks.labels)
        lines = std::max(lines, labelLines(label));
    return static_cast<double>(lines) * QFontMetricsF(m_style.smallFont()).height();
}

Ticks PlotChart::yTicks(double height) const {
    if (!m_yLabelsShown)
        return {};
    if (!m_yText.names.empty())
        return withGap(namesAlongY(m_yText.names, yRange(), m_style.smallFont(), height,
                                   mostOfNames * size().width(), longNamesIn(m_style)));
    return withGap(
        niceTicks(yRange(), std::clamp(static_cast<int>(height / (m_style.textSize * 3.2)), 2, 8)));
}

Ticks PlotChart::xTicks(double width) const {
    const AxisRange range = xRange();
    if (!m_xText.names.empty())
        return namesAlongX(m_xText.names, range, m_style.smallFont(), width, longNamesIn(m_style));
    const auto make = [&](int maximum) {
        return m_xText.genomePosition ? positionTicks(range, maximum) : niceTicks(range, maximum);
    };
    int maximum = std::clamp(static_cast<int>(width / (m_style.textSize * 5)), 2, 9);
    Ticks ticks = make(maximum);
    const auto areApart = [&](double gap) {
        if (ticks.values.size() < 2)
            return true;
        const double spacing = (ticks.values[1] - ticks.values[0]) / range.span() * width;
        return widest(ticks) + gap * m_style.textSize <= spacing;
    };
    while (maximum > 2 && !areApart(1.5))
        ticks = make(--maximum);
    // Where the fewest round ones are still too many, as long positions are in a narrow chart, every second.
    while (!areApart(0.5)) {
        size_t kept = 0;
        for (size_t i = 0; i < ticks.values.size(); i += 2, ++kept) {
            ticks.values[kept] = ticks.values[i];
            ticks.labels[kept] = ticks.labels[i];
        }
        ticks.values.resize(kept);
        ticks.labels.resize(kept);
    }
    return ticks;
}

void PlotChart::showTicks(QCategoryAxis* axis, const Ticks& ticks, const AxisTitle& title) {
    // Qt Charts rebuilds its labels for every category that comes or goes, so leave them alone where nothing
    // changed.
    bool same = axis->count() == static_cast<int>(ticks.values.size());
    const QStringList shown = axis->categoriesLabels();
    for (qsizetype i = 0; same && i < shown.size(); ++i) {
        const auto at = static_cast<size_t>(i);
        same = shown[i] == ticks.labels[at] && axis->endValue(shown[i]) == ticks.values[at];
    }
    if (!same) {
        for (const QString& label : shown)
            axis->remove(label);
        // The first category begins far below the range, where its tick is not drawn.
        axis->setStartValue(axis->min() - (axis->max() - axis->min()));
        for (size_t i = 0; i < ticks.values.size(); ++i)
            axis->append(ticks.labels[i], ticks.values[i]);
    }
    axis->setTitleFont(title.font);
    axis->setTitleText(title.html());
}

double PlotChart::axisRoom(const ChartStyle& style) {
    return tickLength + titleGap + std::ceil(QFontMetricsF(style.smallFont()).height() + 2 * textMargin) +
           std::ceil(QFontMetricsF(style.textFont()).height() + 4 * textMargin);
}

AxisTitle PlotChart::xTitle(double width, const Ticks& ticks) const {
    // Qt Charts leaves a title out that takes more than its share of the chart.
    const double others = labelHeight(ticks) + tickLength + titleGap + 6 * textMargin;
    return axisTitle(words(m_xText, m_style.parts.xLabel, ticks), m_style, width,
                     mostOfAxes * size().height() - others);
}

AxisTitle PlotChart::yTitle(double height, const Ticks& ticks) const {
    const double others = widest(ticks) + tickLength + titleGap + 6 * textMargin;
    return axisTitle(words(m_yText, m_style.parts.yLabel, ticks), m_style, height,
                     mostOfAxes * size().width() - others);
}

double PlotChart::legendRoom(double width) const {
    return m_legend != nullptr ? m_legend->height(width - 2 * m_style.gap) + 0.75 * m_style.gap : 0;
}

PlotChart::Above PlotChart::setAbove(const QRectF& area, bool legendBelow) {
    constexpr double most = 0.4; // of the chart's height
    const double smallest = m_style.printed ? m_style.leastSize : 0.5 * m_style.smallSize;
    Above above;
    for (double less = 0; m_style.smallSize - less >= smallest; less += 1) {
        ChartStyle style = m_style;
        for (double* letters : {&style.titleSize, &style.textSize, &style.smallSize})
            *letters -= less;
        if (m_header != nullptr) {
            m_header->setStyle(style);
            above.header = m_header->height(area.width());
        }
        if (m_legend != nullptr) {
            m_legend->setStyle(style);
            above.besidePlot = !legendBelow && m_legend->rowWidth() <= area.width();
            above.legend =
                m_legend->height(above.besidePlot ? std::numeric_limits<double>::infinity() : area.width());
        }
        if (above.header + above.legend <= most * (size().height() - m_topRoom))
            break;
    }
    return above;
}

void PlotChart::layOut() {
    if (size().isEmpty() || m_settling)
        return;
    m_settling = true;
    // Never from where the last layout left things: the same chart at the same size is the same picture.
    const bool hasTitle = !m_xText.title.isEmpty() || m_style.parts.xLabel;
    layOut({false, hasTitle ? QFontMetricsF(m_style.textFont()).height() : 0.0,
            QFontMetricsF(m_style.smallFont()).height()});
    m_settling = false;
    m_layingOut = true;
    updateTicks();
    m_layingOut = false;
    layout()->invalidate();
    layout()->activate();
    placeYTitle();
    tellItems();
}

void PlotChart::layOut(const Assumed& assumed) {
    const QFontMetricsF small(m_style.smallFont());
    const QFontMetricsF text(m_style.textFont());
    QRectF area = QRectF(QPointF(), size()).adjusted(m_style.gap, m_style.gap, -m_style.gap, -m_style.gap);
    const Above above = setAbove(area, assumed.legendBelow);
    double top = area.top() + m_topRoom;
    if (m_header != nullptr) {
        m_header->setRect(QRectF(area.left(), top, area.width(), above.header));
        top += above.header + m_style.gap * 0.75;
    }
    const double legendTop = top;
    const double pageLeft = area.left();
    if (m_legend != nullptr)
        top += above.legend + m_style.gap * 0.75;
    // A label at the very end of the y axis stands half above it, beside the legend but not in the header.
    if (m_header != nullptr)
        top = std::max(top, m_header->rect().bottom() + small.height() / 2 + textMargin);
    area.setTop(top);
    area.setBottom(size().height() - tickLength - titleGap - std::ceil(assumed.xLabelRoom + 2 * textMargin) -
                   std::ceil(assumed.xTitleRoom + 2 * textMargin));
    if (!m_xAxisShown) {
        // A label at the very end of the y axis stands half below it; Qt Charts draws none beyond the chart.
        const bool hasNumbers = m_yLabelsShown && m_yText.names.empty();
        const double labelRoom = hasNumbers ? std::ceil(small.height() / 2 + 2 * textMargin) : 0;
        area.setBottom(size().height() - std::max(m_style.gap / 2, labelRoom));
    }
    // Whole units, because Qt Charts cuts its axes' coordinates down to them.
    area.setTop(std::ceil(area.top()));
    area.setBottom(std::floor(std::max(area.bottom(), area.top() + 1)));
    m_neededTop = area.top();
    m_neededBottom = size().height() - area.bottom();
    area.setTop(std::ceil(std::max(area.top(), m_leastTop)));
    area.setBottom(
        std::floor(std::max(std::min(area.bottom(), size().height() - m_leastBottom), area.top() + 1)));
    const Ticks yLabels = yTicks(area.height());
    m_labelRoom = std::ceil(widest(yLabels));
    m_yTitleRoom = yTitle(area.height(), yLabels).height();
    area.setLeft(titleGap + m_yTitleRoom + m_labelRoom + 4 * textMargin + m_style.gap / 2 + tickLength +
                 axisOffset);
    if (m_colourBar != nullptr) {
        const double width = m_colourBar->width();
        const double room = std::max(width, m_leastSides.right - 2.5 * m_style.gap);
        m_colourBar->setRect(QRectF(area.right() - room, area.top(), room, area.height()));
        area.setRight(area.right() - width - 1.5 * m_style.gap);
    } else {
        // The last label of the x axis hangs half over the end of the axis.
        area.setRight(area.right() - std::max(0.0, widest(xTicks(area.width())) / 2 - m_style.gap));
    }
    m_neededSides.left = std::ceil(area.left());
    area.setLeft(std::max(area.left(), m_leastSides.left));
    // How wide the y axis is hangs on the plot's height, and that on whether the legend takes rows of its
    // own.
    if (above.besidePlot && m_legend != nullptr &&
        m_legend->rowWidth() > size().width() - m_style.gap - area.left())
        return layOut({true, assumed.xTitleRoom, assumed.xLabelRoom});
    if (m_legend != nullptr)
        m_legend->setRect(QRectF(QPointF(above.besidePlot ? area.left() : pageLeft, legendTop),
                                 QPointF(size().width() - m_style.gap, legendTop + above.legend)));
    area.setLeft(std::ceil(area.left()));
    // Not an empty area: Qt Charts divides by it.
    area.setRight(std::floor(std::max(area.right(), area.left() + 1)));
    m_neededSides.right = size().width() - area.right();
    area.setRight(std::max(area.left() + 1,
                           std::floor(size().width() - std::max(m_leastSides.right, m_neededSides.right))));
    // How many lines the title of the x axis needs hangs on the width that the y axis leaves.
    if (m_xAxisShown) {
        const Ticks xLabels = xTicks(area.width());
        const double titleNeeds = xTitle(area.width(), xLabels).height();
        const double labelsNeed = labelHeight(xLabels);
        if (titleNeeds > assumed.xTitleRoom + 0.5 || labelsNeed > assumed.xLabelRoom + 0.5)
            return layOut({assumed.legendBelow, std::max(titleNeeds, assumed.xTitleRoom),
                           std::max(labelsNeed, assumed.xLabelRoom)});
    }
    m_xTitleRoom = assumed.xTitleRoom;
    setPlotArea(area);
    m_corner->setLine(QLineF(area.bottomLeft() - QPointF(axisOffset, 0), area.bottomLeft()));
}

void PlotChart::updateTicks() {
    if (m_settling || size().isEmpty())
        return;
    const QRectF area = plotArea();
    // Measuring words takes longer than drawing data: of tracks, a pan changes nothing along y, and of all
    // but the lowest nobody sees the x axis.
    if (const YKey key{yRange(), area.height(), size(), m_yLabelsShown}; key != m_yKey) {
        m_yKey = key;
        m_yTicks = yTicks(area.height());
        m_yWords = yTitle(area.height(), m_yTicks);
    }
    const Ticks& y = m_yTicks;
    const AxisTitle& yWords = m_yWords;
    const Ticks x = m_xAxisShown ? xTicks(area.width()) : Ticks();
    const AxisTitle xWords = m_xAxisShown ? xTitle(area.width(), x) : AxisTitle();
    if (!m_layingOut && m_labelRoom > 0 &&
        (std::ceil(widest(y)) > m_labelRoom || yWords.height() > m_yTitleRoom ||
         (m_xAxisShown && xWords.height() > m_xTitleRoom))) {
        // Zooming in made the labels or a title longer than the room that was left for them.
        layOut();
        return;
    }
    if (m_xAxisShown)
        showTicks(m_xAxis, x, xWords);
    showTicks(m_yAxis, y, yWords);
    placeYTitle();
    tellItems();
}

void PlotChart::tellItems() {
    if (m_settling)
        return;
    const PlotMap now = map();
    mapWillChange(now);
    for (PlotItem* item : m_items)
        item->setMap(now);
    Q_EMIT mapChanged();
}

} // namespace diploscope::ui
