// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/edge.h"
#include "base/run_context.h"
#include "base/terminal_text.h"

#include <fmt/format.h>

#include <concepts>
#include <cstdio>
#include <filesystem>
#include <string_view>
#include <type_traits>
#include <utility>

#include <vector>

namespace diploscope::cli {

/// Of a command line that cannot be meant: unknown or missing options, values out of range, options that
/// exclude each other.
inline constexpr int kUsageExitCode = 2;

/// Texts among the arguments of say() and warn() come from files as often as not: they are shown as
/// terminalText(). Numbers pass.
template <class Value>
[[nodiscard]] auto shown(const Value& value) {
    if constexpr (std::convertible_to<const Value&, std::string_view>)
        return terminalText(value);
    else
        return value;
}

/// Writes to stdout or stderr. Where they go may be full, or gone: that ends no work, whose results are
/// elsewhere, and is told at the end by finishOutput().
void writeTo(std::FILE* stream, std::string_view text);

template <class... Values>
void sayTo(std::FILE* stream, fmt::string_view format, const Values&... safe) {
    writeTo(stream, fmt::vformat(format, fmt::make_format_args(safe...)));
}

/// fmt::print() for people, on stdout: all that a command says goes through here or warn().
template <class... Values>
void say(fmt::format_string<Values...> format, Values&&... values) {
    sayTo(stdout, format, shown(values)...);
}

/// The same on stderr.
template <class... Values>
void warn(fmt::format_string<Values...> format, Values&&... values) {
    sayTo(stderr, format, shown(values)...);
}

/// Text of several lines, as it is but for what would act on a terminal: JSON, help.
void sayText(std::string_view text);
void warnText(std::string_view text);

/// Of --quiet, wherever there is one. What was found is told all the same.
inline constexpr const char* QuietHelp = "Neither progress nor the names of files that were written";

/// "Written to FILE", on stdout, unless `quiet`.
void sayWritten(const std::filesystem::path& file, bool quiet);

/// A context for work started from a terminal: progress on one line of stderr (one line a stage where stderr
/// is no terminal), stopped by Ctrl-C or SIGTERM. `quiet` shows no progress.
[[nodiscard]] RunContext consoleContext(bool quiet = false);

/// The clock of what consoleContext() is given to; it runs from the first call on.
[[nodiscard]] std::shared_ptr<StageClock> commandClock();

/// Of --timing: prints to stderr where the command's time went.
void tellTiming();

/// Ends the progress line, so that what is printed next stands on a line of its own.
void finishProgress();

/// Prints the error to stderr as a person should read it, its place and remedy on lines of their own, and
/// logs it. \return the exit code: 130 for Cancelled, else 1.
int reportError(const Error& error);

/// Before anything is opened: a stream that was closed would be the next file's, and what is said land in it.
void holdStandardStreams();

/// The last thing that the program does: whether all that it said on stdout arrived, in the buffer or not.
/// \return the exit code: 1 where it did not, which is told, and `exitCode` meant success
int finishOutput(int exitCode);

/// Prints to stderr what the study names but cannot be used, and that genes are analysed without it.
void reportLeftOut(const std::vector<Error>& faults);
/// Runs a command's work, the edge of all that it calls. \param work gives a Result<void>, or a Result<int>
/// where the exit code says more than done or failed. \return the exit code
template <class Work>
int runCommand(Work&& work) {
    const auto done = atEdge("The command", std::forward<Work>(work));
    if (!done)
        return reportError(done.error());
    if constexpr (std::is_same_v<decltype(done), const Result<int>>)
        return *done;
    else
        return 0;
}

} // namespace diploscope::cli
