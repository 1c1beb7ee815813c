// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "genome/bases.h"
#include "genome/region.h"
#include "sequence/edit.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace diploscope {

/// Which strand a model reads: the genome's forward strand always (Enformer, METHODS 1), or the gene's own
/// (Xpresso).
enum class StrandRule { Forward, Gene };

/// What a model takes in: length L in bp, and the 0-based index of the TSS base *as the model reads it*.
struct InputShape {
    int64_t length = 0;
    int64_t tssIndex = 0;
    StrandRule strand = StrandRule::Forward;
    friend bool operator==(const InputShape&, const InputShape&) = default;
};

/// The reference bases that a model reads round one TSS, and a flank on both sides from which deletions draw.
/// Forward strand; upper case A/C/G/T/N; N past a contig's end. A value, immutable by use.
struct ReferenceWindow {
    Region region;         ///< the L bases of the model's input, without flanks; may pass the contig's ends
    int64_t tssOffset = 0; ///< of the TSS base in `region`, forward strand
    bool reversed = false; ///< the model reads the reverse complement (StrandRule::Gene and a gene on `-`)
    int64_t flank = 0;
    std::string context; ///< flank + L + flank bases
    /// Augmentation (METHODS 3): bp by which the window stands farther right on the forward strand than the
    /// model's TSS index says, and whether it is read on the strand that the model does not read.
    int64_t shift = 0;
    bool otherStrand = false;
    /// Whose TSS it is: what models that are tables look up. Id without version, and the symbol unless other
    /// genes have it too; both empty where there is no annotation.
    std::string geneId, geneName;

    [[nodiscard]] int64_t length() const { return region.length(); }
    /// The L reference bases.
    [[nodiscard]] std::string_view bases() const {
        return std::string_view(context).substr(static_cast<size_t>(flank), static_cast<size_t>(length()));
    }
};

/// Index of the TSS in the window in forward orientation: `tssIndex`, or `L - 1 - tssIndex` where the model
/// reads a `-` gene's own strand.
[[nodiscard]] int64_t forwardTssOffset(const InputShape& shape, Strand strand);

/// The region a model reads round the 0-based TSS `tss` of a gene on `strand`, in forward coordinates:
/// `[t - i, t - i + L)` with i = forwardTssOffset().
[[nodiscard]] Region inputRegion(const InputShape& shape, const std::string& contig, int64_t tss,
                                 Strand strand);

/// `region` with `flank` more bases on both sides: what to fetch as a window's context.
[[nodiscard]] Region withFlank(const Region& region, int64_t flank);

/// The window of a gene. \param context the bases of withFlank(inputRegion(...), flank), as FastaReader gives
/// them.
[[nodiscard]] ReferenceWindow makeWindow(const InputShape& shape, const std::string& contig, int64_t tss,
                                         Strand strand, int64_t flank, std::string context);

/// The window of `length` bases inside `wide` that stands `shift` bp right of its middle (forward strand),
/// read on the other strand if so asked; what `wide` has beyond becomes its flank. Both have their TSS at the
/// same base of the genome. `wide` must reach that far: length + 2 |shift| bases. Offsets of its edits are
/// those of `wide`'s less innerOffset(). Source: METHODS 3 (augmentation).
[[nodiscard]] ReferenceWindow innerWindow(const ReferenceWindow& wide, int64_t length, int64_t shift,
                                          bool otherStrand);
/// Of the inner window's first base in `wide`.
[[nodiscard]] int64_t innerOffset(const ReferenceWindow& wide, int64_t length, int64_t shift);

/// A window over given bases without a genome (`diploscope score`): contig "sequence", no flank, forward.
/// Bases are put in upper case, IUPAC ambiguities become N. Its length is that of `bases`: the caller checks
/// it against the shape's.
[[nodiscard]] ReferenceWindow windowOverSequence(std::string bases, const InputShape& shape);

/// The L bases of `edits` on `window`, forward strand: re-anchored at the TSS and cut to L (METHODS 2). Right
/// of the TSS the edited sequence is taken rightwards, left of it leftwards. Without indels this is the
/// window with some bases replaced. Where an edit covers the TSS: the base of its alternate allele at the
/// same place, or, where that is deleted, the first base that remains to the right (forward strand, whatever
/// the gene's). `edits` must be sorted and must not overlap. Where flanks run out, N.
[[nodiscard]] std::string materialize(const ReferenceWindow& window, const EditList& edits);

/// Where in materialize()'s bases that of the reference offset `offset` stands, or what an edit has put in
/// its place: at the same distance from the edit's beginning. Not in [0, L) where the window does not show
/// it.
[[nodiscard]] int64_t indexInEdited(const ReferenceWindow& window, const EditList& edits, int64_t offset);

/// materialize() as the model reads it: reverse-complemented where the window says so.
[[nodiscard]] std::string modelInput(const ReferenceWindow& window, const EditList& edits);

} // namespace diploscope
