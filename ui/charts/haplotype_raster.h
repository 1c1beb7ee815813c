// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "charts/ticks.h"
#include "viewmodels/haplotype_rows.h"

#include <QImage>

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace diploscope::ui {

/// Draws rows of alleles into an image: each pixel has the mean colour of what lies in it.
///
/// A frame must not walk through all people and SNVs (632 x 3,000 of them), so there is a picture in between.
/// Of each SNV, once it is seen, the shares of ALT, and of what is neither REF nor ALT, in each line of
/// pixels are kept in 8 bits: a column of a picture as high as the target. It stays as long as heights do,
/// through all panning and zooming along the locus, where a frame sums up columns by how much of a pixel each
/// takes. Lines of pixels within one row of alleles are one line, drawn once and copied.
class HaplotypeRaster {
public:
    struct Colours {
        QRgb reference = 0;
        QRgb alternate = 0;
        QRgb unclear = 0;
    };
    /// Where an SNV's cells lie in the target, in WholePixel-ths of a pixel from its left.
    struct Cell {
        int64_t left = 0;
        int64_t right = 0;
    };
    static constexpr int64_t WholePixel = 256;

    HaplotypeRaster(std::shared_ptr<const HaplotypeRows> rows, const Colours& colours);

    /// \param target ARGB32_Premultiplied, transparent \param y what of the rows is seen, from below
    /// \param first the SNV of the first cell \param cells of SNVs that follow each other, by place; none
    /// lies on another
    void draw(QImage& target, const AxisRange& y, size_t first, std::span<const Cell> cells);

    /// How many SNVs' columns were made since there is this raster: none anew while one pans back and forth.
    [[nodiscard]] size_t columnsMade() const { return m_columnsMade; }

private:
    /// An edge between lines of pixels among rows.
    struct RowEdge {
        size_t row = 0;
        float into = 0; ///< how far into it
    };
    /// Lines of pixels that show the same rows.
    struct Line {
        RowEdge lower;
        RowEdge upper;
        uint32_t cover = 0; ///< of WholePixel: at the ends of the rows less than all
        float share = 0;    ///< of a row, in 255ths
        int firstPixel = 0;
        int pixels = 1;
    };
    void setLines(const AxisRange& y, int height);
    /// [padded lines] of the SNV, in 255ths.
    struct Shares {
        const uint8_t* alternate = nullptr;
        const uint8_t* unclear = nullptr; ///< null: none anywhere
    };
    [[nodiscard]] Shares sharesOf(size_t snv);
    void reduce(size_t snv, uint8_t alleleFrom, uint8_t alleleTo, uint8_t* shares);
    [[nodiscard]] float upTo(const RowEdge& edge) const;
    /// Sums up the SNVs' columns in a column of pixels. \return the weight of all, in WholePixel-ths
    uint32_t sumUp(size_t first, std::span<const Cell> cells, int64_t x);
    void colourColumn(uint32_t weight, QRgb* column) const;
    [[nodiscard]] QRgb mixed(uint32_t alternate, uint32_t unclear) const;

    static constexpr size_t Lanes = 16;                  ///< lines are summed up so many at a time
    static constexpr size_t MostKept = size_t{64} << 20; ///< bytes of columns; more SNVs are made anew

    std::shared_ptr<const HaplotypeRows> m_rows;
    Colours m_colours;
    std::array<QRgb, 256> m_shades{}; ///< by share of ALT, where all else is REF

    AxisRange m_y;
    int m_height = 0;
    std::vector<Line> m_lines; ///< from the top
    size_t m_padded = 0;       ///< their number, up to whole Lanes
    bool m_keeps = true;
    std::vector<uint8_t> m_alternate; ///< [SNVs x padded lines]
    std::vector<uint8_t> m_unclear;   ///< the same; empty where there is none
    std::vector<bool> m_made;         ///< [SNVs]
    size_t m_columnsMade = 0;

    // Of the column of pixels that is being drawn, [padded lines].
    std::vector<uint16_t> m_alternateSum;
    std::vector<uint16_t> m_unclearSum;
    std::vector<int32_t> m_upTo; ///< [rows + 2], how many rows below have the allele
};

} // namespace diploscope::ui
