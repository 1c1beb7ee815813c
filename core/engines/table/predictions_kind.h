// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/model_kind.h"

namespace diploscope {

/// A table of people's predictions as a model; of effects of alleles where it names such a table, too.
/// Source: METHODS 14
[[nodiscard]] const ModelKind& predictionsKind();

} // namespace diploscope
