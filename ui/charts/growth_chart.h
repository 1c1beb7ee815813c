// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "charts/figure.h"
#include "charts/plot_chart.h"
#include "lab/growth.h"

#include <memory>
#include <vector>

class QGraphicsWidget;

namespace diploscope::ui {

/// How steps grow with their size, both in multiples of the smallest and to the power of ten; beside the line
/// of what grows in proportion. What grows (people, SNVs, ...) has a colour and a shape.
class GrowthChart final : public PlotChart {
    Q_OBJECT

public:
    /// \param curves as readGrowth() gives them \param title of the number's axis
    GrowthChart(const std::vector<GrowthCurve>& curves, double GrowthPoint::*number, const QString& title,
                const ChartStyle& style, QGraphicsItem* parent = nullptr);
    /// Mark::source is the curve.
    [[nodiscard]] const MarkItem& marks() const { return *m_marks; }

private:
    MarkItem* m_marks;
};

/// Processor time and peak memory beside each other, to be printed.
[[nodiscard]] std::unique_ptr<QGraphicsWidget> growthFigure(const std::vector<GrowthCurve>& curves,
                                                            const ChartStyle& style);

} // namespace diploscope::ui
