// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/haplotype_raster.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace diploscope::ui {
namespace {

constexpr uint32_t allOfRows = 255; ///< a share in 8 bits
/// Columns are drawn so many at a time, so that each line of the image is written a piece of the cache at a
/// time: a pixel a line would be slower than all else.
constexpr int columnsAtOnce = 16;

/// All four channels of a premultiplied colour, times `part` of 256.
QRgb thinned(QRgb colour, uint32_t part) {
    const uint32_t even = ((colour & 0x00ff00ffU) * part >> 8) & 0x00ff00ffU;
    const uint32_t odd = ((colour >> 8) & 0x00ff00ffU) * part & 0xff00ff00U;
    return even | odd;
}

/// Adds up `Lanes` values at a time: the compiler makes one instruction of several.
template <size_t Lanes>
void addWeighted(const uint8_t* __restrict values, uint16_t weight, uint16_t* __restrict sums, size_t count) {
    for (size_t from = 0; from < count; from += Lanes)
        for (size_t lane = 0; lane < Lanes; ++lane)
            sums[from + lane] = static_cast<uint16_t>(sums[from + lane] + values[from + lane] * weight);
}

} // namespace

HaplotypeRaster::HaplotypeRaster(std::shared_ptr<const HaplotypeRows> rows, const Colours& colours)
    : m_rows(std::move(rows)), m_colours(colours) {
    for (uint32_t share = 0; share < m_shades.size(); ++share)
        m_shades[share] = mixed(share, 0);
}

QRgb HaplotypeRaster::mixed(uint32_t alternate, uint32_t unclear) const {
    unclear = std::min(unclear, allOfRows - alternate); // each was rounded by itself
    const uint32_t reference = allOfRows - alternate - unclear;
    const auto channel = [&](int (*part)(QRgb)) {
        const uint32_t sum = reference * static_cast<uint32_t>(part(m_colours.reference)) +
                             alternate * static_cast<uint32_t>(part(m_colours.alternate)) +
                             unclear * static_cast<uint32_t>(part(m_colours.unclear));
        return static_cast<int>((sum + allOfRows / 2) / allOfRows);
    };
    return qRgb(channel(qRed), channel(qGreen), channel(qBlue));
}

void HaplotypeRaster::setLines(const AxisRange& y, int height) {
    if (y == m_y && height == m_height)
        return;
    m_y = y;
    m_height = height;
    m_lines.clear();
    const auto rows = static_cast<double>(m_rows->rows.size());
    const auto edgeAt = [&](int pixel) {
        const double value = std::clamp(y.upper - y.span() * pixel / height, 0.0, rows);
        const double whole = std::floor(value);
        return RowEdge{static_cast<size_t>(whole), static_cast<float>(value - whole)};
    };
    const double rowsAPixel = y.span() / height;
    RowEdge upper = edgeAt(0);
    for (int pixel = 0; pixel < height; ++pixel) {
        const RowEdge lower = edgeAt(pixel + 1);
        const double seen = static_cast<double>(upper.row - lower.row) + upper.into - lower.into;
        Line line{.lower = lower,
                  .upper = upper,
                  .cover = static_cast<uint32_t>(std::lround(std::min(1.0, seen / rowsAPixel) * WholePixel)),
                  .share = 0,
                  .firstPixel = pixel};
        // A row that is whole in the pixel above, too, is drawn once.
        const bool withinARow = lower.row == upper.row || (lower.row + 1 == upper.row && upper.into == 0);
        if (withinARow && line.cover == WholePixel && !m_lines.empty()) {
            Line& above = m_lines.back();
            if (above.lower.row == lower.row && above.cover == WholePixel &&
                (above.upper.row == lower.row ||
                 (above.upper.row == lower.row + 1 && above.upper.into == 0))) {
                above.lower = lower;
                ++above.pixels;
                upper = lower;
                continue;
            }
        }
        if (seen > 0 && line.cover > 0)
            m_lines.push_back(line);
        upper = lower;
    }
    for (Line& line : m_lines)
        line.share = static_cast<float>(allOfRows) / (static_cast<float>(line.upper.row - line.lower.row) +
                                                      line.upper.into - line.lower.into);
    m_padded = (m_lines.size() + Lanes - 1) / Lanes * Lanes;
    const size_t snvs = m_rows->positions.size();
    const size_t kinds = m_rows->hasUnclear ? 2 : 1;
    m_keeps = snvs * m_padded * kinds <= MostKept;
    const size_t held = m_padded * (m_keeps ? snvs : 1);
    m_alternate.assign(held, 0);
    m_unclear.assign(m_rows->hasUnclear ? held : 0, 0);
    m_made.assign(snvs, false);
    m_alternateSum.assign(m_padded, 0);
    m_unclearSum.assign(m_rows->hasUnclear ? m_padded : 0, 0);
    m_upTo.assign(m_rows->rows.size() + 2, 0);
}

float HaplotypeRaster::upTo(const RowEdge& edge) const {
    const int32_t below = m_upTo[edge.row];
    return static_cast<float>(below) + edge.into * static_cast<float>(m_upTo[edge.row + 1] - below);
}

void HaplotypeRaster::reduce(size_t snv, uint8_t alleleFrom, uint8_t alleleTo, uint8_t* shares) {
    const uint8_t* alleles = m_rows->column(snv);
    const size_t rows = m_rows->rows.size();
    int32_t count = 0;
    for (size_t row = 0; row < rows; ++row) {
        count += alleles[row] >= alleleFrom && alleles[row] <= alleleTo ? 1 : 0;
        m_upTo[row + 1] = count;
    }
    m_upTo[rows + 1] = count;
    if (count == 0) {
        std::fill_n(shares, m_lines.size(), uint8_t{0});
        return;
    }
    float upper = upTo(m_lines.front().upper);
    for (size_t i = 0; i < m_lines.size(); ++i) { // each begins where the one above it ends
        const float lower = upTo(m_lines[i].lower);
        const float share = (upper - lower) * m_lines[i].share + 0.5F;
        shares[i] = static_cast<uint8_t>(std::clamp(share, 0.0F, static_cast<float>(allOfRows) + 0.5F));
        upper = lower;
    }
}

HaplotypeRaster::Shares HaplotypeRaster::sharesOf(size_t snv) {
    const size_t at = m_keeps ? snv * m_padded : 0;
    Shares shares{m_alternate.data() + at, m_unclear.empty() ? nullptr : m_unclear.data() + at};
    if (m_made[snv])
        return shares;
    ++m_columnsMade;
    m_made[snv] = m_keeps;
    reduce(snv, 1, 1, m_alternate.data() + at);
    if (!m_unclear.empty())
        reduce(snv, 2, UINT8_MAX, m_unclear.data() + at);
    return shares;
}

uint32_t HaplotypeRaster::sumUp(size_t first, std::span<const Cell> cells, int64_t x) {
    std::fill(m_alternateSum.begin(), m_alternateSum.end(), uint16_t{0});
    std::fill(m_unclearSum.begin(), m_unclearSum.end(), uint16_t{0});
    uint32_t all = 0;
    for (size_t i = 0; i < cells.size() && cells[i].left < x + WholePixel; ++i) {
        const int64_t covered = std::min(cells[i].right, x + WholePixel) - std::max(cells[i].left, x);
        if (covered <= 0)
            continue;
        // Cells do not overlap: all weights of a pixel are a whole one at most, and sums fit.
        const auto weight = static_cast<uint16_t>(covered);
        const Shares shares = sharesOf(first + i);
        addWeighted<Lanes>(shares.alternate, weight, m_alternateSum.data(), m_padded);
        if (shares.unclear != nullptr)
            addWeighted<Lanes>(shares.unclear, weight, m_unclearSum.data(), m_padded);
        all += weight;
    }
    return all;
}

void HaplotypeRaster::colourColumn(uint32_t weight, QRgb* column) const {
    const uint32_t inverse = ((1U << 16) + weight / 2) / weight;
    const auto share = [inverse](uint16_t sum) { return (sum * inverse + (1U << 15)) >> 16; };
    for (size_t i = 0; i < m_lines.size(); ++i) {
        const uint32_t alternate = share(m_alternateSum[i]);
        const uint32_t unclear = m_unclearSum.empty() ? 0 : share(m_unclearSum[i]);
        const QRgb colour = unclear == 0 ? m_shades[alternate] : mixed(alternate, unclear);
        const uint32_t cover = weight * m_lines[i].cover / WholePixel;
        column[i] = cover >= WholePixel ? colour : thinned(colour, cover);
    }
}

void HaplotypeRaster::draw(QImage& target, const AxisRange& y, size_t first, std::span<const Cell> cells) {
    if (m_rows->rows.empty() || cells.empty() || target.isNull())
        return;
    setLines(y, target.height());
    if (m_lines.empty())
        return;
    auto* pixels = reinterpret_cast<QRgb*>(target.bits());
    const qsizetype stride = target.bytesPerLine() / static_cast<qsizetype>(sizeof(QRgb));
    const size_t lines = m_lines.size();
    std::vector<QRgb> columns(columnsAtOnce * lines);
    const auto columnOf = [&](int at) { return columns.data() + static_cast<size_t>(at) * lines; };
    size_t next = 0;
    size_t alone = cells.size(); // the cell that all of the column before is of
    for (int from = 0; from < target.width(); from += columnsAtOnce) {
        const int count = std::min(columnsAtOnce, target.width() - from);
        bool any = false;
        for (int at = 0; at < count; ++at) {
            const int64_t x = (from + at) * WholePixel;
            while (next < cells.size() && cells[next].right <= x)
                ++next;
            const std::span<const Cell> here = cells.subspan(next);
            const bool whole = !here.empty() && here[0].left <= x && here[0].right >= x + WholePixel;
            if (whole && alone == next) {
                const QRgb* before = at > 0 ? columnOf(at - 1) : columnOf(columnsAtOnce - 1);
                std::copy_n(before, lines, columnOf(at));
                any = true;
                continue;
            }
            alone = whole ? next : cells.size();
            const uint32_t weight = sumUp(first + next, here, x);
            if (weight > 0)
                colourColumn(weight, columnOf(at));
            else
                std::fill_n(columnOf(at), lines, QRgb{0});
            any = any || weight > 0;
        }
        for (size_t line = 0; any && line < lines; ++line) {
            QRgb* to = pixels + m_lines[line].firstPixel * stride + from;
            for (int at = 0; at < count; ++at)
                to[at] = columns[static_cast<size_t>(at) * lines + line];
        }
    }
    for (const Line& line : m_lines)
        for (int copy = 1; copy < line.pixels; ++copy)
            std::copy_n(pixels + line.firstPixel * stride, target.width(),
                        pixels + (line.firstPixel + copy) * stride);
}

} // namespace diploscope::ui
