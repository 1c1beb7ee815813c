// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/run_context.h"

#include <nlohmann/json_fwd.hpp>

#include <filesystem>

namespace diploscope {

struct PeopleBenchmarkOptions {
    int people = 50'000;
    int variants = 1'000; ///< SNVs of one gene's window
    int covariates = 10;  ///< of eQTL effects beside those without any
    bool fineMapping = true;
    uint64_t seed = 1;
    /// Where the dosages and people of `eqtl` are written for other programs: genotypes.u8 (variant by
    /// variant), genotypes.bed, .bim and .fam (PLINK 1), people.tsv, effects.tsv (t of each variant). Empty:
    /// nowhere.
    std::filesystem::path data;
};

/// Times eQTL effects of independent SNVs from dosages as bytes. \return an object: eqtl_s and eqtl_cpu_s
/// (best of five, wall and processor seconds), the same of eqtl_covariates and of eqtl_given (beside the lead
/// variant and the covariates, all of it anew), peak memory, ... \error BadInput for options out of range; Io
[[nodiscard]] Result<nlohmann::json> runEqtlBenchmark(const PeopleBenchmarkOptions& options,
                                                      const RunContext& context);

/// Times what follows from a gene's alleles and scores, for a cohort of people with related haplotypes:
/// haplotypes, their sequences, panel, dosages, eQTL, drivers, and the report's statistics. Nothing is read
/// and no model asked: predictions are a sum of effects. \return an object: wall and processor seconds of
/// each step and of all, distinct haplotypes, bases of their sequences, peak memory with the alleles, ...
/// \error as above
[[nodiscard]] Result<nlohmann::json> runPeopleBenchmark(const PeopleBenchmarkOptions& options,
                                                        const RunContext& context);

} // namespace diploscope
