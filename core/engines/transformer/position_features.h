// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <Eigen/Core>

#include <cstdint>

namespace diploscope {

/// Relative position features for distances -(S-1) .. S-1, [2S - 1 x features]: exponential, central mask and
/// gamma, a third of half the features each, then the same times the sign of the distance. The gamma part is
/// divided by its maximum over positions. The exponential part in single precision, as published weights were
/// trained with it, the others in double. Source: Enformer's `positional_features`.
/// \param tokens S. \param features a multiple of 6.
[[nodiscard]] Eigen::MatrixXd positionFeatures(int64_t tokens, int64_t features);

/// The gamma part alone, for both directions: [2S - 1 x count]. Column j is a gamma density of mean
/// S (j + 1) / count and standard deviation S / (2 count), plus 1e-8, divided by its maximum.
[[nodiscard]] Eigen::MatrixXd gammaFeatures(int64_t tokens, int64_t count);

/// The same with a gamma part of the caller's, such as the published table. \param gammas [2S - 1 x features
/// / 6]
[[nodiscard]] Eigen::MatrixXd positionFeatures(int64_t tokens, int64_t features,
                                               const Eigen::MatrixXd& gammas);

} // namespace diploscope
