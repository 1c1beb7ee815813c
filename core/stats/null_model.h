// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/run_context.h"
#include "stats/dosages.h"
#include "stats/p_value.h"

#include <Eigen/Core>

#include <cstdint>
#include <optional>

namespace diploscope {

/// Weights of random predictors, independent N(0, 1), [variants x count]: those of predictors `first`,
/// `first` + 1, ..., rounded to a grid on which single precision adds them up exactly. A predictor's weights
/// depend on the seed, its own number and the number of variants alone, so the first 50 of 10,000 predictors
/// are the 50 that are drawn alone.
[[nodiscard]] Eigen::MatrixXf nullWeights(uint64_t seed, int64_t variants, int64_t first, int64_t count);

/// |R| of `count` random predictors (sum of weight x dosage) with observed expression, over people whose
/// expression is known. Empty where expression or every dosage is constant, or fewer than 3 people are known.
/// One product of matrices in single precision, exact for whole dosages. SNVs in perfect
/// LD leave a predictor one direction: all |R| are then the same number exactly. \error Cancelled
/// \param dosages [people x variants], NaN = no genotype: the mean of its variant; \param observed [people],
/// NaN = not measured. Source: METHODS 5, 17.
[[nodiscard]] Result<Eigen::VectorXd> nullCorrelations(const Dosages& dosages,
                                                       const Eigen::Ref<const Eigen::VectorXd>& observed,
                                                       int64_t count, uint64_t seed,
                                                       const RunContext& context = {});

/// K of the null as published.
inline constexpr int64_t PublishedNullPredictors = 50;

/// |R| that differ by less than this share are ties; a null whose spread is less of its mean has none.
inline constexpr double NullTieTolerance = 1e-6;

/// How far a model's R stands out of the gene's random predictors, one-sided.
struct NullTest {
    int64_t predictors = 0; ///< K
    double mean = 0;        ///< of their |R|
    double sd = 0;          ///< divided by K
    /// (|R| - mean) / sqrt(sd / K), as the paper's authors computed it; p by t with K - 1 df, 1 where it is
    /// negative.
    std::optional<double> publishedT;
    std::optional<PValue> publishedP;
    /// (|R| - mean) / (sd_{K-1} sqrt(1 + 1 / K)): R as one more draw. p by t with K - 1 df.
    std::optional<double> calibratedT;
    std::optional<PValue> calibratedP;
    std::optional<double> empiricalP; ///< (1 + #{null >= |R|}) / (K + 1); empty where only moments are known
    /// False where the predictors all have the same |R| (one SNV, or all in perfect LD): nothing can stand
    /// out of them, the empirical p is 1 and there is no other, and the gene is no test among others.
    bool testable = true;
};

/// The same from what is published of a null. \param sd of |R|, divided by K. Empty where it is negative.
[[nodiscard]] std::optional<NullTest> testAgainstMoments(double r, int64_t predictors, double mean,
                                                         double sd);

/// Empty where fewer than 2 predictors are given. Source: METHODS 5.
[[nodiscard]] std::optional<NullTest> testAgainstNull(double r,
                                                      const Eigen::Ref<const Eigen::VectorXd>& correlations);

} // namespace diploscope
