// SPDX-License-Identifier: GPL-3.0-or-later
#include "stats/residuals.h"

#include "base/fixed_order.h"
#include "stats/centred.h"

#include <cassert>

namespace diploscope {

namespace {

/// Takes away what the basis explains.
void removeExplained(Eigen::Ref<Eigen::VectorXd> column, const Eigen::Ref<const Eigen::MatrixXd>& basis) {
    const Eigen::VectorXd explained = dotsWith(basis, column);
    for (Eigen::Index k = 0; k < basis.cols(); ++k)
        column -= explained[k] * basis.col(k);
}

/// Orthonormal columns that span the centred covariates; as many as their rank.
Eigen::MatrixXd covariateBasis(const Eigen::MatrixXd& covariates) {
    // Unit columns: without them the rank would depend on the unit that a covariate was written in.
    Eigen::MatrixXd unit = centreColumns(covariates);
    for (Eigen::Index k = 0; k < unit.cols(); ++k)
        unit.col(k).stableNormalize();
    if (unit.size() == 0)
        return Eigen::MatrixXd(covariates.rows(), 0);
    // Gram and Schmidt, the longest of what is left first; twice, so that what is left stays orthogonal.
    Eigen::MatrixXd basis(unit.rows(), unit.cols());
    Eigen::Index rank = 0;
    for (; rank < unit.cols(); ++rank) {
        Eigen::Index longest = 0;
        const double length = unit.rightCols(unit.cols() - rank).colwise().norm().maxCoeff(&longest);
        if (!(length > DependenceTolerance))
            break;
        unit.col(rank).swap(unit.col(rank + longest));
        basis.col(rank) = unit.col(rank) / length;
        removeExplained(basis.col(rank), basis.leftCols(rank));
        basis.col(rank).normalize();
        for (Eigen::Index k = rank + 1; k < unit.cols(); ++k)
            removeExplained(unit.col(k), basis.middleCols(rank, 1));
    }
    return basis.leftCols(rank);
}

} // namespace

Residuals residualise(const Eigen::Ref<const Eigen::MatrixXd>& dosages,
                      const Eigen::Ref<const Eigen::VectorXd>& expression,
                      const Eigen::Ref<const Eigen::MatrixXd>& covariates) {
    assert(dosages.rows() == expression.size());
    assert(covariates.cols() == 0 || covariates.rows() == expression.size());

    Residuals residuals;
    residuals.people = finiteRows(expression);
    const auto people = static_cast<Eigen::Index>(residuals.people.size());
    const Eigen::MatrixXd basis = covariates.cols() == 0 || people == 0
                                      ? Eigen::MatrixXd(people, 0)
                                      : covariateBasis(covariates(residuals.people, Eigen::all));
    residuals.degreesOfFreedom = double(people - 2 - basis.cols());

    const Centred centredExpression = centre(expression(residuals.people));
    residuals.y = centredExpression.values;
    residuals.scale = centredExpression.scale;
    removeExplained(residuals.y, basis);
    if (const double norm = residuals.y.norm(); norm > DependenceTolerance * centredExpression.norm)
        residuals.yNorm = norm;

    residuals.x = people == dosages.rows() ? centreColumns(dosages)
                                           : centreColumns(dosages(residuals.people, Eigen::all));
    residuals.norm = residuals.x.colwise().norm();
    if (basis.cols() > 0) {
        const Eigen::RowVectorXd before = residuals.norm;
        for (Eigen::Index v = 0; v < residuals.x.cols(); ++v)
            removeExplained(residuals.x.col(v), basis);
        residuals.norm = residuals.x.colwise().norm();
        for (Eigen::Index v = 0; v < residuals.x.cols(); ++v) {
            if (residuals.norm[v] > DependenceTolerance * before[v])
                continue;
            residuals.norm[v] = 0;
            residuals.x.col(v).setZero();
        }
    }
    return residuals;
}

} // namespace diploscope
