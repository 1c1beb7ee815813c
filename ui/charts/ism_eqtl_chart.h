// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "charts/annotation_items.h"
#include "charts/mark_item.h"
#include "charts/plot_chart.h"
#include "viewmodels/ism_versus_eqtl.h"

namespace diploscope::ui {

/// The model's effect against the observed one, or another model's, for every SNV of a locus, quadrants
/// tinted by whether they agree, drivers ringed and sized by gain (figure 2D).
class IsmEqtlChart final : public PlotChart {
    Q_OBJECT

public:
    IsmEqtlChart(const IsmVersusEqtl& shown, const ChartStyle& style, QGraphicsItem* parent = nullptr);
    [[nodiscard]] const MarkItem& snvs() const { return *m_snvs; }
    [[nodiscard]] const MarkItem& drivers() const { return *m_drivers; }
    [[nodiscard]] const LabelItem& labels() const { return *m_labels; }

private:
    void mapWillChange(const PlotMap& map) override;

    QuadrantItem* m_quadrants;
    MarkItem* m_snvs;
    MarkItem* m_drivers;
    LabelItem* m_labels = nullptr;
};

} // namespace diploscope::ui
