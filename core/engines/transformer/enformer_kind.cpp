// SPDX-License-Identifier: GPL-3.0-or-later
#include "engines/transformer/enformer_kind.h"

#include "base/checksum.h"
#include "engines/torch/torch_backend.h"
#include "engines/transformer/position_features.h"
#include "engines/transformer/position_table.h"
#include "engines/transformer/random_enformer_weights.h"
#include "engines/transformer/transformer_predictor.h"
#include "model/opened_model.h"

#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

namespace diploscope {

namespace fs = std::filesystem;
using nlohmann::json;

namespace {

constexpr int kBrainTrack = 4980; ///< of Enformer's head for people: CAGE, adult brain (METHODS 3)

struct EnformerPart final : KindPart {
    explicit EnformerPart(EnformerConfig sizes) : config(std::move(sizes)), network(config.network()) {}
    EnformerConfig config;
    TransformerSpec network;
};

/// Of a model that this kind has parsed.
const EnformerConfig& sizesOf(const ModelManifest& model) {
    return dynamic_cast<const EnformerPart&>(*model.part).config;
}
const TransformerSpec& stagesOf(const ModelManifest& model) {
    return dynamic_cast<const EnformerPart&>(*model.part).network;
}

class EnformerKind final : public ModelKind {
public:
    std::string name() const override { return "enformer"; }
    KindWords words() const override { return {"an Enformer", "Enformers"}; }
    std::vector<std::string> inDetail(const ModelManifest& model) const override;

    std::vector<std::string> keys() const override { return {"config"}; }
    Result<void> parse(const JsonFields& fields, ModelManifest& model) const override;
    Result<void> parseOutput(const JsonFields& output, ModelManifest& model) const override;
    const HuggingFaceForm* huggingFace() const override;
    /// The TSS in the middle; by default track 4980 (CAGE, adult brain) of the people's head, or track 0 of a
    /// smaller head, in the three middle bins.
    Result<json> ofHuggingFace(const json& config, int64_t inputLength) const override;
    std::optional<WeightNeeds> needs(const ModelManifest& model) const override;

    Result<std::shared_ptr<const Predictor>> open(const ModelManifest& model, const PredictorOptions& options,
                                                  int64_t randomWeightsSeed) const override;
    Gradients gradients() const override { return Gradients::Always; }
    bool fastIsOnDevice() const override { return true; }
    std::optional<double> operations(const ModelManifest& model) const override {
        return stagesOf(model).operations();
    }

    bool canBeTrained() const override { return true; }
    /// Its outputs are softplus, so the score itself is brought to the targets' scale while training.
    Result<TrainingForm> trainingForm(const ModelManifest&) const override { return TrainingForm{true, {}}; }
    Result<TrainingResult> train(const ModelManifest& model, const TrainingData& data,
                                 const TrainingOptions& options, const RunContext& context) const override;
};

std::vector<std::string> EnformerKind::inDetail(const ModelManifest& model) const {
    const TransformerSpec& network = stagesOf(model);
    std::vector<int64_t> channels;
    for (const TrunkStage& stage : network.trunk)
        channels.push_back(stage.outChannels());
    const AttentionBlock& block = network.blocks.front();
    std::string heads = "  heads   ";
    for (size_t i = 0; i < network.heads.size(); ++i)
        heads += fmt::format(" {} {}{}", network.heads[i].name, network.heads[i].tracks,
                             i == network.asked ? " (asked)" : "");
    return {inWords(network.tensors()),
            fmt::format("  tower    {} channels, {} bp a token", fmt::join(channels, ", "),
                        network.basesPerToken()),
            fmt::format("  blocks   {} over {} tokens x {}, {} heads of key {} and value {}",
                        network.blocks.size(), network.tokens(), block.dim, block.heads, block.key,
                        block.value),
            std::move(heads)};
}

Result<void> EnformerKind::parse(const JsonFields&, ModelManifest& model) const {
    const auto found = model.json->find("config");
    if (found == model.json->end())
        return fail(ErrorKind::BadInput, "The key is missing; it must be an object of Enformer's sizes.",
                    "config");
    DS_ASSIGN(EnformerConfig config, parseEnformerConfig(*found, "config", model.input.length));
    model.binCount = static_cast<int>(config.targetLength);
    model.trackCount = static_cast<int>(config.trackCount());
    model.part = std::make_shared<const EnformerPart>(std::move(config));
    return {};
}

/// Counts may be repeated for readers, but the configuration decides.
Result<void> EnformerKind::parseOutput(const JsonFields& output, ModelManifest& model) const {
    DS_TRY(output.integer("bin_count", model.binCount, model.binCount, model.binCount));
    DS_TRY(output.integer("track_count", model.trackCount, model.trackCount, model.trackCount));
    return {};
}

const HuggingFaceForm* EnformerKind::huggingFace() const {
    static const HuggingFaceForm form{"enformer", {"dim", "depth"}};
    return &form;
}

Result<json> EnformerKind::ofHuggingFace(const json& config, int64_t inputLength) const {
    const int64_t length = inputLength > 0 ? inputLength : EnformerConfig{}.inputLength;
    DS_ASSIGN(const EnformerConfig sizes, parseEnformerConfig(config, "", length));
    std::vector<int64_t> bins;
    for (int64_t bin = sizes.targetLength / 2 - 1; bin <= sizes.targetLength / 2 + 1; ++bin)
        if (bin >= 0 && bin < sizes.targetLength)
            bins.push_back(bin);
    return json{
        {"input", {{"length", length}, {"tss_index", length / 2}}},
        {"output", {{"bins", bins}, {"tracks", {sizes.trackCount() > kBrainTrack ? kBrainTrack : 0}}}},
        {"config", config}};
}

/// Heads that are not asked may be absent: checkpoints for people alone exist.
std::optional<WeightNeeds> EnformerKind::needs(const ModelManifest& model) const {
    const TransformerSpec& network = stagesOf(model);
    WeightNeeds needs;
    needs.needed = network.tensorsOfBody();
    for (size_t i = 0; i < network.heads.size(); ++i)
        for (TensorSpec& tensor : network.heads[i].tensors())
            (i == network.asked ? needs.needed : needs.spare).push_back(std::move(tensor));
    needs.aliases = {{"_trunk.1.", "stem."},
                     {"_trunk.2.", "conv_tower."},
                     {"_trunk.4.", "transformer."},
                     {"_trunk.6.", "final_pointwise."}};
    return needs;
}

/// What decides an Enformer's numbers, however its configuration was written down.
std::string meaningOf(const EnformerConfig& config) {
    return fmt::format("enformer {} {} {} {} {} {} {} {} {} {} fp32 exponentials", config.inputLength,
                       config.dim, config.depth, config.heads, config.attnDimKey, config.numDownsamples,
                       config.dimDivisibleBy, config.targetLength, config.head, config.trackCount());
}

Result<std::shared_ptr<const Predictor>> EnformerKind::open(const ModelManifest& model,
                                                            const PredictorOptions& options,
                                                            int64_t randomWeightsSeed) const {
    const EnformerConfig& config = sizesOf(model);
    DS_ASSIGN(OpenedWeights weights,
              openWeightsOf(model, *needs(model), randomEnformerWeights, randomWeightsSeed));
    const fs::path folders[] = {weights.folder, model.folder};
    DS_ASSIGN(const std::optional<fs::path> table, findPositionTable(config, folders));
    DS_ASSIGN(ModelInfo info, infoOf(model));
    Eigen::MatrixXd gammas;
    if (table) {
        DS_ASSIGN(gammas, readPositionTable(*table, config));
        const std::string digest = toHex(digestOf({reinterpret_cast<const char*>(gammas.data()),
                                                   static_cast<size_t>(gammas.size()) * sizeof(double)}));
        info.note = fmt::format("position features from {} ({})", table->filename().string(), digest);
    } else {
        gammas = gammaFeatures(config.tokens(), config.positionFeatures() / 6);
        info.note = "position features computed";
    }
    info.checksum = toHex(digestOf(meaningOf(config) + info.note + weights.digest));
    addNote(info, weights);
    Eigen::MatrixXd features = positionFeatures(config.tokens(), config.positionFeatures(), gammas);
    return std::shared_ptr<const Predictor>(std::make_shared<TransformerPredictor>(
        std::move(info), stagesOf(model), std::move(weights.source), std::move(features), options));
}

Result<TrainingResult> EnformerKind::train(const ModelManifest& model, const TrainingData& data,
                                           const TrainingOptions& options, const RunContext& context) const {
    DS_ASSIGN(const TorchBackend* torch, torchBackend());
    return torch->trainTransformer(stagesOf(model), model.output, data, options, context);
}

} // namespace

const ModelKind& enformerKind() {
    static const EnformerKind kind;
    return kind;
}

Result<EnformerConfig> enformerConfigOf(const ModelManifest& manifest) {
    if (manifest.kind != &enformerKind())
        return fail(ErrorKind::Unsupported, fmt::format("The model \"{}\" is of kind {}, not an Enformer.",
                                                        manifest.name, manifest.kind->name()));
    return sizesOf(manifest);
}

} // namespace diploscope
