// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/drawing/experiment_drawing.h"

#include "analysis/report_frame.h"
#include "cli/drawing/figures.h"
#include "viewmodels/gene_text.h"

namespace diploscope::cli {
namespace {

ui::ExperimentSubject subjectOf(const DrawnExperiment& experiment) {
    return {experiment.opened.gene->gene,
            experiment.opened.predictor->info().unit,
            observedUnit(experiment.opened.study->file()),
            experiment.locus.people(),
            experiment.observed,
            experiment.provenance};
}

ui::ExperimentFigureSpec specOf(const DrawnExperiment& experiment) {
    ui::ExperimentFigureSpec spec;
    spec.gene = ui::geneText(experiment.opened.gene->gene);
    spec.provenance = experiment.provenance;
    return spec;
}

Result<void> drawMoves(const DrawnExperiment& experiment, ui::BeforeAfter moves) {
    ui::ExperimentFigureSpec spec = specOf(experiment);
    spec.moves = std::make_shared<const ui::BeforeAfter>(std::move(moves));
    return writeExperimentFigure(ui::ExperimentFigure::BeforeAfter, spec, experiment.file);
}

} // namespace

Result<void> drawAblation(const DrawnExperiment& experiment, const std::vector<Variant>& variants,
                          bool keepOnly, const Ablation& found) {
    ui::AblationOutcome outcome;
    outcome.request.keepOnly = keepOnly;
    outcome.variants = variants;
    outcome.found = found;
    return drawMoves(experiment, ui::beforeAfter(subjectOf(experiment), outcome));
}

Result<void> drawWhatIf(const DrawnExperiment& experiment, const std::vector<Variant>& changes,
                        const WhatIf& found, const std::optional<PairedR>& r) {
    const ui::WhatIfOutcome outcome{{changes, "all"}, found, peopleOf(experiment.locus, found), r};
    return drawMoves(experiment, ui::beforeAfter(subjectOf(experiment), outcome));
}

Result<void> drawSaturation(const DrawnExperiment& experiment, const std::vector<std::string>& backgrounds,
                            const std::vector<Saturation>& rows, bool isRoundTss, bool centred) {
    ui::SaturationOutcome outcome;
    outcome.backgrounds = backgrounds;
    outcome.rows = rows;
    outcome.request.where = isRoundTss ? ui::SaturationWish::Where::Tss : ui::SaturationWish::Where::Region;
    ui::ExperimentFigureSpec spec = specOf(experiment);
    spec.saturation = std::make_shared<const ui::SaturationShown>(
        ui::saturationShown(subjectOf(experiment), outcome, centred));
    return writeExperimentFigure(ui::ExperimentFigure::Saturation, spec, experiment.file);
}

} // namespace diploscope::cli
