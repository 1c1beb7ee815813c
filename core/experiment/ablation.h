// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "experiment/prepared_locus.h"
#include "stats/paired_r.h"

#include <Eigen/Core>

#include <functional>
#include <vector>

namespace diploscope {

/// The matrix with the reference in the place of every allele that is not kept; missing ones stay.
[[nodiscard]] AlleleMatrix keptAlleles(const AlleleMatrix& alleles,
                                       const std::function<bool(const Variant&)>& keeps);

struct Ablation {
    Eigen::MatrixXd before, after; ///< [people x 2] scores of both haplotypes; NaN: left out
    PairedR r;                     ///< of their means with observed expression
    ExperimentScores counts;

    [[nodiscard]] Eigen::VectorXd predictedBefore() const { return before.rowwise().mean(); }
    [[nodiscard]] Eigen::VectorXd predictedAfter() const { return after.rowwise().mean(); }
};

struct AblationRequest {
    std::vector<Variant> variants;
    bool keepOnly = false; ///< nothing but these alleles, in place of all but these
    int64_t resamples = 1000;
    uint64_t seed = 0; ///< of the resamples: Draws::Bootstrap of the gene, so that they are the report's
};
/// Shown before self-check and bootstrap are through: everybody's scores, which the check may still refute,
/// and R without intervals. Called on the run's thread.
using AblationSink = std::function<void(const Ablation&)>;

/// Everybody predicted anew with the variants' alleles set to the reference, or with only them.
/// \param observed [people] NaN: not measured, or left out \error of the run; Unsupported where what remains
/// of deletions draws on more bases than were read. Source: METHODS 12.
[[nodiscard]] Result<Ablation> ablate(PreparedLocus& locus, const AblationRequest& request,
                                      const Eigen::VectorXd& observed, const RunContext& context,
                                      const AblationSink& onFound = {});

} // namespace diploscope
