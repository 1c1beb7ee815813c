// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/model_kind.h"

namespace diploscope {

/// Commands of the user's that are asked through their stdin and stdout; they run when the user has allowed
/// it.
[[nodiscard]] const ModelKind& programKind();

} // namespace diploscope
