// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/model_kind.h"

namespace diploscope {

/// TorchScript modules of any make: programs of their makers, which run when the user has allowed it.
[[nodiscard]] const ModelKind& scriptKind();

} // namespace diploscope
