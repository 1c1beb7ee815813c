// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/run_context.h"

#include <nlohmann/json_fwd.hpp>

#include <cstdint>
#include <filesystem>
#include <string>

namespace diploscope {

struct GenesBenchmarkOptions {
    int64_t people = 400;
    int64_t genes = 60;
    std::string model = "demo-cnn";
    int64_t randomWeightsSeed = -1; ///< see openModel()
    int threads = 0;                ///< of the run that is measured; 0: all
    uint64_t seed = 1;
    std::filesystem::path folder{}; ///< where files are made for it and removed; empty: the system's
};

/// Times all genes of a simulated study under a model on one thread (plain) and on several, nothing cached
/// and with every score in the cache; each gene's tables are written. \return an object: workload, rows
/// (what, people, genes, threads, and what tellBoth() says), cpu_s_per_gene with scores cached, same_bytes:
/// all tables of all runs are the same, what is said of the machine. \error BadInput for options out of
/// range; Internal where the tables are not the same; those of simulateStudy(), openModel() and runGenome()
[[nodiscard]] Result<nlohmann::json> runGenesBenchmark(const GenesBenchmarkOptions& options,
                                                       const RunContext& context);

} // namespace diploscope
