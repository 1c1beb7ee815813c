// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/transformer_spec.h"
#include "weights/tensor.h"

#include <torch/nn/module.h>
#include <torch/types.h>

#include <Eigen/Core>

#include <map>
#include <string>
#include <vector>

namespace diploscope {

/// A transformer behind a trunk as a torch module, differentiable, of any stages, type and device: for
/// gradients, for training, and as the plain forward pass. Its *stages* are the trunk's and then the blocks;
/// behind them the outputs. Weights start as the public port of Enformer initialises its own (seed with
/// torch::manual_seed). Throws c10::Error like any torch code: catch at the module's edge.
///
/// Shapes: N sequences, C channels, L positions, T tokens, B bins, K tracks.
class TransformerModule : public torch::nn::Module {
public:
    /// \param positionFeatures [2T - 1 x features], distances -(T-1) .. T-1.
    TransformerModule(TransformerSpec network, const Eigen::MatrixXd& positionFeatures);

    /// \param input_NCL [N, 4, L] in the parameters' type and device. \return [N, B, K] of the head asked for
    [[nodiscard]] torch::Tensor forward(const torch::Tensor& input_NCL) const;

    [[nodiscard]] int64_t stageCount() const {
        return trunkStages() + static_cast<int64_t>(m_network.blocks.size());
    }
    /// Stages [0, trunkStages) take and give [N, C, positions]; the blocks behind them [N, T, C].
    [[nodiscard]] int64_t trunkStages() const { return static_cast<int64_t>(m_network.trunk.size()); }
    /// One stage; what a chunk of a trunk's positions gives lacks its neighbours at both ends.
    [[nodiscard]] torch::Tensor stage(int64_t index, const torch::Tensor& x) const;
    /// A trunk stage's [N, C, positions] as the first block takes it.
    [[nodiscard]] static torch::Tensor asTokens(const torch::Tensor& x_NCT) { return x_NCT.transpose(1, 2); }
    /// Pointwise and head behind the last block, for tokens [N, B, C] that were cropped or chosen already.
    /// \param tracks of the head, by index; undefined: all. \return [N, B, K]
    [[nodiscard]] torch::Tensor outputs(const torch::Tensor& tokens_NBC,
                                        const torch::Tensor& tracks = {}) const;

    /// In training only: share of numbers dropped within blocks; an eighth of it behind the pointwise layer.
    void setDropout(double probability) { m_dropout = probability; }

    /// Copies every tensor of TransformerSpec::tensors(). \error what `weights` gives; Mismatch for another
    /// shape.
    [[nodiscard]] Result<void> setWeights(const WeightSource& weights);
    /// Every tensor under its canonical name, as TransformerSpec::tensors() lists them.
    [[nodiscard]] std::vector<NamedTensor> weights() const;
    /// One of them. \param name canonical: "transformer.0.0.fn.1.to_q.weight".
    [[nodiscard]] const torch::Tensor& tensor(const std::string& name) const { return m_tensors.at(name); }

    [[nodiscard]] const TransformerSpec& network() const { return m_network; }

private:
    torch::Tensor norm(const std::string& name, const torch::Tensor& x_NCL) const;
    torch::Tensor layerNorm(const std::string& name, const torch::Tensor& x_NTC) const;
    torch::Tensor linear(const std::string& name, const torch::Tensor& x, bool bias = true) const;
    torch::Tensor conv(const std::string& name, const torch::Tensor& x_NCL) const;
    torch::Tensor applied(const ConvStep& step, const torch::Tensor& x_NCL) const;
    torch::Tensor applied(const PairPoolStep& step, const torch::Tensor& x_NCL) const;
    torch::Tensor applied(const AttentionBlock& block, const torch::Tensor& x_NTC) const;
    torch::Tensor attention(const AttentionBlock& block, const torch::Tensor& x_NTC) const;
    torch::Tensor dropped(const torch::Tensor& x, double share = 1) const;
    void initialise();

    TransformerSpec m_network;
    double m_dropout = 0;
    std::map<std::string, torch::Tensor> m_tensors; ///< by canonical name
    torch::Tensor m_positions; ///< [2T - 1, features], in double whatever the weights' type
};

} // namespace diploscope
