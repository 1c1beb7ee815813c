// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/heartbeat.h"
#include "workflow/workspace.h"

#include <filesystem>
#include <memory>
#include <optional>
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

/// What `analyze --genes` runs, and what it leaves besides rows.
struct GenomeWork {
    std::vector<const StudyGene*> genes;
    std::optional<SharedList> list; ///< that they are a share of
    std::filesystem::path out;      ///< for genes.tsv and drivers.tsv, unless of a share; empty: neither
};

/// Runs all models over the genes, each gene's results into the workspaces' result store, then writes
/// genes.tsv and drivers.tsv. Failed genes are listed on stderr. \error as Workspace::analyzeAll; when every
/// gene failed, the first failure. \param heartbeat  null: nobody listens
[[nodiscard]] Result<void> analyzeGenome(const GenomeWork& work, const std::vector<GenomeModel>& models,
                                         const RunContext& context,
                                         const std::shared_ptr<Heartbeat>& heartbeat);

} // namespace diploscope::cli
