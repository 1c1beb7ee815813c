// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "charts/plot_item.h"
#include "charts/theme.h"
#include "viewmodels/locus_tracks.h"

#include <vector>

namespace diploscope::ui {

/// Gene models along the locus: exons as blocks on a line with arrows of the strand, the symbol below in
/// italics, the analysed gene in the accent. Genes are packed into the rows that fit; those for which there
/// is no room are counted in words, never dropped in silence. Only the x range of its map matters.
class GeneTrackItem final : public PlotItem {
public:
    GeneTrackItem(std::vector<GeneModel> genes, double tss, const ChartStyle& style, QGraphicsItem* parent);

    [[nodiscard]] double rowHeight() const;
    /// Rows that all genes would take over `range` on a plot of this width.
    [[nodiscard]] int rowsFor(const AxisRange& range, double width) const;
    /// \return [genes], row of each on screen now; -1: not drawn
    [[nodiscard]] const std::vector<int>& rows() const { return m_rows; }

    [[nodiscard]] const char* partName() const override { return "genes"; }
    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;

private:
    void mapChanged() override;
    [[nodiscard]] std::vector<int> pack(const AxisRange& range, double width, int rowLimit) const;
    [[nodiscard]] QFont fontOf(const GeneModel& gene) const;
    void paintGene(QPainter* painter, const GeneModel& gene, double top) const;

    std::vector<GeneModel> m_genes;
    std::vector<double> m_nameWidths;
    double m_tss;
    ChartStyle m_style;
    std::vector<int> m_rows;
    int m_hidden = 0; ///< genes in view without a row
};

} // namespace diploscope::ui
