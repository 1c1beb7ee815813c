// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/predictor.h"
#include "study/study.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace diploscope {

struct HeadFitOptions {
    double alpha = 0.5;
    int folds = 10;    ///< of genes
    uint64_t seed = 1; ///< of the split
    Method method = Method::Fast;
};

/// A fine-tuned head: mean expression = sum over tracks of weight x log2(sum of bins) + offset (METHODS 3).
struct FittedHead {
    std::vector<double> weights; ///< [tracks]
    double offset = 0;
    int64_t genes = 0;       ///< fitted on
    int64_t skipped = 0;     ///< measured in nobody, or a track's sum of bins is not above 0
    int64_t tracksUsed = 0;  ///< with a weight other than 0
    std::optional<double> r; ///< corr(observed mean, prediction of the head fitted without the gene's fold)
    double lambda = 0;
};

/// Elastic net over all tracks of the model at its default bins, on the reference window of every gene of the
/// study against the gene's mean observed expression; genes are split for the cross-validation, and the
/// lambda of the smallest error is taken. \error BadInput for too few genes; what the model gives; Cancelled.
[[nodiscard]] Result<FittedHead> fitHead(const Study& study, const Predictor& predictor,
                                         const HeadFitOptions& options, const RunContext& context);

/// CSV `tracks,weights`, one row a track in model order, then `offset`. \param names of the tracks, may be
/// null: then `track N`. \error Io
[[nodiscard]] Result<void> writeHead(const FittedHead& head, const TrackList* names,
                                     const std::filesystem::path& file);

} // namespace diploscope
