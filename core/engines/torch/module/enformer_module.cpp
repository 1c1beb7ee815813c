// SPDX-License-Identifier: GPL-3.0-or-later
#include "engines/torch/module/enformer_module.h"

#include "engines/torch/module/module_weights.h"

#include <fmt/format.h>
#include <torch/torch.h>

#include <algorithm>
#include <cmath>

namespace diploscope {

namespace {

constexpr double kEps = 1e-5;

torch::Tensor geluOf(const torch::Tensor& x) {
    return x * torch::sigmoid(1.702 * x);
}

/// out[i, j] = x[i, T - 1 + j - i]: the logits of distance j - i (Transformer-XL's relative shift, as a
/// view). \param x [N, heads, T, 2T - 1], distances -(T-1) .. T-1.
torch::Tensor relativeShift(const torch::Tensor& x) {
    const torch::Tensor whole = x.contiguous();
    const int64_t tokens = whole.size(2);
    return whole.as_strided({whole.size(0), whole.size(1), tokens, tokens},
                            {whole.stride(0), whole.stride(1), whole.stride(2) - 1, 1},
                            whole.storage_offset() + tokens - 1);
}

} // namespace

EnformerModule::EnformerModule(EnformerConfig config, const Eigen::MatrixXd& positionFeatures)
    : m_config(std::move(config)) {
    TORCH_CHECK(positionFeatures.rows() == 2 * m_config.tokens() - 1 &&
                    positionFeatures.cols() == m_config.positionFeatures(),
                fmt::format("Position features of shape {} x {} do not fit {} tokens.",
                            positionFeatures.rows(), positionFeatures.cols(), m_config.tokens()));
    for (const TensorSpec& spec : m_config.network().tensors()) {
        const bool statistic = spec.name.find(".running_") != std::string::npos;
        m_tensors[spec.name] = statistic
                                   ? register_buffer(registeredName(spec.name), torch::zeros(spec.shape))
                                   : register_parameter(registeredName(spec.name), torch::zeros(spec.shape));
    }
    const Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor> rows = positionFeatures;
    m_positions =
        torch::tensor(c10::ArrayRef<double>(rows.data(), static_cast<size_t>(rows.size())), torch::kFloat64)
            .view({rows.rows(), rows.cols()});
    initialise();
}

void EnformerModule::initialise() {
    const torch::NoGradGuard noGradients;
    for (auto& [name, tensor] : m_tensors) {
        const auto has = [&name](const char* part) { return name.find(part) != std::string::npos; };
        if (has(".running_var"))
            tensor.fill_(1);
        else if (has(".running_mean") || has(".to_out."))
            tensor.zero_(); // attention begins as nothing beside the residual
        else if (has(".to_attn_logits"))
            tensor.copy_(2 *
                         torch::eye(tensor.size(0)).view(tensor.sizes())); // pooling begins near a maximum
        else if (has(".rel_"))
            tensor.normal_();
        else if (tensor.dim() > 1)
            tensor.uniform_(-1, 1).div_(std::sqrt(static_cast<double>(tensor.numel() / tensor.size(0))));
    }
    // One-dimensional ones by what they belong to: norms begin as identities, other biases as PyTorch's.
    for (auto& [name, tensor] : m_tensors) {
        if (tensor.dim() != 1 || name.find(".running_") != std::string::npos)
            continue;
        const size_t dot = name.rfind('.');
        const auto weight = m_tensors.find(name.substr(0, dot) + ".weight");
        const bool ofNorm = weight->second.dim() == 1;
        if (ofNorm)
            tensor.fill_(name.substr(dot) == ".weight" ? 1 : 0);
        else if (name.find(".to_out.") == std::string::npos)
            tensor.uniform_(-1, 1).div_(
                std::sqrt(static_cast<double>(weight->second.numel() / weight->second.size(0))));
    }
}

torch::Tensor EnformerModule::norm(const std::string& name, const torch::Tensor& x_NCL) const {
    return torch::batch_norm(x_NCL, tensor(name + ".weight"), tensor(name + ".bias"),
                             tensor(name + ".running_mean"), tensor(name + ".running_var"), is_training(),
                             0.1, kEps, false);
}

torch::Tensor EnformerModule::layerNorm(const std::string& name, const torch::Tensor& x_NTC) const {
    return torch::layer_norm(x_NTC, {m_config.dim}, tensor(name + ".weight"), tensor(name + ".bias"), kEps);
}

torch::Tensor EnformerModule::linear(const std::string& name, const torch::Tensor& x, bool bias) const {
    return torch::linear(x, tensor(name + ".weight"), bias ? tensor(name + ".bias") : torch::Tensor());
}

torch::Tensor EnformerModule::conv(const std::string& name, const torch::Tensor& x_NCL) const {
    const torch::Tensor& weight = tensor(name + ".weight");
    return torch::conv1d(x_NCL, weight, tensor(name + ".bias"), 1, weight.size(2) / 2);
}

torch::Tensor EnformerModule::convBlock(const std::string& name, const torch::Tensor& x_NCL) const {
    return conv(name + ".2", geluOf(norm(name + ".0", x_NCL)));
}

torch::Tensor EnformerModule::attentionPool(const std::string& name, const torch::Tensor& x_NCL) const {
    // Softmax over a pair is a sigmoid of the difference of its logits, which a bias-free layer gives from
    // the difference of the pair. An odd last position stands alone, with all of the weight.
    const int64_t pairs = x_NCL.size(2) / 2;
    const torch::Tensor pairs_NCL2 = x_NCL.narrow(2, 0, 2 * pairs).unflatten(2, {pairs, 2});
    const torch::Tensor second = pairs_NCL2.select(3, 1);
    const torch::Tensor difference = pairs_NCL2.select(3, 0) - second;
    const torch::Tensor logits =
        torch::conv1d(difference, tensor(name + ".to_attn_logits.weight").squeeze(3));
    const torch::Tensor pooled = second + difference * torch::sigmoid(logits);
    return x_NCL.size(2) % 2 == 0 ? pooled : torch::cat({pooled, x_NCL.narrow(2, 2 * pairs, 1)}, 2);
}

torch::Tensor EnformerModule::attention(const std::string& name, const torch::Tensor& x_NTC) const {
    const auto byHead = [this](const torch::Tensor& x) { // [.., T, heads * d] -> [.., heads, T, d]
        return x.unflatten(-1, {m_config.heads, x.size(-1) / m_config.heads}).transpose(-2, -3);
    };
    const torch::Tensor q =
        byHead(linear(name + ".to_q", x_NTC, false)) / std::sqrt(static_cast<double>(m_config.attnDimKey));
    const torch::Tensor k = byHead(linear(name + ".to_k", x_NTC, false));
    const torch::Tensor v = byHead(linear(name + ".to_v", x_NTC, false));
    const torch::Tensor features = m_positions.to(x_NTC.device(), x_NTC.scalar_type());
    const torch::Tensor positions = byHead(linear(name + ".to_rel_k", features, false));
    const torch::Tensor logits =
        torch::matmul(q + tensor(name + ".rel_content_bias"), k.transpose(-1, -2)) +
        relativeShift(torch::matmul(q + tensor(name + ".rel_pos_bias"), positions.transpose(-1, -2)));
    const torch::Tensor values = torch::matmul(torch::softmax(logits, -1), v); // [N, heads, T, d]
    return linear(name + ".to_out", values.transpose(1, 2).flatten(2));
}

torch::Tensor EnformerModule::dropped(const torch::Tensor& x, double share) const {
    return torch::dropout(x, share * m_dropout, is_training());
}

torch::Tensor EnformerModule::stage(int64_t index, const torch::Tensor& x) const {
    if (index < convStages()) {
        const std::string name = index == 0 ? "stem." : fmt::format("conv_tower.{}.", index - 1);
        const torch::Tensor y = index == 0 ? conv("stem.0", x) : convBlock(name + "0", x);
        return attentionPool(name + "2", y + convBlock(name + "1.fn", y));
    }
    const std::string name = fmt::format("transformer.{}.", index - convStages());
    const torch::Tensor y = x + dropped(attention(name + "0.fn.1", layerNorm(name + "0.fn.0", x)));
    const torch::Tensor hidden = torch::relu(linear(name + "1.fn.1", layerNorm(name + "1.fn.0", y)));
    return y + dropped(linear(name + "1.fn.4", dropped(hidden)));
}

torch::Tensor EnformerModule::outputs(const torch::Tensor& tokens_NBC, const torch::Tensor& tracks) const {
    const torch::Tensor wide_NBC =
        geluOf(dropped(convBlock("final_pointwise.1", tokens_NBC.transpose(1, 2)), 1.0 / 8)).transpose(1, 2);
    torch::Tensor weight = tensor("_heads." + m_config.head + ".0.weight");
    torch::Tensor bias = tensor("_heads." + m_config.head + ".0.bias");
    if (tracks.defined()) {
        weight = weight.index_select(0, tracks);
        bias = bias.index_select(0, tracks);
    }
    return torch::softplus(torch::linear(wide_NBC, weight, bias));
}

torch::Tensor EnformerModule::forward(const torch::Tensor& input_NCL) const {
    torch::Tensor x = input_NCL;
    for (int64_t i = 0; i < stageCount(); ++i)
        x = stage(i, i == convStages() ? asTokens(x) : x);
    return outputs(x.narrow(1, m_config.crop(), m_config.targetLength));
}

Result<void> EnformerModule::setWeights(const WeightSource& weights) {
    return copyWeights(m_tensors, m_config.network().tensors(), weights);
}

std::vector<NamedTensor> EnformerModule::weights() const {
    return weightsOf(m_tensors, m_config.network().tensors());
}

} // namespace diploscope
