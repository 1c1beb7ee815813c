// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "weights/tensor.h"

#include <nlohmann/json_fwd.hpp>

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace diploscope {

// The layers that a sequential model may be made of. Semantics are PyTorch's (pools drop an incomplete last
// window); how they are written in model.json stands in models/README.md.

/// Cross-correlation over positions. Weights `name.weight` [out, in, width], `name.bias` [out].
struct Conv1dLayer {
    std::string name;
    int64_t out = 0;
    int64_t width = 0;
    int64_t padLeft = 0; ///< zeros before the first position
    int64_t padRight = 0;
    int64_t stride = 1;
    int64_t dilation = 1;
    bool bias = true;
};

/// GeluSigmoid is x * sigmoid(1.702 x).
enum class ActivationKind { Relu, Gelu, GeluSigmoid, Elu, Softplus, Sigmoid, Tanh, Exp };
struct ActivationLayer {
    ActivationKind kind = ActivationKind::Relu;
};

enum class PoolKind { Max, Average };
struct PoolLayer {
    PoolKind kind = PoolKind::Max;
    int64_t size = 1;
    int64_t stride = 1;
    bool global = false; ///< over all positions; what follows sees features, not positions
};

/// Per channel, with running statistics: `name.weight`, `name.bias`, `name.running_mean`, `name.running_var`.
struct BatchNormLayer {
    std::string name;
    double eps = 1e-5;
};

/// Channel: all positions of channel 0 first (PyTorch). Position: all channels of position 0 first (Keras).
enum class FlattenOrder { Channel, Position };
struct FlattenLayer {
    FlattenOrder order = FlattenOrder::Channel;
};

/// Constant features put behind the others.
struct AppendLayer {
    std::vector<double> values;
};

/// Weights `name.weight` [out, in], `name.bias` [out].
struct LinearLayer {
    std::string name;
    int64_t out = 0;
    bool bias = true;
};

/// Does nothing outside training.
struct DropoutLayer {
    double probability = 0.5;
};

using LayerKind = std::variant<Conv1dLayer, ActivationLayer, PoolLayer, BatchNormLayer, FlattenLayer,
                               AppendLayer, LinearLayer, DropoutLayer>;

/// `channels` x `positions`; after a flatten or global pool `channels` features and one position.
struct LayerShape {
    int64_t channels = 0;
    int64_t positions = 0;
    bool flat = false;

    [[nodiscard]] int64_t size() const { return channels * positions; }
    /// "900 x 39992" or "200 features".
    [[nodiscard]] std::string text() const;
    friend bool operator==(const LayerShape&, const LayerShape&) = default;
};

struct Layer {
    LayerKind kind;
    LayerShape in;
    LayerShape out;
    std::string path; ///< where it stands in model.json: "layers[3]"
};

/// A stack of layers over one-hot bases (4 x inputLength), every shape known and checked; it ends in
/// `outputs()` features: one bin, one track a feature.
struct NetworkSpec {
    int64_t inputLength = 0;
    std::vector<Layer> layers;

    [[nodiscard]] int64_t outputs() const { return layers.back().out.channels; }
    /// Every weight in layer order.
    [[nodiscard]] std::vector<TensorSpec> tensors() const;
    /// The largest layer output, in numbers: what a whole forward pass of one sequence needs at least.
    [[nodiscard]] int64_t largestActivation() const;
    /// Floating-point operations of a whole forward pass of one sequence, a product and its sum being two;
    /// those of convolutions and linear layers, beside which the others do not count.
    [[nodiscard]] double operations() const;
    /// Of them, those behind what one changed base can reach.
    [[nodiscard]] double operationsOfOneBase() const;
};

/// Reads a model.json's `layers` list and infers all shapes from the input length up.
/// \error BadInput with the JSON path: unknown layer or key (and the nearest known one), a value of the wrong
/// type or range,
///        a layer that does not fit what comes before it, two layers of one name, an end that is not flat.
[[nodiscard]] Result<NetworkSpec> parseNetwork(const nlohmann::json& layers, int64_t inputLength);

} // namespace diploscope
