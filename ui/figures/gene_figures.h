// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/run_context.h"
#include "figures/figure_entry.h"

#include <filesystem>
#include <memory>
#include <span>
#include <vector>

namespace diploscope::ui {

enum class GeneFigure {
    ObservedPredicted, ///< people, told apart by genotype (1D, 2B)
    Ism,               ///< the model's effects along the locus (1E)
    IsmEqtl,           ///< the model's effects against the observed ones (2D)
    Locus,             ///< genes, the model's effects, eQTL and fine mapping on one axis
    Eqtl,              ///< the observed effects along the locus, by LD with one SNV
    Carriers,          ///< observed and predicted means by genotype, side by side
    CarriersOfTwo,     ///< the same by the genotypes of two SNVs
    PredictionsOfTwo,  ///< people's predictions by another model and by this one
    EffectsOfTwo,      ///< SNVs' effects by another model and by this one
    Additivity,        ///< people's sums of the model's effects, and their predictions (S6)
    Copies             ///< people's reads by haplotype, and the difference of the copies' predictions
};

/// All of them, in the order above, which commands write them in.
[[nodiscard]] std::span<const FigureEntry> geneFigures();
[[nodiscard]] const FigureEntry& registered(GeneFigure figure);

/// What the window shows of a gene before a person chooses anything: LD is with the lead variant. Time
/// O(people x variants).
[[nodiscard]] GeneFigureSpec geneFigureSpec(const std::shared_ptr<const GeneReport>& report,
                                            const Annotation& annotation);

/// Holds SNVs against others than the lead: LD, and eQTL effects beside one. Of those that the report lacks,
/// or has too few genotypes of, nothing is shown. For a worker, or a command. \error Cancelled, asked for
/// between SNVs
[[nodiscard]] Result<void> refer(GeneFigureSpec& spec, const SnvReferences& references, const Study& study,
                                 const RunContext& context = {});

/// Arranges the locus of a figure, and works out what its tracks show beyond the report: rows of haplotypes
/// (by the SNV `spec.variant`, else by the lead, where they are sorted by one), LD of pairs over the whole
/// window, features of files that are shown. A file that cannot be read is told in `spec.leftOut` and stops
/// nothing. For a worker, or a command. \param ofStudy files that the study names \error Cancelled
[[nodiscard]] Result<void> arrange(GeneFigureSpec& spec, const LocusLayout& layout,
                                   const std::vector<std::filesystem::path>& ofStudy = {},
                                   const RunContext& context = {});

} // namespace diploscope::ui
