// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/run_context.h"
#include "sequence/haplotypes.h"
#include "sequence/reference_window.h"
#include "sequence/snv_panel.h"
#include "study/study.h"

#include <vector>

namespace diploscope {

/// What a model reads of a gene, and what people have there.
struct Locus {
    ReferenceWindow window; ///< wide enough for every member's
    Region region;          ///< of the model's own
    AlleleMatrix alleles;
    Haplotypes haplotypes;
    VariantMode variants = VariantMode::Snv; ///< which alleles are part of haplotypes, and of panelOf()
    /// [people] of whom the study says nothing there: who has several phase sets, where it leaves these out,
    /// and women at genes of Y. Empty: nobody. Source: METHODS 17.
    std::vector<bool> leftOut{};

    [[nodiscard]] bool isLeftOut(size_t person) const { return person < leftOut.size() && leftOut[person]; }

    /// What was read of the reference: borrowed, in the genome's places.
    [[nodiscard]] ReferenceStretch reference() const {
        return {window.context, window.region.start - window.flank};
    }
};

/// The variants whose effects are a report's.
[[nodiscard]] SnvPanel panelOf(const Locus& locus);

/// The reference alone, wide enough for shifts of the model's window, of which each stands `shifts` bp in.
/// \error as Study::window
[[nodiscard]] Result<ReferenceWindow> readLocusWindow(const Study& study, const Gene& gene,
                                                      const InputShape& shape, int shifts, int64_t flank = 0);

/// Reads window and alleles for a model of this shape and shifts of its window; widens the flanks until
/// neither a haplotype's deletions nor a single one, from whichever end, draw on bases beyond them. \param
/// leastFlank bases beside the window that are wanted anyway \error as Study::window and Study::alleles
[[nodiscard]] Result<Locus> readLocus(const Study& study, const Gene& gene, const InputShape& shape,
                                      int shifts, const RunContext& context, int64_t leastFlank = 0);

} // namespace diploscope
