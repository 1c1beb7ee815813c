// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "weights/tensor.h"

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace diploscope {

// What a transformer behind a convolutional trunk is made of, as plain values: every stage says its sizes,
// its weights, how far it looks and what it costs. Which tokens an edit changes, which weights a file must
// hold, the gradient's halos, the packed layers and the module are made from this and from nothing else.

/// Where a step of a trunk looks: its outputs [b, e) are made of its inputs [b * stride - before,
/// e * stride + after). Inputs past the ends of the sequence are zeros.
struct Reach {
    int64_t stride = 1; ///< inputs that an output stands for
    int64_t before = 0;
    int64_t after = 0; ///< negative where inputs behind an output's own are passed over

    /// This step and then `next`, as one.
    [[nodiscard]] Reach then(const Reach& next) const {
        return {stride * next.stride, next.before * stride + before, next.after * stride + after};
    }
    friend bool operator==(const Reach&, const Reach&) = default;
};

/// Multiply-adds of one output position.
struct StepCost {
    double defined = 0;  ///< as the model is written down
    double computed = 0; ///< as it is computed where only results count
};

/// A convolution that keeps the length (zeros at both ends). With a `norm`, its input goes through that and
/// GELU, x * sigmoid(1.702 x), first, and the zeros stand behind these. Weights `name.weight` [out, in,
/// width], `name.bias` [out], and `norm.weight`, `norm.bias`, `norm.running_mean`, `norm.running_var` [in].
struct ConvStep {
    std::string name;
    std::string norm; ///< empty: neither norm nor GELU
    int64_t in = 0;
    int64_t out = 0;
    int64_t width = 1;     ///< odd
    bool residual = false; ///< is added to its input: `in` equals `out`

    [[nodiscard]] Reach reach() const { return {1, width / 2, width / 2}; }
    [[nodiscard]] int64_t outChannels() const { return out; }
    [[nodiscard]] StepCost cost() const;
    [[nodiscard]] std::vector<TensorSpec> tensors() const;
};

/// The mean of each pair of positions, weighted channel by channel with the softmax of the two's logits.
/// Logits are a layer without a bias, `name.weight` [channels, channels, 1, 1], so that all that counts is
/// the logit of the pair's difference.
struct PairPoolStep {
    std::string name;
    int64_t channels = 0;

    [[nodiscard]] Reach reach() const { return {2, 0, 0}; }
    [[nodiscard]] int64_t outChannels() const { return channels; }
    [[nodiscard]] StepCost cost() const;
    [[nodiscard]] std::vector<TensorSpec> tensors() const;
};

/// A new kind of step is a type of this list that answers what those above answer; the compiler then names
/// each place that computes one.
using TrunkStep = std::variant<ConvStep, PairPoolStep>;

/// Steps between two resting places: what lies between stages is kept for a gradient, written to memory, and
/// is where computing can be stopped. Never empty.
struct TrunkStage {
    std::vector<TrunkStep> steps;

    [[nodiscard]] Reach reach() const;
    [[nodiscard]] int64_t outChannels() const;
};

/// x + attention(norm x), then y + MLP(norm y), over all tokens. Queries are divided by sqrt(key); logits are
/// (q + content bias) k + (q + position bias) relative key, the latter from features of the distance; the MLP
/// is two linear layers with a ReLU between. Weights of the norms `.weight`, `.bias` [dim]; `attention.to_q`,
/// `.to_k`, `.to_v`, `.to_rel_k` without a bias, `.to_out` with one, `.rel_content_bias` and `.rel_pos_bias`
/// [1, heads, 1, key].
struct AttentionBlock {
    std::string attentionNorm, attention;
    std::string mlpNorm, hidden, hiddenOut;
    int64_t dim = 0;
    int64_t heads = 0;
    int64_t key = 0;
    int64_t value = 0;
    int64_t positionFeatures = 0;
    int64_t hiddenDim = 0;

    [[nodiscard]] int64_t keys() const { return heads * key; }
    [[nodiscard]] int64_t values() const { return heads * value; }
    /// Multiply-adds over so many tokens.
    [[nodiscard]] double cost(int64_t tokens) const;
    [[nodiscard]] std::vector<TensorSpec> tensors() const;
};

/// A linear layer and softplus on every bin: `layer.weight` [tracks, in], `layer.bias` [tracks].
struct OutputHead {
    std::string name; ///< as people ask for it
    std::string layer;
    int64_t in = 0;
    int64_t tracks = 0;

    [[nodiscard]] double cost() const { return static_cast<double>(in * tracks); } ///< multiply-adds a bin
    [[nodiscard]] std::vector<TensorSpec> tensors() const;
};

/// Bases, as four channels -> trunk -> tokens -> blocks -> the middle `bins` of the tokens -> pointwise, GELU
/// -> the head that is asked.
struct TransformerSpec {
    int64_t inputLength = 0;       ///< bp, a multiple of basesPerToken()
    std::vector<TrunkStage> trunk; ///< never empty, nor are those that follow
    std::vector<AttentionBlock> blocks;
    int64_t bins = 0;
    ConvStep pointwise; ///< of width 1
    std::vector<OutputHead> heads;
    size_t asked = 0; ///< of the heads

    [[nodiscard]] int64_t basesPerToken() const;
    [[nodiscard]] int64_t tokens() const { return inputLength / basesPerToken(); }
    /// Tokens dropped in front of the first bin.
    [[nodiscard]] int64_t crop() const { return (tokens() - bins) / 2; }
    /// Channels of a token.
    [[nodiscard]] int64_t dim() const { return trunk.back().outChannels(); }
    [[nodiscard]] const OutputHead& head() const { return heads[asked]; }
    /// All steps of the trunk in their order.
    [[nodiscard]] std::vector<TrunkStep> steps() const;

    /// Every weight in the order of the stages, but those of heads.
    [[nodiscard]] std::vector<TensorSpec> tensorsOfBody() const;
    /// Every weight in the order of the stages, those of heads that are not asked included.
    [[nodiscard]] std::vector<TensorSpec> tensors() const;
    /// Floating-point operations of a whole forward pass of one sequence with all heads, a product and its
    /// sum being two; those of convolutions and linear layers, beside which the others do not count.
    [[nodiscard]] double operations() const;
};

} // namespace diploscope
