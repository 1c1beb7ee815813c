// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analysis/training.h"
#include "engines/torch/torch_backend.h"
#include "lab/simulate/random.h"

#include <string>

namespace diploscope::test {

inline constexpr int64_t kMotifLength = 64;

/// Sequences of which half hold a motif that raises the target by 2, with little noise.
inline TrainingData motifData(int64_t count) {
    TrainingData data;
    data.targets.resize(count);
    simulate::Random random(1, "toy");
    for (int64_t i = 0; i < count; ++i) {
        std::string bases;
        for (int64_t k = 0; k < kMotifLength; ++k)
            bases += "ACGT"[random.below(4)];
        const bool has = random.chance(0.5);
        if (has)
            bases.replace(static_cast<size_t>(random.below(kMotifLength - 6)), 6, "GATTAC");
        data.inputs.push_back(bases);
        data.targets[i] = (has ? 1 : -1) + 0.1 * random.normal();
        data.split.push_back(splitOf("gene" + std::to_string(i), 1));
    }
    return data;
}

} // namespace diploscope::test
