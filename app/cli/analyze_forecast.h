// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/analyze_genome.h"

namespace diploscope::cli {

/// `analyze --dry-run`: says what the work would take, and does none of it. \error as forecastRun
[[nodiscard]] Result<void> tellForecast(const GenomeWork& work, const std::vector<GenomeModel>& models,
                                        const RunContext& context);

} // namespace diploscope::cli
