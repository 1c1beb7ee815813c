// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/segment_item.h"

#include <QPainter>

#include <algorithm>

namespace diploscope::ui {

SegmentItem::SegmentItem(std::vector<Segment> segments, const QPen& pen, double cap, QGraphicsItem* parent)
    : PlotItem(parent), m_segments(std::move(segments)), m_pen(pen), m_cap(cap) {
    setZValue(layer::marks - 0.5);
}

void SegmentItem::paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*) {
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(m_pen);
    const QRectF& plot = map().plot;
    for (const Segment& segment : m_segments) {
        const QPointF from = map().toScene(segment.fromX, segment.fromY);
        const QPointF to = map().toScene(segment.toX, segment.toY);
        const QRectF seen = QRectF(from, to).normalized();
        if (seen.left() > plot.right() || seen.right() < plot.left() || seen.top() > plot.bottom() ||
            seen.bottom() < plot.top())
            continue;
        const auto within = [&plot](QPointF point) {
            return QPointF(std::clamp(point.x(), plot.left(), plot.right()),
                           std::clamp(point.y(), plot.top(), plot.bottom()));
        };
        painter->drawLine(within(from), within(to));
        const QPointF across = segment.fromX == segment.toX ? QPointF(m_cap / 2, 0) : QPointF(0, m_cap / 2);
        for (const QPointF end : {from, to})
            if (m_cap > 0 && within(end) == end)
                painter->drawLine(end - across, end + across);
    }
    painter->restore();
}

} // namespace diploscope::ui
