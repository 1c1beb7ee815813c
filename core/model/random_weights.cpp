// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/random_weights.h"

#include "base/checksum.h"

#include <fmt/format.h>

#include <cmath>
#include <random>
#include <set>

namespace diploscope {

NamedTensor randomTensor(const TensorSpec& spec, uint64_t seed, Spread spread) {
    const Digest digest = digestOf(fmt::format("{}:{}", seed, spec.name));
    std::seed_seq words(digest.begin(), digest.end());
    std::mt19937_64 random(words);
    NamedTensor tensor{spec.name, spec.shape,
                       std::vector<double>(static_cast<size_t>(elementCount(spec.shape)))};
    // Rounded to float: what trained weights are, so that fp32 and fp64 passes see the same numbers.
    for (double& value : tensor.values) {
        const double unit = static_cast<double>(random() >> 11) * 0x1p-53;
        value = static_cast<float>(spread.centre + spread.halfWidth * (2 * unit - 1));
    }
    return tensor;
}

double halfWidthFor(const TensorSpec& spec, double gain) {
    return std::sqrt(3 * gain * static_cast<double>(spec.shape.front()) /
                     static_cast<double>(elementCount(spec.shape)));
}

WeightSource randomWeights(const NetworkSpec& network, uint64_t seed) {
    std::set<std::string> norms;
    for (const Layer& layer : network.layers)
        if (const auto* norm = std::get_if<BatchNormLayer>(&layer.kind))
            norms.insert(norm->name);
    return [norms = std::move(norms), seed](const TensorSpec& spec) -> Result<NamedTensor> {
        const bool ofNorm = norms.contains(spec.name.substr(0, spec.name.rfind('.')));
        Spread spread;
        if (ofNorm && (spec.name.ends_with(".weight") || spec.name.ends_with(".running_var")))
            spread = {1, 0.5};
        else if (!ofNorm && spec.name.ends_with(".weight"))
            // He: variance 2 / fan in. One base in four is set, so the first layer's scale is a little low.
            spread = {0, halfWidthFor(spec, 2)};
        return randomTensor(spec, seed, spread);
    };
}

} // namespace diploscope
