// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/run_context.h"

#include <cstdint>
#include <filesystem>

namespace diploscope::simulate {

/// What `diploscope simulate` is asked for.
struct SimulationOptions {
    std::filesystem::path
        folder; ///< made; may be an earlier simulation's, which is replaced once the new one is complete
    uint64_t seed = 1;
    int64_t people = 400;
    int64_t genes = 60; ///< with people who differ
    int64_t trainingGenes =
        0; ///< on further contigs, expressed alike in all people: what a model can be trained on
    bool indels = false; ///< of genes whose variants act as they do on average, some are small indels; the
                         ///< study then takes them
    double heritability = 0.55; ///< mean over genes with heritable expression
};

/// What was made.
struct SimulationSummary {
    int64_t sites = 0;
    int64_t causalVariants = 0;
    int64_t referenceLength = 0; ///< bp
};

/// Makes a whole study with known truth in `folder`: `demo.study.json`, reference, phased genotypes,
/// expression, annotation, `truth.tsv` (causal variants), `truth.genes.tsv`, and from 20 people on
/// `predixcan.db`, linear models trained on it; with training genes also `training.study.json` and its
/// tables. The same options give the same bytes. Memory holds one gene's stretch of the genome at a time.
/// Everything is written beside `folder` and put in place at the end: a stopped or failed run leaves nothing.
/// \error BadInput for options out of range; Mismatch when `folder` holds anything that no simulation wrote;
/// Io; Cancelled.
[[nodiscard]] Result<SimulationSummary> simulateStudy(const SimulationOptions& options,
                                                      const RunContext& context);

} // namespace diploscope::simulate
