// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engines/torch/torch_backend.h"

namespace diploscope {

/// Makes fp32 mean fp32 on graphics cards too: LibTorch's own default lets cuDNN round a convolution's inputs
/// to TF32 (10 bits). For this process, once.
void useStrictSingle();

[[nodiscard]] TorchFacts torchFacts();

/// See TorchBackend::measureProducts. Throws what LibTorch throws.
[[nodiscard]] Result<double> productSpeed(Device device);

} // namespace diploscope
