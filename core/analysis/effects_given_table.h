// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analysis/gene_report.h"
#include "base/result.h"
#include "results/column.h"

#include <filesystem>
#include <string>
#include <vector>

namespace diploscope {

/// The columns of `GENE.eqtl-given.tsv`.
[[nodiscard]] std::vector<ColumnText> effectsGivenColumns();

/// Writes `STEM.eqtl-given.tsv`: every variant of the report, and what is left of its eQTL effect beside one.
/// \param effects of effectsGiven() \param given that variant \return the file. \error Io
[[nodiscard]] Result<std::filesystem::path>
writeEffectsGiven(const GeneReport& report, const std::vector<EqtlEffect>& effects, size_t given,
                  const std::filesystem::path& folder, const std::string& stem);

} // namespace diploscope
