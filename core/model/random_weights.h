// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/network_spec.h"

namespace diploscope {

/// Values are uniform in centre +- halfWidth.
struct Spread {
    double centre = 0;
    double halfWidth = 0.1;
};

/// Reproducible: each tensor has a stream of its own, so that they can be asked for in any order, and again.
[[nodiscard]] NamedTensor randomTensor(const TensorSpec& spec, uint64_t seed, Spread spread);

/// Half the width of uniform weights with which a layer's outputs have `gain` times the variance of its
/// inputs.
[[nodiscard]] double halfWidthFor(const TensorSpec& spec, double gain);

/// Weights of a sequential model with which activations keep their scale from layer to layer: for benchmarks
/// and tests. Other kinds have theirs beside their engines.
[[nodiscard]] WeightSource randomWeights(const NetworkSpec& network, uint64_t seed);

} // namespace diploscope
