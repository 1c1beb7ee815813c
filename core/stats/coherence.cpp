// SPDX-License-Identifier: GPL-3.0-or-later
#include "stats/coherence.h"

#include <cassert>
#include <cmath>

namespace diploscope {

namespace {

/// How many positions in one direction from the driver carry its run on.
int64_t runFrom(const Eigen::Ref<const Eigen::VectorXd>& attributions, Eigen::Index step, double threshold) {
    const bool isPositive = attributions[CoherenceReach] > 0;
    int64_t length = 0;
    for (Eigen::Index i = CoherenceReach + step; i >= 0 && i < attributions.size(); i += step) {
        if (!(std::abs(attributions[i]) >= threshold) || (attributions[i] > 0) != isPositive)
            break;
        ++length;
    }
    return length;
}

} // namespace

Eigen::VectorXd attributionsOf(const Eigen::Ref<const Eigen::MatrixXd>& effects, double largest) {
    assert(effects.cols() == 4);
    Eigen::VectorXd attributions(effects.rows());
    for (Eigen::Index i = 0; i < effects.rows(); ++i) {
        double sum = 0;
        for (Eigen::Index base = 0; base < 4; ++base)
            sum += effects(i, base) / largest;
        attributions[i] = -sum / 3;
    }
    return attributions;
}

Coherence coherenceOf(const Eigen::Ref<const Eigen::VectorXd>& attributions) {
    assert(attributions.size() == 2 * CoherenceReach + 1);
    Coherence found;
    found.attribution = attributions[CoherenceReach];
    for (size_t t = 0; t < CoherenceThresholds.size(); ++t) {
        const double threshold = CoherenceThresholds[t];
        if (std::abs(found.attribution) >= threshold)
            found.basesAtLocus[t] =
                1 + runFrom(attributions, -1, threshold) + runFrom(attributions, 1, threshold);
        const auto larger = [&](int64_t distance) {
            const double left = attributions[CoherenceReach - distance];
            const double right = attributions[CoherenceReach + distance];
            return std::isnan(left) || std::abs(right) > std::abs(left) ? right : left;
        };
        int64_t distance = 0;
        while (distance < CoherenceReach && !(std::abs(larger(distance)) >= threshold))
            ++distance;
        found.distance[t] = distance;
        found.attributionAtDistance[t] = larger(distance);
    }
    return found;
}

} // namespace diploscope
