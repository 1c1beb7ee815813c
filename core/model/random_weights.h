// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/network_spec.h"

namespace diploscope {

/// Reproducible random weights with which activations keep their scale from layer to layer: for benchmarks
/// and tests.
[[nodiscard]] WeightSource randomWeights(const NetworkSpec& network, uint64_t seed);
[[nodiscard]] WeightSource randomEnformerWeights(uint64_t seed);

} // namespace diploscope
