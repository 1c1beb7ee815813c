// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engines/sequential/elementwise.h"
#include "model/transformer_spec.h"

#include <cstdint>
#include <string>
#include <vector>

namespace diploscope {

/// Weights of one convolution or linear layer (width 1), row-major.
struct DenseWeights {
    int64_t out = 0;
    int64_t in = 0;
    int64_t width = 1;
    std::vector<double> values; ///< [out, in, width]
    std::vector<double> bias;   ///< [out]
};

/// Reads the tensors of a network's stages one at a time, folded as inference wants them: a batch norm is a
/// scale and a shift, a layer norm's go into the linear layer behind it, the queries' scale and content bias
/// into theirs.
class TransformerWeights {
public:
    explicit TransformerWeights(const WeightSource& source) : m_source(source) {}

    // \error what the source gives, for all that follow.
    [[nodiscard]] Result<DenseWeights> convolution(const ConvStep& step) const;
    [[nodiscard]] Result<ChannelAffine> norm(const ConvStep& step) const; ///< of one that has a norm
    /// Without a bias.
    [[nodiscard]] Result<DenseWeights> logits(const PairPoolStep& step) const;
    /// [queries | keys | values] of the normalised input without its scale and shift. Queries come scaled and
    /// with the content bias.
    [[nodiscard]] Result<DenseWeights> queriesKeysValues(const AttentionBlock& block) const;
    [[nodiscard]] Result<DenseWeights> attentionOut(const AttentionBlock& block) const;
    [[nodiscard]] Result<DenseWeights>
    hidden(const AttentionBlock& block) const; ///< of the normalised input, too
    [[nodiscard]] Result<DenseWeights> hiddenOut(const AttentionBlock& block) const;
    /// Relative keys [heads * key, 2S - 1]: position features through to_rel_k.
    [[nodiscard]] Result<Eigen::MatrixXd> relativeKeys(const AttentionBlock& block,
                                                       const Eigen::MatrixXd& features) const;
    /// What turns a query with the content bias into one with the position bias: [heads * key].
    [[nodiscard]] Result<Eigen::VectorXd> positionShift(const AttentionBlock& block) const;
    [[nodiscard]] Result<DenseWeights> head(const OutputHead& head) const; ///< all tracks

private:
    [[nodiscard]] Result<DenseWeights> linear(const std::string& name, int64_t out, int64_t in,
                                              bool bias) const;
    /// Behind the layer norm `norm`.
    [[nodiscard]] Result<DenseWeights> behind(const std::string& norm, DenseWeights dense) const;

    const WeightSource& m_source;
};

} // namespace diploscope
