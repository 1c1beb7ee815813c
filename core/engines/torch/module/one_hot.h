// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/types.h>

#include <span>
#include <string>

namespace diploscope {

/// [N, 4, L] in {0,1} on `device`; rows A,C,G,T; everything else is all zeros (METHODS 1). All inputs of one
/// length.
[[nodiscard]] torch::Tensor oneHotNCL(std::span<const std::string> inputs, torch::Device device,
                                      torch::ScalarType type = torch::kFloat32);

} // namespace diploscope
