// SPDX-License-Identifier: GPL-3.0-or-later
#include "engines/transformer/random_enformer_weights.h"

#include "model/random_weights.h"

namespace diploscope {

namespace {

/// Scales of an Enformer's weights. After an activation He's 2; branches that are added to what they came
/// from get less, or the sum would double from block to block.
Spread enformerSpread(const TensorSpec& spec) {
    const std::string& name = spec.name;
    const bool tower = name.starts_with("stem.") || name.starts_with("conv_tower.");
    if (name.ends_with(".running_var") || (name.ends_with(".weight") && spec.shape.size() == 1))
        return {1, 0.3};
    if (name.ends_with(".to_attn_logits.weight"))
        return {0, halfWidthFor(spec, 0.1)};
    if (!name.ends_with(".weight"))
        return {0, 0.1};
    if (tower && name.find(".fn.") != std::string::npos)
        return {0, halfWidthFor(spec, 0.2)};
    if (tower || name.starts_with("final_pointwise."))
        return {0, halfWidthFor(spec, 2)};
    if (name.ends_with(".fn.4.weight"))
        return {0, halfWidthFor(spec, 0.2)};
    return {0, halfWidthFor(spec, 1)};
}

} // namespace

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
