// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/options/console.h"

#include "base/log.h"
#include "base/rate_meter.h"
#include "base/stage_clock.h"

#include <fcntl.h>
#include <fmt/core.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstring>
#include <mutex>
#include <thread>

namespace diploscope::cli {

namespace {

/// One line that is written over while work goes on, and gone when it is done. Where stderr is no terminal,
/// a line for each stage.
class ProgressLine {
public:
    void show(const Progress& progress) {
        const std::lock_guard lock(m_mutex);
        m_meter.take(progress);
        const bool newStage = progress.stage != m_stage;
        m_stage = progress.stage;
        if (!m_terminal) {
            if (newStage)
                warn("{} ...\n", m_stage);
            return;
        }
        const auto now = std::chrono::steady_clock::now();
        if (!newStage && now - m_shown < std::chrono::milliseconds(100))
            return;
        m_shown = now;
        writeTo(stderr, fmt::format("\r{}\033[K", clipped(terminalText(progressWords(progress, m_meter)))));
        std::fflush(stderr);
        m_open = true;
    }
    void finish() {
        const std::lock_guard lock(m_mutex);
        if (m_open)
            writeTo(stderr, "\r\033[K");
        m_open = false;
    }

private:
    /// A line that wraps could not be written over.
    static std::string clipped(std::string text) {
        winsize size{};
        const size_t columns =
            ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : 80;
        size_t shown = 0;
        for (size_t i = 0; i < text.size(); ++i) {
            const bool begins = (static_cast<unsigned char>(text[i]) & 0xC0) != 0x80; // of a UTF-8 character
            if (begins && ++shown == columns) {
                text.resize(i);
                return text + "…";
            }
        }
        return text;
    }

    std::mutex m_mutex;
    std::string m_stage;
    RateMeter m_meter;
    std::chrono::steady_clock::time_point m_shown;
    const bool m_terminal = isatty(STDERR_FILENO) == 1;
    bool m_open = false;
};

ProgressLine& progressLine() {
    static ProgressLine line;
    return line;
}

/// Why what was said on stdout did not arrive, as errno, the first time; 0: it did.
std::atomic<int> lostOutput{0};

void noteLostOutput() {
    int none = 0;
    lostOutput.compare_exchange_strong(none, errno != 0 ? errno : EIO);
}

/// Write end of the pipe that wakes the thread below: all that a signal handler may use of us.
volatile sig_atomic_t signalPipe = -1;

void onSignal(int number) {
    const char byte = 0;
    [[maybe_unused]] const ssize_t written = write(signalPipe, &byte, 1);
    // A second signal ends the program at once.
    std::signal(number, SIG_DFL);
}

/// Stops on SIGINT/SIGTERM. A handler may not touch a stop_source, so it wakes a thread that does. (Blocking
/// the signals for a thread in sigwait() is not enough: libraries have threads of their own, and a signal
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
            // A model that never answers never comes to its next batch.
            progressLine().finish();
            warn("Stopping after this batch; a second Ctrl-C ends at once.\n");
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

} // namespace

std::shared_ptr<StageClock> commandClock() {
    static const auto clock = std::make_shared<StageClock>();
    return clock;
}

void tellTiming() {
    finishProgress();
    for (const auto& [stage, seconds, share, processor, memory] : stageRows(commandClock()->times()))
        warn("{:<12}{:>10}{:>10}{:>14}{:>14}\n", stage, seconds, share, processor, memory);
}

RunContext consoleContext(bool quiet) {
    RunContext context;
    context.clock = commandClock();
    context.stop = stopOnSignal();
    if (!quiet)
        context.onProgress = [](const Progress& progress) { progressLine().show(progress); };
    return context;
}

void writeTo(std::FILE* stream, std::string_view text) {
    errno = 0;
    const bool whole = std::fwrite(text.data(), 1, text.size(), stream) == text.size();
    if (stream == stdout && (!whole || std::ferror(stream) != 0))
        noteLostOutput();
}

void sayText(std::string_view text) {
    writeTo(stdout, terminalText(text, true));
}

void warnText(std::string_view text) {
    writeTo(stderr, terminalText(text, true));
}

void sayWritten(const std::filesystem::path& file, bool quiet) {
    if (!quiet)
        say("Written to {}\n", file.string());
}

void holdStandardStreams() {
    // Opened the wrong way round, so that writing goes on to fail as it does on a closed one.
    for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO})
        if (fcntl(stream, F_GETFD) == -1)
            (void)open("/dev/null", stream == STDIN_FILENO ? O_WRONLY : O_RDONLY);
}

int finishOutput(int exitCode) {
    errno = 0;
    if (std::fflush(stdout) != 0)
        noteLostOutput();
    const int code = lostOutput;
    if (code == 0)
        return exitCode;
    const int told = reportError(
        {ErrorKind::Io, fmt::format("What was to be printed could not be written: {}.", std::strerror(code)),
         "standard output", "Free space where it goes, or send it elsewhere; files are not touched by it."});
    return exitCode == 0 ? told : exitCode;
}

void finishProgress() {
    progressLine().finish();
}

int reportError(const Error& error) {
    finishProgress();
    if (error.kind == ErrorKind::Cancelled) {
        warn("Stopped.\n");
        return 130;
    }
    logError(error);
    warn("diploscope: {}\n", error.what);
    if (!error.where.empty())
        warn("        in  {}\n", error.where);
    if (!error.remedy.empty())
        warn("        do  {}\n", error.remedy);
    return 1;
}

void reportLeftOut(const std::vector<Error>& faults) {
    if (!faults.empty())
        finishProgress();
    for (const Error& fault : faults)
        warn("diploscope: {} Genes are analysed without it.\n", fault.message());
}

} // namespace diploscope::cli
