// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <Eigen/Core>

#include <random>

namespace diploscope::test {

/// People whose expression the first variant and all covariates add to.
struct Simulated {
    Eigen::MatrixXd dosages, covariates;
    Eigen::VectorXd expression;
};

inline Simulated simulate(Eigen::Index people, Eigen::Index variants, Eigen::Index covariates,
                          uint64_t seed) {
    std::mt19937_64 random(seed);
    std::normal_distribution<double> normal;
    std::binomial_distribution<int> copies(2, 0.3);
    Simulated data;
    data.dosages = Eigen::MatrixXd::NullaryExpr(people, variants, [&] { return double(copies(random)); });
    data.covariates = Eigen::MatrixXd::NullaryExpr(people, covariates, [&] { return normal(random); });
    data.expression = Eigen::VectorXd::NullaryExpr(people, [&] { return normal(random); });
    data.expression += 0.5 * data.dosages.col(0) + data.covariates.rowwise().sum();
    return data;
}

} // namespace diploscope::test
