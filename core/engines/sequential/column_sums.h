// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <Eigen/Core>

#include <cstdint>
#include <string_view>
#include <vector>

namespace diploscope {

/// 0..3 for A, C, G, T; 4 for everything else.
inline constexpr uint8_t kNoBase = 4;
[[nodiscard]] uint8_t baseCode(char base);

/// A convolution over one-hot bases as sums of table columns: where a one-hot matrix product multiplies by
/// zeros, this adds one column of weights for every two neighbouring taps. The bias is in the tables.
class BaseConvolution {
public:
    /// \param weights [out x in=4 x width] row-major, as files hold them. \param bias [out] or empty.
    BaseConvolution(const std::vector<double>& weights, const Eigen::VectorXd& bias, int64_t out,
                    int64_t width, int64_t dilation);

    /// One output position. \param codes of the bases under the taps: codes[k * dilation] belongs to tap k.
    /// \param column [out] receives the sums.
    void evaluate(const uint8_t* codes, double* column) const;
    /// The sum over `count` output positions of what evaluate() gives for each, negative values as 0: the
    /// same digits as one position after the other, a few channels at a time, whose tables stay in the cache.
    /// \param codes of the first position; the others' follow `stride` codes apart \param total [out]
    /// receives the sums
    void sumOfRectified(const uint8_t* codes, int64_t stride, int64_t count, double* total) const;

    [[nodiscard]] int64_t channels() const { return m_channels; }

private:
    /// The table column of the taps 2 pair and 2 pair + 1 over these bases.
    [[nodiscard]] int64_t columnOf(const uint8_t* codes, int64_t pair) const;

    int64_t m_channels;
    int64_t m_width;
    int64_t m_dilation;
    Eigen::MatrixXd m_tables; ///< [out x 25 ceil(width / 2)]: column 25 t + 5 a + b is base a under tap 2t
                              ///< and b under 2t + 1
};

} // namespace diploscope
