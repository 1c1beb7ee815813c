// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "stats/p_value.h"
#include "stats/resolution.h"

#include <Eigen/Core>

#include <cstdint>
#include <optional>

namespace diploscope {

/// Linear association of two vectors over the entries where both are finite (METHODS 4).
/// Undefined values (a constant vector, n < 3) are empty, never 0 or NaN.
struct Correlation {
    int64_t n = 0;
    std::optional<double> r;     ///< Pearson
    std::optional<PValue> p;     ///< two-sided, t with n - 2 df; n >= 3
    std::optional<double> slope; ///< of y on x, least squares with intercept
    std::optional<double> intercept;
    double meanX = 0, meanY = 0;
    double sdX = 0, sdY = 0; ///< n - 1; 0 for n < 2
};
/// \param ofY  how finely y is known: scores that differ by rounding alone are constant.
[[nodiscard]] Correlation pearson(const Eigen::Ref<const Eigen::VectorXd>& x,
                                  const Eigen::Ref<const Eigen::VectorXd>& y,
                                  const Resolution& ofY = ExactValues);

struct RankCorrelation {
    int64_t n = 0;
    std::optional<double> rho;
    std::optional<PValue> p; ///< t approximation, as SciPy's spearmanr
};
/// Average ranks for ties; values of y that differ by rounding alone are tied.
[[nodiscard]] RankCorrelation spearman(const Eigen::Ref<const Eigen::VectorXd>& x,
                                       const Eigen::Ref<const Eigen::VectorXd>& y,
                                       const Resolution& ofY = ExactValues);

/// Two-sided p of a correlation r over n points, as of t = r sqrt(df / (1 - r^2)); right at any size.
[[nodiscard]] PValue correlationP(double r, double degreesOfFreedom);

} // namespace diploscope
