// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/model_kind.h"

namespace diploscope {

/// A table of effects as a model: what it lists of a haplotype's alleles, added up. Source: METHODS 14
[[nodiscard]] const ModelKind& effectsKind();

} // namespace diploscope
