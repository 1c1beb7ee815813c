// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/network_spec.h"
#include "weights/tensor.h"

#include <Eigen/Core>

#include <variant>
#include <vector>

namespace diploscope {

/// Per channel: x * scale + shift. A batch norm outside training.
struct ChannelAffine {
    Eigen::VectorXd scale; ///< [channels]
    Eigen::VectorXd shift;
};

using Elementwise = std::variant<ActivationKind, ChannelAffine>;

/// Applies each in turn, in place. \param columns [channels x any number]
void applyElementwise(const std::vector<Elementwise>& chain, Eigen::Ref<Eigen::MatrixXd> columns);

/// \error what `weights` gives
[[nodiscard]] Result<ChannelAffine> affineOf(const BatchNormLayer& norm, int64_t channels,
                                             const WeightSource& weights);

/// A bias, or an empty vector for a layer without one. \error what `weights` gives
[[nodiscard]] Result<Eigen::VectorXd> vectorOf(const std::string& name, int64_t size,
                                               const WeightSource& weights);

} // namespace diploscope
