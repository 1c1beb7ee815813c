// SPDX-License-Identifier: GPL-3.0-or-later
#include "engines/torch/module/module_weights.h"

#include <fmt/format.h>
#include <torch/types.h>

#include <algorithm>

namespace diploscope {

std::string registeredName(std::string name) {
    std::replace(name.begin(), name.end(), '.', '_');
    return name;
}

Result<void> copyWeights(const ModuleTensors& tensors, const std::vector<TensorSpec>& specs,
                         const WeightSource& weights) {
    const torch::NoGradGuard noGradients;
    for (const TensorSpec& spec : specs) {
        DS_ASSIGN(NamedTensor given, weights(spec));
        if (given.shape != spec.shape)
            return fail(ErrorKind::Mismatch,
                        fmt::format("The weight \"{}\" has shape {}, but the network needs {}.", spec.name,
                                    shapeText(given.shape), shapeText(spec.shape)));
        tensors.at(spec.name).copy_(torch::from_blob(given.values.data(), given.shape, torch::kFloat64));
    }
    return {};
}

std::vector<NamedTensor> weightsOf(const ModuleTensors& tensors, const std::vector<TensorSpec>& specs) {
    std::vector<NamedTensor> all;
    for (const TensorSpec& spec : specs) {
        const torch::Tensor values =
            tensors.at(spec.name).detach().to(torch::kCPU, torch::kFloat64).contiguous();
        const double* begin = values.data_ptr<double>();
        all.push_back({spec.name, spec.shape, std::vector<double>(begin, begin + values.numel())});
    }
    return all;
}

} // namespace diploscope
