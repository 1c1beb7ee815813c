// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "study/study.h"

#include <filesystem>
#include <memory>

namespace diploscope::cli {

/// The study that a command is about. \error the first of its problems; the others are told on stderr before
[[nodiscard]] Result<std::shared_ptr<const Study>> usableStudy(const std::filesystem::path& file,
                                                               const RunContext& context);

} // namespace diploscope::cli
