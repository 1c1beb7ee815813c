// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engines/torch/torch_backend.h"

namespace diploscope {

/// TorchBackend::train. Throws what LibTorch throws: its caller stands at the module's edge.
[[nodiscard]] Result<TrainingResult> trainNetwork(const ModelManifest& model, const TrainingData& data,
                                                  const TrainingOptions& options, const RunContext& context);

} // namespace diploscope
