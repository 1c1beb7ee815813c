// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/run_context.h"
#include "stats/residuals.h"

#include <Eigen/Core>

#include <cstdint>
#include <optional>
#include <vector>

namespace diploscope {

/// The defaults of susieR 0.12.35.
struct SusieOptions {
    int64_t effects = 10;             ///< L, the most effects that are looked for
    double scaledPriorVariance = 0.2; ///< start of each effect's prior variance, in variances of expression
    double coverage = 0.95;           ///< of a credible set
    double minimumCorrelation = 0.5;  ///< |r| that every pair of a credible set must reach
    int64_t maximumIterations = 100;
    double tolerance = 1e-3; ///< of the evidence's lower bound, at which the iteration ends
    /// Up to so many genotypes dosages are held as numbers of eight bytes, beyond as bytes. The search for
    /// prior variances, which ends at 1e-8, makes of another last digit of a product the ninth of a PIP.
    int64_t mostNumbers = 4'000'000;
};

/// Of a credible set of more SNVs so many tell its purity, as in susieR: pairs of all would take the square
/// of their number, and say little more. Which ones is chance, but the same each time.
inline constexpr size_t MostPurityVariants = 100;

/// SNVs of which one is likely causal. Purity is |r| between their residual dosages, over all pairs of at
/// most MostPurityVariants.
struct CredibleSet {
    int64_t effect = 0;            ///< which of the L effects, from 0
    std::vector<int64_t> variants; ///< columns, ascending
    double coverage = 0;           ///< probability that they hold together
    double minimumCorrelation = 1;
    double meanCorrelation = 1;
    double medianCorrelation = 1;
};

/// What SuSiE makes of one locus.
struct FineMapping {
    Eigen::VectorXd pip; ///< [variants] probability to be causal for some effect, as susieR has it
    /// [variants] the same of the effects that are not idle: those with a credible set, or whose prior
    /// variance is above 1e-3 of the largest. An effect that nothing is left for keeps a small prior variance
    /// and spreads its whole probability over the locus, so that `pip` adds up to SNVs that explain nothing.
    Eigen::VectorXd prunedPip;
    Eigen::VectorXd posteriorMean; ///< [variants] expression per copy of the effect allele
    std::vector<CredibleSet> sets; ///< purest first
    Eigen::VectorXd priorVariance; ///< [L], of each effect on standardised dosages; 0: no effect
    double residualVariance = 0;
    double evidenceBound = 0; ///< ELBO at the end
    int64_t iterations = 0;
    bool converged = false;
};

/// The sum of single effects: iterative Bayesian stepwise selection with in-sample LD, on dosages of unit
/// variance, prior and residual variance estimated. It takes susieR's steps in susieR's order, so PIP and
/// sets equal those of `susie(X, y, L)` on the same residuals. Purity of a set of more than 100 SNVs is, as
/// there, that of 100 of them taken by chance, here always the same. Columns that nothing varies in share
/// the prior's probability, as there. Empty where expression is undefined or there is no variant. Time: two
/// products of the matrix with a vector for each effect and iteration. \error Cancelled, asked for before
/// each effect. Source: METHODS 7; Wang et al. 2020, J. R. Stat. Soc. B.
[[nodiscard]] Result<std::optional<FineMapping>>
fineMap(const Residuals& residuals, const SusieOptions& options = {}, const RunContext& context = {});

} // namespace diploscope
