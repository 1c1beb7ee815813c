// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "weights/weights_file.h"

namespace diploscope {

/// Whether a file's name says that it lists the parts of a split checkpoint, as Hugging Face writes it:
/// `model.safetensors.index.json`, `pytorch_model.bin.index.json`.
[[nodiscard]] bool isShardIndex(const std::filesystem::path& file);

/// The parts that an index lists, each once, beside it. \error NotFound, Io; BadInput with the place for what
/// is no index, and for parts outside its folder
[[nodiscard]] Result<std::vector<std::filesystem::path>> shardsOf(const std::filesystem::path& index);

/// A split checkpoint as one file of weights. \error those of shardsOf and openWeights; NotFound naming the
/// part that is missing; Mismatch naming a tensor that the index puts into a part that lacks it, or the other
/// way round
[[nodiscard]] Result<std::shared_ptr<const WeightsFile>> openShards(const std::filesystem::path& index);

} // namespace diploscope
