// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "viewmodels/snv_colour.h"
#include "views/chart_panel.h"

namespace diploscope::ui {

/// The model's effect of every SNV against the observed one, drivers ringed, quadrants tinted by whether they
/// agree. A click selects an SNV.
class EffectsPanel final : public ChartPanel {
    Q_OBJECT

public:
    EffectsPanel(Session& session, Selection& selection, QWidget* parent = nullptr);
    void setSnvColour(SnvColour colour);

private:
    void refresh(ChartView::Keep keep) override;

    SnvColour m_colour = SnvColour::Maf;
};

} // namespace diploscope::ui
