// SPDX-License-Identifier: GPL-3.0-or-later
#include "stats/additivity.h"

#include "stats/centred.h"
#include "stats/contributions.h"
#include "stats/correlation.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace diploscope {

std::optional<double> Additivity::residualSd() const {
    const std::vector<Eigen::Index> known = finiteRows(residual);
    if (known.empty())
        return std::nullopt;
    const Eigen::ArrayXd own = residual(known);
    return std::sqrt((own - own.mean()).square().sum() / std::max(1.0, double(own.size() - 1)));
}

std::optional<Eigen::Index> Additivity::largestResidual() const {
    const std::vector<Eigen::Index> known = finiteRows(residual);
    const auto largest = std::max_element(known.begin(), known.end(), [&](Eigen::Index a, Eigen::Index b) {
        return std::abs(residual[a]) < std::abs(residual[b]);
    });
    return largest == known.end() ? std::nullopt : std::optional(*largest);
}

Additivity additivityOf(const Eigen::Ref<const Eigen::VectorXd>& effects, const Dosages& dosages,
                        const Eigen::Ref<const Eigen::VectorXd>& predicted, double reference,
                        const Resolution& ofScores) {
    Additivity found;
    found.expected = (0.5 * contributionsOf(dosages, effects)).array() + reference;
    found.expected =
        predicted.array().isNaN().select(std::numeric_limits<double>::quiet_NaN(), found.expected);
    found.residual = predicted - found.expected;
    found.r = pearson(found.expected, predicted, ofScores).r;
    return found;
}

} // namespace diploscope
