// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analysis/gene_locus.h"
#include "scoring/score_options.h"
#include "sequence/snv_panel.h"

#include <span>
#include <string>
#include <vector>

namespace diploscope {

/// What in-silico mutagenesis of a gene asks for: the reference, then ismSequences(). Edits are on `window`.
[[nodiscard]] std::vector<EditList> referenceAndIsm(const SnvPanel& panel, const ReferenceWindow& window);

/// A sequence that a member of a score is asked for.
struct WantedSequence {
    Digest key{};     ///< sequenceKey(), by which the cache knows it
    size_t index = 0; ///< of the first list of edits with this content: those of ISM, then the haplotypes'
};

/// All that an analysis of a gene asks one member for, each content once.
struct WantedSequences {
    ReferenceWindow window;                ///< the member's own
    std::string reference;                 ///< the bases that the model reads of it unedited
    int64_t offset = 0;                    ///< of `window` in the one that edits are on
    std::vector<WantedSequence> sequences; ///< by index
};

/// \param wide the locus' window, which the edits are on \param ism referenceAndIsm() \param haplotypes
/// Haplotypes::distinct
[[nodiscard]] WantedSequences wantedOf(const ScoreMember& member, const ReferenceWindow& wide,
                                       std::span<const EditList> ism, std::span<const EditList> haplotypes);

} // namespace diploscope
