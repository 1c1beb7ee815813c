// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/mark_item.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace diploscope::ui {

std::pair<size_t, size_t> visibleMarks(std::span<const Mark> marks, const AxisRange& range) {
    const auto first = std::lower_bound(marks.begin(), marks.end(), range.lower,
                                        [](const Mark& mark, double x) { return mark.x < x; });
    const auto last = std::upper_bound(first, marks.end(), range.upper,
                                       [](double x, const Mark& mark) { return x < mark.x; });
    return {static_cast<size_t>(first - marks.begin()), static_cast<size_t>(last - marks.begin())};
}

MarkItem::MarkItem(QGraphicsItem* parent) : PlotItem(parent) {
    setZValue(layer::marks);
}

void MarkItem::setMarks(std::vector<Mark> marks) {
    std::erase_if(marks, [](const Mark& mark) { return !std::isfinite(mark.x) || !std::isfinite(mark.y); });
    std::stable_sort(marks.begin(), marks.end(), [](const Mark& a, const Mark& b) { return a.x < b.x; });
    m_marks = std::move(marks);
    m_imageStale = true;
    update();
}

void MarkItem::setLook(const MarkLayerLook& look) {
    m_look = look;
    m_imageStale = true;
    update();
}

std::pair<size_t, size_t> MarkItem::visible() const {
    return visibleMarks(m_marks, map().x);
}

void MarkItem::paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget* widget) {
    if (m_look.opacity <= 0) // to be pointed at alone
        return;
    if (map().plot.isEmpty() || m_marks.empty())
        return;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    if (widget == nullptr)
        paintShapes(painter);
    else
        paintImage(painter);
    paintRinged(painter);
    painter->restore();
}

QPen MarkItem::ringPen(const QColor& colour) const {
    return {colour, m_look.ringWidth, Qt::SolidLine, Qt::SquareCap, Qt::MiterJoin};
}

void MarkItem::paintShapes(QPainter* painter) const {
    const auto [first, last] = visible();
    const auto colourOf = [this](const Mark& mark) {
        QColor colour = QColor::fromRgb(m_look.palette[mark.colour]);
        colour.setAlphaF(static_cast<float>(m_look.opacity));
        return colour;
    };
    painter->setPen(Qt::NoPen);
    if (m_look.stemWidth > 0) {
        const double base = map().toY(std::clamp(m_look.baseline, map().y.lower, map().y.upper));
        for (size_t i = first; i < last; ++i) {
            const double end = map().toY(std::clamp(m_marks[i].y, map().y.lower, map().y.upper));
            const QRectF stem(map().toX(m_marks[i].x) - m_look.stemWidth / 2, std::min(base, end),
                              m_look.stemWidth, std::abs(end - base));
            painter->fillRect(stem, QColor::fromRgb(m_look.palette[m_marks[i].colour]));
        }
    }
    for (size_t i = first; i < last; ++i) {
        const Mark& mark = m_marks[i];
        if (mark.ring != 0 || !map().showsY(mark.y))
            continue;
        const QColor colour = colourOf(mark);
        painter->setPen(mark.hollow ? ringPen(colour) : QPen(Qt::NoPen));
        painter->setBrush(mark.hollow ? QBrush(Qt::NoBrush) : QBrush(colour));
        painter->drawPath(
            markPath(mark.shape, map().toScene(mark.x, mark.y), mark.size > 0 ? mark.size : m_look.size));
    }
}

void MarkItem::paintImage(QPainter* painter) {
    const double ratio = painter->device()->devicePixelRatioF();
    // On whole units, so that the image is copied and not resampled.
    const QRect area = boundingRect().toAlignedRect();
    const QSize pixels = (QSizeF(area.size()) * ratio).toSize();
    if (m_imageStale || m_image.size() != pixels || m_image.devicePixelRatio() != ratio ||
        m_imageOrigin != area.topLeft()) {
        if (m_image.size() != pixels)
            m_image = QImage(pixels, QImage::Format_ARGB32_Premultiplied);
        m_image.fill(Qt::transparent);
        m_image.setDevicePixelRatio(ratio);
        m_imageOrigin = area.topLeft();
        const auto [first, last] = visible();
        m_raster.draw(m_image, m_imageOrigin, ratio, std::span(m_marks).subspan(first, last - first), map(),
                      m_look);
        m_imageStale = false;
    }
    painter->drawImage(m_imageOrigin, m_image);
}

void MarkItem::paintRinged(QPainter* painter) const {
    const auto [first, last] = visible();
    for (size_t i = first; i < last; ++i) {
        const Mark& mark = m_marks[i];
        if (mark.ring == 0 || !map().showsY(mark.y))
            continue;
        painter->setPen(ringPen(QColor::fromRgb(mark.ring)));
        painter->setBrush(QColor::fromRgb(mark.hollow ? m_look.ground : m_look.palette[mark.colour]));
        painter->drawPath(
            markPath(mark.shape, map().toScene(mark.x, mark.y), mark.size > 0 ? mark.size : m_look.size));
    }
}

} // namespace diploscope::ui
