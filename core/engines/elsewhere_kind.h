// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/model_kind.h"

namespace diploscope {

/// A model that is run on another machine alone: model.json says what it reads, and its scores are those that
/// were imported into the score cache (analysis/scores_elsewhere.h). Source: METHODS 14
[[nodiscard]] const ModelKind& elsewhereKind();

} // namespace diploscope
