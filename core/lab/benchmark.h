// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/run_context.h"
#include "model/predictor.h"

#include <nlohmann/json_fwd.hpp>

#include <string>

namespace diploscope {

/// What is measured: single SNVs at random places, people's haplotypes out of a common set of SNVs, or whole
/// forward passes alone.
enum class Workload { Ism, Haplotypes, Forward };

struct BenchmarkOptions {
    std::string model;
    int64_t randomWeightsSeed = -1; ///< see openModel
    Workload workload = Workload::Ism;
    int variants = 1000;     ///< SNVs: predicted one by one, or what haplotypes are made of
    int people = 400;        ///< two haplotypes each, related by the coalescent with recombination
    int sampleSequences = 0; ///< evenly spread: the only ones that Fast is timed on; 0: all
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
///         max_difference (Fast against whole passes in double, absolute), max_difference_plain (against the
///         timed whole passes), ratio_cpu_distinct (as if no two sequences were equal: all of Fast's time on
///         the distinct_sequences), plain_precision, trunk_work (the trunk's work a sequence, in whole
///         passes' worth; 0 where a model has none), peak memory, threads, blas, ... With sampleSequences the
///         figures of Fast are for all sequences (fast_extrapolated): the trunk's work for all of them is
///         counted, its price and that of the rest come from timing the reference and the sample.
/// \error what openModel and predict give; BadInput for options out of range.
[[nodiscard]] Result<nlohmann::json> runBenchmark(const BenchmarkOptions& options, const RunContext& context);

} // namespace diploscope
