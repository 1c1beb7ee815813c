// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engines/torch/module/packed_dense.h"

#include <cstdint>
#include <span>
#include <vector>

namespace diploscope {

/// One transformer block on the processor, for rows of tokens.
class OnednnBlock {
public:
    /// \param last of the network's: the one that is computed for some tokens' sake
    [[nodiscard]] static Result<OnednnBlock> pack(const AttentionBlock& its, int64_t tokens, bool last,
                                                  const TransformerWeights& weights,
                                                  const Eigen::MatrixXd& positionFeatures);

    /// The whole block, in place. \param x [sequences x tokens x dim]
    void apply(int64_t sequences, float* x) const;
    /// For some tokens' sake. Keys and values of the others are not formed: a query goes through the keys'
    /// weights to the tokens, and their weighted mean through the values'. \param queries token indices
    /// \param output [sequences x queries x dim]
    void applyTo(int64_t sequences, const float* x, const std::vector<int64_t>& queries, float* output) const;

    /// What it makes of a locus' reference, for applyBeside().
    struct Reference {
        std::vector<float> projected; ///< queries, keys and values: [tokens x heads * (2 key + value)]
        std::vector<float> mixed;     ///< [tokens x heads * value]
        std::vector<float> weights;   ///< of attention, [heads x keys x queries]
    };
    /// As apply() of one sequence, whose steps are kept.
    [[nodiscard]] Reference applyToReference(float* x) const;
    /// The whole block, in place, of sequences that differ from the reference in a few tokens each. Other
    /// tokens' queries, keys and values are the reference's, and their softmax changes by the terms of the
    /// changed keys alone. Where these were most of a sum, so that its difference would have lost digits, the
    /// row is computed anew. \param changed  tokens of each sequence, ascending \param x [sequences x tokens
    /// x dim]
    void applyBeside(const Reference& reference, std::span<const std::vector<int64_t>> changed,
                     float* x) const;

private:
    OnednnBlock(const AttentionBlock& its, int64_t tokens, const DenseWeights& queriesKeysValues,
                const DenseWeights& out, const DenseWeights& hidden, const DenseWeights& hiddenOut);

    /// One head of one sequence: `mixed` [tokens x values], row stride heads * values. \param weights
    /// [keys x queries], or null where nobody wants them
    void attend(const float* queriesKeysValues, int64_t head, float* mixed, float* weights) const;
    struct Beside;
    void attendBeside(const Beside& beside, int64_t head, float* mixed) const;
    void attendAnew(const Beside& beside, int64_t head, std::span<const int64_t> tokens, float* mixed) const;
    void project(int64_t rows, const float* x, float* projected) const;
    /// Attention's projection and the second half, for a tile of rows. \param mixed [rows x heads * values]
    void finish(const float* mixed, float* x, int64_t rows) const;

    int64_t m_tokens, m_dim, m_heads, m_key, m_value;
    PackedDense m_queriesKeysValues, m_out, m_hidden, m_hiddenOut;
    std::vector<float> m_relativeKeys;  ///< [heads * key x 2 tokens - 1]
    std::vector<float> m_positionShift; ///< [heads * key]
    std::vector<float> m_keyWeights;    ///< [heads * key x dim], of the last block only: see applyTo()
    std::vector<float> m_valueWeights;  ///< [heads * value x dim]
    std::vector<float> m_valueBias;     ///< [heads * value]
};

} // namespace diploscope
