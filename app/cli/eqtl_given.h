// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analysis/gene_report.h"
#include "base/result.h"
#include "study/study.h"

#include <filesystem>
#include <string>

namespace diploscope::cli {

/// `--eqtl-given`: GENE.eqtl-given.tsv; nothing where the gene has no such SNV, as another has it
/// (checkGivenSnv()), which is told on stderr.
/// \param name empty: it was not asked for \error Io
[[nodiscard]] Result<void> writeEqtlGiven(const std::string& name, const Study& study,
                                          const GeneReport& report, const std::filesystem::path& folder,
                                          const std::string& stem);

} // namespace diploscope::cli
