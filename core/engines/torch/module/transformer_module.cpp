// SPDX-License-Identifier: GPL-3.0-or-later
#include "engines/torch/module/transformer_module.h"

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

TransformerModule::TransformerModule(TransformerSpec network, const Eigen::MatrixXd& positionFeatures)
    : m_network(std::move(network)) {
    TORCH_CHECK(positionFeatures.rows() == 2 * m_network.tokens() - 1 &&
                    positionFeatures.cols() == m_network.blocks.front().positionFeatures,
                fmt::format("Position features of shape {} x {} do not fit {} tokens.",
                            positionFeatures.rows(), positionFeatures.cols(), m_network.tokens()));
    for (const TensorSpec& spec : m_network.tensors()) {
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

void TransformerModule::initialise() {
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

torch::Tensor TransformerModule::norm(const std::string& name, const torch::Tensor& x_NCL) const {
    return torch::batch_norm(x_NCL, tensor(name + ".weight"), tensor(name + ".bias"),
                             tensor(name + ".running_mean"), tensor(name + ".running_var"), is_training(),
                             0.1, kEps, false);
}

torch::Tensor TransformerModule::layerNorm(const std::string& name, const torch::Tensor& x_NTC) const {
    return torch::layer_norm(x_NTC, {x_NTC.size(2)}, tensor(name + ".weight"), tensor(name + ".bias"), kEps);
}

torch::Tensor TransformerModule::linear(const std::string& name, const torch::Tensor& x, bool bias) const {
    return torch::linear(x, tensor(name + ".weight"), bias ? tensor(name + ".bias") : torch::Tensor());
}

torch::Tensor TransformerModule::conv(const std::string& name, const torch::Tensor& x_NCL) const {
    const torch::Tensor& weight = tensor(name + ".weight");
    return torch::conv1d(x_NCL, weight, tensor(name + ".bias"), 1, weight.size(2) / 2);
}

torch::Tensor TransformerModule::applied(const ConvStep& step, const torch::Tensor& x_NCL) const {
    const torch::Tensor y_NCL = conv(step.name, step.norm.empty() ? x_NCL : geluOf(norm(step.norm, x_NCL)));
    return step.residual ? x_NCL + y_NCL : y_NCL;
}

torch::Tensor TransformerModule::applied(const PairPoolStep& step, const torch::Tensor& x_NCL) const {
    // Softmax over a pair is a sigmoid of the difference of its logits, which a bias-free layer gives from
    // the difference of the pair. An odd last position stands alone, with all of the weight.
    const int64_t pairs = x_NCL.size(2) / 2;
    const torch::Tensor pairs_NCL2 = x_NCL.narrow(2, 0, 2 * pairs).unflatten(2, {pairs, 2});
    const torch::Tensor second = pairs_NCL2.select(3, 1);
    const torch::Tensor difference = pairs_NCL2.select(3, 0) - second;
    const torch::Tensor logits = torch::conv1d(difference, tensor(step.name + ".weight").squeeze(3));
    const torch::Tensor pooled = second + difference * torch::sigmoid(logits);
    return x_NCL.size(2) % 2 == 0 ? pooled : torch::cat({pooled, x_NCL.narrow(2, 2 * pairs, 1)}, 2);
}

torch::Tensor TransformerModule::attention(const AttentionBlock& block, const torch::Tensor& x_NTC) const {
    const std::string& name = block.attention;
    const auto byHead = [&block](const torch::Tensor& x) { // [.., T, heads * d] -> [.., heads, T, d]
        return x.unflatten(-1, {block.heads, x.size(-1) / block.heads}).transpose(-2, -3);
    };
    const torch::Tensor q =
        byHead(linear(name + ".to_q", x_NTC, false)) / std::sqrt(static_cast<double>(block.key));
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

torch::Tensor TransformerModule::dropped(const torch::Tensor& x, double share) const {
    return torch::dropout(x, share * m_dropout, is_training());
}

torch::Tensor TransformerModule::stage(int64_t index, const torch::Tensor& x) const {
    if (index >= trunkStages())
        return applied(m_network.blocks[static_cast<size_t>(index - trunkStages())], x);
    torch::Tensor y = x;
    for (const TrunkStep& step : m_network.trunk[static_cast<size_t>(index)].steps)
        y = std::visit([&](const auto& its) { return applied(its, y); }, step);
    return y;
}

torch::Tensor TransformerModule::applied(const AttentionBlock& block, const torch::Tensor& x_NTC) const {
    const torch::Tensor y = x_NTC + dropped(attention(block, layerNorm(block.attentionNorm, x_NTC)));
    const torch::Tensor hidden = torch::relu(linear(block.hidden, layerNorm(block.mlpNorm, y)));
    return y + dropped(linear(block.hiddenOut, dropped(hidden)));
}

torch::Tensor TransformerModule::outputs(const torch::Tensor& tokens_NBC, const torch::Tensor& tracks) const {
    const torch::Tensor wide_NBC =
        geluOf(dropped(applied(m_network.pointwise, tokens_NBC.transpose(1, 2)), 1.0 / 8)).transpose(1, 2);
    torch::Tensor weight = tensor(m_network.head().layer + ".weight");
    torch::Tensor bias = tensor(m_network.head().layer + ".bias");
    if (tracks.defined()) {
        weight = weight.index_select(0, tracks);
        bias = bias.index_select(0, tracks);
    }
    return torch::softplus(torch::linear(wide_NBC, weight, bias));
}

torch::Tensor TransformerModule::forward(const torch::Tensor& input_NCL) const {
    torch::Tensor x = input_NCL;
    for (int64_t i = 0; i < stageCount(); ++i)
        x = stage(i, i == trunkStages() ? asTokens(x) : x);
    return outputs(x.narrow(1, m_network.crop(), m_network.bins));
}

Result<void> TransformerModule::setWeights(const WeightSource& weights) {
    return copyWeights(m_tensors, m_network.tensors(), weights);
}

std::vector<NamedTensor> TransformerModule::weights() const {
    return weightsOf(m_tensors, m_network.tensors());
}

} // namespace diploscope
