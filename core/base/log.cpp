// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/log.h"

#include "base/paths.h"
#include "base/terminal_text.h"

#include <fcntl.h>
#include <fmt/chrono.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <ctime>
#include <mutex>
#include <system_error>

namespace diploscope {

namespace fs = std::filesystem;

namespace {

constexpr off_t kMostBytes = 1 << 20;
constexpr int kOlderFiles = 3;
constexpr size_t kMostText = 8000; ///< of one line

fs::path olderFile(int number) {
    return logFolder() / fmt::format("diploscope.{}.log", number);
}

/// Every line opens the file anew: it may have become an older one meanwhile, by this process or another.
class Log {
public:
    void start() {
        std::error_code error;
        fs::create_directories(logFolder(), error);
        m_on = !error;
    }
    void write(const std::string& line) {
        if (!m_on)
            return;
        const std::lock_guard lock(m_mutex);
        struct stat state {};
        if (stat(logFile().c_str(), &state) == 0 && state.st_size >= kMostBytes)
            rotate();
        const int file = open(logFile().c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
        if (file < 0)
            return;
        // One write at the end, so that processes do not mix within a line. A log that cannot be written is
        // no reason to fail.
        [[maybe_unused]] const ssize_t written = ::write(file, line.data(), line.size());
        close(file);
    }

private:
    static void rotate() {
        std::error_code ignored;
        for (int number = kOlderFiles - 1; number >= 1; --number)
            fs::rename(olderFile(number), olderFile(number + 1), ignored);
        fs::rename(logFile(), olderFile(1), ignored);
    }

    std::mutex m_mutex;
    std::atomic<bool> m_on = false;
};

Log& theLog() {
    static Log log;
    return log;
}

} // namespace

fs::path logFolder() {
    return userCacheFolder() / "log";
}

fs::path logFile() {
    return logFolder() / "diploscope.log";
}

void startLog() {
    theLog().start();
}

void logLine(std::string_view topic, std::string_view text) {
    std::tm now{};
    const std::time_t seconds = std::time(nullptr);
    gmtime_r(&seconds, &now);
    theLog().write(fmt::format("{:%Y-%m-%dT%H:%M:%S}Z {} {}: {}\n", now, getpid(), topic,
                               terminalText(text.substr(0, kMostText))));
}

void logError(const Error& error) {
    if (error.kind != ErrorKind::Cancelled)
        logLine("error", error.message());
}

} // namespace diploscope
