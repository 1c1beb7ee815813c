// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/expression_reader.h"

#include <boost/math/distributions/normal.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

namespace diploscope {

namespace {

Result<void> log2Plus1(ExpressionMatrix& matrix) {
    for (Eigen::Index person = 0; person < matrix.values.cols(); ++person) {
        for (Eigen::Index gene = 0; gene < matrix.values.rows(); ++gene) {
            double& value = matrix.values(gene, person);
            if (value < 0)
                return fail(
                    ErrorKind::BadInput, fmt::format("log2(x + 1) cannot be taken of {}.", value),
                    fmt::format("gene {}, person {}", matrix.genes[size_t(gene)],
                                matrix.people[size_t(person)]),
                    "The values seem to be normalised already: set `expression_transform` to `none`.");
            value = std::log2(value + 1.0);
        }
    }
    return {};
}

/// z of every mean rank that `count` values can have: 1, 1.5, 2, ... at index 2 * rank. Genes mostly have as
/// many values as the gene before, so the quantiles, which cost most, are computed once.
class RankScores {
public:
    [[nodiscard]] const std::vector<double>& of(size_t count) {
        if (count == m_count)
            return m_scores;
        m_count = count;
        m_scores.assign(2 * count + 1, 0.0);
        const boost::math::normal standard;
        for (size_t twiceRank = 2; twiceRank <= 2 * count; ++twiceRank)
            m_scores[twiceRank] =
                boost::math::quantile(standard, double(twiceRank) / 2.0 / (double(count) + 1.0));
        return m_scores;
    }

private:
    size_t m_count = 0;
    std::vector<double> m_scores;
};

void rankNormal(ExpressionMatrix& matrix) {
    RankScores rankScores;
    std::vector<std::pair<double, Eigen::Index>> measured;
    for (Eigen::Index gene = 0; gene < matrix.values.rows(); ++gene) {
        auto row = matrix.values.row(gene);
        measured.clear();
        for (Eigen::Index person = 0; person < row.size(); ++person)
            if (!std::isnan(row[person]))
                measured.emplace_back(row[person], person);
        std::sort(measured.begin(), measured.end());
        const std::vector<double>& scores = rankScores.of(measured.size());
        for (size_t first = 0; first < measured.size();) {
            size_t last = first;
            while (last + 1 < measured.size() && measured[last + 1].first == measured[first].first)
                ++last;
            // Ties share the mean of ranks first + 1 to last + 1.
            const double score = scores[first + last + 2];
            for (; first <= last; ++first)
                row[measured[first].second] = score;
        }
    }
}

} // namespace

void keepPeople(ExpressionMatrix& matrix, const std::vector<int64_t>& columns) {
    std::vector<std::string> people;
    for (const int64_t column : columns)
        people.push_back(std::move(matrix.people[size_t(column)]));
    matrix.people = std::move(people);
    matrix.values = matrix.values(Eigen::all, columns).eval();
}

Result<void> transformExpression(ExpressionMatrix& matrix, ExpressionTransform transform) {
    if (transform == ExpressionTransform::Log2Plus1)
        return log2Plus1(matrix);
    if (transform == ExpressionTransform::RankNormal)
        rankNormal(matrix);
    return {};
}

} // namespace diploscope
