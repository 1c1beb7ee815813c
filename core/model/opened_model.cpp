// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/opened_model.h"

#include "base/checksum.h"
#include "base/json_text.h"
#include "model/model_kind.h"
#include "model/weights_check.h"
#include "weights/weights_file.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace diploscope {

namespace fs = std::filesystem;
using nlohmann::json;

Result<ModelInfo> infoOf(const ModelManifest& manifest) {
    ModelInfo info;
    info.name = manifest.name;
    info.kind = manifest.kind->name();
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
    info.outputs = manifest.outputs;
    for (const auto& [kind, name] : manifest.kindHeads) {
        DS_ASSIGN(const fs::path file, manifest.findFile(name));
        DS_ASSIGN(TunedHead head, readTunedHead(file, info.trackCount, info.tracks.get()));
        info.outputs[kind].choice.useHead(std::make_shared<const TunedHead>(std::move(head)));
    }
    return info;
}

std::string checksumOf(const ModelManifest& manifest, const std::string& weightsDigest) {
    std::vector<std::string> keys = manifest.kind->keys();
    keys.emplace_back("kind");
    json meaning = json::object();
    for (const std::string& key : keys)
        if (const auto found = manifest.json->find(key); found != manifest.json->end())
            meaning[key] = *found;
    if (const auto output = manifest.json->find("output");
        output != manifest.json->end() && output->contains("layout"))
        meaning["output"] = output->at("layout");
    meaning["length"] = manifest.input.length;
    return toHex(digestOf(jsonText(meaning) + weightsDigest));
}

Result<OpenedWeights> openWeightsOf(const ModelManifest& manifest, const WeightNeeds& needs,
                                    const std::function<WeightSource(uint64_t)>& random,
                                    int64_t randomWeightsSeed) {
    if (randomWeightsSeed >= 0)
        return OpenedWeights{random(static_cast<uint64_t>(randomWeightsSeed)),
                             fmt::format("random {}", randomWeightsSeed),
                             manifest.folder,
                             {}};
    DS_ASSIGN(const fs::path path, manifest.findWeights());
    DS_TRY(checkSha256(manifest, path));
    DS_ASSIGN(std::shared_ptr<const WeightsFile> file, openWeights(path));
    DS_ASSIGN(const ModelWeights weights, ModelWeights::match(std::move(file), needs));
    DS_ASSIGN(std::string digest, weights.digest());
    return OpenedWeights{weights.source(), std::move(digest), path.parent_path(), weights.note()};
}

void addNote(ModelInfo& info, const OpenedWeights& weights) {
    if (!weights.note.empty())
        info.note += (info.note.empty() ? "weights " : "; weights ") + weights.note;
}

} // namespace diploscope
