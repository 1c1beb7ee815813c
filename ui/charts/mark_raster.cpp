// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/mark_raster.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace diploscope::ui {
namespace {

constexpr int phases = 4; ///< per pixel: a mark is at most an eighth of a pixel off

/// All four channels times a/255, two at a time.
inline uint32_t scaled(uint32_t colour, uint32_t a) {
    uint32_t even = (colour & 0x00ff00ffU) * a;
    even = (even + ((even >> 8) & 0x00ff00ffU) + 0x00800080U) >> 8;
    uint32_t odd = ((colour >> 8) & 0x00ff00ffU) * a;
    odd = odd + ((odd >> 8) & 0x00ff00ffU) + 0x00800080U;
    return (even & 0x00ff00ffU) | (odd & 0xff00ff00U);
}

inline void blend(uint32_t& pixel, uint32_t source) {
    pixel = source + scaled(pixel, 255U - (source >> 24));
}

struct Canvas {
    uint32_t* pixels = nullptr;
    qsizetype stride = 0; ///< pixels
    int width = 0;
    int height = 0;
};

/// Where a stem stands in whole pixels, so that all stems look the same.
struct StemColumn {
    int left = 0;
    int width = 1;
    [[nodiscard]] double centre() const { return left + width / 2.0; }
};

StemColumn stemColumn(double x, double width) {
    StemColumn column;
    column.width = std::max(1, static_cast<int>(std::lround(width)));
    column.left = static_cast<int>(std::lround(x - column.width / 2.0));
    return column;
}

void fillColumn(const Canvas& canvas, const StemColumn& column, int top, int bottom, uint32_t colour) {
    const int left = std::max(column.left, 0);
    const int right = std::min(column.left + column.width, canvas.width);
    top = std::max(top, 0);
    bottom = std::min(bottom, canvas.height);
    for (int row = top; row < bottom; ++row) {
        uint32_t* line = canvas.pixels + row * canvas.stride;
        for (int x = left; x < right; ++x)
            line[x] = colour;
    }
}

/// A coordinate as a whole pixel and the nearest quarter after it.
struct Quarters {
    int pixel = 0;
    int phase = 0; ///< 0 to 3
};

Quarters inQuarters(double coordinate) {
    const auto quarters = static_cast<int>(std::floor(coordinate * phases + 0.5));
    const int phase = ((quarters % phases) + phases) % phases;
    return {(quarters - phase) / phases, phase};
}

} // namespace

const MarkRaster::Mask& MarkRaster::mask(MarkShape shape, double diameter, double outline, int phaseX,
                                         int phaseY) {
    const auto quarters = static_cast<uint32_t>(std::clamp(std::lround(diameter * 4), 1L, 1023L));
    const auto outlineQuarters = static_cast<uint32_t>(std::clamp(std::lround(outline * 4), 0L, 63L));
    const uint32_t key = (((outlineQuarters * 1024 + quarters) * 8 + static_cast<uint32_t>(shape)) * phases +
                          static_cast<uint32_t>(phaseX)) *
                             phases +
                         static_cast<uint32_t>(phaseY);
    auto [found, isNew] = m_masks.try_emplace(key);
    Mask& mask = found->second;
    if (!isNew)
        return mask;
    const double size = quarters / 4.0;
    const double width = outlineQuarters / 4.0;
    mask.centre = static_cast<int>(std::ceil(markExtent(shape, size) + width / 2)) + 1;
    mask.side = 2 * mask.centre + 1;
    QImage image(mask.side, mask.side, QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::transparent);
    {
        QPainter painter(&image);
        painter.setRenderHint(QPainter::Antialiasing);
        const double step = 1.0 / phases;
        const QPainterPath path =
            markPath(shape, QPointF(mask.centre + phaseX * step, mask.centre + phaseY * step), size);
        if (width > 0)
            painter.strokePath(path, QPen(Qt::white, width, Qt::SolidLine, Qt::SquareCap, Qt::MiterJoin));
        else
            painter.fillPath(path, Qt::white);
    }
    mask.coverage.reserve(static_cast<size_t>(mask.side) * static_cast<size_t>(mask.side));
    for (int row = 0; row < mask.side; ++row) {
        const auto* line = reinterpret_cast<const QRgb*>(image.constScanLine(row));
        for (int column = 0; column < mask.side; ++column)
            mask.coverage.push_back(static_cast<uint8_t>(qAlpha(line[column])));
    }
    return mask;
}

namespace {

void blendMask(const Canvas& canvas, const MarkRaster::Mask& mask, int left, int top, uint32_t colour) {
    const int firstColumn = std::max(0, -left);
    const int lastColumn = std::min(mask.side, canvas.width - left);
    const int lastRow = std::min(mask.side, canvas.height - top);
    for (int row = std::max(0, -top); row < lastRow; ++row) {
        uint32_t* line = canvas.pixels + (top + row) * canvas.stride + left;
        const uint8_t* coverage = mask.coverage.data() + row * mask.side;
        for (int column = firstColumn; column < lastColumn; ++column) {
            if (coverage[column] != 0)
                blend(line[column], scaled(colour, coverage[column]));
        }
    }
}

} // namespace

void MarkRaster::draw(QImage& target, QPointF origin, double ratio, std::span<const Mark> marks,
                      const PlotMap& map, const MarkLayerLook& look) {
    const Canvas canvas{reinterpret_cast<uint32_t*>(target.bits()), target.bytesPerLine() / 4, target.width(),
                        target.height()};
    std::array<uint32_t, 256> tints{};
    const auto alpha = static_cast<uint32_t>(std::lround(std::clamp(look.opacity, 0.0, 1.0) * 255));
    for (size_t i = 0; i < tints.size(); ++i)
        tints[i] = scaled(look.palette[i] | 0xff000000U, alpha);
    const auto pixelX = [&](double x) { return (map.toX(x) - origin.x()) * ratio; };
    const auto pixelY = [&](double y) { return (map.toY(y) - origin.y()) * ratio; };
    const auto columnOf = [&](const Mark& mark) {
        return stemColumn(pixelX(mark.x), look.stemWidth * ratio);
    };
    const bool stems = look.stemWidth > 0;

    if (stems) {
        const double base = pixelY(std::clamp(look.baseline, map.y.lower, map.y.upper));
        for (const Mark& mark : marks) {
            const double end = pixelY(std::clamp(mark.y, map.y.lower, map.y.upper));
            fillColumn(canvas, columnOf(mark), static_cast<int>(std::lround(std::min(base, end))),
                       static_cast<int>(std::lround(std::max(base, end))),
                       look.palette[mark.colour] | 0xff000000U);
        }
    }
    for (const Mark& mark : marks) {
        if (mark.ring != 0 || !map.showsY(mark.y))
            continue;
        // A head stands on its stem, which stands on whole pixels.
        const Quarters x = inQuarters(stems ? columnOf(mark).centre() : pixelX(mark.x));
        const Quarters y = inQuarters(pixelY(mark.y));
        const Mask& shape = mask(mark.shape, (mark.size > 0 ? mark.size : look.size) * ratio,
                                 mark.hollow ? look.ringWidth * ratio : 0, x.phase, y.phase);
        blendMask(canvas, shape, x.pixel - shape.centre, y.pixel - shape.centre, tints[mark.colour]);
    }
}

} // namespace diploscope::ui
