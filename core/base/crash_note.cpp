// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/crash_note.h"

#include "base/log.h"
#include "base/terminal_text.h"

#include <execinfo.h>
#include <fcntl.h>
#include <fmt/chrono.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <exception>
#include <fstream>
#include <mutex>
#include <string_view>
#include <system_error>

namespace diploscope {

namespace fs = std::filesystem;

namespace {

constexpr size_t kMostNotes = 20;
constexpr size_t kMostFrames = 100;
constexpr unsigned kMostSeconds = 10; ///< for the note; a damaged heap must not keep the process for ever
constexpr const char* kSeenFile = "crashes-seen";

// All that the handler needs, made while there is time; nothing is allocated in it.
std::array<char, 4096> notePath{};
std::array<char, 4096> noteHead{};
std::array<char, 1024> laterLines{}; ///< of addToCrashNote(): so many bytes, which never change again
std::atomic<size_t> laterBytes = 0;
std::array<char, 1024> lastWords{}; ///< of the exception that nobody caught
std::array<char, 65536> handlerStack{};
std::atomic<pid_t> crashedThread = 0;

void copyText(std::string_view text, char* target, size_t size) {
    const size_t count = std::min(text.size(), size - 1);
    std::memcpy(target, text.data(), count);
    target[count] = '\0';
}

void put(int file, const char* text) {
    [[maybe_unused]] const ssize_t written = write(file, text, std::strlen(text));
}

const char* nameOf(int number) {
    switch (number) {
    case SIGSEGV:
        return "SIGSEGV, an address that is not there";
    case SIGBUS:
        return "SIGBUS, memory that cannot be had: a file cut off while it was read, or a full disk";
    case SIGFPE:
        return "SIGFPE, impossible arithmetic";
    case SIGILL:
        return "SIGILL, an instruction that this processor does not know";
    default:
        return "SIGABRT, given up";
    }
}

void writeNote(int file, int number) {
    put(file, noteHead.data());
    [[maybe_unused]] const ssize_t written = write(file, laterLines.data(), laterBytes.load());
    put(file, "\nsignal: ");
    put(file, nameOf(number));
    if (lastWords[0] != '\0') {
        put(file, "\nexception: ");
        put(file, lastWords.data());
    }
    put(file, "\n\nstack, innermost first:\n");
    std::array<void*, kMostFrames> frames{};
    backtrace_symbols_fd(frames.data(), backtrace(frames.data(), static_cast<int>(frames.size())), file);
}

void onCrash(int number) {
    pid_t none = 0;
    if (crashedThread.compare_exchange_strong(none, gettid())) {
        alarm(kMostSeconds);
        const int file = open(notePath.data(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
        put(STDERR_FILENO, "\ndiploscope: The program crashed (");
        put(STDERR_FILENO, nameOf(number));
        put(STDERR_FILENO, ").\n");
        if (file >= 0) {
            writeNote(file, number);
            close(file);
            put(STDERR_FILENO, "        in  ");
            put(STDERR_FILENO, notePath.data());
            put(STDERR_FILENO,
                "\n        do  Please report it with this note. Finished work is kept: the same "
                "command goes on where it stopped.\n");
        }
    } else if (none != gettid()) {
        pause(); // another thread writes the note and then ends the process
    }
    std::signal(number, SIG_DFL);
    raise(number);
}

[[noreturn]] void onTerminate() {
    if (const std::exception_ptr exception = std::current_exception()) {
        copyText("of an unknown kind", lastWords.data(), lastWords.size());
        try {
            std::rethrow_exception(exception);
        } catch (const std::exception& error) {
            copyText(error.what(), lastWords.data(), lastWords.size());
        } catch (...) { // said already
        }
    }
    std::abort();
}

} // namespace

void writeNoteOnCrash(const std::string& versions) {
    std::error_code ignored;
    fs::create_directories(logFolder(), ignored);
    const std::vector<fs::path> notes = crashNotes();
    for (size_t i = kMostNotes; i < notes.size(); ++i)
        fs::remove(notes[i], ignored);

    std::tm now{};
    const std::time_t seconds = std::time(nullptr);
    gmtime_r(&seconds, &now);
    copyText((logFolder() / fmt::format("crash-{:%Y%m%d-%H%M%S}-{}.txt", now, getpid())).string(),
             notePath.data(), notePath.size());
    copyText(fmt::format("{}\nstarted: {:%Y-%m-%d %H:%M:%S} UTC, process {}", terminalText(versions, true),
                         now, getpid()),
             noteHead.data(), noteHead.size());
    // The first call loads a library, which a handler may not.
    std::array<void*, 2> frames{};
    (void)backtrace(frames.data(), static_cast<int>(frames.size()));

#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__) // they have handlers that say more
    stack_t stack{};
    stack.ss_sp = handlerStack.data(); // a stack of its own, for when the other one is full
    stack.ss_size = handlerStack.size();
    sigaltstack(&stack, nullptr);
    struct sigaction action {};
    action.sa_handler = onCrash;
    action.sa_flags = SA_ONSTACK | SA_NODEFER;
    for (const int number : {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT})
        sigaction(number, &action, nullptr);
#endif
    std::set_terminate(onTerminate);
}

void addToCrashNote(const std::string& line) {
    static std::mutex oneAtATime;
    const std::lock_guard lock(oneAtATime);
    const std::string text = "\n" + terminalText(line);
    const size_t before = laterBytes.load();
    if (text.size() > laterLines.size() - before)
        return;
    std::memcpy(laterLines.data() + before, text.data(), text.size());
    laterBytes.store(before + text.size()); // a handler reads whole lines
}

std::vector<fs::path> crashNotes() {
    std::vector<fs::path> notes;
    std::error_code error;
    for (fs::directory_iterator entry(logFolder(), error), end; !error && entry != end;
         entry.increment(error)) {
        const std::string name = entry->path().filename().string();
        if (name.starts_with("crash-") && name.ends_with(".txt"))
            notes.push_back(entry->path());
    }
    std::sort(notes.rbegin(), notes.rend()); // their names begin with the time
    return notes;
}

std::vector<fs::path> takeNewCrashNotes() {
    std::vector<fs::path> notes = crashNotes();
    std::string newest;
    std::ifstream(logFolder() / kSeenFile) >> newest;
    std::erase_if(notes, [&](const fs::path& note) { return note.filename().string() <= newest; });
    if (!notes.empty())
        std::ofstream(logFolder() / kSeenFile) << notes.front().filename().string() << '\n';
    return notes;
}

} // namespace diploscope
