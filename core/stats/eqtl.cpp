// SPDX-License-Identifier: GPL-3.0-or-later
#include "stats/eqtl.h"

#include "base/fixed_order.h"
#include "stats/centred.h"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace diploscope {

std::vector<EqtlEffect> marginalEffects(const Residuals& residuals) {
    std::vector<EqtlEffect> effects(static_cast<size_t>(residuals.x.cols()));
    if (!residuals.defined())
        return effects;
    const Eigen::VectorXd dots = dotsWith(residuals.x, residuals.y);
    for (Eigen::Index v = 0; v < residuals.x.cols(); ++v) {
        const double norm = residuals.norm[v];
        if (norm == 0)
            continue;
        const double r = std::clamp(dots[v] / norm / residuals.yNorm, -1.0, 1.0);
        const double scaledSlope = dots[v] / norm / norm;
        // The residuals cost a pass over people, and differ from 1 - r * r only near 1.
        const double unexplained =
            r * r < 0.5 ? 1 - r * r : unexplainedShare(residuals.y, scaledSlope * residuals.x.col(v));
        EqtlEffect& effect = effects[static_cast<size_t>(v)];
        effect.r = r;
        effect.slope = scaledSlope * residuals.scale;
        effect.se =
            std::sqrt(unexplained / residuals.degreesOfFreedom) * (residuals.yNorm / norm) * residuals.scale;
        if (*effect.se > 0)
            effect.t = *effect.slope / *effect.se;
        effect.p = tailP(r * r, unexplained, residuals.degreesOfFreedom);
    }
    return effects;
}

std::vector<EqtlEffect> marginalEffects(const Eigen::Ref<const Eigen::MatrixXd>& dosages,
                                        const Eigen::Ref<const Eigen::VectorXd>& expression,
                                        const Eigen::Ref<const Eigen::MatrixXd>& covariates) {
    return marginalEffects(residualise(dosages, expression, covariates));
}

std::vector<EqtlEffect> conditionalEffects(const Eigen::Ref<const Eigen::MatrixXd>& dosages,
                                           const Eigen::Ref<const Eigen::VectorXd>& expression,
                                           const Eigen::Ref<const Eigen::MatrixXd>& covariates,
                                           std::span<const int64_t> given) {
    Eigen::MatrixXd all(dosages.rows(), covariates.cols() + static_cast<Eigen::Index>(given.size()));
    if (covariates.cols() > 0)
        all.leftCols(covariates.cols()) = covariates;
    for (size_t i = 0; i < given.size(); ++i) {
        assert(given[i] >= 0 && given[i] < dosages.cols());
        all.col(covariates.cols() + static_cast<Eigen::Index>(i)) = dosages.col(given[i]);
    }
    return marginalEffects(dosages, expression, all);
}

std::optional<int64_t> leadVariant(std::span<const EqtlEffect> effects) {
    std::optional<int64_t> lead;
    for (size_t v = 0; v < effects.size(); ++v)
        if (effects[v].r &&
            (!lead || std::abs(*effects[v].r) > std::abs(*effects[static_cast<size_t>(*lead)].r)))
            lead = static_cast<int64_t>(v);
    return lead;
}

std::optional<Interval> slopeInterval(const EqtlEffect& effect, double degreesOfFreedom) {
    if (!effect.slope || !effect.se || !(degreesOfFreedom >= 1))
        return std::nullopt;
    const double half = *effect.se * studentQuantile(0.975, degreesOfFreedom);
    return Interval{*effect.slope - half, *effect.slope + half};
}

std::vector<std::optional<double>> ldWith(const Eigen::Ref<const Eigen::MatrixXd>& dosages, int64_t variant) {
    assert(variant >= 0 && variant < dosages.cols());
    std::vector<std::optional<double>> r(static_cast<size_t>(dosages.cols()));
    if (dosages.rows() < 3)
        return r;
    const Eigen::MatrixXd x = centreColumns(dosages);
    const Eigen::RowVectorXd norms = x.colwise().norm();
    const Eigen::VectorXd dots = dotsWith(x, x.col(variant));
    for (Eigen::Index v = 0; v < x.cols(); ++v)
        if (norms[v] > 0 && norms[variant] > 0)
            r[static_cast<size_t>(v)] = std::clamp(dots[v] / norms[v] / norms[variant], -1.0, 1.0);
    return r;
}

} // namespace diploscope
