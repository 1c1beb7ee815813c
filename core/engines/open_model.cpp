// SPDX-License-Identifier: GPL-3.0-or-later
#include "engines/open_model.h"

#include "base/atomic_file.h"
#include "base/checksum.h"
#include "base/json_text.h"
#include "engines/ensemble_predictor.h"
#include "engines/sequential/sequential_predictor.h"
#include "engines/torch/script_predictor.h"
#include "engines/torch/torch_backend.h"
#include "engines/transformer/enformer_predictor.h"
#include "engines/transformer/position_features.h"
#include "engines/transformer/position_table.h"
#include "model/model_manifest.h"
#include "model/model_trust.h"
#include "model/random_weights.h"
#include "model/weight_needs.h"
#include "model/weights_check.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace diploscope {

namespace fs = std::filesystem;
using nlohmann::json;

namespace {

/// What the manifest says, and the files beside it that say more.
Result<ModelInfo> infoOf(const ModelManifest& manifest) {
    ModelInfo info;
    info.name = manifest.name;
    info.kind = manifest.kind;
    info.licence = manifest.licence;
    info.source = manifest.source;
    info.input = manifest.input;
    info.defaultOutput = manifest.output;
    info.binCount = manifest.binCount;
    info.trackCount = manifest.trackCount;
    info.unit = manifest.unit;
    if (const auto targets = manifest.findFile(manifest.targetsFile); // names are a help, not a condition
        !manifest.targetsFile.empty() && targets) {
        DS_ASSIGN(TrackList tracks, readTrackList(*targets, info.trackCount));
        info.tracks = std::make_shared<const TrackList>(std::move(tracks));
    }
    if (!manifest.headFile.empty()) {
        DS_ASSIGN(const fs::path file, manifest.findFile(manifest.headFile));
        DS_ASSIGN(TunedHead head, readTunedHead(file, info.trackCount, info.tracks.get()));
        info.defaultOutput.useHead(std::make_shared<const TunedHead>(std::move(head)));
    }
    return info;
}

/// What decides the numbers a model gives: kind, layers or configuration, layouts, and the weights. Names,
/// licence, where the TSS stands and which output is the default do not: the sequences and the output choice
/// are other parts of a cache key.
std::string checksumOf(const ModelManifest& manifest, const std::string& weightsDigest) {
    json meaning = json::object();
    for (const char* key : {"kind", "layers", "layout", "config"})
        if (const auto found = manifest.json->find(key); found != manifest.json->end())
            meaning[key] = *found;
    if (const auto output = manifest.json->find("output");
        output != manifest.json->end() && output->contains("layout"))
        meaning["output"] = output->at("layout");
    meaning["length"] = manifest.input.length;
    return toHex(digestOf(jsonText(meaning) + weightsDigest));
}

struct OpenedWeights {
    WeightSource source;
    std::string digest;
    fs::path folder;  ///< where the file lies; the model's folder for random weights
    std::string note; ///< see ModelWeights
};

/// The weights of a manifest's file, checked, or random ones of `random`.
Result<OpenedWeights> openWeightsOf(const ModelManifest& manifest, const WeightNeeds& needs,
                                    WeightSource random, int64_t randomWeightsSeed) {
    if (randomWeightsSeed >= 0)
        return OpenedWeights{
            std::move(random), fmt::format("random {}", randomWeightsSeed), manifest.folder, {}};
    DS_ASSIGN(const fs::path path, manifest.findWeights());
    DS_TRY(checkSha256(manifest, path));
    DS_ASSIGN(std::shared_ptr<const WeightsFile> file, openWeights(path));
    DS_ASSIGN(const ModelWeights weights, ModelWeights::match(std::move(file), needs));
    DS_ASSIGN(std::string digest, weights.digest());
    return OpenedWeights{weights.source(), std::move(digest), path.parent_path(), weights.note()};
}

/// After the checksum: how the weights are named in their file decides no number.
void addNote(ModelInfo& info, const OpenedWeights& weights) {
    if (!weights.note.empty())
        info.note += (info.note.empty() ? "weights " : "; weights ") + weights.note;
}

Result<std::shared_ptr<const Predictor>>
openSequential(const ModelManifest& manifest, const PredictorOptions& options, int64_t randomWeightsSeed) {
    DS_ASSIGN(NetworkSpec network, networkOf(manifest));
    DS_ASSIGN(OpenedWeights weights,
              openWeightsOf(manifest, needsOf(network),
                            randomWeights(network, static_cast<uint64_t>(randomWeightsSeed)),
                            randomWeightsSeed));
    DS_ASSIGN(ModelInfo info, infoOf(manifest));
    info.checksum = checksumOf(manifest, weights.digest);
    addNote(info, weights);
    return std::shared_ptr<const Predictor>(std::make_shared<SequentialPredictor>(
        std::move(info), std::move(network), std::move(weights.source), options));
}

/// What decides an Enformer's numbers, however its configuration was written down.
std::string meaningOf(const EnformerConfig& config) {
    return fmt::format("enformer {} {} {} {} {} {} {} {} {} {} fp32 exponentials", config.inputLength,
                       config.dim, config.depth, config.heads, config.attnDimKey, config.numDownsamples,
                       config.dimDivisibleBy, config.targetLength, config.head, config.trackCount());
}

Result<std::shared_ptr<const Predictor>>
openEnformer(const ModelManifest& manifest, const PredictorOptions& options, int64_t randomWeightsSeed) {
    DS_ASSIGN(EnformerConfig config, enformerConfigOf(manifest));
    DS_ASSIGN(OpenedWeights weights,
              openWeightsOf(manifest, needsOf(config),
                            randomEnformerWeights(static_cast<uint64_t>(randomWeightsSeed)),
                            randomWeightsSeed));
    const fs::path folders[] = {weights.folder, manifest.folder};
    DS_ASSIGN(const std::optional<fs::path> table, findPositionTable(config, folders));
    DS_ASSIGN(ModelInfo info, infoOf(manifest));
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
    return std::shared_ptr<const Predictor>(std::make_shared<EnformerPredictor>(
        std::move(info), std::move(config), std::move(weights.source), std::move(features), options));
}

Result<std::shared_ptr<const Predictor>> openEnsemble(const ModelManifest& manifest,
                                                      const PredictorOptions& options) {
    std::vector<std::shared_ptr<const Predictor>> members;
    for (const ModelManifest& member : manifest.members) {
        DS_ASSIGN(auto opened, openModel(member.folder.string(), options));
        members.push_back(std::move(opened));
    }
    ModelInfo info = members.front()->info();
    info.name = manifest.name;
    info.kind = manifest.kind;
    info.licence = manifest.licence;
    info.source = manifest.source;
    return std::shared_ptr<const Predictor>(
        std::make_shared<EnsemblePredictor>(std::move(info), std::move(members)));
}

Result<std::shared_ptr<const Predictor>> openScript(const ModelManifest& manifest,
                                                    const PredictorOptions& options) {
    DS_ASSIGN(const fs::path path, manifest.findWeights());
    DS_TRY(checkSha256(manifest, path));
    DS_ASSIGN(const std::string bytes, readWholeFile(path));
    DS_TRY(requireTrust(manifest.name, path, bytes));
    DS_ASSIGN(MemoryFile program, MemoryFile::of(bytes));
    DS_ASSIGN(ModelInfo info, infoOf(manifest));
    info.checksum = checksumOf(manifest, toHex(digestOf(bytes)));
    ScriptShape shape;
    shape.inputLength = manifest.input.length;
    shape.binCount = manifest.binCount;
    shape.trackCount = manifest.trackCount;
    const auto textAt = [](const json& object, const char* key) {
        const auto found = object.find(key);
        return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
    };
    shape.channelsLast = textAt(*manifest.json, "layout") == "NLC";
    if (const auto output = manifest.json->find("output"); output != manifest.json->end())
        shape.tracksBeforeBins = textAt(*output, "layout") == "NKT";
    return std::shared_ptr<const Predictor>(
        std::make_shared<ScriptPredictor>(std::move(info), path, std::move(program), shape, options));
}

} // namespace

Result<std::shared_ptr<const Predictor>>
openModel(const std::string& folderOrName, const PredictorOptions& options, int64_t randomWeightsSeed) {
    DS_ASSIGN(const fs::path folder, findModelFolder(folderOrName));
    DS_ASSIGN(const ModelManifest manifest, readModelManifest(folder, options.inputLength));
    if (randomWeightsSeed >= 0 && manifest.kind == "torchscript")
        return fail(ErrorKind::Unsupported, "Random weights cannot be made for a TorchScript module.",
                    manifest.folder.string());
    for (const Device& device : options.devices)
        if (device.kind != Device::Kind::Cpu) {
            DS_ASSIGN(const TorchBackend* torch, torchBackend());
            DS_TRY(torch->checkDevice(device));
        }
    if (manifest.kind == "sequential")
        return openSequential(manifest, options, randomWeightsSeed);
    if (manifest.kind == "ensemble")
        return openEnsemble(manifest, options);
    if (manifest.kind == "torchscript")
        return openScript(manifest, options);
    return openEnformer(manifest, options, randomWeightsSeed);
}

} // namespace diploscope
