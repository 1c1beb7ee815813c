// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "base/run_context.h"

#include <filesystem>

namespace diploscope::cli {

/// As the function of the same name of WindowModule.
[[nodiscard]] Result<void> writeGuide(const std::filesystem::path& file, const RunContext& context);

} // namespace diploscope::cli
