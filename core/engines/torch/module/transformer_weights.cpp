// SPDX-License-Identifier: GPL-3.0-or-later
#include "engines/torch/module/transformer_weights.h"

#include <cmath>

namespace diploscope {

namespace {
using RowMajor = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

Eigen::Map<RowMajor> matrixOf(DenseWeights& dense) {
    return {dense.values.data(), dense.out, dense.in * dense.width};
}
Eigen::Map<Eigen::VectorXd> biasOf(DenseWeights& dense) {
    return {dense.bias.data(), dense.out};
}
} // namespace

Result<DenseWeights> TransformerWeights::convolution(const ConvStep& step) const {
    DS_ASSIGN(NamedTensor weight, m_source({step.name + ".weight", {step.out, step.in, step.width}}));
    DS_ASSIGN(NamedTensor bias, m_source({step.name + ".bias", {step.out}}));
    return DenseWeights{step.out, step.in, step.width, std::move(weight.values), std::move(bias.values)};
}

Result<ChannelAffine> TransformerWeights::norm(const ConvStep& step) const {
    return affineOf(BatchNormLayer{step.norm}, step.in, m_source);
}

Result<DenseWeights> TransformerWeights::logits(const PairPoolStep& step) const {
    const int64_t size = step.channels;
    DS_ASSIGN(NamedTensor weight, m_source({step.name + ".weight", {size, size, 1, 1}}));
    return DenseWeights{size, size, 1, std::move(weight.values),
                        std::vector<double>(static_cast<size_t>(size), 0.0)};
}

Result<DenseWeights> TransformerWeights::linear(const std::string& name, int64_t out, int64_t in,
                                                bool bias) const {
    DS_ASSIGN(NamedTensor weight, m_source({name + ".weight", {out, in}}));
    DenseWeights dense{out, in, 1, std::move(weight.values),
                       std::vector<double>(static_cast<size_t>(out), 0.0)};
    if (bias) {
        DS_ASSIGN(NamedTensor shift, m_source({name + ".bias", {out}}));
        dense.bias = std::move(shift.values);
    }
    return dense;
}

Result<DenseWeights> TransformerWeights::behind(const std::string& norm, DenseWeights dense) const {
    DS_ASSIGN(const Eigen::VectorXd scale, vectorOf(norm + ".weight", dense.in, m_source));
    DS_ASSIGN(const Eigen::VectorXd shift, vectorOf(norm + ".bias", dense.in, m_source));
    biasOf(dense) += matrixOf(dense) * shift;
    matrixOf(dense) *= scale.asDiagonal();
    return dense;
}

Result<DenseWeights> TransformerWeights::queriesKeysValues(const AttentionBlock& block) const {
    DS_ASSIGN(DenseWeights all, linear(block.attention + ".to_q", block.keys(), block.dim, false));
    DS_ASSIGN(const DenseWeights k, linear(block.attention + ".to_k", block.keys(), block.dim, false));
    DS_ASSIGN(const DenseWeights v, linear(block.attention + ".to_v", block.values(), block.dim, false));
    const double scale = 1.0 / std::sqrt(static_cast<double>(block.key));
    for (double& value : all.values)
        value *= scale;
    for (const DenseWeights* more : {&k, &v}) {
        all.values.insert(all.values.end(), more->values.begin(), more->values.end());
        all.bias.insert(all.bias.end(), more->bias.begin(), more->bias.end());
        all.out += more->out;
    }
    DS_ASSIGN(all, behind(block.attentionNorm, std::move(all)));
    DS_ASSIGN(const NamedTensor content,
              m_source({block.attention + ".rel_content_bias", {1, block.heads, 1, block.key}}));
    for (size_t i = 0; i < content.values.size(); ++i)
        all.bias[i] += content.values[i];
    return all;
}

Result<DenseWeights> TransformerWeights::attentionOut(const AttentionBlock& block) const {
    return linear(block.attention + ".to_out", block.dim, block.values(), true);
}

Result<DenseWeights> TransformerWeights::hidden(const AttentionBlock& block) const {
    DS_ASSIGN(DenseWeights dense, linear(block.hidden, block.hiddenDim, block.dim, true));
    return behind(block.mlpNorm, std::move(dense));
}

Result<DenseWeights> TransformerWeights::hiddenOut(const AttentionBlock& block) const {
    return linear(block.hiddenOut, block.dim, block.hiddenDim, true);
}

Result<Eigen::MatrixXd> TransformerWeights::relativeKeys(const AttentionBlock& block,
                                                         const Eigen::MatrixXd& features) const {
    DS_ASSIGN(DenseWeights dense,
              linear(block.attention + ".to_rel_k", block.keys(), block.positionFeatures, false));
    return Eigen::MatrixXd(matrixOf(dense) * features.transpose());
}

Result<Eigen::VectorXd> TransformerWeights::positionShift(const AttentionBlock& block) const {
    const std::vector<int64_t> shape{1, block.heads, 1, block.key};
    DS_ASSIGN(const NamedTensor content, m_source({block.attention + ".rel_content_bias", shape}));
    DS_ASSIGN(const NamedTensor position, m_source({block.attention + ".rel_pos_bias", shape}));
    Eigen::VectorXd shift(static_cast<int64_t>(content.values.size()));
    for (size_t i = 0; i < content.values.size(); ++i)
        shift[static_cast<int64_t>(i)] = position.values[i] - content.values[i];
    return shift;
}

Result<DenseWeights> TransformerWeights::head(const OutputHead& head) const {
    return linear(head.layer, head.tracks, head.in, true);
}

} // namespace diploscope
