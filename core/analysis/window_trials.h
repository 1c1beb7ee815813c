// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cache/score_cache.h"
#include "scoring/score_options.h"
#include "study/study.h"

#include <memory>
#include <set>
#include <vector>

namespace diploscope {

/// Under which trials a cache keeps scores of the study's genes under a model: of every gene's windows, one a
/// member of the score, and each way of computing that the cache has scores of. \param scopes of the cache
/// \error as Study::window; Cancelled
[[nodiscard]] Result<std::set<Digest>>
windowTrials(const Study& study, const std::shared_ptr<const Predictor>& predictor, const ScoreOptions& score,
             const std::vector<ScoreScope>& scopes, const RunContext& context = {});

} // namespace diploscope
