// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analysis/gene_report.h"
#include "experiment/interaction.h"
#include "stats/additivity.h"
#include "stats/sign_court.h"

#include <vector>

namespace diploscope {

/// Whether a model's effects add up in people, which pairs of drivers do not, and which drivers' signs would
/// have to turn for the model to be right.
struct Audit {
    Eigen::VectorXd predicted;    ///< [people]; NaN: left out
    Additivity additivity;        ///< over the SNVs that are not poorly genotyped (METHODS 17)
    std::vector<Variant> drivers; ///< of the report, by gain
    SignCourt court;              ///< `turned` are indices into `drivers`
    Interactions interactions;    ///< of the first of the drivers; none where `note` says why
    std::string note;             ///< what of this the model cannot tell
    ExperimentScores counts;
};

struct AuditRequest {
    size_t pairsOf = 8; ///< so many drivers, those with the largest gain, are taken in pairs
    uint64_t seed = 0;  ///< of random turns: Draws::Turns of the gene
};
/// \param report of the same locus and score, complete \param observed [people]; NaN: not measured, or left
/// out \error of the runs. Source: METHODS 12.
[[nodiscard]] Result<Audit> audit(PreparedLocus& locus, const GeneReport& report,
                                  const Eigen::VectorXd& observed, const AuditRequest& request,
                                  const RunContext& context);

} // namespace diploscope
