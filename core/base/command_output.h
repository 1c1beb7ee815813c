// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "base/run_context.h"

#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

namespace diploscope {

/// Runs a command of the system's to its end, with nothing on its stdin. It is killed where it takes longer
/// than `most`, or the context is cancelled. \param command as execvp() takes it, in `folder` \return what it
/// said on stdout \error NotFound where there is no such command; Io where it fails, with what it said on
/// stderr, says too much or takes too long; Cancelled
[[nodiscard]] Result<std::string> commandOutput(const std::vector<std::string>& command,
                                                const std::filesystem::path& folder,
                                                std::chrono::seconds most, const RunContext& context);

} // namespace diploscope
