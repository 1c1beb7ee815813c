// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/drawing/experiment_drawing.h"

#include "base/stage_clock.h"
#include "cli/drawing/figures.h"
#include "figures/experiment_data.h"
#include "figures/experiment_figures.h"
#include "figures/used_inputs.h"
#include "viewmodels/experiment_work.h"

#include <algorithm>
#include <utility>

namespace diploscope::cli {

namespace {

Result<void> writeExperiment(ui::ExperimentFigure figure, const ui::ExperimentFigureSpec& spec,
                             const ui::FigureOrigin& origin, const DrawnExperiment& experiment) {
    const StageTime time(experiment.context, Stage::Draw);
    const std::filesystem::path& file = experiment.file;
    DS_ASSIGN(const ui::FigureFormat format, ui::figureFormat(file));
    needApplication();
    const ui::FigureEntry& entry = ui::registered(figure);
    ui::ReadyFigure ready = entry.make(spec);
    if (!ready.empty.isEmpty())
        return fail(ErrorKind::NotFound, ready.empty.toStdString(), file.string(),
                    "The table has what there is.");
    DS_ASSIGN(const std::vector<ui::DesignedFigure> figures,
              designedFigures({{&entry, std::move(ready)}}, origin, experiment.context));
    DS_ASSIGN(const ui::DrawnFigure drawn, drawDesign(figures.front(), format));
    return drawn.writeTo(file);
}

} // namespace

ui::FigureOrigin originOf(const OpenedLocus& opened) {
    return {opened.study().file(), {{opened.model().name, opened.place, opened.asked}}, {}};
}

Result<void> drawAblation(const DrawnExperiment& experiment, const DrawnAblation& ablation) {
    using Of = ui::AblationWish::Of;
    ui::AblationOutcome outcome;
    outcome.request.of = ablation.which == "drivers"       ? Of::Drivers
                         : ablation.which == "unsupported" ? Of::Unsupported
                                                           : Of::Chosen;
    outcome.request.keepOnly = ablation.keepOnly;
    outcome.variants = ablation.variants;
    if (outcome.request.of == Of::Chosen) // by place, whatever their file's order
        std::sort(outcome.variants.begin(), outcome.variants.end());
    outcome.found = ablation.found;
    ui::FigureOrigin origin = originOf(experiment.opened);
    origin.statistics = ui::askedStatistics(ablation.statistics);
    return writeExperiment(ui::ExperimentFigure::BeforeAfter, figureSpecOf(experiment.on.subject, outcome),
                           origin, experiment);
}

Result<void> drawWhatIf(const DrawnExperiment& experiment, const DrawnWhatIf& whatIf) {
    const ui::WhatIfOutcome outcome{
        {whatIf.changes, "all"}, whatIf.found, peopleOf(experiment.on.locus, whatIf.found), whatIf.r};
    return writeExperiment(ui::ExperimentFigure::BeforeAfter, figureSpecOf(experiment.on.subject, outcome),
                           originOf(experiment.opened), experiment);
}

Result<void> drawSaturation(const DrawnExperiment& experiment, const DrawnSaturation& saturation) {
    using Where = ui::SaturationWish::Where;
    ui::SaturationOutcome outcome;
    outcome.request.on = saturation.on;
    outcome.request.region = saturation.region;
    outcome.request.variant = saturation.variant;
    outcome.request.reach = saturation.reach;
    outcome.request.where = saturation.variant      ? Where::Variant
                            : saturation.isRoundTss ? Where::Tss
                                                    : Where::Region;
    outcome.backgrounds = saturation.backgrounds;
    outcome.rows = saturation.rows;
    return writeExperiment(ui::ExperimentFigure::Saturation,
                           figureSpecOf(experiment.on.subject, outcome, saturation.centred),
                           originOf(experiment.opened), experiment);
}

} // namespace diploscope::cli
