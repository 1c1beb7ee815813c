// SPDX-License-Identifier: GPL-3.0-or-later
#include "figures/experiment_data.h"

#include "experiment/carried_variants.h"
#include "experiment/edits.h"
#include "experiment/person_paths.h"
#include "genome/region_name.h"
#include "viewmodels/gene_text.h"

#include <algorithm>

namespace diploscope::ui {
namespace {

constexpr int64_t usualReach = 100; ///< bp to both sides of what is saturated

ExperimentFigureSpec specAt(const PanelDesign& panel, const WarmLocus& locus) {
    ExperimentFigureSpec spec;
    spec.gene = geneText(locus.gene);
    spec.provenance = locus.provenance;
    spec.design = panel;
    return spec;
}

Result<FigureSpec> ablationData(const PanelDesign& panel, const ExperimentBench& bench,
                                const RunContext& context) {
    const WarmLocus& locus = *bench.warm;
    AblationWish wish;
    wish.keepOnly = panel.keepOnly;
    if (panel.ablate.size() == 1 && panel.ablate[0] == "drivers")
        wish.of = AblationWish::Of::Drivers;
    else if (panel.ablate.size() == 1 && panel.ablate[0] == "unsupported")
        wish.of = AblationWish::Of::Unsupported;
    else
        wish.of = AblationWish::Of::Chosen;
    if (wish.of == AblationWish::Of::Chosen)
        for (const std::string& name : panel.ablate) {
            DS_ASSIGN(Variant variant, variantMeant(name, locus.locus, locus.contigs));
            wish.chosen.insert(std::move(variant));
        }
    DS_ASSIGN(const AblationOutcome outcome, tryAblation(bench, wish, context));
    ExperimentFigureSpec spec = specAt(panel, locus);
    for (const Variant& variant : outcome.variants)
        spec.provenance.emplace_back(panel.keepOnly ? "kept" : "ablated", toName(variant));
    spec.moves = std::make_shared<const BeforeAfter>(beforeAfter(locus, outcome));
    return FigureSpec(std::move(spec));
}

Result<FigureSpec> editData(const PanelDesign& panel, const ExperimentBench& bench,
                            const RunContext& context) {
    const WarmLocus& locus = *bench.warm;
    WhatIfRequest request{{}, "all"};
    for (const std::string& text : panel.edits) {
        DS_ASSIGN(Variant change, parseEdit(text, locus.contigs));
        request.changes.push_back(std::move(change));
    }
    DS_ASSIGN(const WhatIfOutcome outcome, tryWhatIf(bench, request, context, [](const auto&) {}));
    ExperimentFigureSpec spec = specAt(panel, locus);
    for (const Variant& change : request.changes)
        spec.provenance.emplace_back("edit", toName(change));
    spec.provenance.emplace_back("on", request.on);
    spec.moves = std::make_shared<const BeforeAfter>(beforeAfter(locus, outcome));
    return FigureSpec(std::move(spec));
}

Result<FigureSpec> saturationData(const PanelDesign& panel, const ExperimentBench& bench,
                                  const RunContext& context) {
    const WarmLocus& locus = *bench.warm;
    SaturationWish wish;
    wish.reach = panel.saturateBp.value_or(usualReach);
    wish.on = panel.background.empty() ? "reference" : panel.background;
    if (panel.saturate == "tss") {
        wish.where = SaturationWish::Where::Tss;
    } else if (const Result<Region> region = parseRegion(panel.saturate, locus.contigs)) {
        wish.where = SaturationWish::Where::Region;
        wish.region = *region;
    } else {
        wish.where = SaturationWish::Where::Variant;
        DS_ASSIGN(wish.variant, variantMeant(panel.saturate, locus.locus, locus.contigs));
    }
    DS_ASSIGN(const SaturationOutcome outcome, trySaturation(bench, wish, context, [](const auto&) {}));
    ExperimentFigureSpec spec = specAt(panel, locus);
    spec.provenance.emplace_back("region", toText(outcome.rows.front().region));
    for (const std::string& background : outcome.backgrounds)
        spec.provenance.emplace_back("background", background);
    spec.saturation =
        std::make_shared<const SaturationShown>(saturationShown(locus, outcome, panel.logo == "centred"));
    return FigureSpec(std::move(spec));
}

} // namespace

bool asksForDrivers(const PanelDesign& panel) {
    return panel.ablate.size() == 1 && (panel.ablate[0] == "drivers" || panel.ablate[0] == "unsupported");
}

Result<FigureSpec> personData(const PanelDesign& panel, WarmLocus& locus, const RunContext& context) {
    DS_ASSIGN(const PersonPaths paths, followPerson(locus.locus, panel.sample, panel.against, context));
    PersonFigureSpec spec;
    spec.story = std::make_shared<const PersonStory>(personStory(paths, locus.gene, locus.modelUnit));
    spec.provenance = locus.provenance;
    spec.provenance.emplace_back("sample", panel.sample);
    if (!panel.against.empty())
        spec.provenance.emplace_back("against", panel.against);
    spec.design = panel;
    return FigureSpec(std::move(spec));
}

Result<FigureSpec> experimentData(const PanelDesign& panel, const FigureEntry& entry,
                                  const ExperimentBench& bench, const RunContext& context) {
    if (std::string_view(entry.name) == "saturation")
        return saturationData(panel, bench, context);
    return panel.edits.empty() ? ablationData(panel, bench, context) : editData(panel, bench, context);
}

} // namespace diploscope::ui
