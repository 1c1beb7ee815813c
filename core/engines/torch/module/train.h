// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engines/torch/torch_backend.h"

namespace diploscope {

// TorchBackend::trainSequential and trainTransformer. They throw what LibTorch throws: their caller stands at
// the module's edge.

[[nodiscard]] Result<TrainingResult> trainSequentialNetwork(const NetworkSpec& network,
                                                            const TrainingData& data,
                                                            const TrainingOptions& options,
                                                            const RunContext& context);

[[nodiscard]] Result<TrainingResult>
trainTransformerNetwork(const TransformerSpec& network, const OutputChoice& output, const TrainingData& data,
                        const TrainingOptions& options, const RunContext& context);

} // namespace diploscope
