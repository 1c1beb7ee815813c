// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "charts/image_item.h"
#include "charts/theme.h"
#include "viewmodels/haplotype_rows.h"

#include <memory>
#include <set>
#include <vector>

namespace diploscope::ui {

/// Haplotypes as rows of alleles. An SNV's cells reach half way to its neighbours, but no farther than
/// MostReach, so that lone SNVs stay narrow and dense ones leave no gaps; a pixel with several SNVs or rows
/// has the mean of their colours.
///
/// Measured (tst_genotype_track panning): a frame of 632 haplotypes x 3,000 SNVs, and of 2,000 x 3,000.
class HaplotypeItem final : public ImageItem {
public:
    static constexpr double MostReach = 6;   ///< scene units
    static constexpr double LeastHollow = 8; ///< of a cell, scene units, to be drawn hollow
    static constexpr double Frame = 2.5;     ///< of a hollow one

    /// \param people whose rows are marked, indices into the report's
    HaplotypeItem(std::shared_ptr<const HaplotypeRows> shown, const ChartStyle& style,
                  std::set<size_t> people, QGraphicsItem* parent);

    struct Cell {
        size_t row = 0;
        std::optional<size_t> snv; ///< counts HaplotypeRows::positions; empty between SNVs
        QRectF rect;               ///< of the row or the cell, chart coordinates
    };
    /// What is drawn there; empty beside the rows.
    [[nodiscard]] std::optional<Cell> cellAt(QPointF at) const;

private:
    void draw(QImage& target, double ratio) const override;
    void paintOver(QPainter& painter) const override;
    void paintUnclear(QPainter& painter) const;
    /// Left and right of an SNV's cells, scene units from the plot's left.
    struct Reach {
        double left = 0;
        double right = 0;
    };
    [[nodiscard]] Reach reachOf(size_t snv) const;
    /// SNVs that may be seen, [first, last).
    [[nodiscard]] std::pair<size_t, size_t> seen() const;

    std::shared_ptr<const HaplotypeRows> m_shown;
    QRgb m_reference;
    QRgb m_alternate;
    QRgb m_unclear; ///< another allele, no genotype: hollow, too
    QColor m_ground;
    QColor m_mark;
    double m_ruleWidth;
    std::vector<size_t> m_markedRows;
};

} // namespace diploscope::ui
