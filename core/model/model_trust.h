// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/model_manifest.h"

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace diploscope {

// A TorchScript module is a program of its maker: it may read and write whatever its user may, and run for
// ever, as soon as it is loaded. So none runs before the user has allowed it, once for each content.

/// The files of a model (of an ensemble: of its members) that would run as programs; of most models none.
/// \error as findWeights()
[[nodiscard]] Result<std::vector<std::filesystem::path>> programsOf(const ModelManifest& model);

/// Whether a program of this SHA-256 was allowed: by an earlier run, as
/// `userDataFolder()/trusted-programs.txt` keeps it, or by this process. Any thread.
[[nodiscard]] bool isTrusted(const std::string& sha256);

/// Those of programsOf() that are not trusted yet; none where the weights are missing.
[[nodiscard]] std::vector<std::filesystem::path> untrustedPrograms(const ModelManifest& model);

/// Whether openModel() refuses a model because the user has not been asked yet. Reads the programs.
[[nodiscard]] bool asksForTrust(const std::string& folderOrName);

/// Allows the programs of a model and remembers them by their content; nothing to do for other models. Any
/// thread. \error as findModelFolder, readModelManifest, programsOf; Io when this process may run them, but
/// the next would ask again
[[nodiscard]] Result<void> trustModel(const std::string& folderOrName);

/// \error Unsupported, saying what the program might do and how it is allowed, unless isTrusted() of `bytes`
[[nodiscard]] Result<void> requireTrust(const ModelManifest& model, const std::filesystem::path& program,
                                        std::string_view bytes);

} // namespace diploscope
