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

double NetworkSpec::operations() const {
    double products = 0;
    for (const Layer& layer : layers) {
        const auto in = static_cast<double>(layer.in.channels);
        const auto out = static_cast<double>(layer.out.size());
        if (const auto* conv = std::get_if<Conv1dLayer>(&layer.kind))
            products += in * static_cast<double>(conv->width) * out;
        else if (std::holds_alternative<LinearLayer>(layer.kind))
            products += in * out;
    }
    return 2 * products;
}

} // namespace diploscope
