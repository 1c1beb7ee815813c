// SPDX-License-Identifier: GPL-3.0-or-later
#include "stats/column_screen.h"

#include "base/fixed_order.h"

#include <cmath>

namespace diploscope {

namespace {

using Eigen::Index;

/// Where more than this share of the columns is in doubt, the vector is worth keeping: the next ones are near
/// it. From a tenth to a third cost the same.
constexpr double ManyInDoubt = 0.2;

/// What rounding may take from a product of columns and a vector of variance 1.
constexpr double Rounding = 1e-9;

} // namespace

ColumnScreen::ColumnScreen(const Eigen::MatrixXd& columns)
    : m_columns(columns)
    , m_n(static_cast<double>(columns.rows()))
    , m_vectors(columns.rows(), 0)
    , m_products(columns.cols(), 0) {}

std::vector<Index> ColumnScreen::beyond(double threshold, const Eigen::VectorXd& vector,
                                        const std::vector<bool>& leftOut) {
    // Gram and Schmidt; twice, so that nothing of the kept ones stays in the rest.
    Eigen::VectorXd parts = Eigen::VectorXd::Zero(m_kept);
    Eigen::VectorXd rest = vector;
    for (int time = 0; time < 2; ++time) {
        const Eigen::VectorXd more = dotsWith(m_vectors.leftCols(m_kept), rest);
        rest -= productOf(m_vectors.leftCols(m_kept), more);
        parts += more;
    }
    Eigen::VectorXd products = productOf(m_products.leftCols(m_kept), parts);
    std::vector<Index> inDoubt;
    const auto doubt = [&](double least) {
        inDoubt.clear();
        for (Index j = 0; j < products.size(); ++j)
            if (!leftOut[static_cast<size_t>(j)] && std::abs(products[j]) > least - Rounding)
                inDoubt.push_back(j);
    };
    const double length = rest.norm();
    doubt(threshold - length / std::sqrt(m_n));
    if (double(inDoubt.size()) > ManyInDoubt * double(products.size()) && length > 0) {
        keep(rest / length);
        products += length * m_products.col(m_kept - 1);
        doubt(threshold);
    }
    // These decide, so that the answer does not hang on what was asked before.
    products(inDoubt) = dotsWith(m_columns, inDoubt, vector) / m_n;
    std::erase_if(inDoubt, [&](Index j) { return std::abs(products[j]) <= threshold; });
    return inDoubt;
}

void ColumnScreen::keep(const Eigen::VectorXd& vector) {
    if (m_kept == m_vectors.cols()) {
        const Index room = 2 * m_kept + 8;
        m_vectors.conservativeResize(Eigen::NoChange, room);
        m_products.conservativeResize(Eigen::NoChange, room);
    }
    m_vectors.col(m_kept) = vector;
    m_products.col(m_kept) = dotsWith(m_columns, vector) / m_n;
    ++m_kept;
}

} // namespace diploscope
