// SPDX-License-Identifier: GPL-3.0-or-later
#include "figures/figure_origin.h"

#include "base/paths.h"
#include "figures/model_place.h"
#include "figures/used_inputs.h"

#include <algorithm>

namespace diploscope::ui {
namespace {

/// Renames a model to what the design calls it, and says what is asked of it.
void placeModel(const FigureOrigin& origin, std::string& model, FigureDesign& design) {
    const auto of =
        std::find_if(origin.models.begin(), origin.models.end(), [&](const FigureOrigin::Model& known) {
            return (known.name.empty() ? modelNameIn(known.place) : known.name) == model;
        });
    if (of == origin.models.end())
        return;
    model = modelInDesign(origin.study, model, of->place);
    if (of->asked != ScoreRequest{})
        design.scores[model] = of->asked;
}

} // namespace

Result<std::vector<DesignedFigure>> designedFigures(FiguresAtHand figures, const FigureOrigin& origin,
                                                    const RunContext& context) {
    DS_ASSIGN(const std::vector<StudyInput> inputs, inputsOf(origin.study, context));
    std::vector<DesignedFigure> designed;
    for (auto& [entry, ready] : figures) {
        DS_TRY(context.checkpoint());
        FigureDesign design = designOf(ready.design);
        design.study = resolvedPath({}, origin.study.path);
        // All genes are drawn from what was stored, with whatever was asked then.
        if (entry->kind != FigureKind::Genome)
            for (std::string* model : {&design.model, &design.panels.front().otherModel})
                placeModel(origin, *model, design);
        if (entry->kind == FigureKind::Gene || entry->kind == FigureKind::Experiment)
            design.statistics = origin.statistics;
        FigureProof::UsedStudy used{origin.study.name, origin.study.build, shownInputs(inputs, entry->kind)};
        if (ready.inputs) {
            DS_ASSIGN(std::vector<FigureProof::Input> more, ready.inputs(context));
            for (FigureProof::Input& input : more)
                addInput(used, std::move(input));
        }
        designed.push_back({std::move(design), {{entry, std::move(ready)}}, {std::move(used)}});
    }
    return designed;
}

FigureDesign freshDesign(const FigureOrigin& origin, const std::string& gene, const std::string& model) {
    FigureDesign design;
    design.study = resolvedPath({}, origin.study.path);
    design.gene = gene;
    design.model = model;
    placeModel(origin, design.model, design);
    design.statistics = origin.statistics;
    return design;
}

FigureDesign freshDesign(const FigureEntry& entry, const FigureOrigin& origin, const std::string& gene,
                         const std::string& model) {
    FigureDesign design;
    if (entry.kind == FigureKind::Genome) { // of what was stored, with whatever was asked then
        design.study = resolvedPath({}, origin.study.path);
        design.model = model;
    } else {
        design = freshDesign(origin, gene, model);
    }
    design.panels.push_back({.figure = entry.name});
    return design;
}

} // namespace diploscope::ui
