// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/run_context.h"
#include "predict/predictor.h"

#include <nlohmann/json_fwd.hpp>

#include <string>

namespace diploscope {

/// What is measured: single SNVs at random places, or people's haplotypes out of a common set of SNVs.
enum class Workload { Ism, Haplotypes };

struct BenchmarkOptions {
    std::string model;
    int64_t randomWeightsSeed = -1; ///< see openModel
    Workload workload = Workload::Ism;
    int variants = 1000;     ///< SNVs: predicted one by one, or what haplotypes are made of
    int people = 400;        ///< two haplotypes each, some 100 SNVs a haplotype at most (frequencies 1/f)
    int plainSequences = 20; ///< of the same sequences, evenly spread: predicted by whole passes too
    int checkSequences = 10; ///< of those: predicted by whole passes in double, for the largest difference
    Precision plainPrecision = Precision::Single;
    DeviceList devices{Device{}}; ///< of the whole passes
    int threads = 0;
    uint64_t seed = 1;
};

/// Times Fast on all sequences, then whole passes on some of the same, in this process, on random bases of
/// the model's length. Times include everything from the prepared window on: the reference's activations and
/// the making of sequences. \return an object: fast_s, plain_s (wall seconds a sequence), fast_cpu_s,
/// plain_cpu_s, ratio (plain_s / fast_s), ratio_cpu,
///         max_difference (Fast against whole passes in double, absolute), plain_precision, peak memory,
///         threads, blas, ...
/// \error what openModel and predict give; BadInput for options out of range.
[[nodiscard]] Result<nlohmann::json> runBenchmark(const BenchmarkOptions& options, const RunContext& context);

} // namespace diploscope
