// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/atomic_file.h"
#include "base/checksum.h"
#include "base/json_text.h"
#include "predict/enformer_predictor.h"
#include "predict/ensemble_predictor.h"
#include "predict/model_manifest.h"
#include "predict/model_trust.h"
#include "predict/position_table.h"
#include "predict/script_predictor.h"
#include "predict/sequential_predictor.h"
#include "predict/torch_backend.h"
#include "predict/weights.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

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

Result<void> checkSha256(const ModelManifest& manifest, const fs::path& weights) {
    if (manifest.sha256.empty())
        return {};
    DS_ASSIGN(const std::string found, sha256OfFile(weights));
    if (found != manifest.sha256)
        return fail(ErrorKind::Mismatch,
                    fmt::format("The file's SHA-256 is {}, but model.json says {}.", found, manifest.sha256),
                    weights.string(), "Fetch the weights again, or correct \"sha256\".");
    return {};
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

/// Not those of members, nor a program's, which nothing but the program knows.
bool hasWeightsOfItsOwn(const ModelManifest& manifest) {
    return manifest.members.empty() && manifest.kind != "torchscript" && manifest.kind != "ensemble";
}

/// The weights' names and shapes, held against what the model needs.
Result<ModelWeights> matchedWeights(const ModelManifest& manifest) {
    WeightNeeds needs;
    if (manifest.kind == "sequential") {
        DS_ASSIGN(const NetworkSpec network, networkOf(manifest));
        needs = needsOf(network);
    } else {
        DS_ASSIGN(const EnformerConfig config, enformerConfigOf(manifest));
        needs = needsOf(config);
    }
    DS_ASSIGN(const fs::path path, manifest.findWeights());
    DS_ASSIGN(std::shared_ptr<const WeightsFile> file, openWeights(path));
    return ModelWeights::match(std::move(file), needs);
}

} // namespace

Result<void> checkWeights(const ModelManifest& manifest) {
    for (const ModelManifest& member : manifest.members)
        DS_TRY(checkWeights(member));
    if (hasWeightsOfItsOwn(manifest))
        DS_TRY(matchedWeights(manifest));
    return {};
}

Result<WeightsLookedAt> checkWeightValues(const ModelManifest& manifest, int64_t mostBytes,
                                          const RunContext& context) {
    WeightsLookedAt looked;
    for (const ModelManifest& member : manifest.members) {
        DS_ASSIGN(const WeightsLookedAt more, checkWeightValues(member, mostBytes - looked.bytes, context));
        looked.bytes += more.bytes;
        looked.ofBytes += more.ofBytes;
    }
    if (!hasWeightsOfItsOwn(manifest))
        return looked;
    DS_ASSIGN(const fs::path path, manifest.findWeights());
    std::error_code ignored;
    if (fs::file_size(path, ignored) <= static_cast<uint64_t>(std::max<int64_t>(0, mostBytes)))
        DS_TRY(checkSha256(manifest, path));
    DS_ASSIGN(const ModelWeights weights, matchedWeights(manifest));
    return weights.checkValues(mostBytes, context);
}

Result<void> checkRequest(const ModelInfo& info, const ReferenceWindow& window, const OutputChoice& output) {
    if (window.length() != info.input.length)
        return fail(ErrorKind::Mismatch,
                    fmt::format("The model \"{}\" reads {} bases, but the window has {}.", info.name,
                                info.input.length, window.length()));
    // Augmentation aside, the TSS stands where the model expects it.
    const int64_t tssOffset = window.tssOffset + window.shift;
    const int64_t tssAsRead =
        window.reversed != window.otherStrand ? window.length() - 1 - tssOffset : tssOffset;
    if (tssAsRead != info.input.tssIndex)
        return fail(ErrorKind::Mismatch,
                    fmt::format("The model \"{}\" has the TSS at base {} of its input, but the window at {}.",
                                info.name, info.input.tssIndex, tssAsRead));
    const auto check = [&](const std::vector<int>& chosen, int count, const char* what) -> Result<void> {
        if (chosen.empty())
            return fail(ErrorKind::BadInput, fmt::format("No {} is chosen.", what));
        for (const int index : chosen)
            if (index < 0 || index >= count)
                return fail(ErrorKind::BadInput,
                            fmt::format("The model \"{}\" has no {} {}: they go from 0 to {}.", info.name,
                                        what, index, count - 1));
        return {};
    };
    DS_TRY(check(output.bins, info.binCount, "bin"));
    return check(output.tracks, info.trackCount, "track");
}

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
