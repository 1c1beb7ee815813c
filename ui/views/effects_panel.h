// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "views/chart_panel.h"

namespace diploscope::ui {

/// The model's effect of every SNV against the observed one, drivers ringed, quadrants tinted by whether they
/// agree. A click selects an SNV.
class EffectsPanel final : public ChartPanel {
    Q_OBJECT

public:
    EffectsPanel(Session& session, Selection& selection, QWidget* parent = nullptr);

private:
    void refresh(ChartView::Keep keep) override;
};

} // namespace diploscope::ui
