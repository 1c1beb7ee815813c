// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analysis/gene_analysis.h"
#include "experiment/prepared_locus.h"

#include <memory>

namespace diploscope {

/// A gene's report, and what it took.
struct LocusReport {
    std::shared_ptr<const GeneReport> report; ///< never null; complete
    ExperimentScores counts;
};

/// What analyzeGene() says of a locus that experiments go on with: genotypes are read once, and its scores
/// are there for what follows, with a cache or without. \param predictor, options as the locus was read for
/// \error of the runs and the statistics; Cancelled
[[nodiscard]] Result<LocusReport> reportOfLocus(PreparedLocus& locus, const Study& study,
                                                const StudyGene& gene,
                                                const std::shared_ptr<const Predictor>& predictor,
                                                const AnalysisOptions& options, const RunContext& context);

} // namespace diploscope
