// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/command_output.h"

#include "base/child_process.h"

#include <fmt/format.h>

#include <string_view>

namespace diploscope {

namespace {

constexpr size_t kMostOutput = size_t{64} << 20;
constexpr std::chrono::milliseconds kStopLatency{50};

} // namespace

Result<std::string> commandOutput(const std::vector<std::string>& command,
                                  const std::filesystem::path& folder, std::chrono::seconds most,
                                  const RunContext& context) {
    DS_ASSIGN(const auto process, ChildProcess::start(command, folder, {}));
    process->closeInput();
    const auto deadline = std::chrono::steady_clock::now() + most;
    std::string said;
    std::string_view nothing;
    while (process->exchange(nothing, said, kStopLatency)) {
        if (context.cancelled())
            return fail(ErrorKind::Cancelled, "Stopped on request.");
        if (said.size() > kMostOutput)
            return fail(ErrorKind::Io, fmt::format("`{}` says more than can be read.", command.front()),
                        folder.string(), "Run it by hand to see what it says.");
        if (std::chrono::steady_clock::now() > deadline)
            return fail(ErrorKind::Io,
                        fmt::format("`{}` did not answer within {} seconds.", command.front(), most.count()),
                        folder.string(), "Try it again later, or by hand.");
    }
    if (const std::string how = process->end(); how != "ended with exit code 0") {
        std::string last;
        for (const std::string& line : process->lastLines())
            last += (last.empty() ? "" : " / ") + line;
        return fail(ErrorKind::Io,
                    fmt::format("`{}` {}{}", command.front(), how, last.empty() ? "." : ": " + last),
                    folder.string(), "See what it says.");
    }
    return said;
}

} // namespace diploscope
