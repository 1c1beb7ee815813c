// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/gene_locus.h"

#include "base/stage_clock.h"

#include <algorithm>

namespace diploscope {

namespace {

/// The shape with room for every shift on both sides: members' windows are cut from it.
InputShape widened(InputShape shape, int shifts) {
    shape.length += 2 * int64_t{shifts};
    shape.tssIndex += shifts;
    return shape;
}

int64_t longestDeletion(const AlleleMatrix& alleles) {
    int64_t longest = 0;
    for (const Site& site : alleles.sites)
        for (int allele = 1; allele <= static_cast<int>(site.alts.size()); ++allele)
            if (const AlleleChange change = site.change(allele); change.kind == AlleleKind::Indel)
                longest = std::max(longest, static_cast<int64_t>(change.ref.size()) -
                                                static_cast<int64_t>(change.alt.size()));
    return longest;
}

std::vector<bool> leftOutPeople(const Study& study, const Gene& gene, const AlleleMatrix& alleles) {
    std::vector<bool> leftOut = study.withoutCopyOf(gene);
    if (study.file().options.phaseSets == PhaseSetRule::AsListed || alleles.severalPhaseSets.empty())
        return leftOut;
    leftOut.resize(study.people().size());
    for (size_t p = 0; p < alleles.severalPhaseSets.size(); ++p)
        leftOut[p] = leftOut[p] || alleles.severalPhaseSets[p];
    return leftOut;
}

} // namespace

SnvPanel panelOf(const Locus& locus) {
    return buildPanel(locus.alleles, locus.region, locus.variants, locus.reference());
}

Result<ReferenceWindow> readLocusWindow(const Study& study, const Gene& gene, const InputShape& shape,
                                        int shifts, int64_t flank) {
    return study.window(gene, widened(shape, shifts), flank);
}

Result<Locus> readLocus(const Study& study, const Gene& gene, const InputShape& shape, int shifts,
                        const RunContext& context, int64_t leastFlank) {
    const VariantMode mode = study.file().options.variants;
    int64_t flank = std::max(startingFlank(mode), leastFlank);
    for (;;) {
        Locus locus;
        locus.variants = mode;
        {
            const StageTime time(context, Stage::Read);
            DS_ASSIGN(locus.window, readLocusWindow(study, gene, shape, shifts, flank));
            locus.region = withFlank(locus.window.region, -shifts);
            DS_ASSIGN(locus.alleles, study.alleles(locus.window, context));
            locus.leftOut = leftOutPeople(study, gene, locus.alleles);
        }
        const StageTime time(context, Stage::Sequences);
        locus.haplotypes = buildHaplotypes(locus.alleles, locus.window.region.start, mode);
        int64_t needed = requiredFlank(locus.haplotypes, locus.window.length(), locus.window.tssOffset);
        if (mode == VariantMode::SnvAndIndel)
            needed = std::max(needed, longestDeletion(locus.alleles));
        if (needed <= flank) {
            locus.haplotypes = cutToWindow(locus.haplotypes, locus.window.length(), locus.window.tssOffset);
            return locus;
        }
        flank = needed;
    }
}

} // namespace diploscope
