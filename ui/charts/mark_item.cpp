// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/mark_item.h"

#include <QPainter>
#include <QPainterPath>
#include <QPen>

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

namespace {

QPen ringPen(const QColor& colour, const MarkLayerLook& look) {
    return {colour, look.ringWidth, Qt::SolidLine, Qt::SquareCap, Qt::MiterJoin};
}

QPainterPath shapeOf(const Mark& mark, const MarkLayerLook& look, const PlotMap& map) {
    return markPath(mark.shape, map.toScene(mark.x, mark.y), mark.size > 0 ? mark.size : look.size);
}

/// \param marks within the x range
void paintPlain(QPainter& painter, std::span<const Mark> marks, const MarkLayerLook& look,
                const PlotMap& map) {
    painter.setPen(Qt::NoPen);
    if (look.stemWidth > 0) {
        const double base = map.toY(std::clamp(look.baseline, map.y.lower, map.y.upper));
        for (const Mark& mark : marks) {
            const double end = map.toY(std::clamp(mark.y, map.y.lower, map.y.upper));
            const QRectF stem(map.toX(mark.x) - look.stemWidth / 2, std::min(base, end), look.stemWidth,
                              std::abs(end - base));
            painter.fillRect(stem, QColor::fromRgb(look.palette[mark.colour]));
        }
    }
    for (const Mark& mark : marks) {
        if (mark.ring != 0 || !map.showsY(mark.y))
            continue;
        QColor colour = QColor::fromRgb(look.palette[mark.colour]);
        colour.setAlphaF(static_cast<float>(look.opacity));
        painter.setPen(mark.hollow ? ringPen(colour, look) : QPen(Qt::NoPen));
        painter.setBrush(mark.hollow ? QBrush(Qt::NoBrush) : QBrush(colour));
        painter.drawPath(shapeOf(mark, look, map));
    }
}

/// \param marks within the x range
void paintRinged(QPainter& painter, std::span<const Mark> marks, const MarkLayerLook& look,
                 const PlotMap& map) {
    for (const Mark& mark : marks) {
        if (mark.ring == 0 || !map.showsY(mark.y))
            continue;
        painter.setPen(ringPen(QColor::fromRgb(mark.ring), look));
        painter.setBrush(QColor::fromRgb(mark.hollow ? look.ground : look.palette[mark.colour]));
        painter.drawPath(shapeOf(mark, look, map));
    }
}

std::span<const Mark> within(std::span<const Mark> marks, const AxisRange& range) {
    const auto [first, last] = visibleMarks(marks, range);
    return marks.subspan(first, last - first);
}

} // namespace

void paintMarks(QPainter& painter, std::span<const Mark> marks, const MarkLayerLook& look,
                const PlotMap& map) {
    const std::span<const Mark> shown = within(marks, map.x);
    painter.setRenderHint(QPainter::Antialiasing);
    paintPlain(painter, shown, look, map);
    paintRinged(painter, shown, look, map);
}

bool blendMarks(QPainter& painter, QImage& image, std::span<const Mark> marks, const MarkLayerLook& look,
                const PlotMap& map) {
    const QTransform toPixels = painter.combinedTransform();
    const double ratio = toPixels.m11();
    if (toPixels.type() > QTransform::TxScale || ratio <= 0 || ratio != toPixels.m22())
        return false;
    const std::span<const Mark> shown = within(marks, map.x);
    double largest = look.size;
    for (const Mark& mark : shown)
        largest = std::max(largest, static_cast<double>(mark.size));
    if (largest * ratio > MarkRaster::LargestMark || look.ringWidth * ratio > MarkRaster::WidestOutline)
        return false;
    MarkRaster().draw(image, QPointF(-toPixels.dx(), -toPixels.dy()) / ratio, ratio, shown, map, look);
    painter.setRenderHint(QPainter::Antialiasing);
    paintRinged(painter, shown, look, map);
    return true;
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
    if (widget == nullptr) {
        paintMarks(*painter, m_marks, m_look, map());
    } else {
        paintImage(painter);
        paintRinged(*painter, within(m_marks, map().x), m_look, map());
    }
    painter->restore();
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
        m_raster.draw(m_image, m_imageOrigin, ratio, within(m_marks, map().x), map(), m_look);
        m_imageStale = false;
    }
    painter->drawImage(m_imageOrigin, m_image);
}

} // namespace diploscope::ui
