// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/random_weights.h"

#include "base/checksum.h"

#include <fmt/format.h>

#include <cmath>
#include <random>
#include <set>

namespace diploscope {

namespace {

/// Values are uniform in centre +- halfWidth.
struct Spread {
    double centre = 0;
    double halfWidth = 0.1;
};

/// Each tensor has a stream of its own, so that they can be asked for in any order, and again.
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

/// Half the width of uniform weights with which a layer's outputs have `gain` times the variance of its
/// inputs.
double halfWidth(const TensorSpec& spec, double gain) {
    return std::sqrt(3 * gain * static_cast<double>(spec.shape.front()) /
                     static_cast<double>(elementCount(spec.shape)));
}

/// Scales of an Enformer's weights. After an activation He's 2; branches that are added to what they came
/// from get less, or the sum would double from block to block.
Spread enformerSpread(const TensorSpec& spec) {
    const std::string& name = spec.name;
    const bool tower = name.starts_with("stem.") || name.starts_with("conv_tower.");
    if (name.ends_with(".running_var") || (name.ends_with(".weight") && spec.shape.size() == 1))
        return {1, 0.3};
    if (name.ends_with(".to_attn_logits.weight"))
        return {0, halfWidth(spec, 0.1)};
    if (!name.ends_with(".weight"))
        return {0, 0.1};
    if (tower && name.find(".fn.") != std::string::npos)
        return {0, halfWidth(spec, 0.2)};
    if (tower || name.starts_with("final_pointwise."))
        return {0, halfWidth(spec, 2)};
    if (name.ends_with(".fn.4.weight"))
        return {0, halfWidth(spec, 0.2)};
    return {0, halfWidth(spec, 1)};
}

} // namespace

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
            spread = {0, halfWidth(spec, 2)};
        return randomTensor(spec, seed, spread);
    };
}

WeightSource randomEnformerWeights(uint64_t seed) {
    return [seed](const TensorSpec& spec) -> Result<NamedTensor> {
        NamedTensor tensor = randomTensor(spec, seed, enformerSpread(spec));
        // As trained: a channel's logit is mostly its own value.
        if (spec.name.ends_with(".to_attn_logits.weight"))
            for (int64_t channel = 0; channel < spec.shape[0]; ++channel) {
                double& own = tensor.values[static_cast<size_t>(channel * (spec.shape[0] + 1))];
                own = static_cast<float>(own + 2);
            }
        return tensor;
    };
}

} // namespace diploscope
