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

/// Products of columns that have been measured with vectors, as many columns at a time as bytes are
/// multiplied.
class ColumnProducts {
public:
    /// \param products is filled by finish() at the latest
    ColumnProducts(const CentredDosages& dosages, const Eigen::Ref<const Eigen::MatrixXd>& vectors,
                   Eigen::MatrixXd& products)
        : m_dosages(dosages)
        , m_vectors(vectors)
        , m_whole(vectors)
        , m_products(products)
        , m_dots(vectors.cols(), WholeVectors::Together) {
        m_products.resize(vectors.cols(), dosages.cols());
    }

    void add(Index variant) {
        if (!m_dosages.isWhole()) {
            m_products.col(variant) = dotsWith(m_vectors, m_dosages.column(variant));
            return;
        }
        const uint8_t* copies = m_dosages.knownCopies(variant, m_room);
        if (isTurned(variant)) {
            m_turned.resize(static_cast<size_t>(m_dosages.rows()));
            std::transform(copies, copies + m_turned.size(), m_turned.begin(),
                           [](uint8_t own) { return static_cast<uint8_t>(2 - own); });
            for (const Index i : missingOf(variant))
                m_turned[static_cast<size_t>(i)] = 0;
            copies = m_turned.data();
        }
        m_whole.read(copies, m_count, m_columns);
        m_waiting[m_count++] = variant;
        if (m_count == WholeVectors::Together)
            multiply();
    }

    void finish() {
        if (m_count == 0)
            return;
        for (size_t place = m_count; place < WholeVectors::Together; ++place)
            m_columns.numbers[place] = m_columns.numbers[0];
        multiply();
    }

private:
    /// Of either allele of an SNV products are the same to the last bit, so that it is no other's lead: those
    /// of the rarer one.
    [[nodiscard]] bool isTurned(Index variant) const { return m_dosages.means()[variant] > 1; }
    [[nodiscard]] const std::vector<Index>& missingOf(Index variant) const {
        static const std::vector<Index> none;
        const auto found = m_dosages.missing().find(variant);
        return found == m_dosages.missing().end() ? none : found->second;
    }

    void multiply() {
        m_whole.dotsWith(m_columns, m_dots);
        for (size_t place = 0; place < m_count; ++place) {
            const Index variant = m_waiting[place];
            const bool turned = isTurned(variant);
            const double own = m_dosages.means()[variant];
            const double mean = turned ? 2 - own : own;
            const std::vector<Index>& missing = missingOf(variant);
            for (Index k = 0; k < m_vectors.cols(); ++k) {
                double sum = m_whole.sum(k); // of those with a genotype
                for (const Index i : missing)
                    sum -= m_vectors(i, k);
                const double product = m_dots(k, static_cast<Index>(place)) - mean * sum;
                m_products(k, variant) = turned ? -product : product;
            }
        }
        m_count = 0;
    }

    const CentredDosages& m_dosages;
    Eigen::Ref<const Eigen::MatrixXd> m_vectors;
    WholeVectors m_whole;
    Eigen::MatrixXd& m_products;
    Eigen::MatrixXd m_dots; ///< [vectors x Together]
    WholeVectors::Columns m_columns;
    std::array<Index, WholeVectors::Together> m_waiting{};
    size_t m_count = 0;
    std::vector<uint8_t> m_room, m_turned;
};

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

CentredDosages::CentredDosages(Dosages dosages, std::vector<Index> people,
                               const Eigen::Ref<const Eigen::MatrixXd>& vectors, Eigen::MatrixXd& products)
    : m_dosages(std::move(dosages))
    , m_people(std::move(people))
    , m_means(Eigen::RowVectorXd::Zero(cols()))
    , m_norms(Eigen::RowVectorXd::Zero(cols())) {
    ColumnProducts all(*this, vectors, products);
    std::vector<uint8_t> room;
    for (Index v = 0; v < cols(); ++v) {
        if (rows() > 0)
            measure(v, room);
        all.add(v);
    }
    all.finish();
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
    Eigen::MatrixXd products;
    ColumnProducts all(*this, vectors, products);
    for (Index v = 0; v < cols(); ++v)
        all.add(v);
    all.finish();
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
