// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "weights/tensor.h"

namespace diploscope {

/// Reproducible random weights of an Enformer with which activations keep their scale from layer to layer:
/// for benchmarks and tests.
[[nodiscard]] WeightSource randomEnformerWeights(uint64_t seed);

} // namespace diploscope
