// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engines/torch/module/transformer_weights.h"

#include <oneapi/dnnl/dnnl.hpp>

#include <cstdint>

namespace diploscope {

/// A convolution or linear layer over rows of channels, weights packed for the processor by oneDNN. Computes
/// `kRows` rows at a time on the calling thread: one shape, so one packing, and a row's digits do not depend
/// on where in a tile it stands. Safe to share between threads. Throws dnnl::error.
class PackedDense {
public:
    static constexpr int64_t kRows = 128;
    /// What happens to the product: Add adds it to what stands in the output.
    enum class Then { Store, Relu, Add };

    explicit PackedDense(const DenseWeights& weights, Then then = Then::Store, int64_t tileRows = kRows);

    /// \param input [(rows + width - 1) x in] \param rows at most the tile's \param output [rows x out]
    void apply(const float* input, float* output, int64_t rows) const;

    [[nodiscard]] int64_t in() const { return m_in; }
    [[nodiscard]] int64_t out() const { return m_out; }
    [[nodiscard]] int64_t width() const { return m_width; }
    [[nodiscard]] int64_t tileRows() const { return m_rows; }

private:
    void applyTile(const float* input, float* output) const;

    int64_t m_in, m_out, m_width, m_rows;
    Then m_then;
    dnnl::convolution_forward::primitive_desc m_description;
    dnnl::convolution_forward m_convolution;
    dnnl::memory m_weights, m_bias;
};

/// c = a b: [m x k] [k x n], row-major with row strides; `transposeB`: b is [n x k].
void multiply(int64_t m, int64_t n, int64_t k, const float* a, int64_t strideA, const float* b,
              int64_t strideB, bool transposeB, float* c, int64_t strideC);

/// Memory of the calling thread for intermediate results, kept between calls. \param slot which of several
[[nodiscard]] float* threadScratch(int slot, int64_t floats);

} // namespace diploscope
