// SPDX-License-Identifier: GPL-3.0-or-later
#include "predict/column_sums.h"

#include <algorithm>

// One version a processor generation, chosen when the library is loaded. Not under sanitizers: the choice
// runs before they do.
#if defined(__x86_64__) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#define DS_CLONES __attribute__((target_clones("avx512f", "avx2", "default")))
#else
#define DS_CLONES
#endif

namespace diploscope {

namespace {

DS_CLONES void sumOf4(const double* a, const double* b, const double* c, const double* d, int64_t count,
                      double* out) {
    for (int64_t i = 0; i < count; ++i)
        out[i] = (a[i] + b[i]) + (c[i] + d[i]);
}

DS_CLONES void addTo(const double* a, int64_t count, double* out) {
    for (int64_t i = 0; i < count; ++i)
        out[i] += a[i];
}

DS_CLONES void add2To(const double* a, const double* b, int64_t count, double* out) {
    for (int64_t i = 0; i < count; ++i)
        out[i] += a[i] + b[i];
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
    int64_t pair = 0;
    if (pairs >= 4) {
        sumOf4(table(0), table(1), table(2), table(3), m_channels, column);
        pair = 4;
    } else {
        std::copy_n(table(0), m_channels, column);
        pair = 1;
    }
    for (; pair + 1 < pairs; pair += 2)
        add2To(table(pair), table(pair + 1), m_channels, column);
    if (pair < pairs)
        addTo(table(pair), m_channels, column);
}

} // namespace diploscope
