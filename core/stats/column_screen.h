// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <Eigen/Core>

#include <vector>

namespace diploscope {

/// Which of many columns have a large product with a vector that changes a little from question to question,
/// as the residual of a fit does, without multiplying all columns each time. The products with a few earlier
/// vectors are kept. A new vector is a combination of those and a rest, and what the rest adds to a product
/// is at most the product of the lengths (Cauchy and Schwarz): only columns that this leaves in doubt are
/// multiplied. What is found is what all products would find.
class ColumnScreen {
public:
    /// \param columns [n x columns], none longer than the root of n; they must outlive this.
    explicit ColumnScreen(const Eigen::MatrixXd& columns);

    /// The columns, ascending, whose product with `vector`, divided by n, is further from 0 than `threshold`.
    /// \param leftOut columns that are not asked about. Time: products of the columns in doubt, or of all
    /// where these are many.
    [[nodiscard]] std::vector<Eigen::Index> beyond(double threshold, const Eigen::VectorXd& vector,
                                                   const std::vector<bool>& leftOut);

private:
    void keep(const Eigen::VectorXd& vector);

    const Eigen::MatrixXd& m_columns;
    double m_n;
    Eigen::Index m_kept = 0;
    Eigen::MatrixXd m_vectors;  ///< [n x room], the kept ones, of length 1 and orthogonal to each other
    Eigen::MatrixXd m_products; ///< [columns x room], of the kept ones, divided by n
};

} // namespace diploscope
