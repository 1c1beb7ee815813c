// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/run_context.h"
#include "results/column.h"
#include "sequence/snv_panel.h"
#include "stats/eqtl.h"
#include "stats/susie.h"
#include "study/study.h"

#include <filesystem>
#include <vector>

namespace diploscope {

/// Fine mapping of one gene without a model. Effects are per copy of each SNV's `alt`.
struct GeneFineMapping {
    Gene gene;
    Region window;
    int64_t people = 0;           ///< with observed expression
    SnvPanel panel;               ///< of the SNVs that are not poorly genotyped (METHODS 17)
    std::vector<Snv> leftOut;     ///< the others
    std::vector<EqtlEffect> eqtl; ///< [SNVs]
    FineMapping susie;
};

/// SuSiE over the SNVs within `windowLength` bp round the TSS. \error of reading genotypes; BadInput where
/// the window has no SNV, or expression does not vary. Source: METHODS 7.
[[nodiscard]] Result<GeneFineMapping> fineMapGene(const Study& study, const StudyGene& gene,
                                                  int64_t windowLength, const SusieOptions& options,
                                                  const RunContext& context);

/// One line an SNV: `variant` (the file's id, or chrom:pos:ref:alt), `pip` (as susieR has it), `pip_pruned`
/// (without idle effects), `credible_set` (from 1, purest first; NA: in none), then position, alleles,
/// effects and the set's coverage and purity. \error Io
[[nodiscard]] Result<void> writeFineMapping(const GeneFineMapping& mapping, const Study& study,
                                            const std::filesystem::path& file);

/// Those of that table.
[[nodiscard]] std::vector<ColumnText> fineMappingColumns();

} // namespace diploscope
