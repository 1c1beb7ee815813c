// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/mark_raster.h"

#include <QPainter>

#include <algorithm>
#include <cmath>
#include <cstring>

namespace diploscope::ui {
namespace {

constexpr int channels = 4; ///< bytes of a pixel

/// An opaque colour over shares of some pixels, and nothing beside them. The compiler makes a few
/// instructions of this, whatever the shares; a branch for each pixel of a rim would cost more than all else.
void cover(uint8_t* __restrict pixels, const uint8_t* __restrict shares, const uint8_t* __restrict colour) {
    for (int i = 0; i < MarkRaster::AtOnce; ++i) {
        const auto sum = static_cast<uint16_t>(colour[i] * shares[i] + pixels[i] * (255 - shares[i]) + 128);
        pixels[i] = static_cast<uint8_t>(static_cast<uint16_t>(sum + (sum >> 8)) >> 8);
    }
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

/// Stems of one column of pixels, all from one base. The last one stands before the others: from there on,
/// only what is longer than all so far is seen.
class StemPile {
public:
    StemPile(const Canvas& canvas, const StemColumn& column, int base)
        : m_canvas(canvas), m_column(column), m_top(base), m_bottom(base) {}

    void addBehind(int end, uint32_t colour) {
        fillColumn(m_canvas, m_column, end, m_top, colour);
        fillColumn(m_canvas, m_column, m_bottom, end, colour);
        m_top = std::min(m_top, end);
        m_bottom = std::max(m_bottom, end);
    }

private:
    const Canvas& m_canvas;
    StemColumn m_column;
    int m_top, m_bottom;
};

/// A coordinate as a whole pixel and the nearest quarter after it.
struct Quarters {
    int pixel = 0;
    int phase = 0; ///< 0 to 3
};

Quarters inQuarters(double coordinate) {
    constexpr int each = MarkRaster::Phases;
    const auto quarters = static_cast<int>(std::floor(coordinate * each + 0.5));
    const int phase = ((quarters % each) + each) % each;
    return {(quarters - phase) / each, phase};
}

/// \param within the pixel, of its centre
MarkRaster::Mask renderedMask(MarkShape shape, double size, double outline, uint32_t opacity,
                              QPointF within) {
    const int centre = static_cast<int>(std::ceil(markExtent(shape, size) + outline / 2)) + 1;
    const int side = 2 * centre + 1;
    QImage image(side, side, QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::transparent);
    {
        QPainter painter(&image);
        painter.setRenderHint(QPainter::Antialiasing);
        const QPainterPath path = markPath(shape, QPointF(centre, centre) + within, size);
        if (outline > 0)
            painter.strokePath(path, QPen(Qt::white, outline, Qt::SolidLine, Qt::SquareCap, Qt::MiterJoin));
        else
            painter.fillPath(path, Qt::white);
    }
    const auto covered = [&](int row, int column) {
        return static_cast<uint32_t>(qAlpha(reinterpret_cast<const QRgb*>(image.constScanLine(row))[column]));
    };
    QRect used;
    for (int row = 0; row < side; ++row)
        for (int column = 0; column < side; ++column)
            if (covered(row, column) > 0)
                used |= QRect(column, row, 1, 1);
    constexpr int pixelsAtOnce = MarkRaster::AtOnce / channels;
    MarkRaster::Mask mask{.left = used.left() - centre,
                          .top = used.top() - centre,
                          .columns =
                              std::max((used.width() + pixelsAtOnce - 1) / pixelsAtOnce, 1) * pixelsAtOnce,
                          .rows = std::max(used.height(), 1),
                          .shares = {}};
    mask.shares.assign(static_cast<size_t>(mask.rows) * static_cast<size_t>(mask.columns) * channels, 0);
    for (int row = 0; row < used.height(); ++row)
        for (int column = 0; column < used.width(); ++column)
            std::fill_n(mask.shares.begin() + (row * mask.columns + column) * channels, channels,
                        static_cast<uint8_t>(
                            (covered(used.top() + row, used.left() + column) * opacity + 127) / 255));
    return mask;
}

/// One colour, as many times as are blended at once.
using Tint = std::array<uint8_t, MarkRaster::AtOnce>;

void blendMask(const Canvas& canvas, const MarkRaster::Mask& mask, int left, int top, const Tint& tint) {
    const int firstRow = std::max(0, -top);
    const int lastRow = std::min(mask.rows, canvas.height - top);
    const bool whole = left >= 0 && left + mask.columns <= canvas.width;
    for (int row = firstRow; row < lastRow; ++row) {
        auto* line = reinterpret_cast<uint8_t*>(canvas.pixels + (top + row) * canvas.stride + left);
        const uint8_t* shares = mask.shares.data() + row * mask.columns * channels;
        if (whole) {
            for (int at = 0; at < mask.columns * channels; at += MarkRaster::AtOnce)
                cover(line + at, shares + at, tint.data());
            continue;
        }
        // At an edge a pixel at a time, which is blended elsewhere.
        for (int column = std::max(0, -left); column < std::min(mask.columns, canvas.width - left);
             ++column) {
            Tint pixel{};
            std::copy_n(line + column * channels, channels, pixel.begin());
            Tint share{};
            std::copy_n(shares + column * channels, channels, share.begin());
            cover(pixel.data(), share.data(), tint.data());
            std::copy_n(pixel.begin(), channels, line + column * channels);
        }
    }
}

} // namespace

const MarkRaster::Mask& MarkRaster::mask(MarkShape shape, double diameter, double outline, uint32_t opacity,
                                         int phaseX, int phaseY) {
    const auto quarters = static_cast<uint32_t>(std::clamp(std::lround(diameter * 4), 1L, 1023L));
    const auto outlineQuarters = static_cast<uint32_t>(std::clamp(std::lround(outline * 4), 0L, 63L));
    const uint32_t key =
        ((opacity * 64 + outlineQuarters) * 1024 + quarters) * 8 + static_cast<uint32_t>(shape);
    if (m_last == nullptr || key != m_lastKey) {
        m_last = &m_masks[key];
        m_lastKey = key;
    }
    Mask& mask = (*m_last)[static_cast<size_t>(phaseX * Phases + phaseY)];
    if (mask.shares.empty())
        mask = renderedMask(shape, quarters / 4.0, outlineQuarters / 4.0, opacity,
                            QPointF(phaseX, phaseY) / static_cast<double>(Phases));
    return mask;
}

void MarkRaster::draw(QImage& target, QPointF origin, double ratio, std::span<const Mark> marks,
                      const PlotMap& map, const MarkLayerLook& look) {
    const Canvas canvas{reinterpret_cast<uint32_t*>(target.bits()), target.bytesPerLine() / 4, target.width(),
                        target.height()};
    std::array<Tint, 256> tints{};
    const auto opacity = static_cast<uint32_t>(std::lround(std::clamp(look.opacity, 0.0, 1.0) * 255));
    for (size_t i = 0; i < tints.size(); ++i) {
        const uint32_t colour = look.palette[i] | 0xff000000U;
        for (size_t byte = 0; byte < tints[i].size(); byte += channels)
            std::memcpy(tints[i].data() + byte, &colour, channels);
    }
    const auto pixelX = [&](double x) { return (map.toX(x) - origin.x()) * ratio; };
    const auto pixelY = [&](double y) { return (map.toY(y) - origin.y()) * ratio; };
    const auto columnOf = [&](const Mark& mark) {
        return stemColumn(pixelX(mark.x), look.stemWidth * ratio);
    };
    const bool stems = look.stemWidth > 0;

    if (stems) {
        const auto pixelOf = [&](double y) {
            return static_cast<int>(std::lround(pixelY(std::clamp(y, map.y.lower, map.y.upper))));
        };
        const int base = pixelOf(look.baseline);
        for (size_t first = 0; first < marks.size();) {
            const StemColumn column = columnOf(marks[first]);
            size_t last = first + 1;
            while (last < marks.size() && columnOf(marks[last]).left == column.left)
                ++last;
            StemPile pile(canvas, column, base);
            for (size_t i = last; i-- > first;)
                pile.addBehind(pixelOf(marks[i].y), look.palette[marks[i].colour] | 0xff000000U);
            first = last;
        }
    }
    for (const Mark& mark : marks) {
        if (mark.ring != 0 || !map.showsY(mark.y))
            continue;
        // A head stands on its stem, which stands on whole pixels.
        const Quarters x = inQuarters(stems ? columnOf(mark).centre() : pixelX(mark.x));
        const Quarters y = inQuarters(pixelY(mark.y));
        const Mask& shape = mask(mark.shape, (mark.size > 0 ? mark.size : look.size) * ratio,
                                 mark.hollow ? look.ringWidth * ratio : 0, opacity, x.phase, y.phase);
        blendMask(canvas, shape, x.pixel + shape.left, y.pixel + shape.top, tints[mark.colour]);
    }
}

} // namespace diploscope::ui
