// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/effects_panel.h"

#include "charts/ism_eqtl_chart.h"
#include "viewmodels/number_text.h"
#include "viewmodels/snv_details.h"

namespace diploscope::ui {
namespace {

Figure makeFigure(const IsmVersusEqtl& shown, const ChartStyle& style, Medium medium) {
    auto chart = std::make_unique<IsmEqtlChart>(shown, style);
    if (medium == Medium::Screen) {
        chart->hideHeader();
        chart->hideColourBar(); // the locus below has it
    }
    Figure figure;
    FigureTrack track{chart.get(), {&chart->snvs(), &chart->drivers()}, {}};
    for (const auto& snv : shown.snvs)
        track.datum.push_back(snv.variant);
    figure.tracks.push_back(std::move(track));
    figure.widget = std::move(chart);
    return figure;
}

} // namespace

EffectsPanel::EffectsPanel(Session& session, Selection& selection, QWidget* parent)
    : ChartPanel(tr("Model and eQTL effect"), ChartView::Zoom::Plane, {85, 75, 300},
                 QStringLiteral("ism_eqtl"), session, selection, parent) {
    view().setToolTipSource([this](size_t variant) { return snvToolTip(*report(), variant); });
    joinVariantSelection();
}

void EffectsPanel::setSnvColour(SnvColour colour) {
    m_colour = colour;
    if (report())
        refresh(ChartView::Keep::View);
}

void EffectsPanel::refresh(ChartView::Keep keep) {
    const auto shown = std::make_shared<const IsmVersusEqtl>(ismVersusEqtl(*report(), m_colour));
    // How many drivers there are is said beside them; here, how much of the prediction single effects make
    // up.
    setSummary(report()->drivers.empty() ? shown->summary
                                         : tr("R_lin = %1").arg(ratioText(report()->linearR)));
    if (shown->snvs.empty()) {
        view().clearFigure();
        return;
    }
    view().setFigure(
        [shown](const ChartStyle& style, Medium medium) { return makeFigure(*shown, style, medium); }, keep);
    view().setSelected(selectedVariant());
}

} // namespace diploscope::ui
