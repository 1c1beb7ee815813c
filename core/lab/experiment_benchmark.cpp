// SPDX-License-Identifier: GPL-3.0-or-later
#include "lab/experiment_benchmark.h"

#include "analysis/gene_locus.h"
#include "base/scratch_folder.h"
#include "cache/score_cache.h"
#include "engines/open_model.h"
#include "experiment/ablation.h"
#include "experiment/saturation.h"
#include "experiment/what_if.h"
#include "lab/benchmark_parts.h"
#include "scoring/score_options.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <map>
#include <random>

namespace diploscope {

using namespace lab;
using nlohmann::json;

namespace {

/// What one answer took, in seconds.
struct Lap {
    double shown = 0; ///< all of it is there
    double checked = 0;
    double cpu = 0;
};

/// What was asked, sequence by sequence, and what it scored.
struct Asked {
    std::vector<Lap> laps;
    std::vector<EditList> sequences; ///< of the last time
    std::vector<double> scores;
};

double medianOf(const std::vector<Lap>& laps, double Lap::*part) {
    std::vector<double> values;
    for (const Lap& lap : laps)
        values.push_back(lap.*part);
    std::sort(values.begin(), values.end());
    const size_t half = values.size() / 2;
    return values.size() % 2 == 1 ? values[half] : 0.5 * (values[half - 1] + values[half]);
}

/// The gene that is asked, and what it needs.
struct Bench {
    const ExperimentBenchmarkOptions& options;
    const Predictor& model;
    ReferenceWindow window;
    EditList snvs;
    std::vector<std::vector<int8_t>> carried; ///< [SNVs][2 people]
    PreparedLocus locus;
    std::mt19937_64 random;
    const RunContext& context;
};

Locus locusOf(const ReferenceWindow& window, const EditList& snvs,
              const std::vector<std::vector<int8_t>>& carried, int people) {
    Locus locus;
    locus.window = window;
    locus.region = window.region;
    locus.alleles.region = window.region;
    for (int person = 0; person < people; ++person)
        locus.alleles.people.push_back(fmt::format("P{}", person + 1));
    for (size_t s = 0; s < snvs.size(); ++s) {
        const auto at = static_cast<size_t>(snvs[s].offset);
        locus.alleles.sites.push_back(
            {window.region.start + snvs[s].offset, {}, std::string(1, window.bases()[at]), {snvs[s].alt}});
        locus.alleles.alleles.insert(locus.alleles.alleles.end(), carried[s].begin(), carried[s].end());
    }
    locus.haplotypes = cutToWindow(buildHaplotypes(locus.alleles, window.region.start, VariantMode::Snv),
                                   window.length(), window.tssOffset);
    return locus;
}

/// Runs an experiment, and tells when its scores were there. \param watch since it was asked for
Result<ExperimentScores> runTimed(Bench& bench, const Experiment& experiment, const Stopwatch& watch,
                                  Lap& lap) {
    return bench.locus.run(experiment, bench.context, [&](const ExperimentScores& scores) {
        if (!scores.byMember.hasNaN())
            lap.shown = watch.wall();
    });
}

void endLap(const Stopwatch& watch, Lap& lap) {
    lap.checked = watch.wall();
    lap.cpu = watch.cpu();
}

/// The reference and everybody, once.
Result<void> openGene(Bench& bench, json& report) {
    const Stopwatch first;
    DS_TRY(bench.locus.run({"Predicting the reference", {EditList{}}}, bench.context));
    report["ready_s"] = first.wall();
    report["ready_cpu_s"] = first.cpu();
    const Stopwatch people;
    const std::vector<EditList>& distinct = bench.locus.locus().haplotypes.distinct;
    DS_TRY(bench.locus.run({"Predicting people's haplotypes", distinct}, bench.context));
    report["people_s"] = people.wall();
    report["people_cpu_s"] = people.cpu();
    report["distinct_haplotypes"] = distinct.size();
    return {};
}

Result<Asked> flip(Bench& bench) {
    Asked asked;
    for (const Edit& edit : randomSnvs(bench.window, bench.options.flips, bench.random)) {
        const Stopwatch watch;
        Lap lap;
        DS_ASSIGN(const EditList edits, checkedEdits(bench.locus, {bench.locus.variantOf(edit)}));
        DS_ASSIGN(const WhatIfPlan plan, WhatIfPlan::make(bench.locus, edits, {std::nullopt}));
        DS_ASSIGN(const ExperimentScores scores, runTimed(bench, plan.experiment(), watch, lap));
        const WhatIf found = plan.resultOf(scores);
        endLap(watch, lap);
        asked.laps.push_back(lap);
        asked.sequences = plan.experiment().sequences;
        asked.scores = {found.rows.front().before, found.rows.front().after};
    }
    return asked;
}

/// Those that split haplotypes most evenly first: they leave the fewest sequences as they were.
std::vector<size_t> mostDifferent(const Bench& bench, int count) {
    std::multimap<int64_t, size_t> byBalance;
    for (size_t s = 0; s < bench.carried.size(); ++s) {
        const auto& alleles = bench.carried[s];
        const int64_t carriers = std::count(alleles.begin(), alleles.end(), int8_t{1});
        byBalance.emplace(std::abs(static_cast<int64_t>(alleles.size()) - 2 * carriers), s);
    }
    std::vector<size_t> chosen;
    for (auto next = byBalance.begin(); next != byBalance.end() && static_cast<int>(chosen.size()) < count;
         ++next)
        chosen.push_back(next->second);
    return chosen;
}

Result<Asked> ablateOne(Bench& bench) {
    std::normal_distribution<double> normal;
    Eigen::VectorXd observed(bench.options.people);
    for (double& value : observed)
        value = normal(bench.random);
    Asked asked;
    for (const size_t s : mostDifferent(bench, bench.options.ablations)) {
        const Variant variant = bench.locus.variantOf(bench.snvs[s]);
        const Stopwatch watch;
        Lap lap;
        DS_ASSIGN(const Ablation found,
                  ablate(bench.locus, {.variants = {variant}, .seed = bench.options.seed}, observed,
                         bench.context));
        endLap(watch, lap);
        lap.shown = lap.checked;
        asked.laps.push_back(lap);
        asked.sequences.clear();
        asked.scores.clear();
        for (size_t h = 0; h < 2 * bench.locus.people().size(); ++h) {
            EditList left = bench.locus.haplotype(h);
            std::erase(left, bench.snvs[s]);
            asked.sequences.push_back(std::move(left));
            asked.scores.push_back(
                found.after(static_cast<Eigen::Index>(h / 2), static_cast<Eigen::Index>(h % 2)));
        }
    }
    return asked;
}

Result<Asked> saturateSome(Bench& bench) {
    const int64_t reach = bench.options.reach;
    const int64_t length = bench.window.length();
    std::vector<int64_t> middles; // that have no sequence in common
    for (const int64_t wanted : {bench.window.tssOffset, length / 4, 3 * length / 4}) {
        const int64_t middle = std::clamp(wanted, reach, length - 1 - reach);
        if (std::all_of(middles.begin(), middles.end(),
                        [&](int64_t other) { return std::abs(other - middle) > 2 * reach; }))
            middles.push_back(middle);
    }
    const Region& region = bench.window.region;
    Asked asked;
    for (const int64_t middle : middles) {
        const Stopwatch watch;
        Lap lap;
        DS_ASSIGN(const SaturationPlan plan,
                  SaturationPlan::make(bench.locus, around(region.contig, region.start + middle, reach), {}));
        DS_ASSIGN(const ExperimentScores scores, runTimed(bench, plan.experiment(), watch, lap));
        const Saturation found = plan.effectsOf(scores);
        endLap(watch, lap);
        asked.laps.push_back(lap);
        asked.sequences = plan.experiment().sequences;
        const Eigen::VectorXd all = scores.scores();
        asked.scores.assign(all.begin(), all.end());
    }
    return asked;
}

/// What whole passes make of the same sequences.
Result<void> addPlain(const Bench& bench, const Asked& asked, json& report) {
    const ExperimentBenchmarkOptions& options = bench.options;
    const auto count = static_cast<double>(asked.sequences.size());
    const auto passes = [&](const std::vector<EditList>& some) {
        return timed(bench.model, bench.window, Method::Plain, 1, some, "Whole passes", bench.context);
    };
    std::vector<EditList> some = spread(asked.sequences, options.plainSequences);
    DS_ASSIGN(Timed plain, passes(some));
    const double each = plain.wall / static_cast<double>(some.size());
    if (some.size() < asked.sequences.size() && each * count <= options.plainSeconds) {
        some = asked.sequences;
        DS_ASSIGN(plain, passes(some));
    }
    const double share = count / static_cast<double>(some.size());
    const OutputChoice& output = bench.model.info().defaultOutput;
    double largest = 0;
    for (size_t i = 0; i < some.size(); ++i) {
        const double fast = asked.scores[i * asked.scores.size() / some.size()]; // as spread() takes them
        largest =
            std::max(largest, std::abs(fast - output.score(plain.values.row(static_cast<Eigen::Index>(i)))));
    }
    report["plain_s"] = share * plain.wall;
    report["plain_cpu_s"] = share * plain.cpu;
    report["plain_extrapolated"] = some.size() < asked.sequences.size();
    report["ratio"] = share * plain.wall / report["checked_s"].get<double>();
    report["ratio_cpu"] = share * plain.cpu / report["cpu_s"].get<double>();
    report["max_difference"] = largest;
    return {};
}

Result<json> reportOf(const Bench& bench, const Asked& asked) {
    json report;
    report["repeats"] = asked.laps.size();
    report["sequences"] = asked.sequences.size();
    report["s"] = medianOf(asked.laps, &Lap::shown);
    report["worst_s"] =
        std::max_element(asked.laps.begin(), asked.laps.end(), [](const Lap& a, const Lap& b) {
            return a.shown < b.shown;
        })->shown;
    report["checked_s"] = medianOf(asked.laps, &Lap::checked);
    report["cpu_s"] = medianOf(asked.laps, &Lap::cpu);
    DS_TRY(addPlain(bench, asked, report));
    return report;
}

} // namespace

Result<json> runExperimentBenchmark(const ExperimentBenchmarkOptions& options, const RunContext& context) {
    const PredictorOptions predictorOptions{{Device{}}, options.plainPrecision, options.threads};
    DS_ASSIGN(const auto model, openModel(options.model, predictorOptions, options.randomWeightsSeed));
    const InputShape& shape = model->info().input;
    if (options.people < 3 || options.flips < 1 || options.ablations < 1 || options.plainSequences < 1 ||
        options.variants < options.ablations)
        return fail(ErrorKind::BadInput, "Three people, an SNV for each ablation, and one of everything else "
                                         "are the least that can be timed.");
    if (options.variants > shape.length || options.flips > shape.length || options.reach < 0 ||
        2 * options.reach + 1 > std::min(shape.length, LongestSaturation))
        return fail(ErrorKind::BadInput,
                    fmt::format("{} variants, {} flips and {} bp on both sides do not fit into {} bases.",
                                options.variants, options.flips, options.reach, shape.length));
    DS_ASSIGN(const ScratchFolder folder, ScratchFolder::make("bench"));
    DS_ASSIGN(std::shared_ptr<ScoreCache> cache, ScoreCache::open(folder.path() / "scores.sqlite"));
    std::mt19937_64 random(options.seed);
    ReferenceWindow window = randomWindow(shape, random);
    EditList snvs = randomSnvs(window, options.variants, random);
    auto carried = relatedAlleles(snvs, options.people, options.seed);
    PreparedLocus locus(locusOf(window, snvs, carried, options.people), VariantMode::Snv,
                        membersOf(model, defaultScore(model->info())), {.cache = std::move(cache)});
    Bench bench{options, *model, std::move(window), std::move(snvs), std::move(carried), std::move(locus),
                random,  context};

    json report;
    report["workload"] = "experiments";
    report["model"] = model->info().name;
    report["random_weights"] = options.randomWeightsSeed >= 0;
    report["sequence_length"] = shape.length;
    report["people"] = options.people;
    report["variants"] = options.variants;
    report["saturated_bases"] = 2 * options.reach + 1;
    report["plain_precision"] = options.plainPrecision == Precision::Single ? "fp32" : "fp64";
    DS_TRY(openGene(bench, report));
    // What is asked first, before whole passes take processor and memory.
    DS_ASSIGN(const Asked flips, flip(bench));
    DS_ASSIGN(const Asked ablations, ablateOne(bench));
    DS_ASSIGN(const Asked saturations, saturateSome(bench));
    report["fast_peak_memory_mb"] = peakMegabytes();
    DS_ASSIGN(report["flip"], reportOf(bench, flips));
    DS_ASSIGN(report["ablation"], reportOf(bench, ablations));
    DS_ASSIGN(report["saturation"], reportOf(bench, saturations));
    addMachine({Device{}}, options.threads, report);
    return report;
}

} // namespace diploscope
