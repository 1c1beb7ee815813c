// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/waterfall_item.h"

#include "charts/chart_text.h"

#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace diploscope::ui {
namespace {

constexpr double shareOfRow = 0.58;   ///< a bar's height
constexpr double longestPoint = 5;    ///< of a bar, scene units
constexpr double smallestWords = 0.7; ///< of the usual letters

} // namespace

WaterfallItem::WaterfallItem(std::vector<Bar> bars, const ChartStyle& style, QGraphicsItem* parent)
    : PlotItem(parent), m_bars(std::move(bars)), m_style(style) {
    setZValue(layer::marks - 1);
}

void WaterfallItem::paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*) {
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const double rowHeight = map().plot.height() / map().y.span();
    const double half = std::min(shareOfRow * rowHeight, 1.2 * m_style.textSize) / 2;
    for (size_t i = 0; i < m_bars.size(); ++i) {
        const Bar& bar = m_bars[i];
        if (!std::isfinite(bar.after) || !map().showsY(bar.row))
            continue;
        // Down to the row that goes on from here.
        if (i + 1 < m_bars.size() && bar.after >= map().x.lower && bar.after <= map().x.upper) {
            painter->setPen(QPen(m_style.theme.rule, m_style.ruleWidth));
            painter->drawLine(map().toScene(bar.after, bar.row),
                              map().toScene(bar.after, std::max(m_bars[i + 1].row, map().y.lower)));
        }
        paintBar(painter, bar, half);
        if (rowHeight >= 0.8 * m_style.smallSize)
            paintText(painter, bar);
    }
    painter->restore();
}

void WaterfallItem::paintBar(QPainter* painter, const Bar& bar, double half) const {
    const QRectF& plot = map().plot;
    const double y = map().toY(bar.row);
    const Theme& theme = m_style.theme;
    const double from = std::clamp(map().toX(bar.before), plot.left(), plot.right());
    const double to = std::clamp(map().toX(bar.after), plot.left(), plot.right());
    if (bar.strong || bar.before == bar.after) {
        painter->setPen(QPen(bar.strong ? theme.text : theme.muted,
                             bar.strong ? 1.6 * m_style.lineWidth : m_style.lineWidth));
        if (map().toX(bar.after) == to)
            painter->drawLine(QPointF(to, y - half), QPointF(to, y + half));
        return;
    }
    const double way = to > from ? 1 : -1;
    const double point = std::min(longestPoint, std::abs(to - from));
    QPolygonF shape;
    shape << QPointF(from, y - half) << QPointF(to - way * point, y - half) << QPointF(to, y)
          << QPointF(to - way * point, y + half) << QPointF(from, y + half);
    painter->setPen(Qt::NoPen);
    painter->setBrush(bar.after > bar.before ? theme.accent : theme.threshold);
    painter->drawPolygon(shape);
}

WaterfallItem::Words WaterfallItem::wordsOf(const Bar& bar) const {
    const QRectF& plot = map().plot;
    const bool isSeen = std::max(bar.before, bar.after) >= map().x.lower &&
                        std::min(bar.before, bar.after) <= map().x.upper && map().showsY(bar.row);
    if (!isSeen)
        return {};
    const auto inPlot = [&](double value) { return std::clamp(map().toX(value), plot.left(), plot.right()); };
    const double from = inPlot(bar.before), to = inPlot(bar.after);
    const double mark = std::isfinite(bar.mark) ? inPlot(bar.mark) : to;
    const double first = std::min(from, to), last = std::max(from, to);
    const double gap = m_style.gap * 0.9;
    Words words;
    QSizeF size;
    const auto stands = [&](double left, bool inBar) {
        words.place = QRectF(QPointF(left, map().toY(bar.row) - size.height() / 2), size);
        words.inBar = inBar;
        return words.place.left() >= plot.left() && words.place.right() <= plot.right();
    };
    const double smallest = std::max(smallestWords * m_style.smallSize, m_style.leastSize);
    for (double letters = m_style.smallSize; letters >= smallest; letters -= 1) {
        words.font = m_style.font(letters, bar.strong ? QFont::DemiBold : QFont::Normal);
        const QFontMetricsF metrics(words.font);
        size = QSizeF(metrics.horizontalAdvance(bar.text), metrics.capHeight());
        const double onLeft = std::min(first, mark) - gap - size.width();
        const double onRight = std::max(last, mark) + gap;
        if (stands(to >= from ? onRight : onLeft, false) || stands(to >= from ? onLeft : onRight, false))
            return words;
        // In a bar as long as the plot, or nearly: at the end that the mark is farther from.
        if (last - first >= size.width() + 3 * gap)
            if (stands(mark - first > last - mark ? first + gap : last - gap - size.width(), true))
                return words;
    }
    const double most = std::max(plot.left(), plot.right() - size.width());
    return stands(std::clamp(last + gap, plot.left(), most), false) ? words : Words{};
}

void WaterfallItem::paintText(QPainter* painter, const Bar& bar) const {
    const Words words = wordsOf(bar);
    if (words.place.isEmpty())
        return;
    const Theme& theme = m_style.theme;
    // Lines to and from other rows, and that of the reference, end at words.
    if (const double room = m_style.gap / 4; !words.inBar)
        painter->fillRect(words.place.adjusted(-room, -room, room, room), theme.card);
    const bool ends = words.place.left() < map().toX(bar.after);
    drawLabel(painter, {ends ? words.place.right() : words.place.left(), words.place.bottom()}, bar.text,
              words.font,
              words.inBar  ? theme.card
              : bar.strong ? theme.text
                           : theme.muted,
              ends ? TextAnchor::End : TextAnchor::Start);
}

} // namespace diploscope::ui
