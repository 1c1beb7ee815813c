// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analysis/gene_report.h"
#include "jobs/job_runner.h"
#include "workflow/experiment_locus.h"

#include <memory>
#include <mutex>
#include <string>
#include <vector>

/// The locus of one gene as jobs experiment on it, one after the other.
namespace diploscope::ui {

/// What is const of it is the same for as long as it lives: any thread may look at it.
struct WarmLocus : ExperimentSubject {
    PreparedLocus locus;              ///< run() by who holds `turn`
    std::vector<std::string> contigs; ///< of the reference
    StatisticsOptions statistics;
    std::string study;     ///< its name, which random numbers follow from
    std::timed_mutex turn; ///< an experiment that is superseded may still be in its last batch
};

/// Bases beside the window that are read for deletions that a person tries.
inline constexpr int64_t MostDeleted = 5000;

/// Waits for files, for workers. \error as readExperimentLocus; NotFound: the study has no such gene
[[nodiscard]] Result<std::unique_ptr<WarmLocus>>
readWarmLocus(const Workspace& workspace, const std::string& geneId, const RunContext& context);

/// Waits for who is at work there. \error Cancelled
[[nodiscard]] Result<std::unique_lock<std::timed_mutex>> turnOf(std::timed_mutex& mutex,
                                                                const RunContext& context);

/// Read by the first job that asks, kept ready for all others while anybody holds it. Whoever lets go of what
/// was read last on the GUI thread hands it to a job: a score cache may write when it is closed. Any thread.
class SharedLocus {
public:
    SharedLocus(JobRunner& jobs, std::shared_ptr<const Workspace> workspace, std::string geneId);
    [[nodiscard]] bool isOf(const std::shared_ptr<const Workspace>& workspace,
                            const std::string& geneId) const {
        return m_workspace == workspace && m_gene == geneId;
    }
    /// For workers. \return never null \error as readWarmLocus(); what failed is read anew by the next
    [[nodiscard]] Result<std::shared_ptr<WarmLocus>> get(const RunContext& context);

private:
    JobRunner& m_jobs;
    const std::shared_ptr<const Workspace> m_workspace;
    const std::string m_gene;
    std::timed_mutex m_reading;
    std::shared_ptr<WarmLocus> m_locus;
};

} // namespace diploscope::ui
