// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/model_manifest.h"
#include "model/predictor.h"
#include "weights/model_weights.h"

#include <filesystem>
#include <functional>
#include <string>

namespace diploscope {

// What opening a model has in common, whatever its kind.

/// What the manifest says, and the files beside it that say more. The checksum is left open. \error of
/// reading the list of tracks or the head
[[nodiscard]] Result<ModelInfo> infoOf(const ModelManifest& manifest);

/// What decides the numbers a model gives: kind, the kind's own keys, layouts, and the weights. Names,
/// licence, where the TSS stands and which output is the default do not: the sequences and the output choice
/// are other parts of a cache key.
[[nodiscard]] std::string checksumOf(const ModelManifest& manifest, const std::string& weightsDigest);

struct OpenedWeights {
    WeightSource source;
    std::string digest;
    std::filesystem::path folder; ///< where the file lies; the model's folder for random weights
    std::string note;             ///< see ModelWeights
};

/// The weights of a manifest's file, checked, or random ones of a seed >= 0. \error as findWeights,
/// checkSha256, openWeights, ModelWeights::match
[[nodiscard]] Result<OpenedWeights> openWeightsOf(const ModelManifest& manifest, const WeightNeeds& needs,
                                                  const std::function<WeightSource(uint64_t seed)>& random,
                                                  int64_t randomWeightsSeed);

/// After the checksum: how the weights are named in their file decides no number.
void addNote(ModelInfo& info, const OpenedWeights& weights);

} // namespace diploscope
