// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/predictor.h"

namespace diploscope {

/// Opens a model's folder (or the name of one, see findModelFolder). Checks model.json, every weight's key
/// and shape both ways, the sha256 where one is given. `randomWeightsSeed` >= 0 makes random weights instead
/// of reading any (benchmarks). \error NotFound (with where the weights can be had and where to put them),
/// BadInput, Mismatch, Unsupported.
[[nodiscard]] Result<std::shared_ptr<const Predictor>> openModel(const std::string& folderOrName,
                                                                 const PredictorOptions& options = {},
                                                                 int64_t randomWeightsSeed = -1);

} // namespace diploscope
