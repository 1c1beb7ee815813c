// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/run_context.h"
#include "cache/score_cache.h"
#include "scoring/score_options.h"
#include "sequence/snv_panel.h"

#include <Eigen/Core>

#include <memory>

namespace diploscope {

/// What the gradient at the reference says of each SNV of `panel`: gradient[alt] - gradient[ref], the first
/// order of ISM (METHODS 6), by one member of a score. Looked up in the cache; one backward pass where any
/// SNV is missing, and all are stored. \param wide see LocusScorer. \param cache may be null \return [SNVs],
/// for Snv::alt; 0 where the reference has no base, and outside the member's window. \error what
/// LocusPredictor::gradient and the cache give; Cancelled.
[[nodiscard]] Result<Eigen::VectorXd> gradientEffects(const SnvPanel& panel, const ReferenceWindow& wide,
                                                      const ScoreMember& member, Method method,
                                                      const std::shared_ptr<ScoreCache>& cache,
                                                      const RunContext& context);

} // namespace diploscope
