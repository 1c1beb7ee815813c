// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <sys/types.h>

#include <chrono>
#include <deque>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace diploscope {

/// A command that runs beside this process, with pipes to its stdin, stdout and stderr. It is a session of
/// its own, so that nothing typed at this terminal reaches it; it holds no other file of this process. When
/// this object goes its process group is killed (what has left that goes on), and when this process dies its
/// stdin ends. One thread at a time.
class ChildProcess {
public:
    using OnLine = std::function<void(std::string_view)>;

    /// \param command as execvp() takes it, in `folder` \param onLine takes what it says on stderr, line by
    /// line, within exchange() \param variable of its environment, "NAME=VALUE", beside this process'; empty:
    /// none \error NotFound where there is no such command; Io
    [[nodiscard]] static Result<std::unique_ptr<ChildProcess>> start(const std::vector<std::string>& command,
                                                                     const std::filesystem::path& folder,
                                                                     OnLine onLine,
                                                                     std::string variable = {});
    ~ChildProcess();
    ChildProcess(const ChildProcess&) = delete;
    ChildProcess& operator=(const ChildProcess&) = delete;

    /// Waits, no longer than `most`, until there is something to do; writes of `out` what the program takes,
    /// and takes it off; appends to `in` what it says. \return false where it has ended, or closed its stdout
    [[nodiscard]] bool exchange(std::string_view& out, std::string& in, std::chrono::milliseconds most);

    /// Nothing more is written to it: its stdin ends.
    void closeInput();

    /// Kills it, if it runs, and says how it ended: "ended with exit code 3", "was killed by signal 9
    /// (Killed)". Reads what it had to say before.
    [[nodiscard]] std::string end();
    /// The last lines of stderr, each cut; at most 20.
    [[nodiscard]] const std::deque<std::string>& lastLines() const { return m_lastLines; }
    [[nodiscard]] pid_t id() const { return m_id; }

private:
    ChildProcess(pid_t id, int in, int out, int err, OnLine onLine);
    void write(std::string_view& out);
    [[nodiscard]] bool readOutput(std::string& in);
    void readErrors();
    void takeLine();
    void kill();

    pid_t m_id;
    int m_in, m_out, m_err; ///< -1: closed
    int m_status = 0;       ///< of waitpid(), once it has been waited for
    bool m_isWaitedFor = false;
    OnLine m_onLine;
    std::string m_line; ///< of stderr, not at its end yet
    std::deque<std::string> m_lastLines;
};

} // namespace diploscope
