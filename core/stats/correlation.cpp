// SPDX-License-Identifier: GPL-3.0-or-later
#include "stats/correlation.h"

#include "stats/centred.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numeric>
#include <vector>

namespace diploscope {

namespace {

struct Pairs {
    Eigen::VectorXd x, y;
};

/// The entries where both are finite.
Pairs finitePairs(const Eigen::Ref<const Eigen::VectorXd>& x, const Eigen::Ref<const Eigen::VectorXd>& y) {
    assert(x.size() == y.size());
    Pairs pairs{Eigen::VectorXd(x.size()), Eigen::VectorXd(x.size())};
    Eigen::Index kept = 0;
    for (Eigen::Index i = 0; i < x.size(); ++i) {
        if (!std::isfinite(x[i]) || !std::isfinite(y[i]))
            continue;
        pairs.x[kept] = x[i];
        pairs.y[kept] = y[i];
        ++kept;
    }
    pairs.x.conservativeResize(kept);
    pairs.y.conservativeResize(kept);
    return pairs;
}

double largestOf(const Eigen::VectorXd& values) {
    return values.size() == 0 ? 0 : values.cwiseAbs().maxCoeff();
}

/// Ranks from 1; values that exceed a group's smallest by at most `tolerance` share the mean of their ranks.
Eigen::VectorXd averageRanks(const Eigen::VectorXd& values, double tolerance) {
    std::vector<Eigen::Index> order(static_cast<size_t>(values.size()));
    std::iota(order.begin(), order.end(), 0);
    std::sort(order.begin(), order.end(),
              [&](Eigen::Index a, Eigen::Index b) { return values[a] < values[b]; });
    Eigen::VectorXd ranks(values.size());
    for (size_t begin = 0; begin < order.size();) {
        size_t end = begin + 1;
        while (end < order.size() && values[order[end]] - values[order[begin]] <= tolerance)
            ++end;
        for (size_t i = begin; i < end; ++i)
            ranks[order[i]] = double(begin + end + 1) / 2;
        begin = end;
    }
    return ranks;
}

bool varies(const Centred& centred, const Eigen::VectorXd& values, const Resolution& resolution) {
    return centred.spread() > resolution.constant * largestOf(values);
}

} // namespace

Correlation pearson(const Eigen::Ref<const Eigen::VectorXd>& x, const Eigen::Ref<const Eigen::VectorXd>& y,
                    const Resolution& ofY) {
    const Pairs pairs = finitePairs(x, y);
    const Centred cx = centre(pairs.x);
    const Centred cy = centre(pairs.y);

    Correlation result;
    result.n = pairs.x.size();
    result.meanX = cx.mean;
    result.meanY = cy.mean;
    if (result.n >= 2) {
        const double root = std::sqrt(double(result.n - 1));
        result.sdX = cx.norm / root * cx.scale;
        result.sdY = cy.norm / root * cy.scale;
    }
    if (result.n < 3 || cx.constant() || !varies(cy, pairs.y, ofY))
        return result;

    const double scaledSlope = cx.values.dot(cy.values) / (cx.norm * cx.norm);
    const double r = std::clamp(scaledSlope * cx.norm / cy.norm, -1.0, 1.0);
    const double slope = scaledSlope * (cy.scale / cx.scale);
    result.r = r;
    result.slope = slope;
    result.intercept = cy.mean - slope * cx.mean;
    result.p = tailP(r * r, unexplainedShare(cy.values, scaledSlope * cx.values), double(result.n - 2));
    return result;
}

RankCorrelation spearman(const Eigen::Ref<const Eigen::VectorXd>& x,
                         const Eigen::Ref<const Eigen::VectorXd>& y, const Resolution& ofY) {
    const Pairs pairs = finitePairs(x, y);
    if (!varies(centre(pairs.y), pairs.y, ofY))
        return {pairs.y.size(), std::nullopt, std::nullopt};
    const Correlation ofRanks =
        pearson(averageRanks(pairs.x, 0), averageRanks(pairs.y, ofY.ties * largestOf(pairs.y)));
    return {ofRanks.n, ofRanks.r, ofRanks.p};
}

PValue correlationP(double r, double degreesOfFreedom) {
    return tailP(r * r, (1 - r) * (1 + r), degreesOfFreedom);
}

} // namespace diploscope
