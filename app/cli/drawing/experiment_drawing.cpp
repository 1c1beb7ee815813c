// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/drawing/experiment_drawing.h"

#include "cli/drawing/figures.h"
#include "figures/experiment_data.h"
#include "figures/used_inputs.h"

#include <algorithm>
#include <utility>

namespace diploscope::cli {

ui::FigureOrigin originOf(const OpenedLocus& opened) {
    return {opened.study().file(), {{opened.model().name, opened.place, opened.asked}}, {}};
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
                                 figureSpecOf(experiment.on.subject, outcome), origin, experiment.file,
                                 experiment.context);
}

Result<void> drawWhatIf(const DrawnExperiment& experiment, const std::vector<Variant>& changes,
                        const WhatIf& found, const std::optional<PairedR>& r) {
    const ui::WhatIfOutcome outcome{{changes, "all"}, found, peopleOf(experiment.on.locus, found), r};
    return writeExperimentFigure(ui::ExperimentFigure::BeforeAfter,
                                 figureSpecOf(experiment.on.subject, outcome), originOf(experiment.opened),
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
                                 figureSpecOf(experiment.on.subject, outcome, centred),
                                 originOf(experiment.opened), experiment.file, experiment.context);
}

} // namespace diploscope::cli
