// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/console.h"

#include <fcntl.h>
#include <fmt/core.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <mutex>
#include <thread>

namespace diploscope::cli {

namespace {

/// Write end of the pipe that wakes the thread below: all that a signal handler may use of us.
volatile sig_atomic_t signalPipe = -1;

void onSignal(int number) {
    const char byte = 0;
    [[maybe_unused]] const ssize_t written = write(signalPipe, &byte, 1);
    // A second signal ends the program at once.
    std::signal(number, SIG_DFL);
}

/// Stops on SIGINT/SIGTERM. A handler may not touch a stop_source, so it wakes a thread that does. (Blocking
/// the signals for a thread in sigwait() is not enough: BLAS starts its threads before main(), and a signal
/// that reaches one of them would kill.)
std::stop_token stopOnSignal() {
    static std::stop_source source;
    static std::once_flag once;
    std::call_once(once, [] {
        int ends[2] = {-1, -1};
        if (pipe2(ends, O_CLOEXEC) != 0)
            return; // without it signals do what they always do
        signalPipe = ends[1];
        std::thread([end = ends[0]] {
            char byte = 0;
            while (read(end, &byte, 1) != 1) {
            }
            source.request_stop();
        }).detach();
        struct sigaction action {};
        action.sa_handler = onSignal;
        action.sa_flags = SA_RESTART;
        sigaction(SIGINT, &action, nullptr);
        sigaction(SIGTERM, &action, nullptr);
    });
    return source.get_token();
}

class ProgressLine {
public:
    void show(const Progress& progress) {
        const std::lock_guard lock(m_mutex);
        const auto now = std::chrono::steady_clock::now();
        const bool newStage = progress.stage != m_stage;
        if (newStage) {
            finishLocked();
            m_stage = progress.stage;
            m_stageStart = now;
            if (!m_terminal)
                fmt::print(stderr, "{} ...\n", m_stage);
        }
        const bool last = progress.total > 0 && progress.done >= progress.total;
        if (!m_terminal || (!newStage && !last && now - m_shown < std::chrono::milliseconds(100)))
            return;
        m_shown = now;
        std::string line = progress.stage;
        if (progress.total > 0) {
            line += fmt::format("  {} of {}", progress.done, progress.total);
            const double seconds = std::chrono::duration<double>(now - m_stageStart).count();
            if (progress.done > 0 && progress.done < progress.total && seconds > 1)
                line += fmt::format("  {:.0f} s left",
                                    seconds * double(progress.total - progress.done) / double(progress.done));
        }
        fmt::print(stderr, "\r\033[K{}", line);
        std::fflush(stderr);
        m_open = true;
    }
    void finish() {
        const std::lock_guard lock(m_mutex);
        finishLocked();
        m_stage.clear();
    }

private:
    void finishLocked() {
        if (m_open)
            fmt::print(stderr, "\n");
        m_open = false;
    }
    std::mutex m_mutex;
    std::string m_stage;
    std::chrono::steady_clock::time_point m_stageStart, m_shown;
    const bool m_terminal = isatty(STDERR_FILENO) == 1;
    bool m_open = false;
};

ProgressLine& progressLine() {
    static ProgressLine line;
    return line;
}

} // namespace

RunContext consoleContext(bool quiet) {
    RunContext context;
    context.stop = stopOnSignal();
    if (!quiet)
        context.onProgress = [](const Progress& progress) { progressLine().show(progress); };
    return context;
}

void finishProgress() {
    progressLine().finish();
}

int reportError(const Error& error) {
    finishProgress();
    if (error.kind == ErrorKind::Cancelled) {
        fmt::print(stderr, "Stopped.\n");
        return 130;
    }
    fmt::print(stderr, "diploscope: {}\n", error.message());
    return 1;
}

} // namespace diploscope::cli
