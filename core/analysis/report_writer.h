// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analysis/gene_report.h"
#include "base/result.h"

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace diploscope {

/// Writes `STEM.people.tsv`, `STEM.variants.tsv`, `STEM.drivers.tsv` and, last, `STEM.report.json` into
/// `folder`. Each file appears complete or not at all; a report.json says that its tables are there.
/// Positions and the TSS are 1-based; effects are per copy of `effect_allele`; absent values are `NA` (JSON:
/// null). \param runKey  runDigest() of the run that the report belongs to, by which its files are known
/// again (reportIsOf); may be empty \return the files. \error Io
[[nodiscard]] Result<std::vector<std::filesystem::path>> writeGeneReport(const GeneReport& report,
                                                                         const std::filesystem::path& folder,
                                                                         const std::string& stem,
                                                                         std::string_view runKey = {});

/// Whether a gene's files are there, of this gene and of this run.
[[nodiscard]] bool reportIsOf(const std::filesystem::path& folder, const std::string& stem,
                              std::string_view geneId, std::string_view runKey);

} // namespace diploscope
