// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/run_context.h"
#include "engines/torch/module/transformer_weights.h"
#include "engines/transformer/trunk_windows.h"

#include <torch/types.h>

#include <memory>
#include <span>
#include <vector>

namespace diploscope {

/// The first block of sequences that differ from one reference in a few tokens each.
class BlockBeside {
public:
    virtual ~BlockBeside() = default;
    /// In place. \param changed tokens of each sequence, ascending \param x_NTC contiguous
    virtual void apply(const std::vector<std::vector<int64_t>>& changed, torch::Tensor& x_NTC) const = 0;
};

/// A network's layers on one device, weights folded and packed, gradients off. Only arithmetic: which
/// tokens, which blocks and which queries are needed is for its callers. Immutable; used by one thread at a
/// time. All throw what LibTorch and oneDNN throw.
///
/// Shapes: N sequences or windows, T tokens, C channels, Q queries, K tracks.
class TransformerLayers {
public:
    virtual ~TransformerLayers() = default;

    /// Stem and tower of windows of one size. \return [N, T, C] \error Cancelled between stages
    [[nodiscard]] virtual Result<torch::Tensor> trunk(std::span<const TokenWindow> windows,
                                                      const RunContext& context) const = 0;
    /// A whole block, in place. \param x_NTC contiguous
    virtual void block(int64_t index, torch::Tensor& x_NTC) const = 0;
    /// For many sequences beside one, where that is faster than block(0, ...); else null. \param reference_TC
    /// what the trunk makes of it. Must not outlive this.
    [[nodiscard]] virtual std::unique_ptr<BlockBeside>
    firstBlockBeside(const torch::Tensor& /*reference_TC*/) const {
        return nullptr;
    }
    /// A block for some tokens' sake: what the others give is not computed. \return [N, Q, C]
    [[nodiscard]] virtual torch::Tensor blockOf(int64_t index, const torch::Tensor& x_NTC,
                                                const std::vector<int64_t>& queries) const = 0;
    /// Pointwise layer and head. \return [N, Q, K], K the tracks asked for
    [[nodiscard]] virtual torch::Tensor outputs(const torch::Tensor& x_NQC,
                                                const std::vector<int64_t>& tracks) const = 0;

    /// How many tokens to give trunk() at a time when all are wanted. A device whose digits depend on a
    /// matrix' size says tokensOfOneBase(), so that the reference is computed as its variants are.
    [[nodiscard]] virtual int64_t tokensAtOnce() const = 0;
    [[nodiscard]] virtual torch::TensorOptions options() const = 0;
};

/// In ATen: any device, fp32 or fp64.
[[nodiscard]] Result<std::unique_ptr<TransformerLayers>>
makeAtenLayers(const TransformerSpec& network, const TransformerWeights& weights,
               const Eigen::MatrixXd& positionFeatures, torch::TensorOptions options);

/// In oneDNN: fp32 on the processor, for networks that onednnComputes(). Only in a build with oneDNN
/// (DIPLOSCOPE_ONEDNN).
[[nodiscard]] Result<std::unique_ptr<TransformerLayers>>
makeOnednnLayers(const TransformerSpec& network, const TransformerWeights& weights,
                 const Eigen::MatrixXd& positionFeatures);

/// Whether each stage of the trunk is as an Enformer's, which a thread takes a tile of rows through: a
/// convolution, of bases in the first and behind norm and GELU in the others, a pointwise residual one, and
/// the pool of pairs.
[[nodiscard]] bool onednnComputes(const TransformerSpec& network);

} // namespace diploscope
