// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/run_context.h"
#include "stats/resolution.h"

#include <Eigen/Core>

#include <cstdint>
#include <optional>
#include <vector>

namespace diploscope {

/// glmnet's gaussian model: minimises 1/(2n) |y - b0 - X b|^2 + lambda [(1 - alpha)/2 |b|^2 + alpha |b|_1]
/// with columns and y scaled to variance 1 (divided by n), lambda being on the scale of y.
struct ElasticNetOptions {
    double alpha = 0.5;
    int lambdaCount = 100;
    /// Smallest lambda over the largest; 0: 1e-4 where people outnumber columns, else 1e-2, as glmnet.
    double lambdaRatio = 0;
    /// Descent ends when no coefficient moved the fit by more than this share of the variance of y: glmnet's
    /// `thresh` and its default. In strong LD every further digit costs as many passes again.
    double tolerance = 1e-7;
    /// Columns whose standard deviation is not above this share of their mean (or of 1, where that is larger)
    /// are constant: scores' rounding (Resolution::constant) is nothing to learn from.
    double constant = DoubleScores.constant;
    int64_t mostPasses = 1'000'000; ///< over the active columns, for one lambda
};

/// Coefficients along the path of lambdas, on the scale of the data as given.
struct ElasticNetPath {
    std::vector<double> lambdas;  ///< descending
    Eigen::MatrixXd coefficients; ///< [columns x lambdas]; 0 for constant columns
    Eigen::VectorXd intercepts;   ///< [lambdas]
    Eigen::VectorXd explained;    ///< [lambdas], share of the variance of y
};

/// Coordinate descent with covariance updates on an active set, each lambda starting from the one before. The
/// path ends early, as glmnet's, where more than 99.9 % is explained or a step adds less than 1e-5 of it;
/// given `lambdas` (descending) are all fitted. \param x [n x columns], y [n], finite. \return an empty path
/// for a constant y or fewer than 2 rows. \error Cancelled; BadInput when a pass does not end.
/// Source: Friedman, Hastie & Tibshirani 2010; METHODS 3, 9.
[[nodiscard]] Result<ElasticNetPath> elasticNet(const Eigen::Ref<const Eigen::MatrixXd>& x,
                                                const Eigen::Ref<const Eigen::VectorXd>& y,
                                                const ElasticNetOptions& options = {},
                                                const std::vector<double>& lambdas = {},
                                                const RunContext& context = {});

/// A path judged by cross-validation.
struct CrossValidated {
    ElasticNetPath path;                  ///< on all rows
    std::vector<double> meanSquaredError; ///< [lambdas], over all rows when left out
    size_t best = 0;                      ///< lambda of the smallest error; the larger one on a tie
    Eigen::VectorXd outOfFold;            ///< [n], each row predicted by the fit without its fold, at `best`

    [[nodiscard]] Eigen::VectorXd coefficients() const {
        return path.coefficients.col(static_cast<Eigen::Index>(best));
    }
    [[nodiscard]] double intercept() const { return path.intercepts[static_cast<Eigen::Index>(best)]; }
};

/// As glmnet's cv.glmnet with lambda.min: the lambdas of all rows, every fold left out once. \param folds
/// [n], numbers from 0. Empty path as elasticNet().
[[nodiscard]] Result<CrossValidated> crossValidate(const Eigen::Ref<const Eigen::MatrixXd>& x,
                                                   const Eigen::Ref<const Eigen::VectorXd>& y,
                                                   const std::vector<int>& folds,
                                                   const ElasticNetOptions& options = {},
                                                   const RunContext& context = {});

/// `count` rows in folds of equal size (but for one), in an order that follows from the seed alone.
[[nodiscard]] std::vector<int> shuffledFolds(int64_t count, int folds, uint64_t seed);

} // namespace diploscope
