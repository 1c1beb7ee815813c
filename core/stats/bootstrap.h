// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "stats/interval.h"
#include "stats/resolution.h"

#include <Eigen/Core>

#include <cstdint>
#include <optional>

namespace diploscope {

/// People drawn with replacement: how often each is in resamples `first`, `first` + 1, ..., [people x count];
/// columns sum to `people`. A resample depends on the seed, its own number and the number of people alone.
/// What is asked of the same draws is asked of the same resamples.
[[nodiscard]] Eigen::MatrixXd drawPeople(uint64_t seed, int64_t people, int64_t first, int64_t count);

/// Pearson's R of x and y in every resample, [resamples]; NaN where either is constant there.
/// \param x [people] and \param y [people], finite; \param ofY  how finely y is known.
[[nodiscard]] Eigen::VectorXd resampledCorrelations(const Eigen::Ref<const Eigen::VectorXd>& x,
                                                    const Eigen::Ref<const Eigen::VectorXd>& y,
                                                    const Eigen::Ref<const Eigen::MatrixXd>& draws,
                                                    const Resolution& ofY = ExactValues);

/// Slope of y on each column of x, with intercept, in every resample, [resamples x columns]; NaN where the
/// column is constant there. \param x [people x columns] and \param y [people], finite. \param draws of these
/// people, who may be some of those drawn from.
[[nodiscard]] Eigen::MatrixXd resampledSlopes(const Eigen::Ref<const Eigen::MatrixXd>& x,
                                              const Eigen::Ref<const Eigen::VectorXd>& y,
                                              const Eigen::Ref<const Eigen::MatrixXd>& draws);

/// The 2.5th and 97.5th percentile of the finite values, linear between neighbours as NumPy's. Empty for
/// fewer than 40 of them: beyond the tails there is nothing then.
[[nodiscard]] std::optional<Interval> percentileInterval(const Eigen::Ref<const Eigen::VectorXd>& values);

} // namespace diploscope
