// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/model_kind.h"

#include <string>
#include <vector>

namespace diploscope {

// A TorchScript module is a program of its maker, and a model may be a command that is started: it may read
// and write whatever its user may, and run for ever. So none runs before the user has allowed it, once for
// each content.

/// What of a model (of an ensemble: of its members) would run as programs; of most models nothing.
/// \error as ModelKind::program()
[[nodiscard]] Result<std::vector<ForeignProgram>> programsOf(const ModelManifest& model);

/// Whether a program of this SHA-256 was allowed: by an earlier run, as
/// `userDataFolder()/trusted-programs.txt` keeps it, or by this process. Any thread.
[[nodiscard]] bool isTrusted(const std::string& sha256);

/// Those of programsOf() that are not trusted yet; none where the weights are missing.
[[nodiscard]] std::vector<ForeignProgram> untrustedPrograms(const ModelManifest& model);

/// Whether openModel() refuses a model because the user has not been asked yet. Reads the programs.
[[nodiscard]] bool asksForTrust(const std::string& folderOrName);

/// Allows the programs of a model and remembers them by their content; nothing to do for other models. Any
/// thread. \error as findModelFolder, readModelManifest, programsOf; Io when this process may run them, but
/// the next would ask again
[[nodiscard]] Result<void> trustModel(const std::string& folderOrName);

/// \error Unsupported, saying what would run, what it might do and how it is allowed, unless isTrusted()
[[nodiscard]] Result<void> requireTrust(const ModelManifest& model, const ForeignProgram& program);

} // namespace diploscope
