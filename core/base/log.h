// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"

#include <filesystem>
#include <string_view>

namespace diploscope {

// What happened, run by run, for whoever has to find out why something failed: a text file of limited size
// that the user may read, send or delete. Nothing is logged before startLog().

/// `userCacheFolder()/log`: the log and, beside it, crash notes (crash_note.h).
[[nodiscard]] std::filesystem::path logFolder();
/// `logFolder()/diploscope.log`; the ones before it are `diploscope.1.log` and so on.
[[nodiscard]] std::filesystem::path logFile();

/// Begins to log in this process; without a place to write to, nothing is logged.
void startLog();

/// One line: time, process, `topic`, `text` with control characters made visible. Any thread. When the file
/// has reached its limit it becomes the one before.
void logLine(std::string_view topic, std::string_view text);
/// Errors are logged where they are shown. Cancelled is none.
void logError(const Error& error);

} // namespace diploscope
