// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/region_item.h"

#include "charts/chart_text.h"
#include "viewmodels/gene_text.h"

#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>
#include <utility>

namespace diploscope::ui {

RegionItem::RegionItem(std::vector<RegionOfInterest> regions, bool named, const ChartStyle& style,
                       QGraphicsItem* parent)
    : PlotItem(parent), m_regions(std::move(regions)), m_named(named), m_style(style) {
    setZValue(layer::tint);
}

std::pair<QString, QFont> RegionItem::fittingName(const QString& name, double room) const {
    QFont font = m_style.smallFont();
    if (!m_style.printed)
        return {QFontMetricsF(font).elidedText(name, Qt::ElideRight, room), font};
    for (double size = m_style.smallSize; size >= m_style.leastSize; size -= 1) {
        font = m_style.font(size);
        if (QFontMetricsF(font).horizontalAdvance(name) <= room)
            break;
    }
    return {name, font}; // a long one reaches beyond its region rather than to be cut
}

void RegionItem::paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*) {
    const QRectF& plot = map().plot;
    if (plot.isEmpty())
        return;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    QColor tint = m_style.theme.threshold;
    tint.setAlphaF(static_cast<float>(m_style.theme.tintOpacity));
    for (const RegionOfInterest& marked : m_regions) {
        const double left = map().toX(static_cast<double>(marked.region.start) + 0.5);
        const double right = map().toX(static_cast<double>(marked.region.end) + 0.5);
        if (right < plot.left() || left > plot.right())
            continue;
        const double from = std::max(left, plot.left());
        const double to = std::min(right, plot.right());
        painter->fillRect(QRectF(from, plot.top(), std::max(to - from, m_style.ruleWidth), plot.height()),
                          tint);
        painter->setPen(QPen(m_style.theme.threshold, m_style.ruleWidth, Qt::DotLine));
        for (const double edge : {left, right})
            if (edge >= plot.left() && edge <= plot.right())
                painter->drawLine(QPointF(edge, plot.top()), QPointF(edge, plot.bottom()));
        if (!m_named)
            continue;
        const double room = std::min(std::max(to - from, 8 * m_style.smallSize) - m_style.gap,
                                     plot.right() - from - m_style.gap);
        const auto [name, font] = fittingName(shownName(marked.name), room);
        drawLabel(painter, {from + m_style.gap / 2, plot.bottom() - QFontMetricsF(font).descent() - 1}, name,
                  font, m_style.theme.muted);
    }
    painter->restore();
}

} // namespace diploscope::ui
