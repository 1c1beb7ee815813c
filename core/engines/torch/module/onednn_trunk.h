// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/run_context.h"
#include "engines/torch/module/packed_dense.h"
#include "engines/transformer/trunk_windows.h"

#include <optional>
#include <span>
#include <vector>

namespace diploscope {

/// Scale and shift of a batch norm in fp32.
struct FloatAffine {
    std::vector<float> scale, shift;

    static FloatAffine of(const ChannelAffine& affine);
};

/// A trunk as onednnComputes() says, on the processor. Positions are rows of channels; a thread takes a tile
/// of rows through a whole stage, so that only what lies between stages goes to memory, and that activated
/// already.
class OnednnTrunk {
public:
    [[nodiscard]] static Result<OnednnTrunk> pack(const TransformerSpec& network,
                                                  const TransformerWeights& weights);

    /// \param windows of one size. \param tokens [windows x tokens x dim], filled \error Cancelled
    [[nodiscard]] Result<void> apply(std::span<const TokenWindow> windows, float* tokens,
                                     const RunContext& context) const;

private:
    /// Convolution, residual pointwise convolution, pool; then the next stage's norm and activation.
    struct Stage {
        PackedDense convolution;
        int64_t width; ///< of the convolution, which the stem's packed one is not told
        FloatAffine inner;
        PackedDense pointwise;
        PackedDense logits;
        std::optional<FloatAffine> next; ///< none behind the last
        int64_t positions;               ///< that the pool gives of a whole sequence
    };

    explicit OnednnTrunk(const TransformerSpec& network) : m_reach(TrunkReach::byStages(network)) {}

    /// From `rows` convolution inputs on, to pooled pairs. \return [rows / 2 x channels], in scratch
    static const float* poolTile(const Stage& stage, const float* input, int64_t rows);
    void stem(std::span<const TokenWindow> windows, Span span, float* output,
              const RunContext& context) const;
    void tower(size_t index, std::span<const TokenWindow> windows, int64_t inputRows, Span span,
               const float* input, float* output, const RunContext& context) const;
    /// Pooled rows of one window, as the next stage takes them: activated, zero past the sequence's ends.
    void finish(size_t index, const float* pooled, int64_t position, float* output) const;

    TrunkReach m_reach; ///< of the stages
    std::vector<Stage> m_stages;
};

} // namespace diploscope
