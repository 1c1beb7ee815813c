// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/run_context.h"
#include "results/gene_row.h"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace diploscope {

/// The genes under one of the models that the paper's tables tell of.
struct PublishedModel {
    std::string name;
    std::vector<GeneRow> genes;
};

/// The authors' files.
struct PublishedTables {
    std::filesystem::path genes;                  ///< SupplementaryTable1.tsv
    std::optional<std::filesystem::path> drivers; ///< SupplementaryTable2.tsv, of the CAGE track
    /// MeanGeXPredFineTuned.txt: for each expressed gene the mean expression that the head was fitted to and
    /// the prediction from the reference sequence (figure 1B).
    std::optional<std::filesystem::path> means;
    /// Every base round the drivers to the three others, and each gene's largest attribution: see
    /// readDriverSaturation() and readLargestAttributions(), which read them.
    std::optional<std::filesystem::path> saturation = {}, tssStatistics = {};
};

/// Reads the paper's tables. The published p of the CAGE track is the table's; that of the fine-tuned head
/// and both calibrated ones follow from |R| and the table's null (METHODS 5). A Pearson p of 0.0 is a rounded
/// one and left out. The means become a model of their own, whose genes have no R: they are of other genes
/// and of another mean expression than the table of genes. \return the CAGE track first, then the fine-tuned
/// head, then the means where given; in the tables' order, GRCh38 \error NotFound; BadInput with line and
/// column: a missing column, a ragged row, a number that cannot be what its column says (R beyond 1), a
/// gene twice, no gene; Mismatch: a driver of a gene that is not in
/// the table of genes. Source: FORMATS 8, METHODS 11.
[[nodiscard]] Result<std::vector<PublishedModel>> readPublishedTables(const PublishedTables& tables,
                                                                      const RunContext& context = {});

} // namespace diploscope
