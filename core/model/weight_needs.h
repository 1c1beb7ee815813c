// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/model_manifest.h"
#include "weights/model_weights.h"

namespace diploscope {

[[nodiscard]] WeightNeeds needsOf(const NetworkSpec& network);
/// Heads that are not asked may be absent: checkpoints for people alone exist.
[[nodiscard]] WeightNeeds needsOf(const EnformerConfig& config);
/// Of a sequential model or an Enformer. \error as networkOf(), enformerConfigOf()
[[nodiscard]] Result<WeightNeeds> needsOf(const ModelManifest& manifest);

} // namespace diploscope
