// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/model_kind.h"

#include <optional>
#include <string>
#include <vector>

namespace diploscope {

// A TorchScript module is a program of its maker, and a model may be a command that is started: it may read
// and write whatever its user may, and run for ever. So none runs before the user has allowed it, once for
// each content, a command also for each place.

/// What of a model (of an ensemble: of its members) would run as programs; of most models nothing.
/// \error as ModelKind::program()
[[nodiscard]] Result<std::vector<ForeignProgram>> programsOf(const ModelManifest& model);

/// Whether a program of this SHA-256 was allowed: by an earlier run, as
/// `userDataFolder()/trusted-programs.txt` keeps it, or by this process. Any thread.
[[nodiscard]] bool isTrusted(const std::string& sha256);

/// Those of programsOf() that are not trusted yet; none where the weights are missing.
[[nodiscard]] std::vector<ForeignProgram> untrustedPrograms(const ModelManifest& model);

/// What a user is asked about a model.
struct TrustQuestion {
    Error error; ///< as requireTrust() gives it
    std::vector<ForeignProgram> programs;
};

/// What is to be asked before openModel() does not refuse a model for its programs; nothing where they are
/// all trusted or there are none. Reads the programs.
[[nodiscard]] std::optional<TrustQuestion> trustQuestion(const std::string& folderOrName);

/// Allows what was shown in a question, and only that: what has changed since is asked for again. Any thread.
/// \error Io when this process may run them, but the next would ask again
[[nodiscard]] Result<void> trustPrograms(const std::vector<ForeignProgram>& programs);

/// Allows the programs of a model, as they are now; nothing to do for other models. Any
/// thread. \error as findModelFolder, readModelManifest, programsOf, trustPrograms
[[nodiscard]] Result<void> trustModel(const std::string& folderOrName);

/// \error Unsupported, saying of all that are not isTrusted() what would run, what it might do and how it is
/// allowed
[[nodiscard]] Result<void> requireTrust(const ModelManifest& model,
                                        const std::vector<ForeignProgram>& programs);

} // namespace diploscope
