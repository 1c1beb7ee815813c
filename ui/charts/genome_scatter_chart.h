// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "charts/annotation_items.h"
#include "charts/mark_item.h"
#include "charts/plot_chart.h"
#include "viewmodels/genome_scatter.h"

namespace diploscope::ui {

/// All genes as points: figures 1B, 2A, 2C, 2E and model against model. Genes out of focus are faint and
/// behind; of the others, those that a figure is not about are behind those that it is about.
class GenomeScatterChart final : public PlotChart {
    Q_OBJECT

public:
    GenomeScatterChart(const GenomeScatter& shown, const ChartStyle& style, QGraphicsItem* parent = nullptr);
    /// The topmost last; Mark::source is an index into the view-model's genes.
    [[nodiscard]] std::vector<const MarkItem*> layers() const { return {m_behind, m_others, m_genes}; }
    [[nodiscard]] const LabelItem& labels() const { return *m_labels; }
    [[nodiscard]] const std::vector<ReferenceLineItem*>& lines() const { return m_lines; }

private:
    void mapWillChange(const PlotMap& map) override;
    void addLines(const GenomeScatter& shown);
    void addMarks(const GenomeScatter& shown);
    void addLabels(const GenomeScatter& shown);
    void addLegend(const GenomeScatter& shown);
    [[nodiscard]] float diameter(const GenomeScatter::Gene& gene, size_t genes) const;

    std::vector<ReferenceLineItem*> m_lines;
    MarkItem* m_behind;
    MarkItem* m_others;
    MarkItem* m_genes;
    LabelItem* m_labels = nullptr;
};

} // namespace diploscope::ui
