// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engines/sequential/elementwise.h"
#include "model/enformer_config.h"

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

/// Reads an Enformer's tensors one at a time, folded as inference wants them: a batch norm is a scale and a
/// shift, a layer norm's go into the linear layer behind it, the queries' scale and content bias into theirs.
class EnformerWeights {
public:
    EnformerWeights(const EnformerConfig& config, const WeightSource& source)
        : m_config(config), m_source(source) {}

    /// "stem." or "conv_tower.3.", as channels() counts stages.
    [[nodiscard]] static std::string stage(size_t index);
    [[nodiscard]] static std::string block(int64_t index);

    // \error what the source gives, for all that follow.
    /// A convolution with a bias.
    [[nodiscard]] Result<DenseWeights> conv(const std::string& name, int64_t out, int64_t in,
                                            int64_t width) const;
    /// Logits of a stage's attention pool, without a bias.
    [[nodiscard]] Result<DenseWeights> pool(size_t stage) const;
    [[nodiscard]] Result<ChannelAffine> batchNorm(const std::string& name, int64_t channels) const;
    /// A block's [queries | keys | values] of the normalised input without its scale and shift. Queries come
    /// scaled and with the content bias.
    [[nodiscard]] Result<DenseWeights> queriesKeysValues(int64_t block) const;
    [[nodiscard]] Result<DenseWeights> attentionOut(int64_t block) const;
    [[nodiscard]] Result<DenseWeights> hidden(int64_t block) const; ///< of the normalised input, too
    [[nodiscard]] Result<DenseWeights> hiddenOut(int64_t block) const;
    /// Relative keys [heads * key, 2S - 1]: position features through to_rel_k.
    [[nodiscard]] Result<Eigen::MatrixXd> relativeKeys(int64_t block, const Eigen::MatrixXd& features) const;
    /// What turns a query with the content bias into one with the position bias: [heads * key].
    [[nodiscard]] Result<Eigen::VectorXd> positionShift(int64_t block) const;
    /// The asked head, all tracks.
    [[nodiscard]] Result<DenseWeights> head() const;

private:
    [[nodiscard]] Result<DenseWeights> linear(const std::string& name, int64_t out, int64_t in,
                                              bool bias) const;
    /// Behind the layer norm `norm`.
    [[nodiscard]] Result<DenseWeights> behind(const std::string& norm, DenseWeights dense) const;

    const EnformerConfig& m_config;
    const WeightSource& m_source;
};

} // namespace diploscope
