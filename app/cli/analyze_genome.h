// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "workflow/workspace.h"

#include <filesystem>
#include <string>
#include <vector>

namespace diploscope::cli {

/// Of genes under one model.
using Reports = std::vector<std::shared_ptr<const GeneReport>>;

/// One model of `analyze`, what becomes of each gene, and where its files go.
struct GenomeModel {
    Workspace workspace;
    GenomeSinks sinks;
    std::filesystem::path folder;
};

/// Runs all models over the genes, each gene's results into the study's result store, then writes genes.tsv
/// and drivers.tsv to `out`. Failed genes are listed on stderr. \error as Workspace::analyzeAll; when every
/// gene failed, the first failure.
[[nodiscard]] Result<void> analyzeGenome(const Study& study, const std::vector<const StudyGene*>& genes,
                                         const std::vector<GenomeModel>& models,
                                         const std::filesystem::path& out, const RunContext& context);

} // namespace diploscope::cli
