// SPDX-License-Identifier: GPL-3.0-or-later
#include "stats/residuals.h"

#include "base/fixed_order.h"
#include "stats/centred.h"

#include <algorithm>
#include <cassert>
#include <cmath>

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

    std::vector<Eigen::Index> incomplete;
    residuals.x = people == dosages.rows()
                      ? centreColumns(dosages, &incomplete)
                      : centreColumns(dosages(residuals.people, Eigen::all), &incomplete);
    for (const Eigen::Index v : incomplete)
        for (Eigen::Index i = 0; i < people; ++i)
            if (std::isnan(dosages(residuals.people[static_cast<size_t>(i)], v)))
                residuals.missing[v].push_back(i);
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
    residuals.basis = basis;
    return residuals;
}

CompleteCase completeCase(const Residuals& residuals, Eigen::Index variant) {
    const auto people = static_cast<Eigen::Index>(residuals.people.size());
    const std::vector<Eigen::Index>& missing = residuals.missing.at(variant);
    CompleteCase complete;
    for (Eigen::Index i = 0; i < people; ++i)
        if (!std::binary_search(missing.begin(), missing.end(), i))
            complete.rows.push_back(i);

    Eigen::MatrixXd covariates = residuals.basis(complete.rows, Eigen::all);
    for (Eigen::Index k = 0; k < covariates.cols(); ++k) {
        // What is left of one that is the same for all of these people is rounding.
        const Eigen::VectorXd centred = centreColumns(covariates.col(k));
        if (!(centred.norm() > DependenceTolerance * covariates.col(k).norm()))
            covariates.col(k).setZero();
    }
    const Eigen::MatrixXd basis = covariateBasis(covariates);
    complete.x = centreColumns(residuals.x(complete.rows, std::vector{variant}));
    complete.y = centreColumns(residuals.y(complete.rows));
    removeExplained(complete.x, basis);
    removeExplained(complete.y, basis);
    complete.degreesOfFreedom = double(static_cast<Eigen::Index>(complete.rows.size()) - 2 - basis.cols());
    return complete;
}

} // namespace diploscope
