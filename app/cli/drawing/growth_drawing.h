// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "lab/growth.h"

#include <filesystem>
#include <vector>

namespace diploscope::cli {

/// Draws how steps grow to a file, whose ending chooses the format. From the main thread. Built only with the
/// option DIPLOSCOPE_UI. \error Unsupported for another ending; Io
[[nodiscard]] Result<void> writeGrowthFigure(const std::vector<GrowthCurve>& curves,
                                             const std::filesystem::path& file);

} // namespace diploscope::cli
