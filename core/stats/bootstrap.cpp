// SPDX-License-Identifier: GPL-3.0-or-later
#include "stats/bootstrap.h"

#include "base/cpu_clones.h"
#include "base/fixed_order.h"
#include "stats/centred.h"
#include "stats/random_bits.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>
#include <vector>

namespace diploscope {

namespace {

/// Sums of squares and products round the means of each resample, [resamples x columns of x].
struct ResampledSums {
    Eigen::ArrayXXd xx, xy;
    Eigen::ArrayXd yy;
};

/// Numbers of people that are drawn at once.
constexpr int64_t DrawsAtOnce = 1024;

/// Draws [first, first + count) of a resample.
DS_CLONES void drawSome(uint64_t stream, uint64_t first, int64_t count, uint32_t people,
                        uint32_t* __restrict drawn) {
    for (int64_t i = 0; i < count; ++i) {
        const uint64_t high = randomBits(stream, first + static_cast<uint64_t>(i)) >> 32;
        drawn[i] = static_cast<uint32_t>((high * people) >> 32);
    }
}

/// What is left of a sum of squares when nothing varies is rounding.
constexpr double ConstantTolerance = 1e-12;

/// Weighted sums are products of the draws with columns. Centring first keeps their differences exact enough.
ResampledSums sumsOf(const Eigen::Ref<const Eigen::MatrixXd>& x, const Eigen::Ref<const Eigen::VectorXd>& y,
                     const Eigen::Ref<const Eigen::MatrixXd>& draws) {
    assert(x.rows() == y.size() && draws.rows() == y.size());
    const Eigen::MatrixXd cx = centreColumns(x);
    const Eigen::VectorXd cy = centreColumns(y);
    const Eigen::Index k = cx.cols();
    Eigen::MatrixXd columns(y.size(), 3 * k + 2);
    columns << cx, cx.array().square().matrix(), (cx.array().colwise() * cy.array()).matrix(), cy,
        cy.array().square().matrix();
    const Eigen::ArrayXd drawn = draws.colwise().sum().transpose();
    const Eigen::ArrayXXd sums = dotsBetween(draws, columns).array().colwise() / drawn;

    const auto squares = [](const Eigen::ArrayXd& mean, const Eigen::ArrayXd& meanSquare) {
        const Eigen::ArrayXd left = meanSquare - mean.square();
        return (left > ConstantTolerance * meanSquare).select(left, 0).eval();
    };
    ResampledSums result;
    const Eigen::ArrayXd yMean = sums.col(3 * k);
    result.yy = squares(yMean, sums.col(3 * k + 1));
    result.xx.resize(draws.cols(), k);
    for (Eigen::Index c = 0; c < k; ++c)
        result.xx.col(c) = squares(sums.col(c), sums.col(k + c));
    result.xy = sums.middleCols(2 * k, k) - sums.leftCols(k).colwise() * yMean;
    return result;
}

} // namespace

Eigen::MatrixXd drawPeople(uint64_t seed, int64_t people, int64_t first, int64_t count) {
    Eigen::MatrixXd draws(people, count);
    std::vector<uint32_t> times(static_cast<size_t>(people));
    uint32_t drawn[DrawsAtOnce];
    for (int64_t b = 0; b < count; ++b) {
        const uint64_t stream = randomBits(seed, static_cast<uint64_t>(first + b));
        std::fill(times.begin(), times.end(), 0);
        for (int64_t i = 0; i < people; i += DrawsAtOnce) {
            const int64_t some = std::min(DrawsAtOnce, people - i);
            drawSome(stream, static_cast<uint64_t>(i), some, static_cast<uint32_t>(people), drawn);
            for (int64_t k = 0; k < some; ++k)
                ++times[drawn[k]];
        }
        std::copy(times.begin(), times.end(), draws.col(b).data());
    }
    return draws;
}

Eigen::VectorXd resampledCorrelations(const Eigen::Ref<const Eigen::VectorXd>& x,
                                      const Eigen::Ref<const Eigen::VectorXd>& y,
                                      const Eigen::Ref<const Eigen::MatrixXd>& draws, const Resolution& ofY) {
    const ResampledSums sums = sumsOf(x, y, draws);
    const double rounding = y.size() == 0 ? 0 : ofY.constant * y.cwiseAbs().maxCoeff();
    const Eigen::ArrayXd yy = (sums.yy > rounding * rounding).select(sums.yy, 0);
    const Eigen::ArrayXd lengths = sums.xx.col(0).sqrt() * yy.sqrt();
    // Resamples of two people lie on a line: rounding puts them beyond it.
    const Eigen::ArrayXd r = (sums.xy.col(0) / lengths).cwiseMin(1.0).cwiseMax(-1.0);
    return (lengths > 0).select(r, std::numeric_limits<double>::quiet_NaN());
}

Eigen::MatrixXd resampledSlopes(const Eigen::Ref<const Eigen::MatrixXd>& x,
                                const Eigen::Ref<const Eigen::VectorXd>& y,
                                const Eigen::Ref<const Eigen::MatrixXd>& draws) {
    const ResampledSums sums = sumsOf(x, y, draws);
    return (sums.xx > 0).select(sums.xy / sums.xx, std::numeric_limits<double>::quiet_NaN());
}

std::optional<Interval> percentileInterval(const Eigen::Ref<const Eigen::VectorXd>& values) {
    std::vector<double> sorted;
    for (const double value : values)
        if (std::isfinite(value))
            sorted.push_back(value);
    if (sorted.size() < 40)
        return std::nullopt;
    std::sort(sorted.begin(), sorted.end());
    const auto at = [&](double share) {
        const double place = share * double(sorted.size() - 1);
        const auto below = static_cast<size_t>(place);
        const size_t above = std::min(below + 1, sorted.size() - 1);
        const double between = sorted[below] + (place - double(below)) * (sorted[above] - sorted[below]);
        return std::clamp(between, sorted[below], sorted[above]);
    };
    return Interval{at(0.025), at(0.975)};
}

} // namespace diploscope
