// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/bar_item.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace diploscope::ui {

BarItem::BarItem(std::vector<Bar> bars, double gap, QGraphicsItem* parent)
    : PlotItem(parent), m_bars(std::move(bars)), m_gap(gap) {
    setZValue(layer::rule - 0.1); // under zero lines
}

void BarItem::paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget* widget) {
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing, widget == nullptr);
    const QRectF& plot = map().plot;
    for (const Bar& bar : m_bars) {
        QRectF box = QRectF(QPointF(map().toX(bar.from), map().toY(bar.height)),
                            QPointF(map().toX(bar.to) - m_gap, map().toY(0)))
                         .normalized() &
                     plot;
        if (widget != nullptr) {
            const double right = std::max(std::round(box.right()), std::round(box.left()) + 1);
            box = QRectF(QPointF(std::round(box.left()), std::round(box.top())),
                         QPointF(right, std::round(box.bottom())));
        }
        if (!box.isEmpty())
            painter->fillRect(box, bar.colour);
    }
    painter->restore();
}

} // namespace diploscope::ui
