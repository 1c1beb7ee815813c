// SPDX-License-Identifier: GPL-3.0-or-later
#include "engines/torch/module/enformer_weights.h"

#include <fmt/format.h>

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

std::string EnformerWeights::stage(size_t index) {
    return index == 0 ? std::string("stem.") : fmt::format("conv_tower.{}.", index - 1);
}

std::string EnformerWeights::block(int64_t index) {
    return fmt::format("transformer.{}.", index);
}

Result<DenseWeights> EnformerWeights::conv(const std::string& name, int64_t out, int64_t in,
                                           int64_t width) const {
    DS_ASSIGN(NamedTensor weight, m_source({name + ".weight", {out, in, width}}));
    DS_ASSIGN(NamedTensor bias, m_source({name + ".bias", {out}}));
    return DenseWeights{out, in, width, std::move(weight.values), std::move(bias.values)};
}

Result<DenseWeights> EnformerWeights::pool(size_t index) const {
    const int64_t size = m_config.channels()[index];
    DS_ASSIGN(NamedTensor weight, m_source({stage(index) + "2.to_attn_logits.weight", {size, size, 1, 1}}));
    return DenseWeights{size, size, 1, std::move(weight.values),
                        std::vector<double>(static_cast<size_t>(size), 0.0)};
}

Result<ChannelAffine> EnformerWeights::batchNorm(const std::string& name, int64_t channels) const {
    return affineOf(BatchNormLayer{name}, channels, m_source);
}

Result<DenseWeights> EnformerWeights::linear(const std::string& name, int64_t out, int64_t in,
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

Result<DenseWeights> EnformerWeights::behind(const std::string& norm, DenseWeights dense) const {
    DS_ASSIGN(const Eigen::VectorXd scale, vectorOf(norm + ".weight", dense.in, m_source));
    DS_ASSIGN(const Eigen::VectorXd shift, vectorOf(norm + ".bias", dense.in, m_source));
    biasOf(dense) += matrixOf(dense) * shift;
    matrixOf(dense) *= scale.asDiagonal();
    return dense;
}

Result<DenseWeights> EnformerWeights::queriesKeysValues(int64_t index) const {
    const std::string name = block(index) + "0.fn.1.";
    const int64_t keys = m_config.heads * m_config.attnDimKey;
    DS_ASSIGN(DenseWeights all, linear(name + "to_q", keys, m_config.dim, false));
    DS_ASSIGN(const DenseWeights k, linear(name + "to_k", keys, m_config.dim, false));
    DS_ASSIGN(const DenseWeights v,
              linear(name + "to_v", m_config.heads * m_config.valueDim(), m_config.dim, false));
    const double scale = 1.0 / std::sqrt(static_cast<double>(m_config.attnDimKey));
    for (double& value : all.values)
        value *= scale;
    for (const DenseWeights* more : {&k, &v}) {
        all.values.insert(all.values.end(), more->values.begin(), more->values.end());
        all.bias.insert(all.bias.end(), more->bias.begin(), more->bias.end());
        all.out += more->out;
    }
    DS_ASSIGN(all, behind(block(index) + "0.fn.0", std::move(all)));
    DS_ASSIGN(const NamedTensor content,
              m_source({name + "rel_content_bias", {1, m_config.heads, 1, m_config.attnDimKey}}));
    for (size_t i = 0; i < content.values.size(); ++i)
        all.bias[i] += content.values[i];
    return all;
}

Result<DenseWeights> EnformerWeights::attentionOut(int64_t index) const {
    return linear(block(index) + "0.fn.1.to_out", m_config.dim, m_config.heads * m_config.valueDim(), true);
}

Result<DenseWeights> EnformerWeights::hidden(int64_t index) const {
    DS_ASSIGN(DenseWeights dense, linear(block(index) + "1.fn.1", 2 * m_config.dim, m_config.dim, true));
    return behind(block(index) + "1.fn.0", std::move(dense));
}

Result<DenseWeights> EnformerWeights::hiddenOut(int64_t index) const {
    return linear(block(index) + "1.fn.4", m_config.dim, 2 * m_config.dim, true);
}

Result<Eigen::MatrixXd> EnformerWeights::relativeKeys(int64_t index, const Eigen::MatrixXd& features) const {
    const int64_t keys = m_config.heads * m_config.attnDimKey;
    DS_ASSIGN(DenseWeights dense,
              linear(block(index) + "0.fn.1.to_rel_k", keys, m_config.positionFeatures(), false));
    return Eigen::MatrixXd(matrixOf(dense) * features.transpose());
}

Result<Eigen::VectorXd> EnformerWeights::positionShift(int64_t index) const {
    const std::string name = block(index) + "0.fn.1.";
    const std::vector<int64_t> shape{1, m_config.heads, 1, m_config.attnDimKey};
    DS_ASSIGN(const NamedTensor content, m_source({name + "rel_content_bias", shape}));
    DS_ASSIGN(const NamedTensor position, m_source({name + "rel_pos_bias", shape}));
    Eigen::VectorXd shift(static_cast<int64_t>(content.values.size()));
    for (size_t i = 0; i < content.values.size(); ++i)
        shift[static_cast<int64_t>(i)] = position.values[i] - content.values[i];
    return shift;
}

Result<DenseWeights> EnformerWeights::head() const {
    return linear(fmt::format("_heads.{}.0", m_config.head), m_config.trackCount(), 2 * m_config.dim, true);
}

} // namespace diploscope
