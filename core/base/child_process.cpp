// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/child_process.h"

#include "base/terminal_text.h"

#include <fmt/format.h>

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <thread>
#include <utility>

namespace diploscope {

namespace {

constexpr size_t kLastLines = 20;
constexpr size_t kLongestLine = 500;
constexpr int kPipeBytes = 1 << 20; ///< a batch goes through in few turns

/// Both ends are closed by exec() and have numbers that no standard stream has.
struct Pipe {
    Pipe() = default;
    Pipe(const Pipe&) = delete;
    Pipe& operator=(const Pipe&) = delete;
    ~Pipe() {
        for (const int end : {from, to})
            if (end >= 0)
                ::close(end);
    }
    [[nodiscard]] bool open() {
        std::array<int, 2> ends{};
        if (::pipe2(ends.data(), O_CLOEXEC) != 0)
            return false;
        from = ::fcntl(ends[0], F_DUPFD_CLOEXEC, 3);
        to = ::fcntl(ends[1], F_DUPFD_CLOEXEC, 3);
        ::close(ends[0]);
        ::close(ends[1]);
        if (to >= 0)
            (void)::fcntl(to, F_SETPIPE_SZ, kPipeBytes); // the system may allow less
        return from >= 0 && to >= 0;
    }
    [[nodiscard]] static int taken(int& end) {
        (void)::fcntl(end, F_SETFL, O_NONBLOCK);
        return std::exchange(end, -1);
    }

    int from = -1, to = -1;
};

/// What posix_spawn() is told; the three pipes become the standard streams.
struct SpawnPlan {
    SpawnPlan(const Pipe& in, const Pipe& out, const Pipe& err, const std::string& folder) {
        posix_spawn_file_actions_init(&actions);
        posix_spawn_file_actions_adddup2(&actions, in.from, STDIN_FILENO);
        posix_spawn_file_actions_adddup2(&actions, out.to, STDOUT_FILENO);
        posix_spawn_file_actions_adddup2(&actions, err.to, STDERR_FILENO);
        posix_spawn_file_actions_addclosefrom_np(&actions, 3); // libraries open files without O_CLOEXEC
        posix_spawn_file_actions_addchdir_np(&actions, folder.c_str());
        posix_spawnattr_init(&attributes);
        sigset_t none, usual;
        sigemptyset(&none);
        sigfillset(&usual);
        posix_spawnattr_setsigmask(&attributes, &none);
        posix_spawnattr_setsigdefault(&attributes, &usual);
        posix_spawnattr_setflags(&attributes,
                                 POSIX_SPAWN_SETSID | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    }
    SpawnPlan(const SpawnPlan&) = delete;
    SpawnPlan& operator=(const SpawnPlan&) = delete;
    ~SpawnPlan() {
        posix_spawn_file_actions_destroy(&actions);
        posix_spawnattr_destroy(&attributes);
    }

    posix_spawn_file_actions_t actions{};
    posix_spawnattr_t attributes{};
};

/// While it lives, writing into a pipe that nobody reads is an error of this thread and no end of the
/// process.
class NoPipeSignal {
public:
    NoPipeSignal() {
        sigemptyset(&m_pipe);
        sigaddset(&m_pipe, SIGPIPE);
        pthread_sigmask(SIG_BLOCK, &m_pipe, &m_before);
    }
    ~NoPipeSignal() {
        if (sigismember(&m_before, SIGPIPE) == 0) {
            const timespec now{};
            (void)sigtimedwait(&m_pipe, nullptr, &now);
        }
        pthread_sigmask(SIG_SETMASK, &m_before, nullptr);
    }
    NoPipeSignal(const NoPipeSignal&) = delete;
    NoPipeSignal& operator=(const NoPipeSignal&) = delete;

private:
    sigset_t m_pipe{}, m_before{};
};

void closeEnd(int& end) {
    if (end >= 0)
        ::close(std::exchange(end, -1));
}

bool isForLater(ssize_t done) {
    return done < 0 && (errno == EAGAIN || errno == EINTR);
}

} // namespace

Result<std::unique_ptr<ChildProcess>> ChildProcess::start(const std::vector<std::string>& command,
                                                          const std::filesystem::path& folder, OnLine onLine,
                                                          std::string variable) {
    Pipe in, out, err;
    if (!in.open() || !out.open() || !err.open())
        return fail(ErrorKind::Io, fmt::format("No pipe can be made: {}.", std::strerror(errno)),
                    folder.string(), "Close other programs, or raise the limit on open files (ulimit -n).");
    const SpawnPlan plan(in, out, err, folder.string());
    std::vector<std::string> words = command; // which must not be const
    std::vector<char*> arguments;
    for (std::string& word : words)
        arguments.push_back(word.data());
    arguments.push_back(nullptr);
    std::vector<char*> environment;
    const std::string name = variable.substr(0, variable.find('=') + 1);
    for (char** known = environ; *known != nullptr; ++known)
        if (name.empty() || !std::string_view(*known).starts_with(name))
            environment.push_back(*known);
    if (!variable.empty())
        environment.push_back(variable.data());
    environment.push_back(nullptr);
    pid_t id = -1;
    const int failed = ::posix_spawnp(&id, arguments[0], &plan.actions, &plan.attributes, arguments.data(),
                                      environment.data());
    if (failed != 0)
        return fail(failed == ENOENT ? ErrorKind::NotFound : ErrorKind::Io,
                    fmt::format("The command \"{}\" cannot be started: {}.", terminalText(command.front()),
                                std::strerror(failed)),
                    folder.string(), "Install it, or correct its name.");
    return std::unique_ptr<ChildProcess>(new ChildProcess(id, Pipe::taken(in.to), Pipe::taken(out.from),
                                                          Pipe::taken(err.from), std::move(onLine)));
}

ChildProcess::ChildProcess(pid_t id, int in, int out, int err, OnLine onLine)
    : m_id(id), m_in(in), m_out(out), m_err(err), m_onLine(std::move(onLine)) {}

ChildProcess::~ChildProcess() {
    kill();
    for (int* end : {&m_in, &m_out, &m_err})
        closeEnd(*end);
}

void ChildProcess::kill() {
    if (m_isWaitedFor)
        return;
    (void)::kill(-m_id, SIGKILL); // its group, which is its own
    while (::waitpid(m_id, &m_status, 0) < 0 && errno == EINTR) {
    }
    m_isWaitedFor = true;
}

void ChildProcess::write(std::string_view& out) {
    const NoPipeSignal quiet;
    while (!out.empty()) {
        const ssize_t done = ::write(m_in, out.data(), out.size());
        if (isForLater(done))
            return;
        if (done < 0) { // it reads no more: what it still says tells why
            closeEnd(m_in);
            return;
        }
        out.remove_prefix(static_cast<size_t>(done));
    }
}

bool ChildProcess::readOutput(std::string& in) {
    constexpr size_t part = size_t{1} << 18;
    const size_t before = in.size();
    in.resize(before + part);
    const ssize_t done = ::read(m_out, in.data() + before, part);
    in.resize(before + static_cast<size_t>(std::max<ssize_t>(done, 0)));
    return done > 0 || isForLater(done);
}

void ChildProcess::takeLine() {
    if (m_line.empty())
        return;
    const std::string line = terminalText(m_line);
    m_line.clear();
    if (m_onLine)
        m_onLine(line);
    m_lastLines.push_back(line);
    if (m_lastLines.size() > kLastLines)
        m_lastLines.pop_front();
}

void ChildProcess::readErrors() {
    std::array<char, 1 << 16> bytes{};
    const ssize_t done = ::read(m_err, bytes.data(), bytes.size());
    if (isForLater(done))
        return;
    if (done <= 0) {
        takeLine();
        closeEnd(m_err);
    }
    for (ssize_t i = 0; i < done; ++i) {
        const char letter = bytes[static_cast<size_t>(i)];
        if (letter == '\n' || letter == '\r') // bars of progress return to the line's beginning
            takeLine();
        else if (m_line.size() < kLongestLine)
            m_line += letter;
    }
}

bool ChildProcess::exchange(std::string_view& out, std::string& in, std::chrono::milliseconds most) {
    const bool writes = !out.empty() && m_in >= 0;
    std::array<pollfd, 3> ends{{{m_out, POLLIN, 0}, {m_err, POLLIN, 0}, {writes ? m_in : -1, POLLOUT, 0}}};
    if (::poll(ends.data(), ends.size(), static_cast<int>(most.count())) <= 0)
        return true;
    if (ends[1].revents != 0)
        readErrors();
    if (ends[2].revents != 0)
        write(out);
    return ends[0].revents == 0 || readOutput(in);
}

void ChildProcess::closeInput() {
    closeEnd(m_in);
}

std::string ChildProcess::end() {
    closeEnd(m_in);
    // One that has closed its stdout is about to end by itself, and its status says more than a kill's. It is
    // left a zombie until its group is killed, whose number nobody else has as long.
    bool byItself = false;
    for (int i = 0; i < 20 && !byItself; ++i) {
        siginfo_t ended{};
        byItself = ::waitid(P_PID, static_cast<id_t>(m_id), &ended, WEXITED | WNOHANG | WNOWAIT) == 0 &&
                   ended.si_pid == m_id;
        if (!byItself)
            std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    kill();
    for (int i = 0; i < 100 && m_err >= 0; ++i) { // what it had said before
        pollfd err{m_err, POLLIN, 0};
        if (::poll(&err, 1, 10) <= 0)
            break;
        readErrors();
    }
    if (!byItself)
        return "did not end by itself and was killed";
    if (WIFSIGNALED(m_status))
        return fmt::format("was killed by signal {} ({})", WTERMSIG(m_status),
                           sigdescr_np(WTERMSIG(m_status)));
    return fmt::format("ended with exit code {}", WEXITSTATUS(m_status));
}

} // namespace diploscope
