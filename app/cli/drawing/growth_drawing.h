// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "lab/growth.h"

#include <filesystem>
#include <vector>

namespace diploscope::cli {

/// As the function of the same name of WindowModule.
[[nodiscard]] Result<void> drawGrowth(const std::vector<GrowthCurve>& curves,
                                      const std::filesystem::path& file);

} // namespace diploscope::cli
