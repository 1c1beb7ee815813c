// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "charts/haplotypes_chart.h"
#include "charts/waterfall_item.h"

namespace diploscope::ui {

/// One haplotype, step by step: from where it begins to its score, the steps of largest effect first, and
/// beside each what leaving it out alone would take away.
class WaterfallChart final : public PlotChart {
    Q_OBJECT

public:
    /// \param path of the story \param x range of both paths, so that they compare
    WaterfallChart(const PersonStory& story, size_t path, const AxisRange& x, const ChartStyle& style,
                   QGraphicsItem* parent);
    /// Leave-one-out values. Mark::source is the step.
    [[nodiscard]] const MarkItem& withoutOthers() const { return *m_withoutOthers; }
    [[nodiscard]] const WaterfallItem& bars() const { return *m_bars; }

    /// Rows of a path: start, steps, end.
    [[nodiscard]] static size_t rowsOf(const PersonStory::Path& path) { return path.steps.size() + 2; }
    /// What shows every score of both paths, with room for what stands beside them.
    [[nodiscard]] static AxisRange scoresOf(const PersonStory& story);
    [[nodiscard]] static std::vector<LegendItem::Entry> legendOf(const Theme& theme);

private:
    WaterfallItem* m_bars;
    MarkItem* m_withoutOthers;
};

} // namespace diploscope::ui
