// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/expression_reader.h"

#include <boost/math/distributions/normal.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

namespace diploscope {

namespace {

/// Ties share the mean of their ranks.
void rankNormal(Eigen::Ref<Eigen::VectorXd> values, RankScores& rankScores) {
    std::vector<std::pair<double, Eigen::Index>> measured;
    for (Eigen::Index person = 0; person < values.size(); ++person)
        if (!std::isnan(values[person]))
            measured.emplace_back(values[person], person);
    std::sort(measured.begin(), measured.end());
    const std::vector<double>& scores = rankScores.of(measured.size());
    for (size_t first = 0; first < measured.size();) {
        size_t last = first;
        while (last + 1 < measured.size() && measured[last + 1].first == measured[first].first)
            ++last;
        // Of ranks first + 1 to last + 1.
        const double score = scores[first + last + 2];
        for (; first <= last; ++first)
            values[measured[first].second] = score;
    }
}

} // namespace

const std::vector<double>& RankScores::of(size_t count) {
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

std::optional<Eigen::Index> transformRow(Eigen::Ref<Eigen::VectorXd> values, ExpressionTransform transform,
                                         RankScores& scores) {
    if (transform == ExpressionTransform::RankNormal)
        rankNormal(values, scores);
    if (transform != ExpressionTransform::Log2Plus1)
        return std::nullopt;
    for (Eigen::Index person = 0; person < values.size(); ++person) {
        if (values[person] < 0)
            return person;
        values[person] = std::log2(values[person] + 1.0);
    }
    return std::nullopt;
}

Error untransformable(double value, const std::string& gene, const std::string& person) {
    return {ErrorKind::BadInput, fmt::format("log2(x + 1) cannot be taken of {}.", value),
            fmt::format("gene {}, person {}", gene, person),
            "The values seem to be normalised already: set `expression_transform` to `none`."};
}

void keepPeople(ExpressionMatrix& matrix, const std::vector<int64_t>& columns) {
    std::vector<std::string> people;
    for (const int64_t column : columns)
        people.push_back(std::move(matrix.people[size_t(column)]));
    matrix.people = std::move(people);
    matrix.values = matrix.values(Eigen::all, columns).eval();
}

Result<void> transformExpression(ExpressionMatrix& matrix, ExpressionTransform transform) {
    std::optional<std::pair<Eigen::Index, Eigen::Index>> first; // person and gene: people are told in order
    RankScores scores;
    Eigen::VectorXd values;
    for (Eigen::Index gene = 0; gene < matrix.values.rows(); ++gene) {
        values = matrix.values.row(gene).transpose();
        if (const auto person = transformRow(values, transform, scores)) {
            if (!first || *person < first->first)
                first.emplace(*person, gene);
            continue;
        }
        matrix.values.row(gene) = values.transpose();
    }
    if (!first)
        return {};
    const auto [person, gene] = *first;
    return fail(untransformable(matrix.values(gene, person), matrix.genes[size_t(gene)],
                                matrix.people[size_t(person)]));
}

} // namespace diploscope
