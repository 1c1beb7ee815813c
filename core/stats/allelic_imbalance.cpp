// SPDX-License-Identifier: GPL-3.0-or-later
#include "stats/allelic_imbalance.h"

#include "stats/centred.h"

#include <boost/math/policies/policy.hpp>
#include <boost/math/special_functions/beta.hpp>

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>
#include <numbers>
#include <vector>

namespace diploscope {

namespace {

/// log10 of P(X <= k) of n throws of a coin, where it is so small that doubles do not hold it.
double log10OfFewHeads(int64_t k, int64_t n) {
    double sum = 1; // of the terms, as shares of the largest one, which is the last
    double term = 1;
    for (int64_t i = k; i > 0 && term > sum * 1e-17; --i) {
        term *= double(i) / double(n - i + 1);
        sum += term;
    }
    const double ways =
        std::lgamma(double(n) + 1) - std::lgamma(double(k) + 1) - std::lgamma(double(n - k) + 1);
    return (ways + std::log(sum)) / std::numbers::ln10 - double(n) * std::log10(2.0);
}

/// Two-sided p of `heads` in n throws of a coin.
PValue coinP(int64_t heads, int64_t n) {
    using namespace boost::math::policies;
    using Quiet = policy<underflow_error<ignore_error>, denorm_error<ignore_error>, promote_double<false>>;
    const int64_t fewer = std::min(heads, n - heads);
    const double tail = boost::math::ibeta(double(n - fewer), double(fewer) + 1, 0.5, Quiet());
    return tail > 1e-290 ? PValue(std::min(2 * tail, 1.0))
                         : PValue::ofLog10(log10OfFewHeads(fewer, n) + std::log10(2.0));
}

/// Values as shares of their largest, so that squares neither overflow nor vanish.
struct Scaled {
    Eigen::VectorXd values;
    double scale = 0; ///< 0: all are 0
};

Scaled scaled(const std::vector<double>& values) {
    Scaled result{Eigen::Map<const Eigen::VectorXd>(values.data(), std::ssize(values)), 0};
    result.scale = result.values.size() == 0 ? 0 : result.values.cwiseAbs().maxCoeff();
    if (result.scale > 0)
        result.values /= result.scale;
    return result;
}

/// Of at least two values, of their mean; empty where they are one number but for rounding, and nothing says
/// how far off it is. By the rule of R's t.test, which then stops: "data are essentially constant".
std::optional<double> standardErrorOf(const Centred& values) {
    const auto n = double(values.values.size());
    const double se = values.norm * values.scale / std::sqrt(n * (n - 1));
    return se > 10 * std::numeric_limits<double>::epsilon() * std::abs(values.mean) ? std::optional(se)
                                                                                    : std::nullopt;
}

/// Whether values differ, by more than `rounding`.
bool differ(const Eigen::VectorXd& values, double rounding) {
    return values.maxCoeff() - values.minCoeff() > rounding && standardErrorOf(centre(values));
}

} // namespace

std::optional<double> log2Ratio(const HaplotypeReads& reads) {
    if (reads.total() < FewestHaplotypeReads)
        return std::nullopt;
    // Exactly the opposite number where the haplotypes change places.
    const auto [fewer, more] = std::minmax(reads.first, reads.second);
    const double ratio = std::log2((double(more) + 0.5) / (double(fewer) + 0.5));
    return reads.first < reads.second ? -ratio : ratio;
}

AllelicImbalance allelicImbalance(const Eigen::Ref<const Eigen::VectorXd>& observed,
                                  const Eigen::Ref<const Eigen::VectorXd>& predicted, double rounding) {
    assert(observed.size() == predicted.size());
    AllelicImbalance found;
    std::vector<double> measured, modelled;
    for (Eigen::Index i = 0; i < observed.size(); ++i) {
        if (!std::isfinite(observed[i]) || !std::isfinite(predicted[i]))
            continue;
        const double difference = std::abs(predicted[i]) > rounding ? predicted[i] : 0.0;
        measured.push_back(observed[i]);
        modelled.push_back(difference);
        if (difference == 0 || observed[i] == 0)
            continue;
        ++found.decided;
        found.agreeing += (difference > 0) == (observed[i] > 0);
    }
    found.n = std::ssize(measured);
    if (found.decided > 0)
        found.agreementP = coinP(found.agreeing, found.decided);
    const Scaled x = scaled(measured), y = scaled(modelled);
    if (found.n < 3 || x.scale == 0 || y.scale == 0)
        return found;
    const double slope = x.values.dot(y.values) / x.values.squaredNorm();
    const double r = std::clamp(slope * x.values.norm() / y.values.norm(), -1.0, 1.0);
    found.r = r;
    found.slope = slope * (y.scale / x.scale);
    // The same in everybody, once all reads are more on the first: as a mean of equal values, it has no p.
    if (differ(x.values.cwiseAbs(), 0) ||
        differ(x.values.cwiseSign().cwiseProduct(y.values), rounding / y.scale))
        found.p = tailP(r * r, unexplainedShare(y.values, slope * x.values), double(found.n - 1));
    return found;
}

AllelicChange allelicChange(const Eigen::Ref<const Eigen::VectorXd>& ratios, const std::vector<int>& sides) {
    assert(ratios.size() == std::ssize(sides));
    std::vector<double> turned; // so that the allele is on the first haplotype
    for (Eigen::Index i = 0; i < ratios.size(); ++i)
        if (const int side = sides[static_cast<size_t>(i)]; side != 0 && std::isfinite(ratios[i]))
            turned.push_back(side * ratios[i]);
    AllelicChange found;
    found.n = std::ssize(turned);
    if (turned.empty())
        return found;
    const Eigen::Map<const Eigen::VectorXd> values(turned.data(), std::ssize(turned));
    const Centred centred = centre(values);
    found.mean = centred.mean;
    if (found.n < 3)
        return found;
    found.se = standardErrorOf(centred);
    if (!found.se)
        return found;
    const double residual = centred.norm * centred.scale; // root of the sum of squares about the mean
    const auto n = double(found.n);
    const double explained = n * centred.mean * centred.mean, all = explained + residual * residual;
    found.p = tailP(explained / all, residual * residual / all, n - 1);
    return found;
}

} // namespace diploscope
