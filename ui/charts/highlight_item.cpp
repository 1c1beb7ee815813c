// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/highlight_item.h"

#include "charts/plot_item.h"

#include <QPainter>

namespace diploscope::ui {

HighlightItem::HighlightItem(const QColor& ring, const QColor& halo, double width, QGraphicsItem* parent)
    : QGraphicsItem(parent), m_ring(ring), m_halo(halo), m_width(width) {
    setZValue(layer::labels + 1);
    setVisible(false);
}

void HighlightItem::show(const std::optional<MarkGrid::Hit>& hit, const QLineF& guide) {
    prepareGeometryChange();
    m_hit = hit;
    m_guide = guide;
    setVisible(hit.has_value());
}

double HighlightItem::diameter() const {
    return m_hit->diameter + 2 * m_width + 2;
}

QRectF HighlightItem::boundingRect() const {
    if (!m_hit)
        return {};
    const double reach = markExtent(m_hit->shape, diameter()) + 2 * m_width;
    QRectF rect(m_hit->at.x() - reach, m_hit->at.y() - reach, 2 * reach, 2 * reach);
    if (!m_guide.isNull())
        rect |= QRectF(m_guide.p1(), m_guide.p2()).normalized().adjusted(-1, -1, 1, 1);
    return rect;
}

void HighlightItem::paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*) {
    if (!m_hit)
        return;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setBrush(Qt::NoBrush);
    const QPainterPath outline = markPath(m_hit->shape, m_hit->at, diameter());
    if (!m_guide.isNull()) {
        QColor line = m_ring;
        line.setAlphaF(0.45F);
        painter->setPen(QPen(line, 1));
        painter->drawLine(m_guide);
    }
    painter->setPen(QPen(m_halo, 2.4 * m_width));
    painter->drawPath(outline);
    painter->setPen(QPen(m_ring, m_width));
    painter->drawPath(outline);
    painter->restore();
}

} // namespace diploscope::ui
