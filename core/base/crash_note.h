// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace diploscope {

/// From now on a crash of this process (SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, an exception that nobody
/// caught) leaves a note in logFolder(), `crash-TIME-PROCESS.txt`: `versions`, the signal and the stack.
/// stderr says where; then the process ends by the same signal. Once a process, early. The handler uses
/// nothing but what signal handlers may use.
void writeNoteOnCrash(const std::string& versions);

/// A line that such a note says besides `versions`: of what was loaded since, as LibTorch is on first use.
/// What the notes have no more room for (1 KiB in all) is left out. Any thread.
void addToCrashNote(const std::string& line);

/// Notes that are there, the newest first.
[[nodiscard]] std::vector<std::filesystem::path> crashNotes();

/// Those that were not there when this was last asked: for the user to be told of, once.
[[nodiscard]] std::vector<std::filesystem::path> takeNewCrashNotes();

} // namespace diploscope
