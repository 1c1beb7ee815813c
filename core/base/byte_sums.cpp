// SPDX-License-Identifier: GPL-3.0-or-later
// Compiled with -ffp-contract=off (CMakeLists.txt), as fixed_order.cpp. The loops are plain ones that the
// compiler turns into sums of many bytes at a time.
#include "base/byte_sums.h"

#include "base/cpu_clones.h"

#include <algorithm>
#include <cmath>

namespace diploscope {

namespace {

__extension__ using Wide = __int128;

constexpr int PartBits = 15;
constexpr int64_t PartMask = (int64_t{1} << PartBits) - 1;
/// Of the largest value: three parts below the sign, and all but one bit of the highest.
constexpr int ValueBits = 59;

/// Terms that are summed up in 32 bits: of at most 7 x 2^15.
constexpr int64_t Stretch = 8192;
/// What sumsOfTwo() takes at a time; stretches are multiples of it.
constexpr int64_t Width = 32;

/// Products of four parts with two columns.
[[gnu::always_inline]] inline void addSumsOfTwo(const int16_t* __restrict x, const int16_t* __restrict y,
                                                const int16_t* __restrict parts, int64_t stride,
                                                int64_t widths, int64_t* __restrict sums) {
    const int16_t* __restrict a = parts;
    const int16_t* __restrict b = parts + stride;
    const int16_t* __restrict c = parts + 2 * stride;
    const int16_t* __restrict d = parts + 3 * stride;
    int32_t xa = 0, xb = 0, xc = 0, xd = 0, ya = 0, yb = 0, yc = 0, yd = 0;
    for (int64_t i = 0; i < widths * Width; ++i) {
        xa += x[i] * a[i];
        xb += x[i] * b[i];
        xc += x[i] * c[i];
        xd += x[i] * d[i];
        ya += y[i] * a[i];
        yb += y[i] * b[i];
        yc += y[i] * c[i];
        yd += y[i] * d[i];
    }
    sums[0] += xa;
    sums[1] += xb;
    sums[2] += xc;
    sums[3] += xd;
    sums[4] += ya;
    sums[5] += yb;
    sums[6] += yc;
    sums[7] += yd;
}

DS_CLONES void sumsOfTwo(const int16_t* x, const int16_t* y, const int16_t* parts, int64_t stride,
                         int64_t widths, int64_t* sums) {
    addSumsOfTwo(x, y, parts, stride, widths, sums);
}
DS_DOT_PRODUCTS void sumsOfTwoByDotProducts(const int16_t* x, const int16_t* y, const int16_t* parts,
                                            int64_t stride, int64_t widths, int64_t* sums) {
    addSumsOfTwo(x, y, parts, stride, widths, sums);
}

DS_CLONES void widen(const uint8_t* __restrict bytes, int64_t count, int16_t* __restrict numbers) {
    for (int64_t i = 0; i < count; ++i)
        numbers[i] = bytes[i];
}

/// The number that four parts are, rounded once. \param sums the highest part first
double numberOf(const int64_t* sums) {
    constexpr int64_t Exact = int64_t{1} << 53;
    constexpr int64_t Part = PartMask + 1;
    if (std::abs(sums[0]) < Exact / Part / 2 && std::abs(sums[2]) < Exact / Part / 2) {
        const int64_t high = sums[0] * Part + sums[1];
        const int64_t low = sums[2] * Part + sums[3];
        if (std::abs(high) < Exact &&
            std::abs(low) < Exact) // both are doubles, and their sum is rounded once
            return static_cast<double>(high) * double(Part * Part) + static_cast<double>(low);
    }
    Wide all = 0;
    for (int part = 0; part < 4; ++part)
        all = all * Part + sums[part];
    return static_cast<double>(all);
}

/// Counts of up to 255 rows of 64 bytes.
DS_CLONES void addCounts(const uint8_t* __restrict bytes, int64_t rows, ByteCounts& counts) {
    constexpr int Row = 64;
    uint8_t ones[Row] = {}, twos[Row] = {}, missing[Row] = {};
    for (int64_t row = 0; row < rows; ++row, bytes += Row)
        for (int k = 0; k < Row; ++k) {
            ones[k] = static_cast<uint8_t>(ones[k] + (bytes[k] == 1));
            twos[k] = static_cast<uint8_t>(twos[k] + (bytes[k] == 2));
            missing[k] = static_cast<uint8_t>(missing[k] + (bytes[k] == 255));
        }
    for (int k = 0; k < Row; ++k) {
        counts.ones += ones[k];
        counts.twos += twos[k];
        counts.missing += missing[k];
    }
}

DS_CLONES void addMultipleOf(double factor, const uint8_t* __restrict bytes, int64_t count,
                             double* __restrict sum) {
    for (int64_t i = 0; i < count; ++i)
        sum[i] += factor * bytes[i];
}

DS_CLONES void toNumbers(const uint8_t* __restrict bytes, int64_t count, float* __restrict numbers) {
    for (int64_t i = 0; i < count; ++i)
        numbers[i] = bytes[i] == 255 ? 0.0F : static_cast<float>(bytes[i]);
}

} // namespace

WholeVectors::WholeVectors(const Eigen::Ref<const Eigen::MatrixXd>& values)
    : m_size(values.rows())
    , m_stride((m_size + Width - 1) / Width * Width)
    , m_units(static_cast<size_t>(values.cols()))
    , m_sums(m_units.size())
    , m_parts(m_units.size() * Parts * static_cast<size_t>(m_stride)) {
    for (size_t v = 0; v < m_units.size(); ++v) {
        const auto vector = values.col(static_cast<Eigen::Index>(v));
        const double largest = m_size == 0 ? 0 : vector.cwiseAbs().maxCoeff();
        if (largest == 0)
            continue;
        int exponent = 0;
        std::frexp(largest, &exponent); // largest < 2^exponent
        m_units[v] = std::ldexp(1.0, exponent - ValueBits);
        int16_t* const parts = m_parts.data() + v * Parts * static_cast<size_t>(m_stride);
        Wide sum = 0;
        for (int64_t i = 0; i < m_size; ++i) {
            int64_t whole = std::llround(std::ldexp(vector[i], ValueBits - exponent));
            sum += whole;
            for (int64_t part = Parts; part-- > 1; whole >>= PartBits)
                parts[part * m_stride + i] = static_cast<int16_t>(whole & PartMask);
            parts[i] = static_cast<int16_t>(whole);
        }
        m_sums[v] = static_cast<double>(sum) * m_units[v];
    }
}

void WholeVectors::read(const uint8_t* bytes, size_t place, Columns& columns) const {
    std::vector<int16_t>& numbers = columns.numbers[place];
    numbers.resize(static_cast<size_t>(m_stride));
    widen(bytes, m_size, numbers.data());
}

void WholeVectors::dotsWith(const Columns& columns, Eigen::Ref<Eigen::MatrixXd> dots) const {
    static_assert(Together == 2);
    const auto& [x, y] = columns.numbers;
    const auto sumBoth = hasDotProducts() ? sumsOfTwoByDotProducts : sumsOfTwo;
    for (int64_t v = 0; v < count(); ++v) {
        int64_t sums[Together * Parts] = {};
        const int16_t* const parts = m_parts.data() + v * static_cast<int64_t>(Parts) * m_stride;
        for (int64_t from = 0; from < m_stride; from += Stretch)
            sumBoth(x.data() + from, y.data() + from, parts + from, m_stride,
                    std::min(Stretch, m_stride - from) / Width, sums);
        const double unit = m_units[static_cast<size_t>(v)];
        dots(v, 0) = numberOf(sums) * unit;
        dots(v, 1) = numberOf(sums + Parts) * unit;
    }
}

ByteCounts countBytes(const uint8_t* bytes, int64_t count) {
    constexpr int64_t Row = 64, MostRows = 255;
    ByteCounts counts;
    int64_t at = 0;
    while (count - at >= Row) {
        const int64_t rows = std::min(MostRows, (count - at) / Row);
        addCounts(bytes + at, rows, counts);
        at += rows * Row;
    }
    for (; at < count; ++at) {
        counts.ones += bytes[at] == 1;
        counts.twos += bytes[at] == 2;
        counts.missing += bytes[at] == 255;
    }
    return counts;
}

void readKnownBytes(const uint8_t* bytes, Eigen::Ref<Eigen::VectorXf> numbers) {
    toNumbers(bytes, numbers.size(), numbers.data());
}

void addMultiple(double factor, const uint8_t* bytes, Eigen::Ref<Eigen::VectorXd> sum) {
    addMultipleOf(factor, bytes, sum.size(), sum.data());
}

} // namespace diploscope
