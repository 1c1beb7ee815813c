// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/weights_check.h"

#include "base/checksum.h"
#include "model/weight_needs.h"

#include <fmt/format.h>

#include <algorithm>

namespace diploscope {

namespace fs = std::filesystem;

namespace {

/// Not those of members, nor a program's, which nothing but the program knows.
bool hasWeightsOfItsOwn(const ModelManifest& manifest) {
    return manifest.members.empty() && manifest.kind != "torchscript" && manifest.kind != "ensemble";
}

/// The weights' names and shapes, held against what the model needs.
Result<ModelWeights> matchedWeights(const ModelManifest& manifest) {
    DS_ASSIGN(const WeightNeeds needs, needsOf(manifest));
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

} // namespace diploscope
