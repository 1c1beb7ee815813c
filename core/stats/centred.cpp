// SPDX-License-Identifier: GPL-3.0-or-later
#include "stats/centred.h"

#include <boost/math/distributions/students_t.hpp>
#include <boost/math/policies/policy.hpp>
#include <boost/math/special_functions/beta.hpp>
#include <boost/math/special_functions/gamma.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace diploscope {

std::vector<Eigen::Index> finiteRows(const Eigen::Ref<const Eigen::VectorXd>& values) {
    std::vector<Eigen::Index> rows;
    for (Eigen::Index i = 0; i < values.size(); ++i)
        if (std::isfinite(values[i]))
            rows.push_back(i);
    return rows;
}

double Centred::spread() const {
    return constant() ? 0 : scale * norm / std::sqrt(double(values.size()));
}

Centred centre(const Eigen::Ref<const Eigen::VectorXd>& x) {
    Centred centred;
    if (x.size() == 0)
        return centred;
    // Differences of near values are exact, so subtracting the first one takes a common offset away without
    // loss.
    const double origin = x[0];
    centred.values = x.array() - origin;
    if ((centred.values.array() == 0).all()) {
        centred.mean = origin;
        return centred;
    }
    const double shift = centred.values.mean();
    centred.mean = origin + shift;
    centred.values.array() -= shift;
    centred.scale = centred.values.cwiseAbs().maxCoeff();
    centred.values /= centred.scale;
    centred.norm = centred.values.norm();
    return centred;
}

namespace {

/// Of the entries that are not NaN; the first of them, and the mean of what the others are more than it.
struct KnownMean {
    double origin = 0;
    double shift = 0;
};

KnownMean meanOfKnown(const Eigen::Ref<const Eigen::VectorXd>& column) {
    KnownMean mean;
    Eigen::Index known = 0;
    double sum = 0;
    for (const double value : column) {
        if (std::isnan(value))
            continue;
        if (known++ == 0)
            mean.origin = value;
        sum += value - mean.origin;
    }
    if (known > 0)
        mean.shift = sum / double(known);
    return mean;
}

} // namespace

Eigen::MatrixXd imputeMeans(const Eigen::Ref<const Eigen::MatrixXd>& columns) {
    Eigen::MatrixXd imputed = columns;
    for (Eigen::Index c = 0; c < imputed.cols(); ++c) {
        auto column = imputed.col(c);
        if (!column.hasNaN())
            continue;
        const KnownMean mean = meanOfKnown(column);
        column = column.array().isNaN().select(mean.origin + mean.shift, column);
    }
    return imputed;
}

Eigen::MatrixXd centreColumns(const Eigen::Ref<const Eigen::MatrixXd>& columns,
                              std::vector<Eigen::Index>* incomplete) {
    if (columns.rows() == 0)
        return columns;
    // One column after the other, so that each is read while it is in the processor's cache.
    Eigen::MatrixXd centred(columns.rows(), columns.cols());
    for (Eigen::Index c = 0; c < columns.cols(); ++c) {
        auto column = centred.col(c).array();
        column = columns.col(c).array() - columns(0, c);
        if (const double plain = column.mean(); !std::isnan(plain)) {
            column -= plain;
            continue;
        }
        if (incomplete != nullptr)
            incomplete->push_back(c);
        const KnownMean mean = meanOfKnown(columns.col(c));
        column = columns.col(c).array() - mean.origin - mean.shift;
        column = column.isNaN().select(0, column);
    }
    return centred;
}

namespace {
/// Of a length: what rounding leaves of a perfect fit.
constexpr double LeastShare = 8 * std::numeric_limits<double>::epsilon();
} // namespace

double unexplainedShare(const Eigen::Ref<const Eigen::VectorXd>& y,
                        const Eigen::Ref<const Eigen::VectorXd>& fitted) {
    const double share = (y - fitted).norm() / y.norm();
    // What the subtraction itself leaves of a perfect fit is no evidence.
    return share > LeastShare ? share * share : 0;
}

namespace {

using namespace boost::math::policies;
using Quiet = policy<underflow_error<ignore_error>, denorm_error<ignore_error>,
                     evaluation_error<ignore_error>, promote_double<false>>;

/// log10 of I_x(a, 1/2) where it is so small that its factors do not fit into doubles; the power series, its
/// head as a logarithm. Abramowitz & Stegun 26.5.4.
double log10OfFarTail(double a, double x) {
    double sum = 1;
    double term = 1;
    for (double k = 0; term > sum * std::numeric_limits<double>::epsilon(); ++k) {
        term *= x * (a + 0.5 + k) / (a + 1 + k);
        sum += term;
    }
    // beta(a, 1/2) itself: Gamma(a) is out of range for large a, its ratio to Gamma(a + 1/2) is not.
    const double logBeta =
        0.5 * std::log(std::numbers::pi) + std::log(boost::math::tgamma_delta_ratio(a, 0.5, Quiet()));
    return (a * std::log(x) + 0.5 * std::log1p(-x) + std::log(sum / a) - logBeta) / std::numbers::ln10;
}

} // namespace

PValue tailP(double explained, double unexplained, double degreesOfFreedom) {
    if (!(degreesOfFreedom > 0) || std::isnan(explained) || std::isnan(unexplained))
        return std::numeric_limits<double>::quiet_NaN();
    explained = std::clamp(explained, 0.0, 1.0);
    unexplained = std::clamp(unexplained, LeastShare * LeastShare, 1.0);
    // P(|T| > t) of Student's t is the incomplete beta of 1 - r^2, which stays accurate where t itself
    // overflows.
    const double half = degreesOfFreedom / 2;
    if (explained < 0.5) {
        const double within = boost::math::ibeta(0.5, half, explained, Quiet());
        if (within < 0.5)
            return 1 - within;
    }
    const double p = explained < 0.5 ? boost::math::ibetac(0.5, half, explained, Quiet())
                                     : boost::math::ibeta(half, 0.5, unexplained, Quiet());
    return p > 1e-290 ? PValue(std::min(p, 1.0)) : PValue::ofLog10(log10OfFarTail(half, unexplained));
}

PValue studentUpperTail(double t, double degreesOfFreedom) {
    using Student = boost::math::students_t_distribution<double, Quiet>;
    const double p = boost::math::cdf(boost::math::complement(Student(degreesOfFreedom), t));
    if (p > 1e-290 || !(t > 0))
        return p;
    const double unexplained = degreesOfFreedom / (degreesOfFreedom + t * t);
    return PValue::ofLog10(log10OfFarTail(degreesOfFreedom / 2, unexplained) - std::log10(2.0));
}

double studentQuantile(double probability, double degreesOfFreedom) {
    using Student = boost::math::students_t_distribution<double, Quiet>;
    return boost::math::quantile(Student(degreesOfFreedom), probability);
}

} // namespace diploscope
