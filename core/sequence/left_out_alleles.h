// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sequence/haplotypes.h"

namespace diploscope {

/// Haplotypes::leftOut of buildHaplotypes(), without the lists: most rows need not be looked at for it.
[[nodiscard]] GenotypeCounts leftOutAlleles(const AlleleMatrix& matrix, VariantMode mode);

} // namespace diploscope
