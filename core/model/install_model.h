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

/// Puts weights that a person has as a file where the model of `folder` looks for them:
/// the first of its userFolders(); of a split checkpoint the index and all parts. First they must be
/// found to belong to it: by SHA-256 where model.json gives one, and by the names and shapes of all tensors
/// (a TorchScript module's cannot be told before it runs). \return that place. \error Mismatch where they do
/// not belong to it, or where the model has weights already; Unsupported for an ensemble; what reading model
/// and file gives; Io; Cancelled leaves nothing behind.
[[nodiscard]] Result<std::filesystem::path> installWeights(const std::filesystem::path& folder,
                                                           const std::filesystem::path& file,
                                                           InstallMode mode, const RunContext& context = {});

} // namespace diploscope
