// SPDX-License-Identifier: GPL-3.0-or-later
#include "stats/eqtl.h"

#include "stats/centred.h"

#include <Eigen/QR>

#include <algorithm>
#include <cassert>
#include <cmath>

namespace diploscope {

namespace {

/// Orthonormal columns that span the centred covariates; as many as their rank.
Eigen::MatrixXd covariateBasis(const Eigen::MatrixXd& covariates) {
    // Unit columns: without them the rank would depend on the unit that a covariate was written in.
    Eigen::MatrixXd unit = centreColumns(covariates);
    for (Eigen::Index k = 0; k < unit.cols(); ++k)
        unit.col(k).stableNormalize();
    if (unit.size() == 0)
        return Eigen::MatrixXd(covariates.rows(), 0);
    Eigen::ColPivHouseholderQR<Eigen::MatrixXd> qr(unit);
    qr.setThreshold(DependenceTolerance);
    return qr.householderQ() * Eigen::MatrixXd::Identity(unit.rows(), qr.rank());
}

/// Takes away what the basis explains.
template <class Matrix>
void residualise(Matrix& columns, const Eigen::MatrixXd& basis) {
    if (basis.cols() > 0)
        columns -= basis * (basis.transpose() * columns).eval();
}

} // namespace

std::vector<EqtlEffect> marginalEffects(const Eigen::Ref<const Eigen::MatrixXd>& dosages,
                                        const Eigen::Ref<const Eigen::VectorXd>& expression,
                                        const Eigen::Ref<const Eigen::MatrixXd>& covariates) {
    assert(dosages.rows() == expression.size());
    assert(covariates.cols() == 0 || covariates.rows() == expression.size());

    std::vector<EqtlEffect> effects(static_cast<size_t>(dosages.cols()));
    const std::vector<Eigen::Index> rows = finiteRows(expression);
    const auto people = static_cast<Eigen::Index>(rows.size());
    if (people < 3)
        return effects;
    const Eigen::MatrixXd basis =
        covariates.cols() == 0 ? Eigen::MatrixXd(people, 0) : covariateBasis(covariates(rows, Eigen::all));
    const double degreesOfFreedom = double(people - 2 - basis.cols());
    const Centred centredExpression = centre(expression(rows));
    if (degreesOfFreedom < 1 || centredExpression.constant())
        return effects;

    Eigen::VectorXd y = centredExpression.values;
    residualise(y, basis);
    const double yNorm = y.norm();
    if (!(yNorm > DependenceTolerance * centredExpression.norm))
        return effects;

    Eigen::MatrixXd x =
        people == dosages.rows() ? centreColumns(dosages) : centreColumns(dosages(rows, Eigen::all));
    const Eigen::RowVectorXd before = x.colwise().norm();
    residualise(x, basis);
    const Eigen::RowVectorXd after = x.colwise().norm();
    const Eigen::VectorXd dots = x.transpose() * y;

    for (Eigen::Index v = 0; v < x.cols(); ++v) {
        if (!(after[v] > DependenceTolerance * before[v]))
            continue; // constant, or nothing but covariates
        const double r = std::clamp(dots[v] / after[v] / yNorm, -1.0, 1.0);
        const double scaledSlope = dots[v] / after[v] / after[v];
        // The residuals cost a pass over people, and differ from 1 - r * r only near 1.
        const double unexplained = r * r < 0.5 ? 1 - r * r : unexplainedShare(y, scaledSlope * x.col(v));
        EqtlEffect& effect = effects[static_cast<size_t>(v)];
        effect.r = r;
        effect.slope = scaledSlope * centredExpression.scale;
        effect.se = std::sqrt(unexplained / degreesOfFreedom) * (yNorm / after[v]) * centredExpression.scale;
        if (*effect.se > 0)
            effect.t = *effect.slope / *effect.se;
        effect.p = tailP(r * r, unexplained, degreesOfFreedom);
    }
    return effects;
}

std::vector<std::optional<double>> ldWith(const Eigen::Ref<const Eigen::MatrixXd>& dosages, int64_t variant) {
    assert(variant >= 0 && variant < dosages.cols());
    std::vector<std::optional<double>> r(static_cast<size_t>(dosages.cols()));
    if (dosages.rows() < 3)
        return r;
    const Eigen::MatrixXd x = centreColumns(dosages);
    const Eigen::RowVectorXd norms = x.colwise().norm();
    const Eigen::VectorXd dots = x.transpose() * x.col(variant);
    for (Eigen::Index v = 0; v < x.cols(); ++v)
        if (norms[v] > 0 && norms[variant] > 0)
            r[static_cast<size_t>(v)] = std::clamp(dots[v] / norms[v] / norms[variant], -1.0, 1.0);
    return r;
}

} // namespace diploscope
