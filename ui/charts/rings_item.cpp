// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/rings_item.h"

#include "charts/mark_item.h"

#include <QPainter>

#include <algorithm>

namespace diploscope::ui {

namespace {

constexpr size_t mostSmooth = 2000; ///< more of them, a frame would take too long

} // namespace

RingsItem::RingsItem(const QColor& ring, double width, QGraphicsItem* parent)
    : PlotItem(parent), m_ring(ring), m_width(width) {
    setZValue(layer::labels + 0.5);
}

void RingsItem::setData(const FigureTrack& track, const std::vector<size_t>& data) {
    m_marks.clear();
    if (!data.empty()) {
        std::vector<bool> wanted(track.datum.size());
        for (size_t source = 0; source < track.datum.size(); ++source)
            wanted[source] = std::binary_search(data.begin(), data.end(), track.datum[source]);
        for (size_t l = track.layers.size(); l-- > 0;)
            for (Mark mark : track.layers[l]->marks())
                if (mark.source < wanted.size() && wanted[mark.source]) {
                    wanted[mark.source] = false;
                    if (mark.size <= 0)
                        mark.size = static_cast<float>(track.layers[l]->look().size);
                    m_marks.push_back(mark);
                }
    }
    update();
}

void RingsItem::paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*) {
    if (m_marks.empty())
        return;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing, m_marks.size() <= mostSmooth);
    painter->setBrush(Qt::NoBrush);
    painter->setPen(QPen(m_ring, m_width));
    for (const Mark& mark : m_marks)
        if (map().shows(mark.x, mark.y))
            painter->drawPath(
                markPath(mark.shape, map().toScene(mark.x, mark.y), mark.size + 2 * m_width + 1));
    painter->restore();
}

} // namespace diploscope::ui
