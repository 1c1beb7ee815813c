// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "lab/simulate/locus.h"
#include "lab/simulate/mutations.h"
#include "stats/allelic_imbalance.h"

#include <cstdint>
#include <vector>

namespace diploscope::simulate {

/// Reads of a gene that tell a person's two haplotypes apart: those over heterozygous SNVs of its exons, each
/// haplotype's as many as it is expressed, with more spread than counting alone gives. Nobody who is
/// homozygous there has any.
/// \param haplotypes [2 people] log2 expression of each, all else equal
[[nodiscard]] std::vector<HaplotypeReads> makeHaplotypeReads(const Locus& locus,
                                                             const std::vector<SimulatedSite>& sites,
                                                             const std::vector<double>& haplotypes,
                                                             Random& random);

} // namespace diploscope::simulate
