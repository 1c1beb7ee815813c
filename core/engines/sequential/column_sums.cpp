// SPDX-License-Identifier: GPL-3.0-or-later
#include "engines/sequential/column_sums.h"

#include "base/cpu_clones.h"

#include <algorithm>
#include <array>

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

void BaseConvolution::evaluate(const uint8_t* codes, double* column) const {
    const int64_t pairs = (m_width + 1) / 2;
    const auto table = [&](int64_t pair) {
        const int64_t a = codes[2 * pair * m_dilation];
        const int64_t b = 2 * pair + 1 < m_width ? codes[(2 * pair + 1) * m_dilation] : int64_t{kNoBase};
        return m_tables.data() + (25 * pair + 5 * a + b) * m_channels;
    };
    std::array<const double*, 6> columns{};
    const int64_t first = std::min<int64_t>(pairs, 6);
    for (int64_t pair = 0; pair < first; ++pair)
        columns[static_cast<size_t>(pair)] = table(pair);
    sum(columns.data(), first, m_channels, column);
    int64_t pair = first;
    for (; pair + 1 < pairs; pair += 2)
        addTwo(table(pair), table(pair + 1), m_channels, column);
    if (pair < pairs)
        addOne(table(pair), m_channels, column);
}

} // namespace diploscope
