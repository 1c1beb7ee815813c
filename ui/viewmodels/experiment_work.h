// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analysis/gene_report.h"
#include "experiment/ablation.h"
#include "experiment/audit.h"
#include "experiment/driver_coherence.h"
#include "experiment/saturation.h"
#include "experiment/what_if.h"
#include "viewmodels/experiment_requests.h"
#include "workflow/workspace.h"

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

/// What jobs do of what is tried on a gene. Everything here waits for files and models: for workers.
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

/// The locus of the gene shown, ready for one experiment after the other. What is const of it is the same
/// for as long as it lives: any thread may look at it.
struct WarmLocus : ExperimentSubject {
    PreparedLocus locus;              ///< run() by who holds `turn`
    std::vector<std::string> contigs; ///< of the reference
    StatisticsOptions statistics;
    std::string study;     ///< its name, which random numbers follow from
    std::timed_mutex turn; ///< an experiment that is superseded may still be in its last batch
};

/// Bases beside the window that are read for deletions that a person tries.
inline constexpr int64_t MostDeleted = 5000;

/// \error as PreparedLocus::read
[[nodiscard]] Result<std::unique_ptr<WarmLocus>> warmLocus(const Workspace& workspace, const Study& study,
                                                           const std::string& geneId,
                                                           const RunContext& context);

struct WhatIfOutcome {
    WhatIfRequest request;
    WhatIf found;                       ///< NaN where scores are not there yet
    std::optional<PeopleScores> people; ///< where everybody is asked for
    std::optional<PairedR> r;           ///< the same
};
struct AblationOutcome {
    AblationWish request;
    std::vector<Variant> variants; ///< by name
    Ablation found;
};
struct SaturationOutcome {
    SaturationWish request;
    std::vector<std::string> backgrounds; ///< "reference", "22:120 A>G", "HG00096:1"
    std::vector<Saturation> rows;         ///< as these; NaN where not there yet
    std::optional<double> largest;        ///< |attribution| round the TSS, where coherence is asked for
    std::vector<std::optional<Coherence>> coherence; ///< as the rows, where it is
    bool complete = true;
};
struct AuditOutcome {
    Audit found;
};

template <class T>
using OutcomeSink = std::function<void(std::shared_ptr<const T>)>;

/// What an experiment needs besides its request.
struct ExperimentBench {
    std::shared_ptr<WarmLocus> warm;          ///< never null
    std::shared_ptr<const GeneReport> report; ///< complete, where drivers are asked for
};

/// \param shown called with what is there before the check is through \error of the edits and the run
[[nodiscard]] Result<WhatIfOutcome> tryWhatIf(const ExperimentBench& bench, const WhatIfRequest& request,
                                              const RunContext& context,
                                              const OutcomeSink<WhatIfOutcome>& shown);
/// \error NotFound: no such driver, nothing chosen; of the run
[[nodiscard]] Result<AblationOutcome> tryAblation(const ExperimentBench& bench, const AblationWish& request,
                                                  const RunContext& context);
[[nodiscard]] Result<SaturationOutcome> trySaturation(const ExperimentBench& bench,
                                                      const SaturationWish& request,
                                                      const RunContext& context,
                                                      const OutcomeSink<SaturationOutcome>& shown);
[[nodiscard]] Result<AuditOutcome> tryAudit(const ExperimentBench& bench, const RunContext& context);

} // namespace diploscope::ui
