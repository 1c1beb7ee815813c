// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <filesystem>
#include <string>
#include <vector>

namespace diploscope {

/// What is asked of a cluster: all genes of a study in shares, joined and summed up.
struct ClusterRequest {
    std::filesystem::path study{};
    std::filesystem::path folder;  ///< where scripts, logs and shards go
    std::filesystem::path program; ///< that jobs run: the cluster's machines see it there, too
    std::string genes = "all";     ///< "all", or a file that names genes
    /// Ids of the genes in place of `genes`, as a file in the folder; none: what `genes` says.
    std::vector<std::string> geneIds{};
    std::vector<std::string> models{};  ///< folders or names; none: the study's first
    std::vector<std::string> options{}; ///< further words of `diploscope analyze`
    std::string device = "cpu";
    int shards = 0;
    int threads = 4; ///< of a shard
    int retries = 2; ///< of a shard that fails
    // As sbatch takes them; what is empty is left to the cluster.
    std::string time = "24:00:00";
    std::string memory = "8G";
    std::string gres{};
    std::string partition{};
    bool figures = false; ///< the program draws
};

/// A cluster run's jobs, in their order; a file NAME.sh each.
inline constexpr const char* kClusterJobs[] = {"check", "shard", "merge", "summary"};

/// What the shards of a run are of, as run.json has it: study, models, options and genes. Two that differ
/// have no rows to join.
[[nodiscard]] std::string subjectOf(const ClusterRequest& request);

/// "all", or the file that names the genes: one in the folder, whose name follows from `geneIds`, so that two
/// lists are two subjects.
[[nodiscard]] std::string genesOf(const ClusterRequest& request);

/// Writes check.sh, shard.sh, merge.sh, summary.sh, submit.sh, which hands them to Slurm, and run.json into
/// the request's folder, with `geneIds` where there are some; submits nothing. Scripts leave their exit codes
/// in ended/, as Slurm forgets them, and submit.sh the jobs' numbers in jobs.txt. \error NotFound: there is
/// no such study; Io
[[nodiscard]] Result<void> writeSlurmScripts(const ClusterRequest& request);

} // namespace diploscope
