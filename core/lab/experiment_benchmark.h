// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/run_context.h"
#include "model/predictor.h"

#include <nlohmann/json_fwd.hpp>

#include <string>

namespace diploscope {

struct ExperimentBenchmarkOptions {
    std::string model;
    int64_t randomWeightsSeed = -1; ///< see openModel
    int variants = 800;             ///< SNVs at random places
    int people = 316;               ///< who carry them, related as the haplotypes of runBenchmark()
    int flips = 20;                 ///< single bases of the reference, one after the other
    int ablations = 5;              ///< one SNV each, those that the most haplotypes differ in
    int64_t reach = 1000;           ///< bp to both sides of what is saturated
    int plainSequences = 5;         ///< of each question, evenly spread: predicted by whole passes, too
    double plainSeconds = 60;       ///< all of them are, where that takes no longer
    Precision plainPrecision = Precision::Single;
    int threads = 0;
    uint64_t seed = 1;
};

/// Times what is asked of a gene that is open, as the window asks it: plans, runs, scores in a cache of its
/// own and what follows from them, but for drawing. On random bases of the model's length. \return an object:
/// ready_s (the first score), people_s (everybody's haplotypes, once a gene), and of each question, `flip`,
/// `ablation` and `saturation`, an object: repeats, sequences (as they are asked for), s (median wall seconds
/// until all is there to be shown), worst_s, checked_s (until the self-check is through as well; the ablation
/// shows nothing before), cpu_s (processor seconds until then), plain_s and plain_cpu_s (whole passes for all
/// these sequences), plain_extrapolated (from some of them), ratio and ratio_cpu (plain / until checked),
/// max_difference (of scores, against the timed whole passes).
/// \error what openModel and experiments give; BadInput for options out of range.
[[nodiscard]] Result<nlohmann::json> runExperimentBenchmark(const ExperimentBenchmarkOptions& options,
                                                            const RunContext& context);

} // namespace diploscope
