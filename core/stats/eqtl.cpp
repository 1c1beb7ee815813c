// SPDX-License-Identifier: GPL-3.0-or-later
#include "stats/eqtl.h"

#include "stats/centred.h"

#include <boost/math/special_functions/gamma.hpp>

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>
#include <numbers>

namespace diploscope {

namespace {

/// tailP() of many effects, most of which are of as many people and weak: what hangs on these alone is made
/// once, and the rest is a short series (Abramowitz & Stegun 26.5.4), right to 1e-14.
class TailOfMany {
public:
    explicit TailOfMany(double degreesOfFreedom)
        : m_degreesOfFreedom(degreesOfFreedom)
        , m_half(degreesOfFreedom / 2)
        , m_beta(std::sqrt(std::numbers::pi) * boost::math::tgamma_delta_ratio(m_half, 0.5)) {}

    [[nodiscard]] PValue operator()(double explained, double unexplained) const {
        constexpr double Weak = 4;      // of so many terms and a few more the series is long enough
        constexpr double Digits = 0.05; // below, 1 - within has lost some
        if (!(explained < 0.5) || !(explained * m_half < Weak))
            return tailP(explained, unexplained, m_degreesOfFreedom);
        double sum = 1;
        double term = 1;
        for (double n = 0; term > sum * std::numeric_limits<double>::epsilon() / 2; ++n) {
            term *= explained * (m_half + 0.5 + n) / (1.5 + n);
            sum += term;
        }
        const double within =
            2 * std::sqrt(explained) * std::exp(m_half * std::log1p(-explained)) / m_beta * sum;
        return 1 - within > Digits ? PValue(1 - within) : tailP(explained, unexplained, m_degreesOfFreedom);
    }

private:
    double m_degreesOfFreedom;
    double m_half;
    double m_beta; ///< B(1/2, half)
};

/// \param x gives the dosages \param dot of these and y, which have these lengths and are both centred and
/// freed of covariates.
template <class X>
EqtlEffect effectOf(const X& x, double xNorm, const Eigen::VectorXd& y, double yNorm, double dot,
                    double degreesOfFreedom, double scale, const TailOfMany& tail) {
    const double r = std::clamp(dot / xNorm / yNorm, -1.0, 1.0);
    const double scaledSlope = dot / xNorm / xNorm;
    // The residuals cost a pass over people, and differ from 1 - r * r only near 1.
    const double unexplained = r * r < 0.5 ? 1 - r * r : unexplainedShare(y, scaledSlope * x());
    EqtlEffect effect;
    effect.r = r;
    effect.slope = scaledSlope * scale;
    effect.se = std::sqrt(unexplained / degreesOfFreedom) * (yNorm / xNorm) * scale;
    if (*effect.se > 0)
        effect.t = *effect.slope / *effect.se;
    effect.p = tail(r * r, unexplained);
    effect.degreesOfFreedom = degreesOfFreedom;
    return effect;
}

/// Of a variant that some have no genotype of.
EqtlEffect effectAmongKnown(const Residuals& residuals, Eigen::Index variant) {
    const CompleteCase complete = completeCase(residuals, variant);
    const double xNorm = complete.x.norm();
    const double yNorm = complete.y.norm();
    if (!(complete.degreesOfFreedom >= 1) || !(xNorm > DependenceTolerance * residuals.norm[variant]) ||
        !(yNorm > DependenceTolerance * residuals.yNorm))
        return {};
    return effectOf([&] { return complete.x; }, xNorm, complete.y, yNorm, complete.x.dot(complete.y),
                    complete.degreesOfFreedom, residuals.scale, TailOfMany(complete.degreesOfFreedom));
}

} // namespace

std::vector<EqtlEffect> marginalEffects(const Residuals& residuals) {
    std::vector<EqtlEffect> effects(static_cast<size_t>(residuals.dosages.cols()));
    if (!residuals.defined())
        return effects;
    const TailOfMany tail(residuals.degreesOfFreedom);
    for (Eigen::Index v = 0; v < residuals.dosages.cols(); ++v) {
        if (residuals.norm[v] == 0)
            continue;
        effects[static_cast<size_t>(v)] =
            residuals.dosages.missing().contains(v)
                ? effectAmongKnown(residuals, v)
                : effectOf([&] { return residuals.x(v); }, residuals.norm[v], residuals.y, residuals.yNorm,
                           residuals.withY[v], residuals.degreesOfFreedom, residuals.scale, tail);
    }
    return effects;
}

std::vector<EqtlEffect> marginalEffects(const Dosages& dosages,
                                        const Eigen::Ref<const Eigen::VectorXd>& expression,
                                        const Eigen::Ref<const Eigen::MatrixXd>& covariates) {
    return marginalEffects(residualise(dosages, expression, covariates));
}

std::vector<EqtlEffect> conditionalEffects(const Dosages& dosages,
                                           const Eigen::Ref<const Eigen::VectorXd>& expression,
                                           const Eigen::Ref<const Eigen::MatrixXd>& covariates,
                                           std::span<const int64_t> given) {
    return marginalEffects(beside(residualise(dosages, expression, covariates), given));
}

namespace {

/// Whether one effect is the likelier lead: the smaller p, or, where both are of as many people, the larger
/// |r|, which has digits where p has none left.
bool isStrongerEffect(const EqtlEffect& a, const EqtlEffect& b) {
    if (a.degreesOfFreedom == b.degreesOfFreedom)
        return std::abs(*a.r) > std::abs(*b.r);
    return a.p->log10() < b.p->log10();
}

} // namespace

std::optional<int64_t> leadVariant(std::span<const EqtlEffect> effects) {
    std::optional<int64_t> lead;
    for (size_t v = 0; v < effects.size(); ++v)
        if (effects[v].r && (!lead || isStrongerEffect(effects[v], effects[static_cast<size_t>(*lead)])))
            lead = static_cast<int64_t>(v);
    return lead;
}

std::optional<Interval> slopeInterval(const EqtlEffect& effect) {
    if (!effect.slope || !effect.se || !(effect.degreesOfFreedom >= 1))
        return std::nullopt;
    const double half = *effect.se * studentQuantile(0.975, effect.degreesOfFreedom);
    return Interval{*effect.slope - half, *effect.slope + half};
}

std::vector<std::optional<double>> ldWith(const Dosages& dosages, int64_t variant) {
    assert(variant >= 0 && variant < dosages.cols());
    std::vector<std::optional<double>> r(static_cast<size_t>(dosages.cols()));
    if (dosages.rows() < 3)
        return r;
    const CentredDosages x(dosages);
    const Eigen::RowVectorXd& norms = x.norms();
    const Eigen::RowVectorXd dots = x.productsWith(x.column(variant));
    for (Eigen::Index v = 0; v < x.cols(); ++v)
        if (norms[v] > 0 && norms[variant] > 0)
            r[static_cast<size_t>(v)] = std::clamp(dots[v] / norms[v] / norms[variant], -1.0, 1.0);
    return r;
}

} // namespace diploscope
