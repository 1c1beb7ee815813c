// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/checksum.h"
#include "engines/sequential/spatial_stack.h"

#include <string>
#include <string_view>
#include <vector>

namespace diploscope {

/// Neighbouring changed bases of one sequence, whose effects a network cannot add up. Different sequences
/// share many: a variant without another near it is the same cluster in every haplotype that carries it.
struct EditCluster {
    int64_t begin = 0;         ///< of `bases` in the model's input
    std::string bases;         ///< new bases of the whole stretch, unchanged ones between changes included
    std::vector<Span> changed; ///< in input positions; sorted, apart

    /// Equal for equal clusters on one reference.
    [[nodiscard]] Digest digest() const;
};

/// Where `input` differs from `reference` (equal lengths). Differences with fewer than eight equal bases
/// between are one span.
[[nodiscard]] std::vector<Span> changedSpans(std::string_view reference, std::string_view input);

/// The changes of `input`, grouped so that no position that matters to the network before its first addition
/// can see two of them.
[[nodiscard]] std::vector<EditCluster> editClusters(const SpatialStack& stack, std::string_view reference,
                                                    std::string_view input);

} // namespace diploscope
