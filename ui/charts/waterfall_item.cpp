// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/waterfall_item.h"

#include "charts/chart_text.h"

#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace diploscope::ui {
namespace {

constexpr double shareOfRow = 0.58; ///< a bar's height
constexpr double longestPoint = 5;  ///< of a bar, scene units

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

/// Beyond the bar's end, where it goes; on its other side where the plot ends.
void WaterfallItem::paintText(QPainter* painter, const Bar& bar) const {
    const QFont font = bar.strong ? m_style.font(m_style.smallSize, QFont::DemiBold) : m_style.smallFont();
    const QFontMetricsF metrics(font);
    const double width = metrics.horizontalAdvance(bar.text);
    const double gap = m_style.gap * 0.9;
    const double from = map().toX(bar.before), to = map().toX(bar.after);
    const double mark = std::isfinite(bar.mark) ? map().toX(bar.mark) : to;
    const QRectF& plot = map().plot;
    const double onLeft = std::min({from, to, mark}) - gap - width;
    const double onRight = std::max({from, to, mark}) + gap;
    double left = to >= from ? onRight : onLeft;
    if (left + width > plot.right())
        left = onLeft;
    else if (left < plot.left())
        left = onRight;
    if (left < plot.left() || left + width > plot.right())
        return;
    const bool ends = left == onLeft;
    drawLabel(painter, {ends ? left + width : left, map().toY(bar.row) + metrics.capHeight() / 2}, bar.text,
              font, bar.strong ? m_style.theme.text : m_style.theme.muted,
              ends ? TextAnchor::End : TextAnchor::Start);
}

} // namespace diploscope::ui
