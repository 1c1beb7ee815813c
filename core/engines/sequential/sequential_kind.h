// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/model_kind.h"
#include "model/network_spec.h"

namespace diploscope {

/// Stacks of layers that model.json lists: no code of their own.
[[nodiscard]] const ModelKind& sequentialKind();

/// The layers of a sequential model. \error Unsupported for another kind.
[[nodiscard]] Result<NetworkSpec> networkOf(const ModelManifest& manifest);

} // namespace diploscope
