// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engines/torch/torch_backend.h"

#include <memory>

namespace diploscope {

// The kinds of networks. They throw what LibTorch throws: their caller stands at the module's edge;
// forward() catches.

[[nodiscard]] Result<std::unique_ptr<TorchNetwork>>
makeSequentialNetwork(const NetworkSpec& network, const WeightSource& weights, const TorchOptions& options);

[[nodiscard]] Result<std::unique_ptr<TorchNetwork>>
makeScriptNetwork(const std::filesystem::path& file, const ScriptShape& shape, const TorchOptions& options);

[[nodiscard]] Result<std::shared_ptr<const TransformerNetwork>>
makeTransformerNetwork(const TransformerSpec& network, const WeightSource& weights,
                       const Eigen::MatrixXd& positionFeatures, const DeviceList& devices,
                       Precision precision, int threads);

} // namespace diploscope
