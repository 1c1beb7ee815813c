// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/network_spec.h"

#include <fmt/format.h>

#include <algorithm>

namespace diploscope {

std::string LayerShape::text() const {
    return flat ? fmt::format("{} features", channels) : fmt::format("{} x {}", channels, positions);
}

std::vector<TensorSpec> NetworkSpec::tensors() const {
    std::vector<TensorSpec> all;
    for (const Layer& layer : layers) {
        if (const auto* conv = std::get_if<Conv1dLayer>(&layer.kind)) {
            all.push_back({conv->name + ".weight", {conv->out, layer.in.channels, conv->width}});
            if (conv->bias)
                all.push_back({conv->name + ".bias", {conv->out}});
        } else if (const auto* linear = std::get_if<LinearLayer>(&layer.kind)) {
            all.push_back({linear->name + ".weight", {linear->out, layer.in.channels}});
            if (linear->bias)
                all.push_back({linear->name + ".bias", {linear->out}});
        } else if (const auto* norm = std::get_if<BatchNormLayer>(&layer.kind)) {
            for (const char* part : {".weight", ".bias", ".running_mean", ".running_var"})
                all.push_back({norm->name + part, {layer.in.channels}});
        }
    }
    return all;
}

int64_t NetworkSpec::largestActivation() const {
    int64_t largest = 4 * inputLength;
    for (const Layer& layer : layers)
        largest = std::max(largest, layer.out.size());
    return largest;
}

namespace {

/// Positions of a layer's output that so many neighbouring inputs can reach, at most.
int64_t reachedBy(int64_t inputs, const Layer& layer) {
    int64_t look = 1; // inputs that an output sees, from the first to the last
    int64_t stride = 1;
    if (const auto* conv = std::get_if<Conv1dLayer>(&layer.kind)) {
        look = conv->dilation * (conv->width - 1) + 1;
        stride = conv->stride;
    } else if (const auto* pool = std::get_if<PoolLayer>(&layer.kind); pool != nullptr && !pool->global) {
        look = pool->size;
        stride = pool->stride;
    }
    return std::min(layer.out.positions, (inputs + look - 2) / stride + 1);
}

/// \param in numbers behind each output of a linear layer \param positions of the output
double operationsOf(const Layer& layer, int64_t in, int64_t positions) {
    const auto out = static_cast<double>(layer.out.channels * positions);
    double products = 0;
    if (const auto* conv = std::get_if<Conv1dLayer>(&layer.kind))
        products = static_cast<double>(layer.in.channels * conv->width) * out;
    else if (std::holds_alternative<LinearLayer>(layer.kind))
        products = static_cast<double>(in) * out;
    return 2 * products;
}

} // namespace

double NetworkSpec::operations() const {
    double sum = 0;
    for (const Layer& layer : layers)
        sum += operationsOf(layer, layer.in.channels, layer.out.positions);
    return sum;
}

double NetworkSpec::operationsOfOneBase() const {
    double sum = 0;
    int64_t reached = 1; // positions of the layer's input
    int64_t touched = 0; // features that the flattening made of them, until a linear layer mixes all
    for (const Layer& layer : layers) {
        if (std::holds_alternative<FlattenLayer>(layer.kind) && !layer.in.flat)
            touched = reached * layer.in.channels;
        const int64_t positions = layer.out.flat ? 1 : reachedBy(reached, layer);
        sum += operationsOf(layer, touched > 0 ? touched : layer.in.channels, positions);
        if (std::holds_alternative<LinearLayer>(layer.kind))
            touched = 0;
        reached = positions;
    }
    return sum;
}

} // namespace diploscope
