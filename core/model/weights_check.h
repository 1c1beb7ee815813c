// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/model_manifest.h"
#include "weights/model_weights.h"

namespace diploscope {

/// Whether the weights that findWeights() gives fit the model, by their names and shapes; no value is read.
/// Of kinds that say no needs (ModelKind::needs), as a program can be looked into only by running it, nothing
/// is said. \error as findWeights, openWeights and ModelWeights::match
[[nodiscard]] Result<void> checkWeights(const ModelManifest& manifest);

/// checkWeights(), then whether the file is the one whose sha256 the manifest names, and whether all values
/// are finite numbers: what opening the model would find. No more than `mostBytes` are read; a larger file's
/// sha256 is not reckoned. \error as checkWeights; Mismatch for another sha256; as WeightsFile::read, naming
/// the tensor; Cancelled
[[nodiscard]] Result<WeightsLookedAt> checkWeightValues(const ModelManifest& manifest, int64_t mostBytes,
                                                        const RunContext& context = {});

/// Whether `weights` is the file that the manifest means, where it names a sha256. Reads all of it.
/// \error Mismatch
[[nodiscard]] Result<void> checkSha256(const ModelManifest& manifest, const std::filesystem::path& weights);

} // namespace diploscope
