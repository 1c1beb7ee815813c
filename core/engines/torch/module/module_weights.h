// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/network_spec.h"
#include "weights/tensor.h"

#include <map>
#include <string>
#include <vector>

namespace at {
class Tensor;
}

namespace diploscope {

/// A module's parameters and buffers by the file's names: "conv1.weight".
using ModuleTensors = std::map<std::string, at::Tensor>;

/// What libtorch lets a module call it: dots are for modules within modules.
[[nodiscard]] std::string registeredName(std::string name);

/// Copies every tensor of `specs` from `weights`, whatever the types. \error what `weights` gives; Mismatch
/// for another shape.
[[nodiscard]] Result<void> copyWeights(const ModuleTensors& tensors, const std::vector<TensorSpec>& specs,
                                       const WeightSource& weights);

/// The values of every tensor of `specs`, in that order.
[[nodiscard]] std::vector<NamedTensor> weightsOf(const ModuleTensors& tensors,
                                                 const std::vector<TensorSpec>& specs);

} // namespace diploscope
