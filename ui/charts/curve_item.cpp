// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/curve_item.h"

#include <QPainter>
#include <QPolygonF>

#include <algorithm>

namespace diploscope::ui {

CurveItem::CurveItem(std::vector<std::pair<double, double>> points, const QPen& pen, QGraphicsItem* parent)
    : PlotItem(parent), m_points(std::move(points)), m_pen(pen) {
    setZValue(layer::line);
}

void CurveItem::paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*) {
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(m_pen);
    // The part of each stretch that is in view, as fractions of it, because exporters do not clip.
    const auto cut = [](double from, double to, const AxisRange& range, double& first, double& last) {
        if (from == to) {
            last = from < range.lower || from > range.upper ? -1 : last;
            return;
        }
        const double a = (range.lower - from) / (to - from);
        const double b = (range.upper - from) / (to - from);
        first = std::max(first, std::min(a, b));
        last = std::min(last, std::max(a, b));
    };
    QPolygonF line;
    const auto finish = [&] {
        if (line.size() > 1)
            painter->drawPolyline(line);
        line.clear();
    };
    for (size_t i = 1; i < m_points.size(); ++i) {
        const auto [fromX, fromY] = m_points[i - 1];
        const auto [toX, toY] = m_points[i];
        double first = 0;
        double last = 1;
        cut(fromX, toX, map().x, first, last);
        cut(fromY, toY, map().y, first, last);
        if (first >= last) {
            finish();
            continue;
        }
        const auto at = [&, fx = fromX, fy = fromY, tx = toX, ty = toY](double part) {
            return map().toScene(fx + part * (tx - fx), fy + part * (ty - fy));
        };
        if (first > 0)
            finish();
        if (line.isEmpty())
            line << at(first);
        line << at(last);
        if (last < 1)
            finish();
    }
    finish();
    painter->restore();
}

} // namespace diploscope::ui
