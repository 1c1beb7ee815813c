// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace diploscope {

/// An order of haplotypes in which those that are alike stand beside each other.
struct HaplotypeOrder {
    std::vector<size_t> order; ///< a permutation of the haplotypes
    /// By average linkage; false where there are too many different ones for that (MostClustered), which are
    /// then sorted by their alleles, the first SNV first.
    bool clustered = true;
};

/// Different haplotypes beyond which their distances, 8 bytes a pair, are not held.
inline constexpr size_t MostClustered = 3000;

/// Leaves of an average-linkage tree (UPGMA) over the number of SNVs at which two haplotypes differ; of two
/// branches the one that carries less comes first, and equal haplotypes keep their order. The same order on
/// every machine. Time O(haplotypes^2 x SNVs / 64).
/// \param carried [SNVs][haplotypes] 1: carries the allele; anything else does not
[[nodiscard]] HaplotypeOrder similarityOrder(std::span<const std::span<const uint8_t>> carried,
                                             size_t haplotypes);

} // namespace diploscope
