// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analysis/genome_run.h"

#include <functional>
#include <memory>
#include <vector>

namespace diploscope {

/// A gene's analysis; null where none was asked for.
using Analysis = Result<std::shared_ptr<const GeneReport>>;

/// Analyses the genes of a run, several at once, each on a thread of its own.
/// \param isKnown  of which genes no analysis is asked for; called from several threads at once
/// \param take     is given every gene's analysis in the order of the genes, one at a time, on any thread.
/// Its first error ends the genes at work and is returned; a gene's own error ends nothing unless it says so.
[[nodiscard]] Result<void>
analyzeAtOnce(const Study& study, const std::vector<const StudyGene*>& genes, const GenomeRun& run,
              const RunContext& context, const std::function<bool(const StudyGene&)>& isKnown,
              const std::function<Result<void>(const Gene&, const Analysis&)>& take);

} // namespace diploscope
