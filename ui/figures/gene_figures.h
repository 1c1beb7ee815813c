// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "figures/figure_entry.h"

#include <memory>
#include <span>

namespace diploscope::ui {

enum class GeneFigure {
    ObservedPredicted, ///< people, told apart by genotype (1D, 2B)
    Ism,               ///< the model's effects along the locus (1E)
    IsmEqtl,           ///< the model's effects against the observed ones (2D)
    Locus,             ///< genes, the model's effects, eQTL and fine mapping on one axis
    Eqtl,              ///< the observed effects along the locus, by LD with one SNV
    Carriers,          ///< observed and predicted means by genotype, side by side
    CarriersOfTwo      ///< the same by the genotypes of two SNVs
};

/// All of them, in the order above, which commands write them in.
[[nodiscard]] std::span<const FigureEntry> geneFigures();
[[nodiscard]] const FigureEntry& registered(GeneFigure figure);

/// What the window shows of a gene before a person chooses anything: LD is with the lead variant. Time
/// O(people x variants).
[[nodiscard]] GeneFigureSpec geneFigureSpec(const std::shared_ptr<const GeneReport>& report,
                                            const Annotation& annotation);

} // namespace diploscope::ui
