// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analysis/genome_run.h"

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace diploscope::cli {

/// One model of `analyze --genes`, and where its genes' files go.
struct GenomeModel {
    GenomeRun run;
    std::filesystem::path folder;
};

/// Runs all models over the genes, each gene's results into the study's result store, then writes genes.tsv
/// and drivers.tsv to `out`. Failed genes are listed on stderr. \error as runGenome; when every gene failed,
/// the first failure.
[[nodiscard]] Result<void> analyzeGenome(const Study& study, const std::vector<const StudyGene*>& genes,
                                         std::vector<GenomeModel> models, const std::filesystem::path& out,
                                         const RunContext& context);

} // namespace diploscope::cli
