// SPDX-License-Identifier: GPL-3.0-or-later
#include "engines/torch/module/sequential_module.h"

#include "engines/torch/module/module_weights.h"

#include <fmt/format.h>
#include <torch/torch.h>

#include <algorithm>
#include <cmath>

namespace diploscope {

namespace F = torch::nn::functional;

namespace {

bool endsWith(const std::string& text, const std::string& ending) {
    return text.size() >= ending.size() &&
           text.compare(text.size() - ending.size(), ending.size(), ending) == 0;
}

torch::Tensor activated(ActivationKind kind, const torch::Tensor& x, bool inPlace) {
    switch (kind) {
    case ActivationKind::Relu:
        return inPlace ? torch::relu_(const_cast<torch::Tensor&>(x)) : torch::relu(x);
    case ActivationKind::Gelu:
        return torch::gelu(x);
    case ActivationKind::GeluSigmoid:
        return x * torch::sigmoid(1.702 * x);
    case ActivationKind::Elu:
        return torch::elu(x);
    case ActivationKind::Softplus:
        return torch::softplus(x);
    case ActivationKind::Sigmoid:
        return torch::sigmoid(x);
    case ActivationKind::Tanh:
        return torch::tanh(x);
    case ActivationKind::Exp:
        return torch::exp(x);
    }
    return x;
}

torch::Tensor pooled(const PoolLayer& pool, const torch::Tensor& x) {
    if (pool.global)
        return pool.kind == PoolKind::Max ? x.amax(2) : x.mean(2);
    return pool.kind == PoolKind::Max ? torch::max_pool1d(x, pool.size, pool.stride)
                                      : torch::avg_pool1d(x, pool.size, pool.stride);
}

} // namespace

SequentialModule::SequentialModule(NetworkSpec network) : m_network(std::move(network)) {
    for (const TensorSpec& spec : m_network.tensors()) {
        torch::Tensor tensor = torch::zeros(spec.shape);
        const bool statistic = endsWith(spec.name, ".running_mean") || endsWith(spec.name, ".running_var");
        m_tensors[spec.name] = statistic ? register_buffer(registeredName(spec.name), tensor)
                                         : register_parameter(registeredName(spec.name), tensor);
    }
    const torch::NoGradGuard noGradients;
    for (const Layer& layer : m_network.layers) {
        // As torch::nn::Conv1d and torch::nn::Linear do: uniform within 1 / sqrt(fan in).
        const auto initialise = [&](const std::string& name, bool bias) {
            const torch::Tensor weight = parameterOf(name + ".weight");
            const double bound = 1.0 / std::sqrt(static_cast<double>(weight.numel() / weight.size(0)));
            weight.uniform_(-bound, bound);
            if (bias)
                parameterOf(name + ".bias").uniform_(-bound, bound);
        };
        if (const auto* conv = std::get_if<Conv1dLayer>(&layer.kind)) {
            initialise(conv->name, conv->bias);
        } else if (const auto* linear = std::get_if<LinearLayer>(&layer.kind)) {
            initialise(linear->name, linear->bias);
        } else if (const auto* norm = std::get_if<BatchNormLayer>(&layer.kind)) {
            parameterOf(norm->name + ".weight").fill_(1);
            parameterOf(norm->name + ".running_var").fill_(1);
        }
    }
}

torch::Tensor SequentialModule::parameterOf(const std::string& tensorName) const {
    return m_tensors.at(tensorName);
}

torch::Tensor SequentialModule::apply(const Layer& layer, torch::Tensor x) {
    if (const auto* conv = std::get_if<Conv1dLayer>(&layer.kind)) {
        const torch::Tensor bias = conv->bias ? parameterOf(conv->name + ".bias") : torch::Tensor();
        int64_t padding = 0;
        if (conv->padLeft == conv->padRight)
            padding = conv->padLeft;
        else
            x = F::pad(x, F::PadFuncOptions({conv->padLeft, conv->padRight}));
        return torch::conv1d(x, parameterOf(conv->name + ".weight"), bias, conv->stride, padding,
                             conv->dilation);
    }
    if (const auto* activation = std::get_if<ActivationLayer>(&layer.kind))
        // Without gradients nothing reads the input again, and the layer before made it: no second copy of
        // the largest tensor.
        return activated(activation->kind, x,
                         !torch::GradMode::is_enabled() && &layer != m_network.layers.data());
    if (const auto* pool = std::get_if<PoolLayer>(&layer.kind))
        return pooled(*pool, x);
    if (const auto* norm = std::get_if<BatchNormLayer>(&layer.kind))
        return torch::batch_norm(x, parameterOf(norm->name + ".weight"), parameterOf(norm->name + ".bias"),
                                 parameterOf(norm->name + ".running_mean"),
                                 parameterOf(norm->name + ".running_var"), is_training(), 0.1, norm->eps,
                                 false);
    if (const auto* flatten = std::get_if<FlattenLayer>(&layer.kind)) {
        if (x.dim() == 2)
            return x;
        return flatten->order == FlattenOrder::Channel ? x.flatten(1) : x.transpose(1, 2).flatten(1);
    }
    if (const auto* append = std::get_if<AppendLayer>(&layer.kind)) {
        const torch::Tensor values =
            torch::tensor(append->values, torch::kFloat64).to(x.device(), x.scalar_type());
        return torch::cat({x, values.unsqueeze(0).expand({x.size(0), -1})}, 1);
    }
    if (const auto* linear = std::get_if<LinearLayer>(&layer.kind))
        return torch::linear(x, parameterOf(linear->name + ".weight"),
                             linear->bias ? parameterOf(linear->name + ".bias") : torch::Tensor());
    if (const auto* dropout = std::get_if<DropoutLayer>(&layer.kind))
        return torch::dropout(x, dropout->probability, is_training());
    return x;
}

torch::Tensor SequentialModule::forward(torch::Tensor input_NCL) {
    torch::Tensor x = std::move(input_NCL);
    for (const Layer& layer : m_network.layers)
        x = apply(layer, std::move(x));
    return x;
}

Result<void> SequentialModule::setWeights(const WeightSource& weights) {
    return copyWeights(m_tensors, m_network.tensors(), weights);
}

std::vector<NamedTensor> SequentialModule::weights() const {
    return weightsOf(m_tensors, m_network.tensors());
}

} // namespace diploscope
