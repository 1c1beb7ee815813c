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

/// Reads the paper's SupplementaryTable1 (genes) and, where given, SupplementaryTable2 (drivers, of the CAGE
/// track). The published p of the CAGE track is the table's; that of the fine-tuned head and both calibrated
/// ones follow from |R| and the table's null (METHODS 5). A Pearson p of 0.0 is a rounded one and left out.
/// \return the CAGE track first, then the fine-tuned head; both in the table's order, GRCh38
/// \error NotFound; BadInput with line and column: a missing column, a ragged row, a gene twice, no gene;
/// Mismatch: a driver of a gene that is not in the table of genes. Source: FORMATS, METHODS 11.
[[nodiscard]] Result<std::vector<PublishedModel>>
readPublishedTables(const std::filesystem::path& genes, const std::optional<std::filesystem::path>& drivers,
                    const RunContext& context = {});

} // namespace diploscope
