// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "io/predixcan_database.h"
#include "study/study.h"

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace diploscope {

struct PredixcanTrainingOptions {
    int64_t window = 1'000'000; ///< bp on each side of the TSS
    double smallestMaf = 0.01;  ///< of the SNVs used
    double alpha = 0.5;
    int folds = 10;    ///< of people
    uint64_t seed = 1; ///< of the split, which all genes share
    int threads = 0;   ///< 0: all available
};

struct PredixcanTraining {
    PredixcanDatabase database;
    int64_t tried = 0;
    int64_t withoutModel = 0;                            ///< genes for which no SNV was better than the mean
    std::vector<std::pair<std::string, Error>> failures; ///< gene id and why
};

/// Which people a study has, in whatever order.
[[nodiscard]] std::string peopleDigest(const Study& study);

/// One elastic net a gene on its cis SNVs: expression, residualised on the study's covariates, against
/// dosages of the most common non-reference allele; lambda of the smallest cross-validated error, as
/// PredictDB chooses it. Weights are per copy of the allele, in the study's unit of expression.
/// `pred.perf.R2` is the squared correlation of what was observed and what was predicted out of fold (0 where
/// that is negative), q by Benjamini-Hochberg. A gene's failure stops no other. \param genes to train; all
/// where empty. \error BadInput for fewer people than folds, or an option out of range; Unsupported for a
/// study without genotypes; Cancelled. Source: METHODS 9; PredictDB.
[[nodiscard]] Result<PredixcanTraining> trainPredixcan(const Study& study,
                                                       const std::vector<const StudyGene*>& genes,
                                                       const PredixcanTrainingOptions& options,
                                                       const RunContext& context);

} // namespace diploscope
