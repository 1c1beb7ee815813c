// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/run_context.h"

#include <vector>

namespace diploscope::cli {

/// A context for work started from a terminal: progress on one line of stderr (one line a stage where stderr
/// is no terminal), stopped by Ctrl-C or SIGTERM. `quiet` shows no progress.
[[nodiscard]] RunContext consoleContext(bool quiet = false);

/// Ends the progress line, so that what is printed next stands on a line of its own.
void finishProgress();

/// Prints the error to stderr as a person should read it. \return the exit code: 130 for Cancelled, else 1.
int reportError(const Error& error);

/// Prints to stderr what the study names but cannot be used, and that genes are analysed without it.
void reportLeftOut(const std::vector<Error>& faults);

} // namespace diploscope::cli
