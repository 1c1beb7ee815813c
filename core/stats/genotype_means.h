// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "stats/interval.h"
#include "stats/resolution.h"

#include <Eigen/Core>

#include <array>
#include <cstdint>
#include <optional>

namespace diploscope {

/// A mean over some people, with its 95 % interval by t.
struct GroupMean {
    int64_t n = 0;
    std::optional<double> mean;       ///< empty for nobody
    std::optional<Interval> interval; ///< empty for fewer than two people
};

/// Values of people told apart by their copies of an SNV's effect allele.
struct GenotypeMeans {
    std::array<GroupMean, 3> groups; ///< by copies
    /// Least squares of the values on copies, over these people and without covariates: the straight line
    /// through the means, each weighing as many as it is of. Empty where either is constant, or for fewer
    /// than three people.
    std::optional<double> slope, intercept;
};
/// \param dosages [people] 0 to 2 \param values [people] in any unit; who has a NaN in either is left out
/// \param ofValues how finely they are known. Source: METHODS 7.
[[nodiscard]] GenotypeMeans genotypeMeans(const Eigen::Ref<const Eigen::VectorXd>& dosages,
                                          const Eigen::Ref<const Eigen::VectorXd>& values,
                                          const Resolution& ofValues = ExactValues);

/// Means by the genotypes of two SNVs: [copies of the first][copies of the second].
using GenotypePairMeans = std::array<std::array<GroupMean, 3>, 3>;
/// As genotypeMeans(); who lacks a genotype of either SNV is left out.
[[nodiscard]] GenotypePairMeans genotypePairMeans(const Eigen::Ref<const Eigen::VectorXd>& first,
                                                  const Eigen::Ref<const Eigen::VectorXd>& second,
                                                  const Eigen::Ref<const Eigen::VectorXd>& values);

} // namespace diploscope
