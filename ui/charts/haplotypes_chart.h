// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "charts/annotation_items.h"
#include "charts/mark_item.h"
#include "charts/plot_chart.h"
#include "viewmodels/person_story.h"

namespace diploscope::ui {

/// A person's haplotypes as rows of alleles along the locus, each with its score. An allele points up or down
/// as it alone raises or lowers the reference's score, the larger the more; what is the same on both copies
/// of one person is joined; what two people share is hollow.
class HaplotypesChart final : public PlotChart {
    Q_OBJECT

public:
    HaplotypesChart(const PersonStory& story, const ChartStyle& style, QGraphicsItem* parent = nullptr);
    [[nodiscard]] const MarkItem& alleles() const { return *m_alleles; }
    /// [Mark::source] row and allele of the story.
    [[nodiscard]] static std::vector<std::pair<size_t, size_t>> sourcesOf(const PersonStory& story);

protected:
    void mapWillChange(const PlotMap& map) override;

private:
    MarkItem* m_alleles;
    ReferenceLineItem* m_tss;
};

/// "raises", "lowers", as they are drawn of alleles and of steps.
[[nodiscard]] std::vector<LegendItem::Entry> directionLegend(const Theme& theme);

} // namespace diploscope::ui
