// SPDX-License-Identifier: GPL-3.0-or-later
#include "engines/sequential/sequential_kind.h"

#include "base/json_text.h"
#include "engines/sequential/sequential_predictor.h"
#include "engines/torch/torch_backend.h"
#include "model/opened_model.h"
#include "model/random_weights.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace diploscope {

namespace {

struct SequentialPart final : KindPart {
    explicit SequentialPart(NetworkSpec spec) : network(std::move(spec)) {}
    NetworkSpec network;
};

/// Of a model that this kind has parsed.
const NetworkSpec& layersOf(const ModelManifest& model) {
    return dynamic_cast<const SequentialPart&>(*model.part).network;
}

class SequentialKind final : public ModelKind {
public:
    std::string name() const override { return "sequential"; }
    KindWords words() const override { return {"a sequential model", "sequential models"}; }
    std::vector<std::string> inDetail(const ModelManifest& model) const override;

    std::vector<std::string> keys() const override { return {"layers"}; }
    Result<void> parse(const JsonFields& fields, ModelManifest& model) const override;
    Result<void> parseOutput(const JsonFields& output, ModelManifest& model) const override;
    std::optional<WeightNeeds> needs(const ModelManifest& model) const override {
        return WeightNeeds{layersOf(model).tensors(), {}, {}};
    }

    Result<std::shared_ptr<const Predictor>> open(const ModelManifest& model, const PredictorOptions& options,
                                                  int64_t randomWeightsSeed) const override;
    Gradients gradients() const override { return Gradients::Always; }
    std::optional<double> operations(const ModelManifest& model) const override {
        return layersOf(model).operations();
    }

    bool canBeTrained() const override { return true; }
    Result<TrainingForm> trainingForm(const ModelManifest& model) const override;
    Result<TrainingResult> train(const ModelManifest& model, const TrainingData& data,
                                 const TrainingOptions& options, const RunContext& context) const override;
};

std::vector<std::string> SequentialKind::inDetail(const ModelManifest& model) const {
    const NetworkSpec& network = layersOf(model);
    std::vector<std::string> lines{inWords(network.tensors())};
    for (size_t i = 0; i < network.layers.size(); ++i)
        lines.push_back(fmt::format("  {:<70} -> {}", jsonText((*model.json)["layers"][i]),
                                    network.layers[i].out.text()));
    return lines;
}

Result<void> SequentialKind::parse(const JsonFields&, ModelManifest& model) const {
    const auto layers = model.json->find("layers");
    if (layers == model.json->end())
        return fail(ErrorKind::BadInput, "The key is missing; it must be a list of layers.", "layers");
    DS_ASSIGN(NetworkSpec network, parseNetwork(*layers, model.input.length));
    model.trackCount = static_cast<int>(network.outputs());
    model.part = std::make_shared<const SequentialPart>(std::move(network));
    return {};
}

Result<void> SequentialKind::parseOutput(const JsonFields& output, ModelManifest&) const {
    for (const char* key : {"bin_count", "track_count", "layout"})
        if (output.has(key))
            return fail(ErrorKind::BadInput,
                        "A sequential model has one bin, and one track for each output of its last layer.",
                        output.pathOf(key), "Remove the key.");
    return {};
}

Result<std::shared_ptr<const Predictor>> SequentialKind::open(const ModelManifest& model,
                                                              const PredictorOptions& options,
                                                              int64_t randomWeightsSeed) const {
    NetworkSpec network = layersOf(model);
    const auto random = [&network](uint64_t seed) { return randomWeights(network, seed); };
    DS_ASSIGN(OpenedWeights weights, openWeightsOf(model, *needs(model), random, randomWeightsSeed));
    DS_ASSIGN(ModelInfo info, infoOf(model));
    info.checksum = checksumOf(model, weights.digest);
    addNote(info, weights);
    return std::shared_ptr<const Predictor>(std::make_shared<SequentialPredictor>(
        std::move(info), std::move(network), std::move(weights.source), options));
}

/// A scale and an offset of the targets can become part of the last layer, where it is a linear one with
/// bias.
Result<TrainingForm> SequentialKind::trainingForm(const ModelManifest& model) const {
    const auto* linear = std::get_if<LinearLayer>(&layersOf(model).layers.back().kind);
    if (linear == nullptr || !linear->bias)
        return TrainingForm{};
    return TrainingForm{true, linear->name};
}

Result<TrainingResult> SequentialKind::train(const ModelManifest& model, const TrainingData& data,
                                             const TrainingOptions& options,
                                             const RunContext& context) const {
    DS_ASSIGN(const TorchBackend* torch, torchBackend());
    return torch->trainSequential(layersOf(model), data, options, context);
}

} // namespace

const ModelKind& sequentialKind() {
    static const SequentialKind kind;
    return kind;
}

Result<NetworkSpec> networkOf(const ModelManifest& manifest) {
    if (manifest.kind != &sequentialKind())
        return hasNoLayers(manifest);
    return layersOf(manifest);
}

} // namespace diploscope
