// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "experiment/saturation.h"
#include "stats/coherence.h"

#include <optional>

namespace diploscope {

/// How far from the TSS the largest attribution is looked for, in bp.
inline constexpr int64_t TssReach = 1000;

/// The largest |attribution| of a saturation, in the score's unit: of `TssReach` round the TSS on the
/// reference it is what others are divided by. Nothing where none is known, or all are 0. Source: METHODS 13.
[[nodiscard]] std::optional<double> largestAttribution(const Saturation& found);

/// What Table S3 says of a driver on this background. \param position 0-based, of the driver \param largest
/// above 0 \return nothing where the saturation does not reach CoherenceReach to both sides of it. Source:
/// METHODS 13.
[[nodiscard]] std::optional<Coherence> coherenceAt(const Saturation& found, int64_t position, double largest);

} // namespace diploscope
