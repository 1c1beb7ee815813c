// SPDX-License-Identifier: GPL-3.0-or-later
#include "stats/random_scores.h"

#include "base/cpu_clones.h"
#include "base/fixed_order.h"
#include "stats/centred.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <utility>

namespace diploscope {

using Eigen::Index;

namespace {

/// Variants whose weights are used at once: a tile of them stays in the processor's second cache.
constexpr Index VariantsAtOnce = 4096;
/// People whose copies are made numbers at once for a BLAS.
constexpr Index PeopleAtOnce = 512;
/// Up to so many copies of rarer alleles a genotype they are added up one by one: that takes as long as the
/// BLAS does at about .7.
constexpr double FewCopies = 0.4;
constexpr Index Lanes = 64; ///< predictors whose sums a person's copies are added to at once
constexpr Index Tile = 64;  ///< people whose sums are turned into columns at once

constexpr int64_t RowsAtOnce = 4;

/// Sums of the rows, [Lanes]; in any order the same, as they are exact. \param count a multiple of RowsAtOnce
DS_CLONES void addRows(const float* __restrict weights, const uint16_t* __restrict rows, int64_t count,
                       float* __restrict sums) {
    // Several where registers are narrower.
    using Vector = float __attribute__((vector_size(64), aligned(4), may_alias));
    constexpr int Vectors = Lanes * sizeof(float) / sizeof(Vector);
    const auto row = [&](int64_t i) { return reinterpret_cast<const Vector*>(weights + rows[i] * Lanes); };
    Vector sum[Vectors] = {};
    for (int64_t i = 0; i < count; i += RowsAtOnce) {
        const Vector *a = row(i), *b = row(i + 1), *c = row(i + 2), *d = row(i + 3);
#pragma GCC unroll 4
        for (int v = 0; v < Vectors; ++v)
            sum[v] += (a[v] + b[v]) + (c[v] + d[v]);
    }
    std::memcpy(sums, sum, sizeof sum);
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
    if (!dosages.isWhole() || copies > FewCopies * double(dosages.cols()))
        return;
    for (Index first = 0; first < dosages.cols(); first += VariantsAtOnce)
        m_carriers.push_back(listCarriers(first, std::min(VariantsAtOnce, dosages.cols() - first)));
}

namespace {

/// Who has copies of the variant's rarer allele: `carries(person, copies)`. Who has no genotype counts as
/// without the effect allele. \param room for copies that do not lie one after the other
template <class Carries>
void forRarer(const CentredDosages& dosages, Index variant, std::vector<uint8_t>& room, Carries&& carries) {
    const uint8_t* const copies = dosages.knownCopies(variant, room);
    const bool turned = isTurned(dosages, variant);
    const uint8_t common = turned ? 2 : 0;
    uint64_t allCommon = 0;
    std::memset(&allCommon, common, sizeof allCommon);
    constexpr Index Several = sizeof allCommon;
    for (Index p = 0; p < dosages.rows(); ++p) {
        for (; p + Several <= dosages.rows(); p += Several)
            if (std::memcmp(copies + p, &allCommon, Several) != 0)
                break;
        if (p < dosages.rows() && copies[p] != common)
            carries(p, turned ? 2 - copies[p] : copies[p]);
    }
}

} // namespace

RandomScores::Carriers RandomScores::listCarriers(Index first, Index count) const {
    const auto people = static_cast<size_t>(m_dosages.rows());
    std::vector<uint8_t> room;
    std::vector<int32_t> counts(people);
    for (Index v = first; v < first + count; ++v)
        forRarer(m_dosages, v, room, [&](Index p, int copies) { counts[static_cast<size_t>(p)] += copies; });
    Carriers listed{first, count, {}, {0}};
    listed.starts.reserve(people + 1);
    for (const int64_t carried : counts)
        listed.starts.push_back(listed.starts.back() + (carried + RowsAtOnce - 1) / RowsAtOnce * RowsAtOnce);
    const auto nothing = static_cast<uint16_t>(count); // its weight is 0
    listed.carried.assign(static_cast<size_t>(listed.starts.back()), nothing);
    std::vector<int64_t> place(listed.starts.begin(), listed.starts.end() - 1);
    for (Index v = first; v < first + count; ++v)
        forRarer(m_dosages, v, room, [&](Index p, int copies) {
            for (int left = copies; left > 0; --left)
                listed.carried[static_cast<size_t>(place[static_cast<size_t>(p)]++)] =
                    static_cast<uint16_t>(v - first);
        });
    return listed;
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
    m_known.setZero(m_dosages.rows(), m_weights.cols());
    if (m_carriers.empty())
        addUpDense();
    for (const Carriers& some : m_carriers)
        addUp(some);
}

void RandomScores::addUpDense() {
    Eigen::MatrixXf copies;
    for (Index v = 0; v < m_dosages.cols(); v += VariantsAtOnce) {
        const Index variants = std::min(VariantsAtOnce, m_dosages.cols() - v);
        for (Index p = 0; p < m_dosages.rows(); p += PeopleAtOnce) {
            copies.resize(std::min(PeopleAtOnce, m_dosages.rows() - p), variants);
            for (Index i = 0; i < variants; ++i)
                m_dosages.readCopies(v + i, p, copies.col(i));
            m_known.middleRows(p, copies.rows()).noalias() += copies * m_weights.middleRows(v, variants);
        }
    }
}

void RandomScores::addUp(const Carriers& carriers) {
    using RowByRow = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
    RowByRow weights(carriers.count + 1, Lanes);
    RowByRow sums(Tile, Lanes);
    for (Index first = 0; first < m_weights.cols(); first += Lanes) {
        const Index used = std::min(Lanes, m_weights.cols() - first);
        weights.setZero();
        for (Index i = 0; i < carriers.count; ++i) {
            const Index v = carriers.first + i;
            weights.row(i).head(used) =
                (isTurned(m_dosages, v) ? -1.0F : 1.0F) * m_weights.row(v).segment(first, used);
        }
        for (Index p = 0; p < m_dosages.rows(); p += Tile) {
            const Index people = std::min(Tile, m_dosages.rows() - p);
            for (Index i = 0; i < people; ++i) {
                const auto person = static_cast<size_t>(p + i);
                addRows(weights.data(), carriers.carried.data() + carriers.starts[person],
                        carriers.starts[person + 1] - carriers.starts[person], sums.row(i).data());
            }
            m_known.block(p, first, people, used) += sums.topLeftCorner(people, used);
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
