// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <Eigen/Core>

#include <array>
#include <cstdint>
#include <vector>

namespace diploscope {

/// Vectors as whole numbers, so that their products with bytes are summed up exactly: no digit depends on an
/// order or a processor, and none is lost however the terms cancel. Values are kept to 2^-59 of the largest
/// of their vector. Values must be finite; at most 2^30 in a vector. Safe on any thread.
class WholeVectors {
public:
    /// \param values [size x count], a vector a column
    explicit WholeVectors(const Eigen::Ref<const Eigen::MatrixXd>& values);

    [[nodiscard]] int64_t size() const { return m_size; }
    [[nodiscard]] int64_t count() const { return static_cast<int64_t>(m_units.size()); }
    /// Of one vector's values, rounded once, as dotsWith().
    [[nodiscard]] double sum(int64_t vector) const { return m_sums[static_cast<size_t>(vector)]; }

    /// So many columns of bytes are multiplied at a time: each part of a vector is loaded once for them.
    static constexpr size_t Together = 2;
    /// Columns as dotsWith() reads them.
    struct Columns {
        std::array<std::vector<int16_t>, Together> numbers;
    };
    /// \param bytes [size], each at most 7
    void read(const uint8_t* bytes, size_t place, Columns& columns) const;
    /// Of the products with every vector. \param columns each has been read() \param dots [count x Together]
    void dotsWith(const Columns& columns, Eigen::Ref<Eigen::MatrixXd> dots) const;

private:
    static constexpr size_t Parts = 4; ///< of 15 bits, the highest first; 16-bit products add up in 32 bits

    int64_t m_size = 0;
    int64_t m_stride = 0;        ///< of a part, zeros behind
    std::vector<double> m_units; ///< what a whole 1 is
    std::vector<double> m_sums;
    std::vector<int16_t> m_parts; ///< [count][Parts][stride]
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
