// SPDX-License-Identifier: GPL-3.0-or-later
#include "figures/experiment_data.h"

#include "analysis/provenance.h"
#include "experiment/carried_variants.h"
#include "experiment/edits.h"
#include "experiment/person_paths.h"
#include "genome/region_name.h"
#include "viewmodels/gene_text.h"

#include <fmt/format.h>

#include <algorithm>

namespace diploscope::ui {
namespace {

constexpr int64_t usualReach = 100; ///< bp to both sides of what is saturated
constexpr const char* driversWord = "drivers";
constexpr const char* unsupportedWord = "unsupported";
constexpr const char* referenceWord = "reference";

bool isOneWord(const PanelDesign& panel, const char* word) {
    return panel.ablate.size() == 1 && panel.ablate.front() == word;
}

ExperimentFigureSpec specAt(const ExperimentSubject& subject) {
    ExperimentFigureSpec spec;
    spec.gene = geneText(subject.gene);
    spec.provenance = subject.provenance;
    spec.design.gene = subject.gene.id;
    spec.design.model = provenanceLine(subject.provenance, "model");
    return spec;
}

Result<FigureSpec> ablationData(const PanelDesign& panel, const ExperimentBench& bench,
                                const RunContext& context) {
    const WarmLocus& locus = *bench.warm;
    AblationWish wish;
    wish.keepOnly = panel.keepOnly;
    if (isOneWord(panel, driversWord))
        wish.of = AblationWish::Of::Drivers;
    else if (isOneWord(panel, unsupportedWord))
        wish.of = AblationWish::Of::Unsupported;
    else
        wish.of = AblationWish::Of::Chosen;
    if (wish.of == AblationWish::Of::Chosen)
        for (const std::string& name : panel.ablate) {
            DS_ASSIGN(Variant variant, variantMeant(name, locus.locus, locus.contigs));
            wish.chosen.insert(std::move(variant));
        }
    DS_ASSIGN(const AblationOutcome outcome, tryAblation(bench, wish, context, [](const auto&) {}));
    return FigureSpec(figureSpecOf(locus, outcome));
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
    return FigureSpec(figureSpecOf(locus, outcome));
}

Result<FigureSpec> saturationData(const PanelDesign& panel, const ExperimentBench& bench,
                                  const RunContext& context) {
    const WarmLocus& locus = *bench.warm;
    SaturationWish wish;
    wish.reach = panel.saturateBp.value_or(usualReach);
    wish.on = panel.background.empty() ? referenceWord : panel.background;
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
    return FigureSpec(figureSpecOf(locus, outcome, panel.logo == "centred"));
}

} // namespace

ExperimentFigureSpec figureSpecOf(const ExperimentSubject& subject, const AblationOutcome& outcome) {
    ExperimentFigureSpec spec = specAt(subject);
    const AblationWish& wish = outcome.request;
    for (const Variant& variant : outcome.variants) {
        spec.provenance.emplace_back(wish.keepOnly ? "kept" : "ablated", toName(variant));
        spec.design.ablate.push_back(toName(variant));
    }
    if (wish.of != AblationWish::Of::Chosen)
        spec.design.ablate = {wish.of == AblationWish::Of::Drivers ? driversWord : unsupportedWord};
    spec.design.keepOnly = wish.keepOnly;
    spec.moves = std::make_shared<const BeforeAfter>(beforeAfter(subject, outcome));
    return spec;
}

ExperimentFigureSpec figureSpecOf(const ExperimentSubject& subject, const WhatIfOutcome& outcome) {
    ExperimentFigureSpec spec = specAt(subject);
    for (const Variant& change : outcome.request.changes) {
        spec.provenance.emplace_back("edit", toName(change));
        spec.design.edits.push_back(toName(change));
    }
    spec.provenance.emplace_back("on", outcome.request.on);
    spec.moves = std::make_shared<const BeforeAfter>(beforeAfter(subject, outcome));
    return spec;
}

ExperimentFigureSpec figureSpecOf(const ExperimentSubject& subject, const SaturationOutcome& outcome,
                                  bool centred) {
    ExperimentFigureSpec spec = specAt(subject);
    const SaturationWish& wish = outcome.request;
    if (wish.where == SaturationWish::Where::Tss)
        spec.design.saturate = "tss";
    else if (wish.where == SaturationWish::Where::Variant && wish.variant)
        spec.design.saturate = toName(*wish.variant);
    else
        spec.design.saturate = toText(wish.region);
    if (wish.where != SaturationWish::Where::Region)
        spec.design.saturateBp = wish.reach;
    if (wish.on != referenceWord)
        spec.design.background = wish.on;
    if (centred)
        spec.design.logo = "centred";
    if (!outcome.rows.empty())
        spec.provenance.emplace_back("region", toText(outcome.rows.front().region));
    for (const std::string& background : outcome.backgrounds)
        spec.provenance.emplace_back("background", background);
    spec.saturation = std::make_shared<const SaturationShown>(saturationShown(subject, outcome, centred));
    if (spec.saturation->coarse > 0)
        spec.provenance.emplace_back("approximate",
                                     fmt::format("{} effects are first orders of the gradient: their "
                                                 "predictions were pending",
                                                 spec.saturation->coarse));
    return spec;
}

PersonFigureSpec figureSpecOf(std::shared_ptr<const PersonStory> story, const std::string& gene,
                              std::vector<std::pair<std::string, std::string>> provenance,
                              const std::string& sample, const std::string& against) {
    PersonFigureSpec spec{std::move(story), std::move(provenance), {}};
    spec.design.gene = gene;
    spec.design.model = provenanceLine(spec.provenance, "model");
    spec.design.sample = sample;
    spec.design.against = against;
    spec.provenance.emplace_back("sample", sample);
    if (!against.empty())
        spec.provenance.emplace_back("against", against);
    return spec;
}

bool asksForDrivers(const PanelDesign& panel) {
    return isOneWord(panel, driversWord) || isOneWord(panel, unsupportedWord);
}

Result<FigureSpec> personData(const PanelDesign& panel, WarmLocus& locus, const RunContext& context) {
    DS_ASSIGN(const PersonPaths paths, followPerson(locus.locus, panel.sample, panel.against, context));
    auto story = std::make_shared<const PersonStory>(personStory(paths, locus.gene, locus.modelUnit));
    return FigureSpec(
        figureSpecOf(std::move(story), locus.gene.id, locus.provenance, panel.sample, panel.against));
}

Result<FigureSpec> experimentData(const PanelDesign& panel, const FigureEntry& entry,
                                  const ExperimentBench& bench, const RunContext& context) {
    if (entry.choices.stretch)
        return saturationData(panel, bench, context);
    return panel.edits.empty() ? ablationData(panel, bench, context) : editData(panel, bench, context);
}

} // namespace diploscope::ui
