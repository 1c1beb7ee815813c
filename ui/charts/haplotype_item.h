// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "charts/haplotype_raster.h"
#include "charts/image_item.h"
#include "charts/theme.h"

#include <memory>
#include <set>
#include <vector>

namespace diploscope::ui {

/// Haplotypes as rows of alleles. An SNV's cells reach half way to its neighbours, but no farther than
/// MostReach, so that lone SNVs stay narrow and dense ones leave no gaps; a pixel with several SNVs or rows
/// has the mean of their colours.
///
/// Measured (tst_genotype_track panning, a slow core): a pan frame of 632 haplotypes x 3,000 SNVs with LD of
/// pairs 9 ms of processor time, of 2,000 x 3,000 10 ms.
class HaplotypeItem final : public ImageItem {
public:
    static constexpr double MostReach = 6;   ///< scene units
    static constexpr double LeastHollow = 8; ///< of a cell, scene units, to be drawn hollow
    static constexpr double Frame = 2.5;     ///< of a hollow one

    HaplotypeItem(std::shared_ptr<const HaplotypeRows> shown, const ChartStyle& style, QGraphicsItem* parent);

    /// Frames their rows, which draws nothing anew but the frames. \param people indices into the report's
    void markPeople(const std::set<size_t>& people);
    [[nodiscard]] const std::vector<size_t>& markedRows() const { return m_markedRows; } ///< ascending

    struct Cell {
        size_t row = 0;
        std::optional<size_t> snv; ///< counts HaplotypeRows::positions; empty between SNVs
        QRectF rect;               ///< of the row or the cell, chart coordinates
    };
    /// What is drawn there; empty beside the rows.
    [[nodiscard]] std::optional<Cell> cellAt(QPointF at) const;
    /// Of a row's cell, as far as it is seen. \param snv counts HaplotypeRows::positions
    [[nodiscard]] QRectF cellRect(size_t row, size_t snv) const;
    [[nodiscard]] const HaplotypeRaster& raster() const { return m_raster; }

private:
    void draw(QImage& target, double ratio) override;
    void paintOver(QPainter& painter) const override;
    void hollowOut(QImage& target, double ratio) const;
    /// Left and right of an SNV's cells, scene units from the plot's left.
    struct Reach {
        double left = 0;
        double right = 0;
    };
    [[nodiscard]] Reach reachOf(size_t snv) const;
    /// SNVs that may be seen, [first, last).
    [[nodiscard]] std::pair<size_t, size_t> seen() const;
    [[nodiscard]] QRectF rectOf(size_t row, double left, double right) const;

    std::shared_ptr<const HaplotypeRows> m_shown;
    HaplotypeRaster m_raster;
    QRgb m_ground;
    QColor m_mark;
    double m_ruleWidth;
    std::vector<size_t> m_markedRows;
};

} // namespace diploscope::ui
