// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/experiment_work.h"

#include "analysis/gene_statistics.h"

#include <utility>

namespace diploscope::ui {
namespace {

constexpr size_t driversInPairs = 8;

/// Of the gene's random numbers, which are the report's.
uint64_t seedOf(const WarmLocus& warm, Draws draws) {
    return drawsSeed(warm.study, warm.gene.id, warm.statistics.seed, draws);
}

Result<std::vector<Variant>> ablated(const ExperimentBench& bench, const AblationWish& request) {
    if (request.of == AblationWish::Of::Chosen) {
        if (request.chosen.empty())
            return fail(ErrorKind::NotFound, "No variant is chosen.", "ablation",
                        "Select SNVs in any chart, then take them over.");
        return std::vector<Variant>(request.chosen.begin(), request.chosen.end());
    }
    const bool unsupportedAlone = request.of == AblationWish::Of::Unsupported;
    std::vector<Variant> variants;
    for (const DriverResult& driver : bench.report->drivers)
        if (!unsupportedAlone || driver.standing() == Standing::Unsupported)
            variants.push_back(bench.report->variants[driver.variant]);
    if (variants.empty())
        return fail(ErrorKind::NotFound,
                    bench.report->drivers.empty() ? "The gene has no driver under this model."
                                                  : "None of the gene's drivers is unsupported.",
                    "ablation",
                    bench.report->drivers.empty() ? "Choose SNVs, or another gene."
                                                  : "Take all drivers, or choose SNVs.");
    return variants;
}

struct SaturatedSequence {
    std::string name;
    EditList edits;
};

Result<std::vector<SaturatedSequence>> backgroundsOf(const PreparedLocus& locus,
                                                     const SaturationWish& request) {
    std::vector<SaturatedSequence> backgrounds;
    if (request.on != "reference" && request.on != "variant") {
        DS_ASSIGN(const size_t haplotype, locus.haplotypeNamed(request.on));
        return std::vector<SaturatedSequence>{{request.on, locus.wholeHaplotype(haplotype)}};
    }
    backgrounds.push_back({"reference", {}});
    if (request.on == "variant") {
        if (!request.variant)
            return fail(ErrorKind::BadInput, "No variant is chosen.", "saturation",
                        "Select an SNV in any chart.");
        DS_ASSIGN(EditList edits, checkedEdits(locus, {*request.variant}));
        backgrounds.push_back({toText(*request.variant), std::move(edits)});
    }
    return backgrounds;
}

Result<Region> regionOf(const WarmLocus& warm, const SaturationWish& request) {
    if (request.where == SaturationWish::Where::Region)
        return request.region;
    if (request.where == SaturationWish::Where::Tss)
        return around(warm.gene.region.contig, warm.gene.tss(), request.reach);
    if (!request.variant)
        return fail(ErrorKind::BadInput, "No variant is chosen.", "saturation",
                    "Select an SNV in any chart.");
    return around(request.variant->contig, request.variant->position, request.reach);
}

/// First orders of all rows from `first` on. That there are none takes nothing away from the exact effects.
void addGradients(SaturationOutcome& made, size_t first, const std::vector<SaturationPlan>& plans,
                  const PreparedLocus& locus, const RunContext& context) {
    for (size_t row = first; row < plans.size(); ++row) {
        Result<Eigen::MatrixXd> gradient = plans[row].firstOrder(locus, context);
        if (!gradient) {
            made.withoutGradient = gradient.error().what;
            return;
        }
        made.gradients[row] = std::move(*gradient);
    }
}

} // namespace

Result<WhatIfOutcome> tryWhatIf(const ExperimentBench& bench, const WhatIfRequest& request,
                                const RunContext& context, const OutcomeSink<WhatIfOutcome>& shown) {
    WarmLocus& warm = *bench.warm;
    DS_ASSIGN(const auto turn, turnOf(warm.turn, context));
    DS_ASSIGN(const EditList edits, checkedEdits(warm.locus, request.changes));
    DS_ASSIGN(const std::vector<Background> backgrounds, diploscope::backgroundsOf(warm.locus, request.on));
    DS_ASSIGN(const WhatIfPlan plan, WhatIfPlan::make(warm.locus, edits, backgrounds));
    const auto outcome = [&](const ExperimentScores& scores) -> Result<WhatIfOutcome> {
        WhatIfOutcome made{request, plan.resultOf(scores), {}, {}};
        made.people = peopleOf(warm.locus, made.found);
        if (!scores.byMember.hasNaN()) {
            DS_ASSIGN(made.r, rOfEverybody(warm.locus, made.found, warm.observed, context));
        }
        return made;
    };
    const auto onScores = [&](const ExperimentScores& scores) {
        if (Result<WhatIfOutcome> made = outcome(scores))
            shown(std::make_shared<const WhatIfOutcome>(std::move(*made)));
    };
    DS_ASSIGN(const ExperimentScores scores, warm.locus.run(plan.experiment(), context, onScores));
    return outcome(scores);
}

Result<AblationOutcome> tryAblation(const ExperimentBench& bench, const AblationWish& request,
                                    const RunContext& context, const OutcomeSink<AblationOutcome>& shown) {
    WarmLocus& warm = *bench.warm;
    DS_ASSIGN(const auto turn, turnOf(warm.turn, context));
    DS_ASSIGN(std::vector<Variant> variants, ablated(bench, request));
    const auto onFound = [&](const Ablation& found) {
        shown(std::make_shared<const AblationOutcome>(AblationOutcome{request, variants, found, false}));
    };
    DS_ASSIGN(Ablation found,
              ablate(warm.locus,
                     {variants, request.keepOnly, warm.statistics.resamples, seedOf(warm, Draws::Bootstrap)},
                     warm.observed, context, onFound));
    return AblationOutcome{request, std::move(variants), std::move(found), true};
}

Result<SaturationOutcome> trySaturation(const ExperimentBench& bench, const SaturationWish& request,
                                        const RunContext& context,
                                        const OutcomeSink<SaturationOutcome>& shown) {
    WarmLocus& warm = *bench.warm;
    DS_ASSIGN(const auto turn, turnOf(warm.turn, context));
    DS_ASSIGN(const Region region, regionOf(warm, request));
    DS_ASSIGN(const std::vector<SaturatedSequence> backgrounds, backgroundsOf(warm.locus, request));
    std::vector<SaturationPlan> plans;
    SaturationOutcome made;
    made.request = request;
    made.complete = false;
    for (const SaturatedSequence& background : backgrounds) {
        DS_ASSIGN(SaturationPlan plan, SaturationPlan::make(warm.locus, region, background.edits));
        made.backgrounds.push_back(background.name);
        made.rows.push_back(plan.nothingYet());
        made.gradients.emplace_back();
        plans.push_back(std::move(plan));
    }
    bool isCoarse = false;
    for (size_t row = 0; row < plans.size(); ++row) {
        const auto onScores = [&](const ExperimentScores& scores) {
            made.rows[row] = plans[row].effectsOf(scores);
            shown(std::make_shared<const SaturationOutcome>(made));
        };
        const auto coarseFirst = [&](const ExperimentScores& scores) {
            if (!std::exchange(isCoarse, true))
                addGradients(made, row, plans, warm.locus, context);
            onScores(scores);
        };
        DS_ASSIGN(const ExperimentScores scores,
                  warm.locus.run(plans[row].experiment(), context, onScores, coarseFirst));
        made.rows[row] = plans[row].effectsOf(scores);
        made.gradients[row].resize(0, 4);
    }
    made.withoutGradient.clear();
    if (request.coherence && request.variant) {
        DS_ASSIGN(
            const Saturation tss,
            saturate(warm.locus, around(warm.gene.region.contig, warm.gene.tss(), TssReach), {}, context));
        made.largest = largestAttribution(tss);
        for (const Saturation& row : made.rows)
            made.coherence.push_back(made.largest ? coherenceAt(row, request.variant->position, *made.largest)
                                                  : std::nullopt);
    }
    made.complete = true;
    return made;
}

Result<AuditOutcome> tryAudit(const ExperimentBench& bench, const RunContext& context) {
    WarmLocus& warm = *bench.warm;
    DS_ASSIGN(const auto turn, turnOf(warm.turn, context));
    DS_ASSIGN(Audit found, audit(warm.locus, *bench.report, warm.observed,
                                 {driversInPairs, seedOf(warm, Draws::Turns)}, context));
    return AuditOutcome{std::move(found)};
}

} // namespace diploscope::ui
