// SPDX-License-Identifier: GPL-3.0-or-later
#include "stats/centred_dosages.h"

#include "base/fixed_order.h"
#include "stats/centred.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

namespace diploscope {

using Eigen::Index;

namespace {

std::vector<Index> everybodyIn(const Dosages& dosages) {
    std::vector<Index> people(static_cast<size_t>(dosages.rows()));
    std::iota(people.begin(), people.end(), Index{0});
    return people;
}

} // namespace

CentredDosages::CentredDosages(Dosages dosages, std::vector<Index> people)
    : m_dosages(std::move(dosages))
    , m_people(std::move(people))
    , m_means(Eigen::RowVectorXd::Zero(cols()))
    , m_norms(Eigen::RowVectorXd::Zero(cols())) {
    std::vector<uint8_t> room;
    if (rows() > 0)
        for (Index v = 0; v < cols(); ++v)
            measure(v, room);
}

CentredDosages::CentredDosages(const Dosages& dosages) : CentredDosages(dosages, everybodyIn(dosages)) {}

void CentredDosages::measure(Index variant, std::vector<uint8_t>& room) {
    const uint8_t* const all = m_dosages.copies(variant);
    if (all == nullptr) {
        const Eigen::VectorXd numbers = m_dosages.column(variant, m_people);
        for (Index i = 0; i < rows(); ++i)
            if (std::isnan(numbers[i]))
                m_missing[variant].push_back(i);
        m_means[variant] = imputeMeans(numbers).mean();
        m_norms[variant] = centreColumns(numbers).norm();
        return;
    }
    const ByteCounts everybody = countBytes(all, m_dosages.rows());
    if (everybody.missing > 0)
        for (Index i = 0; i < rows(); ++i)
            if (all[m_people[static_cast<size_t>(i)]] == Dosages::NoGenotype)
                m_missing[variant].push_back(i);
    const ByteCounts counts =
        isEverybody() ? everybody : countBytes(knownCopies(variant, room), static_cast<int64_t>(rows()));
    const auto missing = m_missing.find(variant);
    const int64_t known = rows() - (missing == m_missing.end() ? 0 : std::ssize(missing->second));
    if (known == 0)
        return;
    const int64_t sum = counts.ones + 2 * counts.twos;
    const int64_t squares = counts.ones + 4 * counts.twos;
    m_means[variant] = double(sum) / double(known);
    m_norms[variant] = std::sqrt(double(known * squares - sum * sum) / double(known));
}

const uint8_t* CentredDosages::knownCopies(Index variant, std::vector<uint8_t>& room) const {
    const uint8_t* const all = m_dosages.copies(variant);
    const bool isComplete = !m_missing.contains(variant);
    if (isEverybody() && isComplete)
        return all;
    room.resize(m_people.size());
    for (size_t i = 0; i < room.size(); ++i)
        room[i] = all[m_people[i]];
    if (!isComplete)
        std::replace(room.begin(), room.end(), Dosages::NoGenotype, uint8_t{0});
    return room.data();
}

Eigen::VectorXd CentredDosages::column(Index variant) const {
    return centreColumns(m_dosages.column(variant, m_people));
}

Eigen::MatrixXd CentredDosages::productsWith(const Eigen::Ref<const Eigen::MatrixXd>& vectors) const {
    const WholeVectors whole(vectors);
    Eigen::MatrixXd products(vectors.cols(), cols());
    WholeVectors::Columns columns;
    std::array<Index, WholeVectors::Together> waiting{};
    size_t count = 0;
    Eigen::MatrixXd dots(vectors.cols(), WholeVectors::Together);
    const auto multiply = [&] {
        whole.dotsWith(columns, dots);
        for (size_t place = 0; place < count; ++place)
            products.col(waiting[place]) =
                productsOf(waiting[place], vectors, whole, dots.col(static_cast<Index>(place)));
        count = 0;
    };
    std::vector<uint8_t> room, turned;
    for (Index v = 0; v < cols(); ++v) {
        if (m_dosages.copies(v) == nullptr) {
            products.col(v) = dotsWith(vectors, column(v));
            continue;
        }
        const uint8_t* copies = knownCopies(v, room);
        if (isTurned(v)) {
            turned.resize(m_people.size());
            std::transform(copies, copies + turned.size(), turned.begin(),
                           [](uint8_t own) { return static_cast<uint8_t>(2 - own); });
            if (const auto missing = m_missing.find(v); missing != m_missing.end())
                for (const Index i : missing->second)
                    turned[static_cast<size_t>(i)] = 0;
            copies = turned.data();
        }
        whole.read(copies, count, columns);
        waiting[count++] = v;
        if (count == WholeVectors::Together)
            multiply();
    }
    if (count > 0) {
        for (size_t place = count; place < WholeVectors::Together; ++place)
            columns.numbers[place] = columns.numbers[0];
        multiply();
    }
    return products;
}

Eigen::VectorXd CentredDosages::productsOf(Index variant, const Eigen::Ref<const Eigen::MatrixXd>& vectors,
                                           const WholeVectors& whole,
                                           const Eigen::Ref<const Eigen::VectorXd>& dots) const {
    const auto missing = m_missing.find(variant);
    const double mean = isTurned(variant) ? 2 - m_means[variant] : m_means[variant];
    Eigen::VectorXd products(vectors.cols());
    for (Index k = 0; k < vectors.cols(); ++k) {
        double sum = whole.sum(k); // of those with a genotype
        if (missing != m_missing.end())
            for (const Index i : missing->second)
                sum -= vectors(i, k);
        const double product = dots[k] - mean * sum;
        products[k] = isTurned(variant) ? -product : product;
    }
    return products;
}

void CentredDosages::readCopies(Index variant, Index first, Eigen::Ref<Eigen::VectorXf> rows) const {
    const uint8_t* const all = m_dosages.copies(variant);
    if (isEverybody()) {
        readKnownBytes(all + first, rows);
        return;
    }
    std::vector<uint8_t> some(static_cast<size_t>(rows.size()));
    for (size_t i = 0; i < some.size(); ++i)
        some[i] = all[m_people[static_cast<size_t>(first) + i]];
    readKnownBytes(some.data(), rows);
}

void CentredDosages::addMultiple(double factor, Index variant, Eigen::Ref<Eigen::VectorXd> sum) const {
    if (m_dosages.copies(variant) == nullptr) {
        diploscope::addMultiple(factor, column(variant), sum);
        return;
    }
    std::vector<uint8_t> room;
    diploscope::addMultiple(factor, knownCopies(variant, room), sum);
    const double ofMean = factor * m_means[variant];
    sum.array() -= ofMean;
    if (const auto missing = m_missing.find(variant); missing != m_missing.end())
        for (const Index i : missing->second)
            sum[i] += ofMean;
}

} // namespace diploscope
