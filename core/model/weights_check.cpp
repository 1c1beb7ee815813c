// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/weights_check.h"

#include "base/checksum.h"
#include "model/model_kind.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace diploscope {

namespace fs = std::filesystem;

namespace {

/// The weights' names and shapes, held against what the model needs.
Result<ModelWeights> matchedWeights(const ModelManifest& manifest, const WeightNeeds& needs) {
    DS_ASSIGN(const fs::path path, manifest.findWeights());
    DS_ASSIGN(std::shared_ptr<const WeightsFile> file, openWeights(path));
    return ModelWeights::match(std::move(file), needs);
}

} // namespace

Result<void> checkWeights(const ModelManifest& manifest) {
    for (const ModelManifest& member : manifest.members)
        DS_TRY(checkWeights(member));
    if (const std::optional<WeightNeeds> needs = manifest.kind->needs(manifest))
        DS_TRY(matchedWeights(manifest, *needs));
    if (!manifest.kind->isTable())
        return {};
    DS_ASSIGN(const fs::path file, manifest.findWeights());
    return manifest.kind->checkTable(manifest, file);
}

Result<WeightsLookedAt> checkWeightValues(const ModelManifest& manifest, int64_t mostBytes,
                                          const RunContext& context) {
    WeightsLookedAt looked;
    for (const ModelManifest& member : manifest.members) {
        DS_ASSIGN(const WeightsLookedAt more, checkWeightValues(member, mostBytes - looked.bytes, context));
        looked.bytes += more.bytes;
        looked.ofBytes += more.ofBytes;
    }
    const std::optional<WeightNeeds> needs = manifest.kind->needs(manifest);
    if (!needs)
        return looked;
    DS_ASSIGN(const fs::path path, manifest.findWeights());
    std::error_code ignored;
    if (fs::file_size(path, ignored) <= static_cast<uint64_t>(std::max<int64_t>(0, mostBytes)))
        DS_TRY(checkSha256(manifest, path));
    DS_ASSIGN(const ModelWeights weights, matchedWeights(manifest, *needs));
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
