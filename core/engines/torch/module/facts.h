// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engines/torch/torch_backend.h"

namespace diploscope {

/// Makes fp32 mean fp32 on graphics cards too: no TF32 (10 bits of each factor), which LibTorch lets cuDNN
/// use unless told otherwise, and no cuDNN. For this process, once.
void useStrictSingle();

[[nodiscard]] TorchFacts torchFacts();

/// "LibTorch 1.13.1, oneDNN 2.7.2, AVX-512". Asks no driver of graphics cards, as torchFacts() does.
[[nodiscard]] std::string torchVersions();

/// See TorchBackend::measureProducts. Throws what LibTorch throws.
[[nodiscard]] Result<double> productSpeed(Device device);

} // namespace diploscope
