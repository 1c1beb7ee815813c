// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "charts/bar_item.h"
#include "charts/plot_chart.h"
#include "viewmodels/genome_histogram.h"

namespace diploscope::ui {

/// Counts of genes or drivers in bins, stacked: figure 2F, and r with what the nulls expect.
class GenomeHistogramChart final : public PlotChart {
    Q_OBJECT

public:
    GenomeHistogramChart(const GenomeHistogram& shown, const ChartStyle& style,
                         QGraphicsItem* parent = nullptr);
    [[nodiscard]] const BarItem& bars() const { return *m_bars; }

private:
    BarItem* m_bars;
};

} // namespace diploscope::ui
