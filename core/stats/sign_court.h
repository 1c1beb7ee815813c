// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/run_context.h"
#include "stats/dosages.h"

#include <Eigen/Core>

#include <cstdint>
#include <optional>
#include <vector>

namespace diploscope {

/// Up to so many drivers all their subsets are tried.
inline constexpr size_t MostForAllTurns = 12;
/// Where there are more sets of as many drivers than this, so many are drawn.
inline constexpr int64_t RandomTurns = 1000;

/// Which drivers' effects would have to turn round for the linear approximation to agree best with what was
/// observed. Its R are of S, the sum of effects x dosages, with observed expression.
struct SignCourt {
    std::optional<double> r;     ///< with no effect turned; empty where S or expression does not vary
    std::vector<int64_t> turned; ///< columns of the dosages, as the drivers were given
    std::optional<double> turnedR;
    bool exact = true; ///< the best of all subsets; else found one driver at a time
    /// R of sets of as many drivers, turned at random: all such sets where they are few (`nullIsAll`).
    /// Without a turned driver there is none.
    int64_t nullSets = 0;
    bool nullIsAll = false;
    std::optional<double> nullMean, nullLow, nullHigh; ///< mean, 2.5th and 97.5th percentile (as bootstrap's)
    std::optional<double> nullShare;                   ///< of these sets, those whose R reaches turnedR
};

/// The smallest set of drivers that, turned, gives the largest R; of equal ones the first in the drivers'
/// order. R that differ by less than 1e-12 are equal.
/// \param ism [variants] \param dosages [people x variants]; NaN: the mean of its column (METHODS 17)
/// \param observed [people]; NaN: not measured, left out \param drivers columns, each once
/// \error Cancelled. Source: METHODS 12.
[[nodiscard]] Result<SignCourt> signCourt(const Eigen::Ref<const Eigen::VectorXd>& ism,
                                          const Dosages& dosages,
                                          const Eigen::Ref<const Eigen::VectorXd>& observed,
                                          const std::vector<int64_t>& drivers, uint64_t seed,
                                          const RunContext& context);

} // namespace diploscope
