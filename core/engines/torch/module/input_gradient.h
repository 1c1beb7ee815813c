// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/predictor.h"

#include <torch/types.h>

#include <functional>
#include <vector>

namespace diploscope {

/// d score / d one-hot by autograd, see TorchNetwork::gradient. Throws what LibTorch throws.
/// \param input_NCL [1, 4, L]. \param forward gives [1, outputs]. \return [L x 4]
[[nodiscard]] Result<Eigen::MatrixXd>
inputGradient(const torch::Tensor& input_NCL, const std::vector<int>& columns, const OutputChoice& output,
              const std::function<Result<torch::Tensor>(const torch::Tensor&)>& forward);

} // namespace diploscope
