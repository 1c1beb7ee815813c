// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/expression_reader.h"

#include <boost/math/distributions/normal.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace diploscope {

namespace {

Result<void> log2Plus1(ExpressionMatrix& matrix) {
    for (Eigen::Index person = 0; person < matrix.values.cols(); ++person) {
        for (Eigen::Index gene = 0; gene < matrix.values.rows(); ++gene) {
            float& value = matrix.values(gene, person);
            if (value < 0)
                return fail(
                    ErrorKind::BadInput, fmt::format("log2(x + 1) cannot be taken of {}.", value),
                    fmt::format("gene {}, person {}", matrix.genes[size_t(gene)],
                                matrix.people[size_t(person)]),
                    "The values seem to be normalised already: set `expression_transform` to `none`.");
            value = std::log2(value + 1.0F);
        }
    }
    return {};
}

void rankNormal(ExpressionMatrix& matrix) {
    const boost::math::normal standard;
    std::vector<Eigen::Index> order;
    for (Eigen::Index gene = 0; gene < matrix.values.rows(); ++gene) {
        auto row = matrix.values.row(gene);
        order.clear();
        for (Eigen::Index person = 0; person < row.size(); ++person)
            if (!std::isnan(row[person]))
                order.push_back(person);
        std::sort(order.begin(), order.end(),
                  [&](Eigen::Index a, Eigen::Index b) { return row[a] < row[b]; });
        const double count = static_cast<double>(order.size());
        for (size_t first = 0; first < order.size();) {
            size_t last = first;
            const float value = row[order[first]];
            while (last + 1 < order.size() && row[order[last + 1]] == value)
                ++last;
            const double rank = 1.0 + double(first + last) / 2.0; // the mean rank of the tie
            const auto z = static_cast<float>(boost::math::quantile(standard, rank / (count + 1.0)));
            for (; first <= last; ++first)
                row[order[first]] = z;
        }
    }
}

} // namespace

Result<void> transformExpression(ExpressionMatrix& matrix, ExpressionTransform transform) {
    if (transform == ExpressionTransform::Log2Plus1)
        return log2Plus1(matrix);
    if (transform == ExpressionTransform::RankNormal)
        rankNormal(matrix);
    return {};
}

} // namespace diploscope
