// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "lab/simulate/locus.h"
#include "lab/simulate/mutations.h"

#include <string>
#include <vector>

namespace diploscope::simulate {

/// One alternative allele that truly changes a gene's expression.
struct CausalVariant {
    int64_t position = 0; ///< 0-based
    std::string id, ref, alt;
    std::string mechanism; ///< activator, repressor, switch-alone, switch-with-partner, partner, distal
    std::string motif;     ///< "." for distal ones
    double effect =
        0; ///< of alt on the log2 expression of the haplotype that carries it, all else as in the reference
    double frequency = 0;     ///< of alt over haplotypes
    double varianceShare = 0; ///< variance of its contribution / variance of all genetic contributions
    bool planned = false;
};

/// A gene's expression in every person and what it is made of. log2 units.
struct Phenotype {
    std::vector<double> expression; ///< [people]
    std::vector<double> haplotypes; ///< [2 people] the genetic part of each; people's is the mean of theirs
    std::vector<CausalVariant> causal; ///< by position
    double referenceScore = 0;         ///< of the grammar, on the reference
    double askedHeritability = 0;      ///< 0 for Unregulated
    double heritability = 0; ///< variance of the genetic part / variance of expression, in these people
    double localShare =
        0; ///< variance that the promoter grammar alone would give / variance of the genetic part
};

/// Expression = baseline + grammar (mean of both haplotypes) + distal variants (mean of both haplotypes;
/// beyond `kNearestDistal` of the TSS, so that no model with a smaller window can see them) + noise, whose
/// variance follows from the heritability: asked for each gene at random round `heritability`.
[[nodiscard]] Phenotype makePhenotype(const Locus& locus, const std::vector<SimulatedSite>& sites,
                                      int64_t people, double heritability, Random& random);

/// The same for a gene whose people do not differ: all have the reference's sequence.
[[nodiscard]] Phenotype makeReferencePhenotype(const Locus& locus, int64_t people, Random& random);

inline constexpr int64_t kNearestDistal = 4096;
inline constexpr int64_t kFarthestDistal = 28000;

} // namespace diploscope::simulate
