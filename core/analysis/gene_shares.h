// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "study/study.h"

#include <string_view>
#include <vector>

namespace diploscope {

/// The i-th of n shares of a list of genes.
struct GeneShare {
    int index = 1; ///< from 1
    int of = 1;
};

/// "3/200". \error BadInput for all else
[[nodiscard]] Result<GeneShare> parseGeneShare(std::string_view text);

/// Which share each gene falls to, from 1. Follows from the genes alone, whatever their order: neighbours on
/// a chromosome, whose windows hold about as many variants, are dealt out one by one, so that all shares
/// have as many of them, give or take one. Genes whose windows are the same, as their scores are then, fall
/// to one share. \param shifts of the windows that a score is the mean over (METHODS 3)
[[nodiscard]] std::vector<int> sharesOf(const std::vector<const StudyGene*>& genes, int shares, int shifts);

} // namespace diploscope
