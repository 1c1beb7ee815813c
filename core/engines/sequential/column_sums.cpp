// SPDX-License-Identifier: GPL-3.0-or-later
#include "engines/sequential/column_sums.h"

#include "base/cpu_clones.h"

#include <algorithm>
#include <array>
#include <vector>

namespace diploscope {

namespace {

/// out = the sum of up to six columns, in one pass over memory.
DS_CLONES void sum(const double* const* columns, int64_t columnCount, int64_t count, double* __restrict out) {
    const double* a = columns[0];
    const double* b = columns[std::min<int64_t>(1, columnCount - 1)];
    const double* c = columns[std::min<int64_t>(2, columnCount - 1)];
    const double* d = columns[std::min<int64_t>(3, columnCount - 1)];
    const double* e = columns[std::min<int64_t>(4, columnCount - 1)];
    const double* f = columns[std::min<int64_t>(5, columnCount - 1)];
    switch (columnCount) {
    case 1:
        std::copy_n(a, count, out);
        break;
    case 2:
        for (int64_t i = 0; i < count; ++i)
            out[i] = a[i] + b[i];
        break;
    case 3:
        for (int64_t i = 0; i < count; ++i)
            out[i] = (a[i] + b[i]) + c[i];
        break;
    case 4:
        for (int64_t i = 0; i < count; ++i)
            out[i] = (a[i] + b[i]) + (c[i] + d[i]);
        break;
    case 5:
        for (int64_t i = 0; i < count; ++i)
            out[i] = (a[i] + b[i]) + (c[i] + d[i]) + e[i];
        break;
    default:
        for (int64_t i = 0; i < count; ++i)
            out[i] = (a[i] + b[i]) + (c[i] + d[i]) + (e[i] + f[i]);
    }
}

/// Channels of sumOfRectified() at a time: their rows of a wide convolution's tables fit into the first
/// cache.
constexpr int64_t kChannels = 32;
/// Pairs of taps that sum() adds in one pass.
constexpr int64_t kPairs = 6;

/// total += the sum of kPairs columns at each position, as sum() adds six, or 0 if that is less.
/// \param columns [channels] each, one after the other \param places [positions x kPairs] of columns
DS_CLONES void addRectified(const double* columns, int64_t channels, const int32_t* places, int64_t positions,
                            double* __restrict total) {
    for (int64_t p = 0; p < positions; ++p, places += kPairs) {
        const double* a = columns + places[0] * channels;
        const double* b = columns + places[1] * channels;
        const double* c = columns + places[2] * channels;
        const double* d = columns + places[3] * channels;
        const double* e = columns + places[4] * channels;
        const double* f = columns + places[5] * channels;
        for (int64_t i = 0; i < channels; ++i) {
            const double value = (a[i] + b[i]) + (c[i] + d[i]) + (e[i] + f[i]);
            total[i] += value > 0 ? value : 0;
        }
    }
}

/// out += a + b
DS_CLONES void addTwo(const double* a, const double* b, int64_t count, double* __restrict out) {
    for (int64_t i = 0; i < count; ++i)
        out[i] += a[i] + b[i];
}

DS_CLONES void addOne(const double* a, int64_t count, double* __restrict out) {
    for (int64_t i = 0; i < count; ++i)
        out[i] += a[i];
}

} // namespace

uint8_t baseCode(char base) {
    switch (base) {
    case 'A':
    case 'a':
        return 0;
    case 'C':
    case 'c':
        return 1;
    case 'G':
    case 'g':
        return 2;
    case 'T':
    case 't':
        return 3;
    default:
        return kNoBase;
    }
}

BaseConvolution::BaseConvolution(const std::vector<double>& weights, const Eigen::VectorXd& bias, int64_t out,
                                 int64_t width, int64_t dilation)
    : m_channels(out), m_width(width), m_dilation(dilation) {
    const int64_t pairs = (width + 1) / 2;
    m_tables.setZero(out, 25 * pairs);
    const auto addTap = [&](int64_t tap, int64_t code, int64_t column) {
        if (code == kNoBase || tap >= width)
            return;
        for (int64_t c = 0; c < out; ++c)
            m_tables(c, column) += weights[static_cast<size_t>((c * 4 + code) * width + tap)];
    };
    for (int64_t pair = 0; pair < pairs; ++pair)
        for (int64_t a = 0; a < 5; ++a)
            for (int64_t b = 0; b < 5; ++b) {
                const int64_t column = 25 * pair + 5 * a + b;
                if (pair == 0 && bias.size() > 0)
                    m_tables.col(column) = bias;
                addTap(2 * pair, a, column);
                addTap(2 * pair + 1, b, column);
            }
}

int64_t BaseConvolution::columnOf(const uint8_t* codes, int64_t pair) const {
    const int64_t a = codes[2 * pair * m_dilation];
    const int64_t b = 2 * pair + 1 < m_width ? codes[(2 * pair + 1) * m_dilation] : int64_t{kNoBase};
    return 25 * pair + 5 * a + b;
}

void BaseConvolution::evaluate(const uint8_t* codes, double* column) const {
    const int64_t pairs = (m_width + 1) / 2;
    const auto table = [&](int64_t pair) { return m_tables.data() + columnOf(codes, pair) * m_channels; };
    std::array<const double*, kPairs> columns{};
    const int64_t first = std::min(pairs, kPairs);
    for (int64_t pair = 0; pair < first; ++pair)
        columns[static_cast<size_t>(pair)] = table(pair);
    sum(columns.data(), first, m_channels, column);
    int64_t pair = first;
    for (; pair + 1 < pairs; pair += 2)
        addTwo(table(pair), table(pair + 1), m_channels, column);
    if (pair < pairs)
        addOne(table(pair), m_channels, column);
}

void BaseConvolution::sumOfRectified(const uint8_t* codes, int64_t stride, int64_t count,
                                     double* total) const {
    std::fill_n(total, m_channels, 0.0);
    const int64_t pairs = (m_width + 1) / 2;
    if (pairs > kPairs) {
        std::vector<double> column(static_cast<size_t>(m_channels));
        for (int64_t p = 0; p < count; ++p) {
            evaluate(codes + p * stride, column.data());
            for (int64_t c = 0; c < m_channels; ++c)
                total[c] += column[static_cast<size_t>(c)] > 0 ? column[static_cast<size_t>(c)] : 0;
        }
        return;
    }
    // Fewer pairs are filled up with a column of zeros, which changes no sum that is more than 0.
    const auto zeros = static_cast<int32_t>(m_tables.cols());
    std::vector<int32_t> places(static_cast<size_t>(count * kPairs), zeros);
    for (int64_t p = 0; p < count; ++p)
        for (int64_t pair = 0; pair < pairs; ++pair)
            places[static_cast<size_t>(p * kPairs + pair)] =
                static_cast<int32_t>(columnOf(codes + p * stride, pair));
    Eigen::MatrixXd columns = Eigen::MatrixXd::Zero(kChannels, m_tables.cols() + 1);
    std::array<double, kChannels> sums{};
    for (int64_t first = 0; first < m_channels; first += kChannels) {
        const int64_t some = std::min(kChannels, m_channels - first);
        columns.topLeftCorner(some, m_tables.cols()) = m_tables.middleRows(first, some);
        sums.fill(0);
        addRectified(columns.data(), kChannels, places.data(), count, sums.data());
        std::copy_n(sums.data(), some, total + first);
    }
}

} // namespace diploscope
