// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/effects_panel.h"

#include "viewmodels/number_text.h"
#include "viewmodels/snv_details.h"

namespace diploscope::ui {

EffectsPanel::EffectsPanel(Session& session, Selection& selection, QWidget* parent)
    : AgainstPanel({tr("Model and eQTL effect"), tr("eQTL slope"), {}},
                   {GeneFigure::IsmEqtl, GeneFigure::EffectsOfTwo}, session, selection, parent) {
    explainBy(QStringLiteral("reading.md#model-and-eqtl-effects"));
    view().setToolTipSource(
        [this](size_t variant) { return snvToolTip(*report(), variant) + otherToolTip(variant); });
    joinVariantSelection();
}

void EffectsPanel::setSnvColour(SnvColour colour) {
    if (colour == m_colour)
        return;
    m_colour = colour;
    if (report())
        refresh(ChartView::Keep::View);
}

void EffectsPanel::refresh(ChartView::Keep keep) {
    if (!isReady())
        return;
    const ReadyFigure& shown = draw({.report = report(), .colour = m_colour}, keep);
    // How many drivers there are is said beside them; here, how much of the prediction single effects make
    // up.
    setSummary(other() != nullptr || report()->drivers.empty()
                   ? shown.summary
                   : tr("R_lin = %1").arg(ratioText(report()->linearR)));
    if (shown.empty.isEmpty())
        view().setSelected(selectedVariants());
}

} // namespace diploscope::ui
