// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/model_kind.h"

namespace diploscope {

/// Models of equal input and output, averaged.
[[nodiscard]] const ModelKind& ensembleKind();

} // namespace diploscope
