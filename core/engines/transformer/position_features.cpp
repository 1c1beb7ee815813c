// SPDX-License-Identifier: GPL-3.0-or-later
#include "engines/transformer/position_features.h"

#include <boost/math/distributions/gamma.hpp>

#include <cmath>
#include <numbers>

namespace diploscope {

using Eigen::Index;

Eigen::MatrixXd gammaFeatures(int64_t tokens, int64_t count) {
    const auto length = static_cast<double>(tokens);
    const double deviation = length / static_cast<double>(2 * count);
    Eigen::MatrixXd table(2 * tokens - 1, count);
    for (Index j = 0; j < count; ++j) {
        const double mean = length * static_cast<double>(j + 1) / static_cast<double>(count);
        const boost::math::gamma_distribution<double> gamma(mean * mean / (deviation * deviation),
                                                            deviation * deviation / mean);
        for (Index distance = 0; distance < tokens; ++distance) {
            const double density = boost::math::pdf(gamma, static_cast<double>(distance)) + 1e-8;
            table(tokens - 1 - distance, j) = density;
            table(tokens - 1 + distance, j) = density;
        }
        table.col(j) /= table.col(j).maxCoeff();
    }
    return table;
}

Eigen::MatrixXd positionFeatures(int64_t tokens, int64_t features, const Eigen::MatrixXd& gammas) {
    const Index third = features / 6;
    const Eigen::VectorXd distances = Eigen::VectorXd::LinSpaced(
        2 * tokens - 1, static_cast<double>(1 - tokens), static_cast<double>(tokens - 1));
    Eigen::MatrixXd table(distances.size(), features);
    // Published weights were trained with exponential features in single precision, and the port computes
    // them so even where all else is double.
    const Eigen::VectorXf logHalfLives =
        Eigen::VectorXf::LinSpaced(third, 3.0F, third == 1 ? 3.0F : std::log2(static_cast<float>(tokens)));
    for (Index j = 0; j < third; ++j) {
        const float rate = -std::numbers::ln2_v<float> / std::exp2(logHalfLives[j]);
        table.col(j) = distances.unaryExpr([&](double distance) {
            return static_cast<double>(std::exp(rate * static_cast<float>(std::abs(distance))));
        });
        const double width = std::exp2(static_cast<double>(j + 1)) - 1;
        table.col(third + j) = (distances.array().abs() < width).cast<double>();
    }
    table.middleCols(2 * third, third) = gammas;
    table.rightCols(3 * third) = table.leftCols(3 * third).array().colwise() * distances.array().sign();
    return table;
}

Eigen::MatrixXd positionFeatures(int64_t tokens, int64_t features) {
    return positionFeatures(tokens, features, gammaFeatures(tokens, features / 6));
}

} // namespace diploscope
