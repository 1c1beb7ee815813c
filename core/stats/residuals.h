// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <Eigen/Core>

#include <map>
#include <vector>

namespace diploscope {

/// Both sides of a regression of expression on dosages, over the people whose expression is known, centred
/// and freed of covariates. What is said of single variants, of conditional effects and of credible sets
/// starts here, so that all speak of the same people.
struct Residuals {
    std::vector<Eigen::Index> people; ///< rows of the caller's matrices, ascending
    Eigen::MatrixXd x;       ///< [people x variants]; zeros where nothing varies or covariates explain it all
    Eigen::RowVectorXd norm; ///< [variants] length of each column; exactly 0 for columns of zeros
    /// Of variants that some have no genotype of: the entries of `people` that have none, ascending. `x`
    /// holds the mean there.
    std::map<Eigen::Index, std::vector<Eigen::Index>> missing;
    Eigen::MatrixXd basis;       ///< [people x rank] orthonormal, of the centred covariates
    Eigen::VectorXd y;           ///< [people], divided by `scale`
    double scale = 0;            ///< of y, in expression units
    double yNorm = 0;            ///< of y; 0 when expression is constant or covariates explain it
    double degreesOfFreedom = 0; ///< of one slope: people - 2 - rank of the covariates

    /// Whether any slope can be told.
    [[nodiscard]] bool defined() const { return yNorm > 0 && degreesOfFreedom >= 1; }
};

/// One variant's regression over the people who have a genotype of it.
struct CompleteCase {
    std::vector<Eigen::Index> rows; ///< into Residuals::people, ascending
    Eigen::VectorXd x, y;        ///< centred and freed of covariates over these people; y by the same scale
    double degreesOfFreedom = 0; ///< these people - 2 - rank of the covariates among them
};

/// What residualise() of these people alone would give for the variant: with covariates, a mean in the place
/// of a missing genotype would not. Source: METHODS 17.
[[nodiscard]] CompleteCase completeCase(const Residuals& residuals, Eigen::Index variant);

/// \param dosages [people x variants], NaN = no genotype; \param expression [people], NaN = not measured;
/// \param covariates [people x k], finite, k may be 0; dependent ones count once. Time O(people x variants x
/// k). Source: METHODS 7.
[[nodiscard]] Residuals residualise(const Eigen::Ref<const Eigen::MatrixXd>& dosages,
                                    const Eigen::Ref<const Eigen::VectorXd>& expression,
                                    const Eigen::Ref<const Eigen::MatrixXd>& covariates);

} // namespace diploscope
