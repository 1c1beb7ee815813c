// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <string>
#include <vector>

namespace diploscope::cli {

/// Whether `analyze` would take these words behind its study, without doing anything. \error BadInput, as it
/// would say it
[[nodiscard]] Result<void> checkAnalyzeWords(const std::vector<std::string>& words);

} // namespace diploscope::cli
