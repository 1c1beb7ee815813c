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

/// Where covariates leave less of a squared length, it is measured, as a difference has lost its digits.
constexpr double LittleLeft = 0.01;

void measureLengths(Residuals& residuals) {
    const Eigen::RowVectorXd& centred = residuals.dosages.norms();
    residuals.norm = centred;
    if (residuals.basis.cols() == 0)
        return;
    for (Eigen::Index v = 0; v < centred.size(); ++v) {
        const double all = centred[v] * centred[v];
        const double left = all - residuals.explained.col(v).squaredNorm();
        residuals.norm[v] = left > LittleLeft * all ? std::sqrt(left) : residuals.x(v).norm();
        if (!(residuals.norm[v] > DependenceTolerance * centred[v]))
            residuals.norm[v] = 0;
    }
}

/// What these explain of y is taken away. \return both, the basis before y, as products are made with them
Eigen::MatrixXd freeY(Residuals& residuals, const Eigen::MatrixXd& basis) {
    removeExplained(residuals.y, basis);
    const double norm = residuals.y.norm();
    residuals.yNorm = norm > DependenceTolerance * residuals.centredNorm ? norm : 0;
    Eigen::MatrixXd both(basis.rows(), basis.cols() + 1);
    both << basis, residuals.y;
    return both;
}

/// \param products of the dosages with what freeY() gave
void explainBy(Residuals& residuals, const Eigen::MatrixXd& added, const Eigen::MatrixXd& products) {
    const Eigen::Index rank = residuals.basis.cols();
    const Eigen::Index count = added.cols();
    residuals.basis.conservativeResize(residuals.dosages.rows(), rank + count);
    residuals.basis.rightCols(count) = added;
    residuals.explained.conservativeResize(rank + count, residuals.dosages.cols());
    residuals.explained.bottomRows(count) = products.topRows(count);
    residuals.degreesOfFreedom = double(residuals.dosages.rows() - 2 - residuals.basis.cols());
    measureLengths(residuals);
    residuals.withY = residuals.freed(products.row(count).transpose(), residuals.y);
}

} // namespace

Eigen::VectorXd Residuals::x(Eigen::Index variant) const {
    if (norm[variant] == 0)
        return Eigen::VectorXd::Zero(dosages.rows());
    Eigen::VectorXd column = dosages.column(variant);
    removeExplained(column, basis);
    return column;
}

Eigen::MatrixXd Residuals::x(const std::vector<Eigen::Index>& variants) const {
    Eigen::MatrixXd columns(dosages.rows(), static_cast<Eigen::Index>(variants.size()));
    for (size_t v = 0; v < variants.size(); ++v)
        columns.col(static_cast<Eigen::Index>(v)) = x(variants[v]);
    return columns;
}

Eigen::VectorXd Residuals::productsWith(const Eigen::Ref<const Eigen::VectorXd>& vector) const {
    return freed(dosages.productsWith(vector).transpose(), vector);
}

Eigen::VectorXd Residuals::freed(Eigen::VectorXd products,
                                 const Eigen::Ref<const Eigen::VectorXd>& vector) const {
    if (basis.cols() > 0) // rounding has left something of them in the vector
        products -=
            explained.transpose().lazyProduct(dotsWith(basis, vector)); // a BLAS would wake its threads
    return (norm.transpose().array() > 0).select(products, 0);
}

Eigen::VectorXd Residuals::combined(const Eigen::Ref<const Eigen::VectorXd>& weights) const {
    Eigen::VectorXd sum = Eigen::VectorXd::Zero(dosages.rows());
    Eigen::VectorXd ofBasis = Eigen::VectorXd::Zero(basis.cols());
    for (Eigen::Index v = 0; v < weights.size(); ++v) {
        if (weights[v] == 0 || norm[v] == 0)
            continue;
        dosages.addMultiple(weights[v], v, sum);
        ofBasis += weights[v] * explained.col(v);
    }
    for (Eigen::Index k = 0; k < basis.cols(); ++k)
        sum -= ofBasis[k] * basis.col(k);
    return sum;
}

Residuals residualise(const Dosages& dosages, const Eigen::Ref<const Eigen::VectorXd>& expression,
                      const Eigen::Ref<const Eigen::MatrixXd>& covariates) {
    assert(dosages.rows() == expression.size());
    assert(covariates.cols() == 0 || covariates.rows() == expression.size());

    Residuals residuals;
    const std::vector<Eigen::Index> people = finiteRows(expression);
    const Centred centredExpression = centre(expression(people));
    residuals.y = centredExpression.values;
    residuals.scale = centredExpression.scale;
    residuals.centredNorm = centredExpression.norm;
    const Eigen::MatrixXd basis = covariates.cols() == 0 || people.empty()
                                      ? Eigen::MatrixXd(residuals.y.size(), 0)
                                      : covariateBasis(covariates(people, Eigen::all));
    const Eigen::MatrixXd both = freeY(residuals, basis);
    Eigen::MatrixXd products;
    residuals.dosages = CentredDosages(dosages, people, both, products);
    explainBy(residuals, basis, products);
    return residuals;
}

Residuals beside(Residuals residuals, std::span<const int64_t> given) {
    for (const int64_t variant : given) {
        assert(variant >= 0 && variant < residuals.dosages.cols());
        if (residuals.norm[variant] == 0)
            continue;
        Eigen::VectorXd added = residuals.x(variant) / residuals.norm[variant];
        removeExplained(added, residuals.basis); // what rounding has left
        added.normalize();
        const Eigen::MatrixXd both = freeY(residuals, added);
        explainBy(residuals, added, residuals.dosages.productsWith(both));
    }
    return residuals;
}

CompleteCase completeCase(const Residuals& residuals, Eigen::Index variant) {
    const Eigen::Index people = residuals.dosages.rows();
    const std::vector<Eigen::Index>& missing = residuals.dosages.missing().at(variant);
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
    complete.x = centreColumns(residuals.x(variant)(complete.rows));
    complete.y = centreColumns(residuals.y(complete.rows));
    removeExplained(complete.x, basis);
    removeExplained(complete.y, basis);
    complete.degreesOfFreedom = double(static_cast<Eigen::Index>(complete.rows.size()) - 2 - basis.cols());
    return complete;
}

} // namespace diploscope
