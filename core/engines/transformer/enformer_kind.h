// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/enformer_config.h"
#include "model/model_kind.h"

namespace diploscope {

/// Enformers, in a folder with a model.json or as Hugging Face has them.
[[nodiscard]] const ModelKind& enformerKind();

/// The sizes of an Enformer. \error Unsupported for another kind.
[[nodiscard]] Result<EnformerConfig> enformerConfigOf(const ModelManifest& manifest);

} // namespace diploscope
