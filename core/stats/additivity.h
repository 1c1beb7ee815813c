// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "stats/dosages.h"
#include "stats/resolution.h"

#include <Eigen/Core>

#include <optional>

namespace diploscope {

/// How far people's predictions are what the effects of single variants add up to.
struct Additivity {
    std::optional<double> r;  ///< of the sum with the prediction; empty where one of them does not vary
    Eigen::VectorXd expected; ///< [people] reference + S / 2: a person's score is the mean of two haplotypes
    Eigen::VectorXd residual; ///< [people] prediction - expected; 0 where effects add up

    /// Standard deviation of the residuals; empty where there is none.
    [[nodiscard]] std::optional<double> residualSd() const;
    /// Who has the largest one, of equals the first; empty where there is none.
    [[nodiscard]] std::optional<Eigen::Index> largestResidual() const;
};

/// \param effects [variants] score of the reference with one ALT - `reference` \param dosages [people x
/// variants] copies of ALT; NaN: the mean of its column (METHODS 17) \param predicted [people]; NaN: not
/// known, and then there is neither sum nor residual. Source: METHODS 12.
[[nodiscard]] Additivity additivityOf(const Eigen::Ref<const Eigen::VectorXd>& effects,
                                      const Dosages& dosages,
                                      const Eigen::Ref<const Eigen::VectorXd>& predicted, double reference,
                                      const Resolution& ofScores = ExactValues);

} // namespace diploscope
