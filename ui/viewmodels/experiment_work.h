// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "experiment/ablation.h"
#include "experiment/audit.h"
#include "experiment/driver_coherence.h"
#include "experiment/saturation.h"
#include "experiment/what_if.h"
#include "viewmodels/experiment_requests.h"
#include "viewmodels/warm_locus.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

/// What jobs do of what is tried on a gene. Everything here waits for files and models: for workers.
namespace diploscope::ui {

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
    bool complete = true; ///< with intervals, and checked
};
struct SaturationOutcome {
    SaturationWish request;
    std::vector<std::string> backgrounds; ///< "reference", "22:120 A>G", "HG00096:1"
    std::vector<Saturation> rows;         ///< as these; NaN where not there yet
    /// As the rows, [L x 4]: the first order of effects, which stands in for those that are not there yet.
    /// Empty where a row needs none, or none is to be had.
    std::vector<Eigen::MatrixXd> gradients;
    std::string withoutGradient;   ///< why none is to be had, where one would stand in
    std::optional<double> largest; ///< |attribution| round the TSS, where coherence is asked for
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
                                                  const RunContext& context,
                                                  const OutcomeSink<AblationOutcome>& shown);
[[nodiscard]] Result<SaturationOutcome> trySaturation(const ExperimentBench& bench,
                                                      const SaturationWish& request,
                                                      const RunContext& context,
                                                      const OutcomeSink<SaturationOutcome>& shown);
[[nodiscard]] Result<AuditOutcome> tryAudit(const ExperimentBench& bench, const RunContext& context);

} // namespace diploscope::ui
