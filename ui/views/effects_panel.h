// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "viewmodels/snv_colour.h"
#include "views/against_panel.h"

namespace diploscope::ui {

/// The model's effect of every SNV against the observed one, or another model's, drivers ringed, quadrants
/// tinted by whether they agree. A click selects an SNV.
class EffectsPanel final : public AgainstPanel {
    Q_OBJECT

public:
    EffectsPanel(Session& session, Selection& selection, QWidget* parent = nullptr);
    void setSnvColour(SnvColour colour);

private:
    void refresh(ChartView::Keep keep) override;

    SnvColour m_colour = SnvColour::Maf;
};

} // namespace diploscope::ui
