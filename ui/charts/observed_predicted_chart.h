// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "charts/mark_item.h"
#include "charts/plot_chart.h"
#include "viewmodels/observed_predicted.h"

namespace diploscope::ui {

/// One gene's people: observed against predicted expression, or two models' predictions, with the fitted
/// line, told apart by genotype at the main driver, so that a wrong sign is seen (figures 1D, 2B).
class ObservedPredictedChart final : public PlotChart {
    Q_OBJECT

public:
    ObservedPredictedChart(const ObservedPredicted& shown, const ChartStyle& style,
                           QGraphicsItem* parent = nullptr);
    [[nodiscard]] const MarkItem& people() const { return *m_people; }

private:
    MarkItem* m_people;
};

} // namespace diploscope::ui
