// SPDX-License-Identifier: GPL-3.0-or-later
#include "stats/random_scores.h"

#include "base/fixed_order.h"
#include "stats/centred.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace diploscope {

using Eigen::Index;

namespace {

/// Copies as numbers that are made at once for a BLAS.
constexpr Index CopiesAtOnce = 1'000'000;
/// Up to so many copies of rarer alleles a genotype they are added up one by one: that takes as long as the
/// BLAS does at about .7.
constexpr double FewCopies = 0.4;
constexpr Index Lanes = 128; ///< predictors whose sums a person's copies are added to at once
constexpr Index Tile = 64;   ///< people whose sums are turned into columns at once

constexpr int64_t RowsAtOnce = 4;

/// Sums of the rows, [Lanes]; in any order the same, as they are exact. \param count a multiple of RowsAtOnce
void addRows(const float* weights, const uint16_t* rows, int64_t count, float* sums) {
    using Row = Eigen::Array<float, Lanes, 1>;
    const auto row = [&](int64_t i) { return Eigen::Map<const Row>(weights + rows[i] * Lanes); };
    Row sum = Row::Zero();
    for (int64_t i = 0; i < count; i += RowsAtOnce)
        sum += (row(i) + row(i + 1)) + (row(i + 2) + row(i + 3));
    Eigen::Map<Row>{sums} = sum;
}

/// Where most copies are of the effect allele, those of the other one are told: the scores of all people
/// differ by the same.
bool isTurned(const CentredDosages& dosages, Index variant) {
    return dosages.means()[variant] > 1;
}

} // namespace

RandomScores::RandomScores(const CentredDosages& dosages) : m_dosages(dosages) {
    double copies = 0;
    for (Index v = 0; v < dosages.cols(); ++v)
        copies += std::min(dosages.means()[v], 2 - dosages.means()[v]);
    if (dosages.isWhole() && dosages.cols() < std::numeric_limits<uint16_t>::max() &&
        copies <= FewCopies * double(dosages.cols()))
        listCarriers();
}

/// Copies of the rarer allele, [people].
void RandomScores::readRarer(Index variant, Eigen::VectorXf& copies) const {
    m_dosages.readCopies(variant, 0, copies);
    if (isTurned(m_dosages, variant))
        copies = 2 - copies.array();
}

void RandomScores::listCarriers() {
    const Index people = m_dosages.rows();
    Eigen::VectorXf copies(people);
    Eigen::VectorXf counts = Eigen::VectorXf::Zero(people);
    for (Index v = 0; v < m_dosages.cols(); ++v) {
        readRarer(v, copies);
        counts += copies;
    }
    m_starts.assign(1, 0);
    for (const float count : counts) {
        const int64_t rows = (static_cast<int64_t>(count) + RowsAtOnce - 1) / RowsAtOnce * RowsAtOnce;
        m_starts.push_back(m_starts.back() + rows);
    }
    const auto nothing = static_cast<uint16_t>(m_dosages.cols()); // its weight is 0
    m_carried.assign(static_cast<size_t>(m_starts.back()), nothing);
    std::vector<int64_t> place(m_starts.begin(), m_starts.end() - 1);
    for (Index v = 0; v < m_dosages.cols(); ++v) {
        readRarer(v, copies);
        for (Index p = 0; p < people; ++p)
            for (float left = copies[p]; left > 0; --left)
                m_carried[static_cast<size_t>(place[static_cast<size_t>(p)]++)] = static_cast<uint16_t>(v);
    }
}

void RandomScores::take(Eigen::MatrixXf weights) {
    m_weights = std::move(weights);
    if (!m_dosages.isWhole()) {
        Eigen::MatrixXd columns(m_dosages.rows(), m_dosages.cols());
        for (Index v = 0; v < columns.cols(); ++v)
            columns.col(v) = m_dosages.column(v);
        m_centred = productOf(columns, m_weights.cast<double>());
        return;
    }
    m_known.resize(m_dosages.rows(), m_weights.cols());
    if (m_starts.empty())
        addUpDense();
    else
        addUpCarriers();
}

void RandomScores::addUpDense() {
    const Index atOnce = std::max(Index{1}, CopiesAtOnce / std::max(Index{1}, m_dosages.cols()));
    Eigen::MatrixXf some;
    for (Index first = 0; first < m_dosages.rows(); first += atOnce) {
        some.resize(std::min(atOnce, m_dosages.rows() - first), m_dosages.cols());
        for (Index v = 0; v < m_dosages.cols(); ++v)
            m_dosages.readCopies(v, first, some.col(v));
        m_known.middleRows(first, some.rows()).noalias() = some * m_weights;
    }
}

void RandomScores::addUpCarriers() {
    using RowByRow = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
    RowByRow weights(m_weights.rows() + 1, Lanes);
    RowByRow sums(Tile, Lanes);
    for (Index first = 0; first < m_weights.cols(); first += Lanes) {
        const Index used = std::min(Lanes, m_weights.cols() - first);
        weights.setZero();
        for (Index v = 0; v < m_weights.rows(); ++v)
            weights.row(v).head(used) =
                (isTurned(m_dosages, v) ? -1.0F : 1.0F) * m_weights.row(v).segment(first, used);
        for (Index p = 0; p < m_dosages.rows(); p += Tile) {
            const Index people = std::min(Tile, m_dosages.rows() - p);
            for (Index i = 0; i < people; ++i) {
                const auto person = static_cast<size_t>(p + i);
                addRows(weights.data(), m_carried.data() + m_starts[person],
                        m_starts[person + 1] - m_starts[person], sums.row(i).data());
            }
            m_known.block(p, first, people, used) = sums.topLeftCorner(people, used);
        }
    }
}

Eigen::VectorXd RandomScores::of(Index predictor) const {
    if (!m_dosages.isWhole())
        return m_centred.col(predictor);
    Eigen::VectorXd score = m_known.col(predictor).cast<double>();
    for (const auto& [variant, people] : m_dosages.missing()) { // the mean of the others
        const double mean = m_dosages.means()[variant] * double(m_weights(variant, predictor));
        for (const Index person : people)
            score[person] += mean;
    }
    return centreColumns(score);
}

} // namespace diploscope
