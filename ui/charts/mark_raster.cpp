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

void fillColumn(const Canvas& canvas, int left, int width, int top, int bottom, uint32_t colour) {
    left = std::max(left, 0);
    const int right = std::min(left + width, canvas.width);
    top = std::max(top, 0);
    bottom = std::min(bottom, canvas.height);
    const bool opaque = (colour >> 24) == 255U;
    for (int row = top; row < bottom; ++row) {
        uint32_t* line = canvas.pixels + row * canvas.stride;
        for (int column = left; column < right; ++column) {
            if (opaque)
                line[column] = colour;
            else
                blend(line[column], colour);
        }
    }
}

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

} // namespace

const MarkRaster::Mask& MarkRaster::mask(MarkShape shape, double diameter, int phaseX, int phaseY) {
    const auto quarters = static_cast<uint32_t>(std::clamp(std::lround(diameter * 4), 1L, 1023L));
    const uint32_t key =
        ((quarters * 4 + static_cast<uint32_t>(shape)) * phases + static_cast<uint32_t>(phaseX)) * phases +
        static_cast<uint32_t>(phaseY);
    auto [found, isNew] = m_masks.try_emplace(key);
    Mask& mask = found->second;
    if (!isNew)
        return mask;
    const double size = quarters / 4.0;
    mask.centre = static_cast<int>(std::ceil(markExtent(shape, size))) + 1;
    mask.side = 2 * mask.centre + 1;
    QImage image(mask.side, mask.side, QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::transparent);
    {
        QPainter painter(&image);
        painter.setRenderHint(QPainter::Antialiasing);
        const double step = 1.0 / phases;
        painter.fillPath(
            markPath(shape, QPointF(mask.centre + phaseX * step, mask.centre + phaseY * step), size),
            Qt::white);
    }
    mask.coverage.reserve(static_cast<size_t>(mask.side) * static_cast<size_t>(mask.side));
    for (int row = 0; row < mask.side; ++row) {
        const auto* line = reinterpret_cast<const QRgb*>(image.constScanLine(row));
        for (int column = 0; column < mask.side; ++column)
            mask.coverage.push_back(static_cast<uint8_t>(qAlpha(line[column])));
    }
    return mask;
}

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
    const bool stems = look.stemWidth > 0;

    if (stems) {
        const double base = pixelY(std::clamp(look.baseline, map.y.lower, map.y.upper));
        for (const Mark& mark : marks) {
            const double end = pixelY(std::clamp(mark.y, map.y.lower, map.y.upper));
            const StemColumn column = stemColumn(pixelX(mark.x), look.stemWidth * ratio);
            fillColumn(canvas, column.left, column.width, static_cast<int>(std::lround(std::min(base, end))),
                       static_cast<int>(std::lround(std::max(base, end))), tints[mark.colour]);
        }
    }
    for (const Mark& mark : marks) {
        if (mark.ring != 0 || !map.showsY(mark.y))
            continue;
        const double x = stems ? stemColumn(pixelX(mark.x), look.stemWidth * ratio).centre() : pixelX(mark.x);
        // Floor of x in quarters of a pixel; the mask holds the rest.
        const auto quarterX = static_cast<int>(std::floor(x * phases + 0.5));
        const auto quarterY = static_cast<int>(std::floor(pixelY(mark.y) * phases + 0.5));
        const int phaseX = ((quarterX % phases) + phases) % phases;
        const int phaseY = ((quarterY % phases) + phases) % phases;
        const Mask& shape = mask(mark.shape, (mark.size > 0 ? mark.size : look.size) * ratio, phaseX, phaseY);
        const int left = (quarterX - phaseX) / phases - shape.centre;
        const int top = (quarterY - phaseY) / phases - shape.centre;
        const int firstColumn = std::max(0, -left);
        const int lastColumn = std::min(shape.side, canvas.width - left);
        for (int row = std::max(0, -top); row < std::min(shape.side, canvas.height - top); ++row) {
            uint32_t* line = canvas.pixels + (top + row) * canvas.stride + left;
            const uint8_t* coverage = shape.coverage.data() + row * shape.side;
            for (int column = firstColumn; column < lastColumn; ++column) {
                if (coverage[column] != 0)
                    blend(line[column], scaled(tints[mark.colour], coverage[column]));
            }
        }
    }
}

} // namespace diploscope::ui
