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

DS_CLONES void stretchSums(const uint8_t* __restrict bytes, const int16_t* __restrict a,
                           const int16_t* __restrict b, const int16_t* __restrict c,
                           const int16_t* __restrict d, int64_t count, int64_t* __restrict sums) {
    int32_t ofA = 0, ofB = 0, ofC = 0, ofD = 0;
    for (int64_t i = 0; i < count; ++i) {
        const int16_t byte = bytes[i];
        ofA += byte * a[i];
        ofB += byte * b[i];
        ofC += byte * c[i];
        ofD += byte * d[i];
    }
    sums[0] += ofA;
    sums[1] += ofB;
    sums[2] += ofC;
    sums[3] += ofD;
}

/// Counts of up to 255 rows of 64 bytes.
DS_CLONES void addCounts(const uint8_t* __restrict bytes, int64_t rows, ByteCounts& counts) {
    constexpr int Width = 64;
    uint8_t ones[Width] = {}, twos[Width] = {}, missing[Width] = {};
    for (int64_t row = 0; row < rows; ++row, bytes += Width)
        for (int k = 0; k < Width; ++k) {
            ones[k] = static_cast<uint8_t>(ones[k] + (bytes[k] == 1));
            twos[k] = static_cast<uint8_t>(twos[k] + (bytes[k] == 2));
            missing[k] = static_cast<uint8_t>(missing[k] + (bytes[k] == 255));
        }
    for (int k = 0; k < Width; ++k) {
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

WholeVector::WholeVector(const Eigen::Ref<const Eigen::VectorXd>& values) : m_size(values.size()) {
    const double largest = values.size() == 0 ? 0 : values.cwiseAbs().maxCoeff();
    for (std::vector<int16_t>& part : m_parts)
        part.resize(static_cast<size_t>(m_size));
    if (largest == 0)
        return;
    int exponent = 0;
    std::frexp(largest, &exponent); // largest < 2^exponent
    m_unit = std::ldexp(1.0, exponent - ValueBits);
    Wide sum = 0;
    for (int64_t i = 0; i < m_size; ++i) {
        int64_t whole = std::llround(std::ldexp(values[i], ValueBits - exponent));
        sum += whole;
        for (size_t part = Parts; part-- > 1; whole >>= PartBits)
            m_parts[part][static_cast<size_t>(i)] = static_cast<int16_t>(whole & PartMask);
        m_parts[0][static_cast<size_t>(i)] = static_cast<int16_t>(whole);
    }
    m_sum = static_cast<double>(sum) * m_unit;
}

double WholeVector::dotWith(const uint8_t* bytes) const {
    int64_t sums[Parts] = {};
    for (int64_t from = 0; from < m_size; from += Stretch)
        stretchSums(bytes + from, m_parts[0].data() + from, m_parts[1].data() + from,
                    m_parts[2].data() + from, m_parts[3].data() + from, std::min(Stretch, m_size - from),
                    sums);
    Wide all = 0;
    for (const int64_t sum : sums)
        all = all * (PartMask + 1) + sum;
    return static_cast<double>(all) * m_unit;
}

ByteCounts countBytes(const uint8_t* bytes, int64_t count) {
    constexpr int64_t Width = 64, MostRows = 255;
    ByteCounts counts;
    int64_t at = 0;
    while (count - at >= Width) {
        const int64_t rows = std::min(MostRows, (count - at) / Width);
        addCounts(bytes + at, rows, counts);
        at += rows * Width;
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
