// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/run_context.h"
#include "stats/correlation.h"
#include "stats/interval.h"

#include <Eigen/Core>

#include <cstdint>
#include <optional>

namespace diploscope {

/// R of observed expression with two predictions of the same people. Undefined values are empty.
struct PairedR {
    Correlation before, after;        ///< x = observed
    std::optional<double> difference; ///< after - before
    std::optional<Interval> beforeInterval, afterInterval;
    std::optional<Interval> differenceInterval; ///< both R of a resample are of the same people
};

/// \param observed, before, after [people]; who has a NaN in any of them is left out of all
/// \param ofScores how finely both predictions are known \param resamples bootstrap of people; 0: no
/// intervals, nor for fewer than three people \error Cancelled. Source: METHODS 4, 12.
[[nodiscard]] Result<PairedR> pairedR(const Eigen::Ref<const Eigen::VectorXd>& observed,
                                      const Eigen::Ref<const Eigen::VectorXd>& before,
                                      const Eigen::Ref<const Eigen::VectorXd>& after,
                                      const Resolution& ofScores, int64_t resamples, uint64_t seed,
                                      const RunContext& context);

} // namespace diploscope
