// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/drawing/experiment_drawing.h"

#include "analysis/report_frame.h"
#include "cli/drawing/figures.h"
#include "figures/experiment_data.h"
#include "figures/used_inputs.h"

#include <algorithm>
#include <utility>

namespace diploscope::cli {
namespace {

ui::ExperimentSubject subjectOf(const DrawnExperiment& experiment) {
    return {experiment.opened.gene->gene,
            experiment.opened.predictor->info().unit,
            observedUnit(experiment.opened.study->file()),
            experiment.locus.people(),
            experiment.observed,
            experiment.opened.provenance(experiment.locus)};
}

} // namespace

ui::FigureOrigin originOf(const OpenedLocus& opened) {
    return {opened.study->file(), {{opened.predictor->info().name, opened.place, opened.asked}}, {}};
}

Result<void> drawAblation(const DrawnExperiment& experiment, const std::string& which, bool keepOnly,
                          std::vector<Variant> variants, const Ablation& found,
                          const StatisticsOptions& statistics) {
    using Of = ui::AblationWish::Of;
    ui::AblationOutcome outcome;
    outcome.request.of = which == "drivers"       ? Of::Drivers
                         : which == "unsupported" ? Of::Unsupported
                                                  : Of::Chosen;
    outcome.request.keepOnly = keepOnly;
    if (outcome.request.of == Of::Chosen) // by place, whatever their file's order
        std::sort(variants.begin(), variants.end());
    outcome.variants = std::move(variants);
    outcome.found = found;
    ui::FigureOrigin origin = originOf(experiment.opened);
    origin.statistics = ui::askedStatistics(statistics);
    return writeExperimentFigure(ui::ExperimentFigure::BeforeAfter,
                                 figureSpecOf(subjectOf(experiment), outcome), origin, experiment.file,
                                 experiment.context);
}

Result<void> drawWhatIf(const DrawnExperiment& experiment, const std::vector<Variant>& changes,
                        const WhatIf& found, const std::optional<PairedR>& r) {
    const ui::WhatIfOutcome outcome{{changes, "all"}, found, peopleOf(experiment.locus, found), r};
    return writeExperimentFigure(ui::ExperimentFigure::BeforeAfter,
                                 figureSpecOf(subjectOf(experiment), outcome), originOf(experiment.opened),
                                 experiment.file, experiment.context);
}

Result<void> drawSaturation(const DrawnExperiment& experiment, const ui::SaturationWish& wish,
                            const std::vector<std::string>& backgrounds, const std::vector<Saturation>& rows,
                            bool centred) {
    ui::SaturationOutcome outcome;
    outcome.request = wish;
    outcome.backgrounds = backgrounds;
    outcome.rows = rows;
    return writeExperimentFigure(ui::ExperimentFigure::Saturation,
                                 figureSpecOf(subjectOf(experiment), outcome, centred),
                                 originOf(experiment.opened), experiment.file, experiment.context);
}

} // namespace diploscope::cli
