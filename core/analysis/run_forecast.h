// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analysis/genome_run.h"

#include <cstdint>
#include <functional>
#include <vector>

namespace diploscope {

/// What a run would take, before it is begun.
struct RunForecast {
    int64_t genes = 0;  ///< of the list
    int64_t stored = 0; ///< of them, that would not be computed again
    int64_t failed = 0; ///< of which nothing could be found out: they would fail
    /// Of genes to compute, each content once a gene and member of the score: what the model is asked.
    int64_t sequences = 0;
    int64_t cached = 0;     ///< of them, in the score cache
    double seconds = 0;     ///< from the first gene on, the processors being the run's; without gradients
    int64_t cacheBytes = 0; ///< by which the cache grows
    int64_t peakBytes = 0;  ///< the most memory that measuring took, as many genes at once as the run has
    int64_t measured = 0;   ///< genes by which time was measured, in whole or in part

    [[nodiscard]] int64_t toCompute() const { return sequences - cached; }
};

/// Reads every gene's genotypes, counts its sequences and looks them up; then has the model compute some of
/// a few genes, as many at once as runGenome() would, for about `budgetSeconds` (at least a batch of one
/// gene). Nothing is stored. \param isKnown of which genes nothing is to be computed \error Cancelled; what
/// the model gives
[[nodiscard]] Result<RunForecast> forecastRun(const Study& study, const std::vector<const StudyGene*>& genes,
                                              const GenomeRun& run,
                                              const std::function<bool(const StudyGene&)>& isKnown,
                                              double budgetSeconds, const RunContext& context);

} // namespace diploscope
