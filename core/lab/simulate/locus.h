// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "genome/annotation.h"
#include "lab/simulate/composition.h"
#include "lab/simulate/random.h"
#include "sequence/edit.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace diploscope::simulate {

/// What is arranged to make people differ in one gene's expression.
enum class Design {
    Direct,   ///< variants in motif sites that act as they do on average: a model that learnt the motif is
              ///< right
    Switched, ///< a variant in a switch motif beside its partner: acts against what the motif does on average
    Opposed,  ///< a variant as in Direct, in LD with a stronger distal one of opposite effect
    Distal,   ///< only variants far from the promoter
    Unregulated ///< nothing on purpose
};
[[nodiscard]] std::string_view toText(Design design);

/// Designs of `count` genes in fixed proportions, in random order.
[[nodiscard]] std::vector<Design> designsFor(int64_t count, Random& random);

/// A variant that is to segregate in the cohort at a common frequency. Forward strand, left-aligned.
struct PlannedVariant {
    int64_t position = 0; ///< 0-based in the contig
    std::string ref, alt;
};

/// One gene with its stretch of the reference.
struct Locus {
    Gene gene; ///< contig coordinates
    Design design = Design::Unregulated;
    int64_t start = 0;                   ///< of `bases` in the contig, 0-based
    std::string bases;                   ///< forward strand; lower case = repeat
    std::vector<PlannedVariant> planned; ///< sorted by position

    /// The bases that the grammar reads (2 * kReach, gene strand, upper case) with these edits of `bases`,
    /// the TSS at its index.
    [[nodiscard]] std::string promoter(EditList edits = {}) const;
    /// Whether the grammar reads this position.
    [[nodiscard]] bool inReach(int64_t position) const;
};

/// Invents gene symbols that say what they are: pronounceable, never twice the same. One thread.
class GeneNames {
public:
    explicit GeneNames(uint64_t seed) : m_random(seed, "gene names") {}
    [[nodiscard]] std::string next();

private:
    Random m_random;
    std::unordered_set<std::string> m_used;
};

/// Where a locus goes.
struct LocusPlace {
    std::string contig;
    int64_t start = 0;
    int64_t length = 0; ///< bp; at least 4 * kReach
};

/// Makes a gene with reference bases, promoter sites and, for Direct, Switched and Opposed, SNVs to be
/// planted. \param number of the gene in the study, from 1: its stable id. \param indels of Direct genes
/// those that destroy a site of the reference are small deletions and insertions
[[nodiscard]] Locus makeLocus(const LocusPlace& place, Design design, int64_t number, std::string name,
                              const Composition& composition, Random& random, bool indels = false);

} // namespace diploscope::simulate
