// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/json_fields.h"
#include "model/network_spec.h"
#include "weights/tensor.h"

#include <fmt/format.h>

#include <array>
#include <set>
#include <utility>

namespace diploscope {

using nlohmann::json;

namespace {

/// Beyond any model of the field, and small enough that products of two stay within int64.
constexpr int64_t kMost = int64_t{1} << 30;

const std::vector<std::pair<std::string, ActivationKind>>& activationNames() {
    static const std::vector<std::pair<std::string, ActivationKind>> names{
        {"relu", ActivationKind::Relu},
        {"gelu", ActivationKind::Gelu},
        {"gelu_sigmoid", ActivationKind::GeluSigmoid},
        {"elu", ActivationKind::Elu},
        {"softplus", ActivationKind::Softplus},
        {"sigmoid", ActivationKind::Sigmoid},
        {"tanh", ActivationKind::Tanh},
        {"exp", ActivationKind::Exp}};
    return names;
}

Result<LayerKind> parseConv1d(const json& value, const std::string& path) {
    DS_ASSIGN(
        const JsonFields fields,
        JsonFields::open(value, path, {"name", "out", "width", "padding", "stride", "dilation", "bias"}));
    Conv1dLayer conv;
    DS_ASSIGN(conv.name, fields.text("name"));
    DS_ASSIGN(conv.out, fields.integer("out", 1, kMost));
    DS_ASSIGN(conv.width, fields.integer("width", 1, kMost));
    DS_ASSIGN(conv.stride, fields.integer("stride", 1, kMost, 1));
    DS_ASSIGN(conv.dilation, fields.integer("dilation", 1, kMost, 1));
    DS_ASSIGN(conv.bias, fields.boolean("bias", true));
    if (!fields.has("padding"))
        return LayerKind(conv);
    const json& padding = fields.at("padding");
    if (padding == "same") {
        if (conv.stride != 1)
            return fail(ErrorKind::BadInput,
                        fmt::format("Padding \"same\" has no meaning with stride {}.", conv.stride),
                        fields.pathOf("padding"),
                        "Write the zeros on both sides: \"padding\": [left, right].");
        // One more on the right where the number is odd, as Keras and PyTorch do.
        const int64_t all = conv.dilation * (conv.width - 1);
        conv.padLeft = all / 2;
        conv.padRight = all - conv.padLeft;
        return LayerKind(conv);
    }
    if (padding.is_number_integer()) {
        DS_ASSIGN(conv.padLeft, fields.integer("padding", 0, kMost));
        conv.padRight = conv.padLeft;
        return LayerKind(conv);
    }
    if (padding.is_array() && padding.size() == 2) {
        DS_ASSIGN(const std::vector<int> sides, fields.integers("padding", 0, static_cast<int>(kMost)));
        conv.padLeft = sides[0];
        conv.padRight = sides[1];
        return LayerKind(conv);
    }
    return fail(
        ErrorKind::BadInput,
        fmt::format("Expected a number of zeros, [left, right] or \"same\", found {}.", shortJson(padding)),
        fields.pathOf("padding"));
}

Result<LayerKind> parsePool(PoolKind kind, const json& value, const std::string& path) {
    PoolLayer pool;
    pool.kind = kind;
    // A bare number is the size, and the windows lie side by side.
    const json expanded = value.is_number() ? json{{"size", value}} : value;
    DS_ASSIGN(const JsonFields fields, JsonFields::open(expanded, path, {"size", "stride"}));
    DS_ASSIGN(pool.size, fields.integer("size", 1, kMost));
    DS_ASSIGN(pool.stride, fields.integer("stride", 1, kMost, pool.size));
    return LayerKind(pool);
}

Result<LayerKind> parseGlobalPool(const json& value, const std::string& path) {
    const json wrapped{{"globalpool", value}};
    DS_ASSIGN(const JsonFields fields, JsonFields::open(wrapped, path, {"globalpool"}));
    DS_ASSIGN(const size_t kind, fields.choice("globalpool", {"max", "average"}));
    PoolLayer pool;
    pool.kind = kind == 0 ? PoolKind::Max : PoolKind::Average;
    pool.global = true;
    return LayerKind(pool);
}

Result<LayerKind> parseBatchNorm(const json& value, const std::string& path) {
    DS_ASSIGN(const JsonFields fields, JsonFields::open(value, path, {"name", "eps"}));
    BatchNormLayer norm;
    DS_ASSIGN(norm.name, fields.text("name"));
    DS_ASSIGN(norm.eps, fields.number("eps", norm.eps));
    if (norm.eps < 0)
        return fail(ErrorKind::BadInput, fmt::format("Expected a number of at least 0, found {}.", norm.eps),
                    fields.pathOf("eps"));
    return LayerKind(norm);
}

Result<LayerKind> parseFlatten(const json& value, const std::string& path) {
    const json wrapped{{"order", value}};
    DS_ASSIGN(const JsonFields fields, JsonFields::open(wrapped, path, {"order"}));
    DS_ASSIGN(const size_t order, fields.choice("order", {"channel", "position"}));
    return LayerKind(FlattenLayer{order == 0 ? FlattenOrder::Channel : FlattenOrder::Position});
}

Result<LayerKind> parseAppend(const json& value, const std::string& path) {
    AppendLayer append;
    if (value.is_number_integer() && value.get<int64_t>() >= 1 && value.get<int64_t>() <= 100'000) {
        append.values.assign(value.get<size_t>(), 0.0);
        return LayerKind(append);
    }
    if (value.is_array() && !value.empty()) {
        for (const json& item : value) {
            if (!item.is_number())
                return fail(ErrorKind::BadInput, fmt::format("Expected numbers, found {}.", shortJson(item)),
                            path);
            append.values.push_back(item.get<double>());
        }
        return LayerKind(append);
    }
    return fail(ErrorKind::BadInput,
                fmt::format("Expected how many zeros to append, or the list of constants, found {}.",
                            shortJson(value)),
                path);
}

Result<LayerKind> parseLinear(const json& value, const std::string& path) {
    DS_ASSIGN(const JsonFields fields, JsonFields::open(value, path, {"name", "out", "bias"}));
    LinearLayer linear;
    DS_ASSIGN(linear.name, fields.text("name"));
    DS_ASSIGN(linear.out, fields.integer("out", 1, kMost));
    DS_ASSIGN(linear.bias, fields.boolean("bias", true));
    return LayerKind(linear);
}

Result<LayerKind> parseDropout(const json& value, const std::string& path) {
    if (!value.is_number() || value.get<double>() < 0 || value.get<double>() >= 1)
        return fail(ErrorKind::BadInput,
                    fmt::format("Expected a probability below 1, found {}.", shortJson(value)), path);
    return LayerKind(DropoutLayer{value.get<double>()});
}

std::vector<std::string> layerNames() {
    std::vector<std::string> names{"conv1d",  "maxpool", "avgpool", "globalpool", "batchnorm",
                                   "flatten", "append",  "linear",  "dropout"};
    for (const auto& [name, unused] : activationNames())
        names.push_back(name);
    return names;
}

Failure unknownLayer(const std::string& name, const std::string& path) {
    return fail(ErrorKind::BadInput, fmt::format("Unknown layer \"{}\".", name), path,
                suggestName(name, layerNames()));
}

Result<LayerKind> parseLayer(const json& value, const std::string& path) {
    if (value.is_string()) {
        const auto name = value.get<std::string>();
        for (const auto& [known, kind] : activationNames())
            if (name == known)
                return LayerKind(ActivationLayer{kind});
        if (name == "flatten")
            return LayerKind(FlattenLayer{});
        const std::vector<std::string> all = layerNames();
        if (std::find(all.begin(), all.end(), name) != all.end())
            return fail(ErrorKind::BadInput, fmt::format("The layer \"{}\" needs its settings.", name), path,
                        fmt::format("Write {{\"{}\": ...}}.", name));
        return unknownLayer(name, path);
    }
    if (!value.is_object() || value.size() != 1)
        return fail(
            ErrorKind::BadInput,
            fmt::format("Expected a layer, a name or an object with one key, found {}.", shortJson(value)),
            path);
    const std::string name = value.begin().key();
    const json& settings = value.begin().value();
    const std::string inner = path + "." + name;
    if (name == "conv1d")
        return parseConv1d(settings, inner);
    if (name == "maxpool")
        return parsePool(PoolKind::Max, settings, inner);
    if (name == "avgpool")
        return parsePool(PoolKind::Average, settings, inner);
    if (name == "globalpool")
        return parseGlobalPool(settings, inner);
    if (name == "batchnorm")
        return parseBatchNorm(settings, inner);
    if (name == "flatten")
        return parseFlatten(settings, inner);
    if (name == "append")
        return parseAppend(settings, inner);
    if (name == "linear")
        return parseLinear(settings, inner);
    if (name == "dropout")
        return parseDropout(settings, inner);
    for (const auto& [known, unused] : activationNames())
        if (name == known)
            return fail(ErrorKind::BadInput, fmt::format("The layer \"{}\" has no settings.", name), path,
                        fmt::format("Write \"{}\" alone.", name));
    return unknownLayer(name, path);
}

/// The shape that `layer` makes of `in`. \error BadInput when it does not fit.
Result<LayerShape> shapeAfter(const LayerKind& layer, const LayerShape& in, const std::string& path) {
    const auto mustHavePositions = [&](const char* what) -> Result<void> {
        if (in.flat)
            return fail(
                ErrorKind::BadInput,
                fmt::format("A {} needs positions, but here the network is flat ({}).", what, in.text()),
                path);
        return {};
    };
    const auto windows = [&](int64_t length, int64_t span, int64_t stride) -> Result<LayerShape> {
        if (span > length)
            return fail(
                ErrorKind::BadInput,
                fmt::format("Its window of {} positions is longer than its input of {}.", span, length),
                path);
        return LayerShape{in.channels, (length - span) / stride + 1, false};
    };
    if (const auto* conv = std::get_if<Conv1dLayer>(&layer)) {
        DS_TRY(mustHavePositions("convolution"));
        DS_ASSIGN(LayerShape out, windows(in.positions + conv->padLeft + conv->padRight,
                                          conv->dilation * (conv->width - 1) + 1, conv->stride));
        out.channels = conv->out;
        return out;
    }
    if (const auto* pool = std::get_if<PoolLayer>(&layer)) {
        DS_TRY(mustHavePositions("pool"));
        if (pool->global)
            return LayerShape{in.channels, 1, true};
        return windows(in.positions, pool->size, pool->stride);
    }
    if (std::holds_alternative<FlattenLayer>(layer))
        return LayerShape{in.size(), 1, true};
    if (const auto* append = std::get_if<AppendLayer>(&layer)) {
        if (!in.flat)
            return fail(ErrorKind::BadInput,
                        fmt::format("Constants are appended to features, but here are {}.", in.text()), path,
                        "Put \"flatten\" before it.");
        return LayerShape{in.channels + static_cast<int64_t>(append->values.size()), 1, true};
    }
    if (const auto* linear = std::get_if<LinearLayer>(&layer)) {
        if (!in.flat)
            return fail(ErrorKind::BadInput,
                        fmt::format("A linear layer takes features, but here are {} (channels x positions).",
                                    in.text()),
                        path, "Put \"flatten\" before it.");
        return LayerShape{linear->out, 1, true};
    }
    return in;
}

} // namespace

Result<NetworkSpec> parseNetwork(const json& layers, int64_t inputLength) {
    if (!layers.is_array() || layers.empty())
        return fail(ErrorKind::BadInput,
                    fmt::format("Expected a list of layers, found {}.", shortJson(layers)), "layers");
    NetworkSpec network;
    network.inputLength = inputLength;
    LayerShape shape{4, inputLength, false};
    std::set<std::string> tensorNames;
    for (size_t i = 0; i < layers.size(); ++i) {
        Layer layer;
        layer.path = fmt::format("layers[{}]", i);
        DS_ASSIGN(layer.kind, parseLayer(layers[i], layer.path));
        layer.in = shape;
        DS_ASSIGN(layer.out, shapeAfter(layer.kind, shape, layer.path));
        if (layer.out.size() > kMost)
            return fail(ErrorKind::BadInput, fmt::format("Its output of {} is too large.", layer.out.text()),
                        layer.path);
        shape = layer.out;
        network.layers.push_back(std::move(layer));
    }
    for (const TensorSpec& tensor : network.tensors()) {
        double numbers = 1; // in double, because a product of file-given sizes may pass int64
        for (const int64_t size : tensor.shape)
            numbers *= static_cast<double>(size);
        if (numbers > static_cast<double>(kMost))
            return fail(ErrorKind::BadInput,
                        fmt::format("The weight \"{}\" of shape {} is too large.", tensor.name,
                                    shapeText(tensor.shape)),
                        "layers");
        if (!tensorNames.insert(tensor.name).second)
            return fail(
                ErrorKind::BadInput,
                fmt::format("Two layers have the same name: \"{}\" would be read twice.", tensor.name),
                "layers", "Give every layer with weights a name of its own.");
    }
    if (!shape.flat)
        return fail(
            ErrorKind::BadInput,
            fmt::format("The last layer leaves {} (channels x positions), not features.", shape.text()),
            "layers", "End with \"flatten\" or a global pool, and a linear layer.");
    return network;
}

} // namespace diploscope
