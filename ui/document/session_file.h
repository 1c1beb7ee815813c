// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "document/document.h"

#include <filesystem>
#include <optional>

/// A document as a file, `*.diploscope.json`. Source: FORMATS 12. All of these but isSessionFile() touch the
/// disk: for workers.
namespace diploscope::ui {

/// Of files that say a newer one the program knows too little.
inline constexpr int SessionFormat = 1;

/// By its name.
[[nodiscard]] bool isSessionFile(const std::filesystem::path& file);

/// Whether what it names is there is another question. \error NotFound, Io; BadInput with the key of what
/// makes no sense; Unsupported: of a newer format
[[nodiscard]] Result<Document> readSession(const std::filesystem::path& file);

/// Where a session's study should be and nothing is; empty where it is there.
[[nodiscard]] std::optional<Error> missingStudy(const Document& document,
                                                const std::filesystem::path& session);

/// Files and folders relative to it where that is possible. \error Io; BadInput: a name without the ending;
/// Unsupported: names that are no UTF-8, which JSON cannot hold
[[nodiscard]] Result<void> writeSession(const Document& document, const std::filesystem::path& file);

/// Where this process writes its document as it goes, so that a crash takes nothing along.
[[nodiscard]] std::filesystem::path autosaveFile();
/// What a process of this machine left there that ended without removing it; of several that can be read the
/// newest, and once that is removed the next.
[[nodiscard]] std::optional<std::filesystem::path> leftAutosave();

} // namespace diploscope::ui
