// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "base/run_context.h"
#include "workflow/slurm_scripts.h"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace diploscope {

/// One of kClusterJobs, or the array of shards: how many of its tasks are where.
struct ClusterJob {
    std::string name;
    std::string number; ///< Slurm's
    int waiting = 0;
    int running = 0;
    int done = 0;
    int failed = 0;  ///< with another exit code than 0
    int gone = 0;    ///< ended without a word: killed, taken back, or never begun after one that failed
    std::string why; ///< of the first that failed or is gone, or what the first that waits is waiting for;
                     ///< may be empty
};

/// Where a cluster run stands, as the queue and the files that its jobs leave tell.
struct ClusterState {
    std::filesystem::path study;
    std::vector<ClusterJob> jobs; ///< in the order of kClusterJobs
    int64_t genesDone = 0;        ///< once under each model
    int64_t genesOf = 0;          ///< 0 until every shard has begun
    std::string queueFault;       ///< why the queue could not be asked: files alone tell then; empty: it was

    /// Nothing waits or runs any more.
    [[nodiscard]] bool isOver() const;
    [[nodiscard]] bool hasSucceeded() const; ///< the summary is written
    /// "2 of 8 shards done, 3 running, 3 waiting" of the job that it is at, or what became of the run.
    [[nodiscard]] std::string text() const;
};

/// writeSlurmScripts(), where the folder is free for them. \error Mismatch: a run of that folder is underway,
/// or it holds shards of another study, of other models, options or genes; as writeSlurmScripts(); Cancelled
[[nodiscard]] Result<void> writeClusterRun(const ClusterRequest& request, const RunContext& context);

/// Hands the scripts of a folder to Slurm: all or none, so that it is not stopped in between.
/// \return what submit.sh says \error Mismatch: a run of that folder
/// is underway; Io: they were refused, and none of them waits any more; Cancelled
[[nodiscard]] Result<std::string> submitClusterRun(const std::filesystem::path& folder,
                                                   const RunContext& context);

/// \param folder of writeSlurmScripts(), handed to Slurm \error NotFound: no run was submitted from there;
/// BadInput, Io; Cancelled
[[nodiscard]] Result<ClusterState> clusterState(const std::filesystem::path& folder,
                                                const RunContext& context);

/// Takes all its jobs back; what shards have computed stays. \error as clusterState(), Io
[[nodiscard]] Result<void> cancelClusterRun(const std::filesystem::path& folder, const RunContext& context);

/// Asks again `every` so often until the run is over, and tells the context's progress of it. A queue that
/// does not answer for a while is waited for. \error as clusterState(); Cancelled leaves the jobs where they
/// are
[[nodiscard]] Result<ClusterState> watchClusterRun(const std::filesystem::path& folder,
                                                   std::chrono::milliseconds every,
                                                   const std::function<void(const ClusterState&)>& onState,
                                                   const RunContext& context);

} // namespace diploscope
