// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/network_spec.h"
#include "weights/tensor.h"

#include <torch/nn/module.h>
#include <torch/types.h>

#include <map>
#include <string>
#include <vector>

namespace diploscope {

/// A NetworkSpec as a torch module: for the plain forward pass and for training. Parameters start as PyTorch
/// initialises its own layers (seed with torch::manual_seed). Throws c10::Error like any torch code: catch at
/// the module's edge.
class SequentialModule : public torch::nn::Module {
public:
    explicit SequentialModule(NetworkSpec network);

    /// \param input_NCL [N, 4, L] in the parameters' type and device. \return [N, outputs]
    torch::Tensor forward(torch::Tensor input_NCL);

    /// Copies every tensor of the network from `weights`. \error what `weights` gives; Mismatch for another
    /// shape.
    [[nodiscard]] Result<void> setWeights(const WeightSource& weights);
    /// Every tensor of the network, by name, as NetworkSpec::tensors() lists them.
    [[nodiscard]] std::vector<NamedTensor> weights() const;

    [[nodiscard]] const NetworkSpec& network() const { return m_network; }

private:
    torch::Tensor parameterOf(const std::string& tensorName) const;
    torch::Tensor apply(const Layer& layer, torch::Tensor x);

    NetworkSpec m_network;
    std::map<std::string, torch::Tensor> m_tensors; ///< by the file's name: "conv1.weight"
};

} // namespace diploscope
