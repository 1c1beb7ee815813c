// SPDX-License-Identifier: GPL-3.0-or-later
#include "stats/dosages.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>
#include <numeric>

namespace diploscope {

namespace {

double numberOf(uint8_t copies) {
    return copies == Dosages::NoGenotype ? std::numeric_limits<double>::quiet_NaN() : copies;
}

std::vector<Eigen::Index> allOf(Eigen::Index count) {
    std::vector<Eigen::Index> all(static_cast<size_t>(count));
    std::iota(all.begin(), all.end(), Eigen::Index{0});
    return all;
}

} // namespace

Dosages::Dosages(Eigen::Index people, std::vector<uint8_t> copies)
    : m_people(people)
    , m_columns(allOf(people == 0 ? 0 : static_cast<Eigen::Index>(copies.size()) / people))
    , m_copies(std::make_shared<const std::vector<uint8_t>>(std::move(copies))) {
    assert(static_cast<Eigen::Index>(m_copies->size()) == m_people * cols());
}

Dosages::Dosages(Numbers numbers) : m_people(numbers.values.rows()), m_columns(allOf(numbers.values.cols())) {
    const auto isWhole = [](double value) {
        return value == 0 || value == 1 || value == 2 || std::isnan(value);
    };
    const double* const first = numbers.values.data();
    const double* const last = first + numbers.values.size();
    if (!std::all_of(first, last, isWhole)) {
        m_numbers = std::make_shared<const Eigen::MatrixXd>(std::move(numbers.values));
        return;
    }
    std::vector<uint8_t> copies(static_cast<size_t>(numbers.values.size()));
    std::transform(first, last, copies.begin(),
                   [](double value) { return std::isnan(value) ? NoGenotype : static_cast<uint8_t>(value); });
    m_copies = std::make_shared<const std::vector<uint8_t>>(std::move(copies));
}

Dosages Dosages::only(const std::vector<Eigen::Index>& variants) const {
    Dosages some = *this;
    some.m_columns.clear();
    for (const Eigen::Index v : variants)
        some.m_columns.push_back(m_columns[static_cast<size_t>(v)]);
    return some;
}

Eigen::VectorXd Dosages::column(Eigen::Index variant) const {
    if (m_numbers)
        return m_numbers->col(m_columns[static_cast<size_t>(variant)]);
    const uint8_t* const own = copies(variant);
    Eigen::VectorXd column(m_people);
    std::transform(own, own + m_people, column.data(), numberOf);
    return column;
}

Eigen::VectorXd Dosages::column(Eigen::Index variant, const std::vector<Eigen::Index>& people) const {
    const auto count = static_cast<Eigen::Index>(people.size());
    if (count == m_people) // all of them: they are ascending
        return column(variant);
    if (m_numbers)
        return m_numbers->col(m_columns[static_cast<size_t>(variant)])(people);
    const uint8_t* const own = copies(variant);
    Eigen::VectorXd column(count);
    for (Eigen::Index i = 0; i < count; ++i)
        column[i] = numberOf(own[people[static_cast<size_t>(i)]]);
    return column;
}

Eigen::MatrixXd Dosages::numbers() const {
    Eigen::MatrixXd numbers(rows(), cols());
    for (Eigen::Index v = 0; v < cols(); ++v)
        numbers.col(v) = column(v);
    return numbers;
}

} // namespace diploscope
