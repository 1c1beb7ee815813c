// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <Eigen/Core>

#include <array>
#include <cstdint>
#include <vector>

namespace diploscope {

/// A vector as whole numbers, so that its products with bytes are summed up exactly: no digit depends on an
/// order or a processor, and none is lost however the terms cancel. Values are kept to 2^-59 of the largest.
/// Values must be finite; at most 2^30 of them. Safe on any thread.
class WholeVector {
public:
    explicit WholeVector(const Eigen::Ref<const Eigen::VectorXd>& values);

    [[nodiscard]] int64_t size() const { return m_size; }
    /// Rounded once, as dotWith().
    [[nodiscard]] double sum() const { return m_sum; }
    /// Of the products. \param bytes [size], each at most 7
    [[nodiscard]] double dotWith(const uint8_t* bytes) const;

private:
    static constexpr size_t Parts = 4; ///< of 15 bits, the highest first; 16-bit products add up in 32 bits

    int64_t m_size = 0;
    double m_unit = 0; ///< what a whole 1 is
    double m_sum = 0;
    std::array<std::vector<int16_t>, Parts> m_parts;
};

/// How many of the bytes are 1, 2 and 255.
struct ByteCounts {
    int64_t ones = 0;
    int64_t twos = 0;
    int64_t missing = 0;
};
[[nodiscard]] ByteCounts countBytes(const uint8_t* bytes, int64_t count);

/// The bytes as numbers, 255 as 0.
void readKnownBytes(const uint8_t* bytes, Eigen::Ref<Eigen::VectorXf> numbers);

/// sum += factor x.
void addMultiple(double factor, const uint8_t* bytes, Eigen::Ref<Eigen::VectorXd> sum);

} // namespace diploscope
