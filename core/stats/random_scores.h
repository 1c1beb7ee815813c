// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "stats/centred_dosages.h"

#include <Eigen/Core>

#include <cstdint>
#include <vector>

namespace diploscope {

/// What predictors with weights on a grid score, where sums of weight x 0, 1 or 2 are exact in single
/// precision (nullWeights()). Internal to the null. Copies are added up by a BLAS or, where few people carry
/// the rarer alleles, as in large cohorts, one after the other: the same numbers.
class RandomScores {
public:
    /// \param dosages must outlive this
    explicit RandomScores(const CentredDosages& dosages);

    /// Whose scores of() gives from now on. \param weights [variants x predictors]
    void take(Eigen::MatrixXf weights);
    /// [people] centred.
    [[nodiscard]] Eigen::VectorXd of(Eigen::Index predictor) const;

private:
    /// Who carries what of some variants, so few that their weights stay in the processor's cache.
    struct Carriers {
        Eigen::Index first = 0, count = 0; ///< variants
        /// Of each person the variants, counted from the first, that it has a copy of the rarer allele of,
        /// twice of two, and one that is none up to a full number: those from starts[person] on.
        std::vector<uint16_t> carried;
        std::vector<int64_t> starts;
    };
    [[nodiscard]] Carriers listCarriers(Eigen::Index first, Eigen::Index count) const;
    void addUp(const Carriers& carriers);
    void addUpDense();

    const CentredDosages& m_dosages;
    std::vector<Carriers> m_carriers; ///< empty where there are many
    Eigen::MatrixXf m_weights;
    Eigen::MatrixXf m_known;   ///< [people x predictors] of known genotypes, but for a constant of each
    Eigen::MatrixXd m_centred; ///< the same where dosages are no whole copies
};

} // namespace diploscope
