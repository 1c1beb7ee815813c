// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "stats/interval.h"
#include "stats/p_value.h"
#include "stats/residuals.h"

#include <Eigen/Core>

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace diploscope {

/// Marginal effect of one variant on observed expression (METHODS 7). Empty where dosage or expression is
/// constant.
struct EqtlEffect {
    std::optional<double> slope; ///< expression per copy of the effect allele
    std::optional<double> se;
    std::optional<double> t;
    std::optional<PValue> p; ///< two-sided
    std::optional<double> r; ///< (partial) correlation of dosage and expression
    /// Of t and p: people with expression and a genotype - 2 - rank of the covariates.
    double degreesOfFreedom = 0;
};

/// OLS of expression on each column of dosages, with intercept and covariates (both sides residualised, df
/// reduced). People with a non-finite expression are left out of everything, those without a genotype of one
/// variant (NaN) out of that one's regression, as `plink2 --glm` does; covariates must be finite (METHODS
/// 17). \param dosages [people x variants], \param expression [people], \param covariates [people x k], k
/// may be 0. \return one effect a column. A pass of exact sums over bytes, and one more a covariate, no
/// numbers made of them but for variants that some have no genotype of.
[[nodiscard]] std::vector<EqtlEffect> marginalEffects(const Dosages& dosages,
                                                      const Eigen::Ref<const Eigen::VectorXd>& expression,
                                                      const Eigen::Ref<const Eigen::MatrixXd>& covariates);

/// The same from residuals that the caller needs for something else too.
[[nodiscard]] std::vector<EqtlEffect> marginalEffects(const Residuals& residuals);

/// Effects that are left once the dosages of the columns `given` are covariates too, for telling an SNV's own
/// effect from what it borrows by LD. Empty for those columns, and for all that they or the covariates
/// explain. A missing genotype of a given column is its mean.
[[nodiscard]] std::vector<EqtlEffect> conditionalEffects(const Dosages& dosages,
                                                         const Eigen::Ref<const Eigen::VectorXd>& expression,
                                                         const Eigen::Ref<const Eigen::MatrixXd>& covariates,
                                                         std::span<const int64_t> given);

/// The gene's lead eQTL: the smallest p, which is the largest |r| where both are of as many people; the first
/// of equals. Empty when no effect is defined.
[[nodiscard]] std::optional<int64_t> leadVariant(std::span<const EqtlEffect> effects);

/// 95 % interval of the slope by t. Empty where slope or standard error is.
[[nodiscard]] std::optional<Interval> slopeInterval(const EqtlEffect& effect);

/// Signed r of column `variant` with every column; empty for constant columns. LD r2 is its square (METHODS
/// 7). A missing genotype (NaN) is the mean of its column (METHODS 17).
[[nodiscard]] std::vector<std::optional<double>> ldWith(const Dosages& dosages, int64_t variant);

} // namespace diploscope
