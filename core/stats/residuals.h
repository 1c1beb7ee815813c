// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <Eigen/Core>

#include <vector>

namespace diploscope {

/// Both sides of a regression of expression on dosages, over the people whose expression is known, centred
/// and freed of covariates. What is said of single variants, of conditional effects and of credible sets
/// starts here, so that all speak of the same people.
struct Residuals {
    std::vector<Eigen::Index> people; ///< rows of the caller's matrices, ascending
    Eigen::MatrixXd x;       ///< [people x variants]; zeros where nothing varies or covariates explain it all
    Eigen::RowVectorXd norm; ///< [variants] length of each column; exactly 0 for columns of zeros
    Eigen::VectorXd y;       ///< [people], divided by `scale`
    double scale = 0;        ///< of y, in expression units
    double yNorm = 0;        ///< of y; 0 when expression is constant or covariates explain it
    double degreesOfFreedom = 0; ///< of one slope: people - 2 - rank of the covariates

    /// Whether any slope can be told.
    [[nodiscard]] bool defined() const { return yNorm > 0 && degreesOfFreedom >= 1; }
};

/// \param dosages [people x variants], finite; \param expression [people], NaN = not measured;
/// \param covariates [people x k], finite, k may be 0; dependent ones count once. Time O(people x variants x
/// k). Source: METHODS 7.
[[nodiscard]] Residuals residualise(const Eigen::Ref<const Eigen::MatrixXd>& dosages,
                                    const Eigen::Ref<const Eigen::VectorXd>& expression,
                                    const Eigen::Ref<const Eigen::MatrixXd>& covariates);

} // namespace diploscope
