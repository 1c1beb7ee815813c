// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analysis/gene_statistics.h"
#include "model/score_request.h"

#include <string>
#include <vector>

namespace diploscope {

/// What `diploscope analyze` is told, besides study, genes and model, for results under these options; what
/// is as the program has it by itself stays unsaid: no shifts and one strand, too, so that a score of which
/// the study says otherwise is to have `ownScore`. Files are told by their whole paths. \param selfCheckEvery
/// 0: never
[[nodiscard]] std::vector<std::string>
analyzeOptions(const ScoreRequest& score, const StatisticsOptions& statistics, int selfCheckEvery);

} // namespace diploscope
