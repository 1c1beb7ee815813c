// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "genome/region.h"
#include "sequence/edit.h"

#include <cstdint>
#include <string>

namespace diploscope {

/// Which strand a model reads: the genome's forward strand always (Enformer, METHODS 1), or the gene's own (Xpresso).
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
    Region region;       ///< the L bases of the model's input, without flanks; may pass the contig's ends
    int64_t tssOffset = 0; ///< of the TSS base in `region`, forward strand
    bool reversed = false; ///< the model reads the reverse complement (StrandRule::Gene and a gene on `-`)
    int64_t flank = 0;
    std::string context; ///< flank + L + flank bases

    [[nodiscard]] int64_t length() const { return region.length(); }
    /// The L reference bases.
    [[nodiscard]] std::string_view bases() const {
        return std::string_view(context).substr(static_cast<size_t>(flank), static_cast<size_t>(length()));
    }
};

/// The region a model reads round the 0-based TSS `tss` of a gene on `strand`, in forward coordinates.
/// `[t - i, t - i + L)` where the model reads forward; mirrored where it reads a `-` gene's own strand.
[[nodiscard]] Region inputRegion(const InputShape& shape, const std::string& contig, int64_t tss, Strand strand);

/// A window over given bases without a genome (`diploscope score`): contig "sequence", no flank, forward.
/// Bases are put in upper case, IUPAC ambiguities become N.
[[nodiscard]] ReferenceWindow windowOverSequence(std::string bases, const InputShape& shape);

/// The L bases of `edits` on `window`, forward strand: edits applied to the context as `bcftools consensus` does,
/// re-anchored at the TSS and cut to L (METHODS 2). Without indels this is the window with some bases replaced.
/// `edits` must be sorted and must not overlap. Where flanks run out, N.
[[nodiscard]] std::string materialize(const ReferenceWindow& window, const EditList& edits);

/// The same as the model reads it: reverse-complemented where the window says so.
[[nodiscard]] std::string modelInput(const ReferenceWindow& window, const EditList& edits);

[[nodiscard]] std::string reverseComplement(std::string_view bases);

} // namespace diploscope
