// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "charts/figure.h"
#include "viewmodels/carriers.h"

namespace diploscope::ui {

/// Means of one quantity by genotype, with their intervals and lines. Of one SNV each genotype has its colour
/// and shape and the count of its people; of two SNVs the genotypes of the second have these, and a dash.
class GenotypeChart final : public PlotChart {
    Q_OBJECT

public:
    /// \param measure of `shown` \param line colour of one SNV's line \param medium on screen, where it is
    /// small, units and one SNV's name are said beside the chart
    GenotypeChart(const Carriers& shown, const Carriers::Measure& measure, const QColor& line,
                  const ChartStyle& style, Medium medium, QGraphicsItem* parent);
    /// Mark::source is 3 x series + copies.
    [[nodiscard]] const MarkItem& means() const { return *m_means; }

    /// Of the second SNV's genotypes, as far as there are any; nothing of one SNV.
    [[nodiscard]] static std::vector<LegendItem::Entry> legendOf(const Carriers& shown, const Theme& theme);

private:
    MarkItem* m_means;
};

} // namespace diploscope::ui
