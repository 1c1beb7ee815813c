// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "stats/centred_dosages.h"

#include <Eigen/Core>

#include <cstdint>
#include <span>
#include <vector>

namespace diploscope {

/// Both sides of a regression of expression on dosages, over the people whose expression is known, centred
/// and freed of covariates. What is said of single variants, of conditional effects and of credible sets
/// starts here, so that all speak of the same people.
struct Residuals {
    CentredDosages dosages;      ///< of these people, not freed of covariates
    Eigen::MatrixXd basis;       ///< [people x rank] orthonormal, of the centred covariates
    Eigen::MatrixXd explained;   ///< [rank x variants] of each dosage by the basis
    Eigen::RowVectorXd norm;     ///< [variants] length of x(); exactly 0 where it is zeros
    Eigen::VectorXd y;           ///< [people], divided by `scale`
    Eigen::VectorXd withY;       ///< [variants] productsWith(y)
    double scale = 0;            ///< of y, in expression units
    double centredNorm = 0;      ///< of y before covariates
    double yNorm = 0;            ///< of y; 0 when expression is constant or covariates explain it
    double degreesOfFreedom = 0; ///< of one slope: people - 2 - rank of the covariates

    /// Rows of the caller's matrices, ascending.
    [[nodiscard]] const std::vector<Eigen::Index>& people() const { return dosages.people(); }
    /// Whether any slope can be told.
    [[nodiscard]] bool defined() const { return yNorm > 0 && degreesOfFreedom >= 1; }

    /// [people] A variant's dosages, centred and freed of covariates; zeros where nothing varies or
    /// covariates explain it all. A missing genotype is the mean.
    [[nodiscard]] Eigen::VectorXd x(Eigen::Index variant) const;
    /// [people x variants] of some.
    [[nodiscard]] Eigen::MatrixXd x(const std::vector<Eigen::Index>& variants) const;
    /// [variants] x' of them all with a vector of people that is centred and freed of covariates, too.
    [[nodiscard]] Eigen::VectorXd productsWith(const Eigen::Ref<const Eigen::VectorXd>& vector) const;
    /// [variants] the same of products of the dosages, which are not freed of covariates.
    [[nodiscard]] Eigen::VectorXd freed(Eigen::VectorXd products,
                                        const Eigen::Ref<const Eigen::VectorXd>& vector) const;
    /// [people] the sum of weight x x(). \param weights [variants]; those that are 0 cost nothing
    [[nodiscard]] Eigen::VectorXd combined(const Eigen::Ref<const Eigen::VectorXd>& weights) const;
};

/// One variant's regression over the people who have a genotype of it.
struct CompleteCase {
    std::vector<Eigen::Index> rows; ///< into Residuals::people(), ascending
    Eigen::VectorXd x, y;        ///< centred and freed of covariates over these people; y by the same scale
    double degreesOfFreedom = 0; ///< these people - 2 - rank of the covariates among them
};

/// What residualise() of these people alone would give for the variant: with covariates, a mean in the place
/// of a missing genotype would not. Source: METHODS 17.
[[nodiscard]] CompleteCase completeCase(const Residuals& residuals, Eigen::Index variant);

/// \param expression [people], NaN = not measured; \param covariates [people x k], finite, k may be 0;
/// dependent ones count once. Time O(people x variants x k), a byte a genotype. Source: METHODS 7.
[[nodiscard]] Residuals residualise(const Dosages& dosages,
                                    const Eigen::Ref<const Eigen::VectorXd>& expression,
                                    const Eigen::Ref<const Eigen::MatrixXd>& covariates);

/// The same with the dosages of some of its variants as covariates too, in one more pass each.
[[nodiscard]] Residuals beside(Residuals residuals, std::span<const int64_t> given);

} // namespace diploscope
