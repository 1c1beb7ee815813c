// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/weight_needs.h"

#include <fmt/format.h>

namespace diploscope {

WeightNeeds needsOf(const NetworkSpec& network) {
    return {network.tensors(), {}, {}};
}

WeightNeeds needsOf(const EnformerConfig& config) {
    WeightNeeds needs;
    const std::string asked = fmt::format("_heads.{}.", config.head);
    for (TensorSpec& tensor : config.tensors()) {
        const bool other = tensor.name.starts_with("_heads.") && !tensor.name.starts_with(asked);
        (other ? needs.spare : needs.needed).push_back(std::move(tensor));
    }
    needs.aliases = {{"_trunk.1.", "stem."},
                     {"_trunk.2.", "conv_tower."},
                     {"_trunk.4.", "transformer."},
                     {"_trunk.6.", "final_pointwise."}};
    return needs;
}

Result<WeightNeeds> needsOf(const ModelManifest& manifest) {
    if (manifest.kind == "sequential") {
        DS_ASSIGN(const NetworkSpec network, networkOf(manifest));
        return needsOf(network);
    }
    DS_ASSIGN(const EnformerConfig config, enformerConfigOf(manifest));
    return needsOf(config);
}

} // namespace diploscope
