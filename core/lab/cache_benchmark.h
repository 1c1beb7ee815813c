// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "base/run_context.h"

#include <nlohmann/json_fwd.hpp>

#include <cstdint>
#include <filesystem>

namespace diploscope {

struct CacheBenchmarkOptions {
    int64_t scores = 1'000'000; ///< in the cache
    int64_t batch = 256;        ///< stored at once, in a transaction
    int64_t geneScores = 5'120; ///< of one window: what is looked up at once
    int64_t lookUps = 20;       ///< genes that are looked up, warm and cold each
    bool plain = true;          ///< measure the peer, too
    uint64_t seed = 1;
    std::filesystem::path folder{}; ///< where files are made for it and removed; empty: the system's
};

/// Times the score cache at so many scores, and a plain table of SQLite with a row a score, made and asked
/// with the same transactions and prepared statements. \return an object: scores, batch, gene_scores,
/// look_ups; `cache` and `plain`, an object each: store_cpu_us and store_us (a score), bytes_per_score (of
/// the file), open_cpu_ms and open_ms (median of five), gene_cpu_ms and gene_ms (mean, all scores of a gene),
/// cold_gene_cpu_ms and cold_gene_ms (the file not in memory), halve_cpu_s and halve_s (dropping the older
/// half and giving its space back), peak_memory_mb (so far; the cache is first); ratio_store, ratio_gene and
/// ratio_halve (plain / cache, processor time). cpu is processor time, the rest wall time.
/// \error BadInput for options out of range; Io; Internal where a score that comes back is not what was
/// stored
[[nodiscard]] Result<nlohmann::json> runCacheBenchmark(const CacheBenchmarkOptions& options,
                                                       const RunContext& context);

} // namespace diploscope
