// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "predict/network_spec.h"
#include "predict/safetensors.h"
#include "predict/tensor.h"

#include <memory>

namespace diploscope {

/// Whether `file` holds exactly the tensors of `network`. `num_batches_tracked` of a batch norm may be there:
/// no prediction uses it. \error Mismatch naming every missing key, every unexpected one (with what it may
/// have been meant for) and every wrong shape.
[[nodiscard]] Result<void> checkWeights(const NetworkSpec& network, const SafetensorsFile& file);

/// The tensors of a file that checkWeights() has passed.
[[nodiscard]] WeightSource weightsOfFile(std::shared_ptr<const SafetensorsFile> file);

/// Reproducible random weights with which activations keep their scale from layer to layer: for benchmarks
/// and tests.
[[nodiscard]] WeightSource randomWeights(const NetworkSpec& network, uint64_t seed);

/// Hex digest of every tensor's name, shape and values, in the network's order.
[[nodiscard]] Result<std::string> digestOfWeights(const NetworkSpec& network, const SafetensorsFile& file);

} // namespace diploscope
