// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/run_context.h"

#include <filesystem>

namespace diploscope {

enum class InstallMode {
    Copy, ///< model.json and the weights, where there are any, are copied: the folder may go afterwards
    Link  ///< a symbolic link: no space is used, and the folder must stay where it is
};

/// Makes a model's folder known to the program: as `userDataFolder()/models/NAME`, NAME being model.json's.
/// \return that folder. \error what readModelManifest gives; Mismatch when a model of that name is there
/// already; Io; Cancelled leaves nothing behind.
[[nodiscard]] Result<std::filesystem::path> installModel(const std::filesystem::path& folder,
                                                         InstallMode mode, const RunContext& context = {});

} // namespace diploscope
