// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/run_context.h"

#include <nlohmann/json_fwd.hpp>

#include <cstdint>
#include <filesystem>
#include <vector>

namespace diploscope {

struct ElasticNetBenchmarkOptions {
    int people = 316;
    std::vector<int> variants{250, 500, 1'000}; ///< of the window, each measured
    int folds = 10;
    bool plain = true; ///< measure the plain way, too
    uint64_t seed = 1;
    /// Where the last window is written for other programs: dosages.u8 (variant by variant), people.tsv
    /// (expression), folds.tsv, lambdas.tsv (and each one's mean squared error). Empty: nowhere.
    std::filesystem::path data{};
};

/// Times crossValidate() on windows of these many SNVs, related as people's are, and expression under two of
/// them, against plain coordinate descent: every column in every pass, the residual held up to date, for
/// the same lambdas and to the same tolerance. \return an object: workload, rows (each people, variants,
/// folds, lambdas, best; difference: the largest of a mean squared error, as a share of it, and plain_best;
/// what tellBoth() says, or without the plain way its first three), what is said of the machine. \error
/// BadInput for options out of range; Io; Cancelled
[[nodiscard]] Result<nlohmann::json> runElasticNetBenchmark(const ElasticNetBenchmarkOptions& options,
                                                            const RunContext& context);

} // namespace diploscope
