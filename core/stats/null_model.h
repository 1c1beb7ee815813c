// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/run_context.h"

#include <Eigen/Core>

#include <cstdint>
#include <optional>

namespace diploscope {

/// Weights of random predictors, independent N(0, 1), [variants x count]: those of predictors `first`,
/// `first` + 1, ... A predictor's weights depend on the seed, its own number and the number of variants
/// alone, so the first 50 of 10,000 predictors are the 50 that are drawn alone.
[[nodiscard]] Eigen::MatrixXf nullWeights(uint64_t seed, int64_t variants, int64_t first, int64_t count);

/// |R| of `count` random predictors (sum of weight x dosage) with observed expression, over people whose
/// expression is known. Empty where expression or every dosage is constant, or fewer than 3 people are known.
/// One product of matrices in single precision, accumulated in double: right to about 1e-6. \error Cancelled
/// \param dosages [people x variants]; \param observed [people], NaN = not measured. Source: METHODS 5.
[[nodiscard]] Result<Eigen::VectorXd> nullCorrelations(const Eigen::Ref<const Eigen::MatrixXd>& dosages,
                                                       const Eigen::Ref<const Eigen::VectorXd>& observed,
                                                       int64_t count, uint64_t seed,
                                                       const RunContext& context = {});

/// K of the null as published.
inline constexpr int64_t PublishedNullPredictors = 50;

/// How far a model's R stands out of the gene's random predictors, one-sided.
struct NullTest {
    int64_t predictors = 0; ///< K
    double mean = 0;        ///< of their |R|
    double sd = 0;          ///< divided by K
    /// (|R| - mean) / sqrt(sd / K), as the paper's authors computed it; p by t with K - 1 df, 1 where it is
    /// negative.
    double publishedT = 0;
    double publishedP = 1;
    /// (|R| - mean) / (sd_{K-1} sqrt(1 + 1 / K)): R as one more draw. p by t with K - 1 df.
    double calibratedT = 0;
    double calibratedP = 1;
    std::optional<double> empiricalP; ///< (1 + #{null >= |R|}) / (K + 1); empty where only moments are known
};

/// The same from what is published of a null. \param sd of |R|, divided by K. Empty where it is not positive.
[[nodiscard]] std::optional<NullTest> testAgainstMoments(double r, int64_t predictors, double mean,
                                                         double sd);

/// Empty where fewer than 2 predictors are given or they all have the same |R|. Source: METHODS 5.
[[nodiscard]] std::optional<NullTest> testAgainstNull(double r,
                                                      const Eigen::Ref<const Eigen::VectorXd>& correlations);

} // namespace diploscope
