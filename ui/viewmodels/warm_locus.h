// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analysis/gene_report.h"
#include "experiment/prepared_locus.h"
#include "jobs/job_runner.h"
#include "workflow/workspace.h"

#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

/// The locus of one gene as jobs experiment on it, one after the other.
namespace diploscope::ui {

/// What an experiment is on, as far as pictures and texts of it tell.
struct ExperimentSubject {
    Gene gene;                       ///< contig as in the reference
    std::string modelUnit;           ///< of scores; may be empty
    std::string observedUnit;        ///< may be empty
    std::vector<std::string> people; ///< in the order of haplotypes
    Eigen::VectorXd observed;        ///< [people] NaN: not measured, or left out
    std::vector<std::pair<std::string, std::string>> provenance;
};

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

/// Waits for files, for workers. \error as PreparedLocus::read
[[nodiscard]] Result<std::unique_ptr<WarmLocus>> readWarmLocus(const Workspace& workspace, const Study& study,
                                                               const std::string& geneId,
                                                               const RunContext& context);

/// Waits for who is at work there. \error Cancelled
[[nodiscard]] Result<std::unique_lock<std::timed_mutex>> turnOf(std::timed_mutex& mutex,
                                                                const RunContext& context);

/// Read by the first job that asks, kept ready for all others while anybody holds it. Whoever lets go of what
/// was read last on the GUI thread hands it to a job: a score cache may write when it is closed. Any thread.
class SharedLocus {
public:
    SharedLocus(JobRunner& jobs, std::shared_ptr<const Workspace> workspace,
                std::shared_ptr<const Study> study, std::string geneId);
    [[nodiscard]] bool isOf(const std::shared_ptr<const Workspace>& workspace,
                            const std::string& geneId) const {
        return m_workspace == workspace && m_gene == geneId;
    }
    /// For workers. \return never null \error as readWarmLocus(); what failed is read anew by the next
    [[nodiscard]] Result<std::shared_ptr<WarmLocus>> get(const RunContext& context);

private:
    JobRunner& m_jobs;
    const std::shared_ptr<const Workspace> m_workspace;
    const std::shared_ptr<const Study> m_study;
    const std::string m_gene;
    std::timed_mutex m_reading;
    std::shared_ptr<WarmLocus> m_locus;
};

} // namespace diploscope::ui
