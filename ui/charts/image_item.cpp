// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/image_item.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace diploscope::ui {

ImageItem::ImageItem(QGraphicsItem* parent) : PlotItem(parent) {
    setZValue(layer::marks);
}

void ImageItem::paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget* widget) {
    constexpr double exportRatio = 4;
    const QRectF& plot = map().plot;
    if (plot.isEmpty())
        return;
    const double ratio = widget == nullptr ? exportRatio : painter->device()->devicePixelRatioF();
    const QSize pixels(std::max(1, static_cast<int>(std::lround(plot.width() * ratio))),
                       std::max(1, static_cast<int>(std::lround(plot.height() * ratio))));
    if (m_stale || m_image.size() != pixels) {
        if (m_image.size() != pixels)
            m_image = QImage(pixels, QImage::Format_ARGB32_Premultiplied);
        m_image.fill(Qt::transparent);
        draw(m_image, ratio);
        m_stale = false;
    }
    painter->save();
    painter->drawImage(plot, m_image);
    paintOver(*painter);
    painter->restore();
}

} // namespace diploscope::ui
