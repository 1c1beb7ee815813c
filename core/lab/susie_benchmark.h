// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/run_context.h"

#include <nlohmann/json_fwd.hpp>

#include <cstdint>
#include <filesystem>
#include <vector>

namespace diploscope {

struct SusieBenchmarkOptions {
    int people = 839;
    std::vector<int> variants{500, 1'000, 2'000, 4'000}; ///< of the window, each measured
    bool plain = true;                                   ///< measure the straightforward way, too
    uint64_t seed = 1;
    /// Where the last window is written for other programs: dosages.u8 (variant by variant), people.tsv
    /// (expression), pip.tsv. Empty: nowhere.
    std::filesystem::path data{};
};

/// Times fineMap() on windows of these many SNVs, related as people's are, and expression under two of them,
/// against the straightforward way: products of all pairs of SNVs first, effects from these, purity of sets
/// from all their pairs. \return an object: workload, rows (each people, variants, sets, plain_sets,
/// difference: the largest of a PIP, and what tellBoth() says, or without the straightforward way what is
/// said of ours), what is said of the machine. \error BadInput for options out of range; Io; Cancelled
[[nodiscard]] Result<nlohmann::json> runSusieBenchmark(const SusieBenchmarkOptions& options,
                                                       const RunContext& context);

} // namespace diploscope
