// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The C library's functions that ask the file system, defined in the test program: it comes before all
// libraries, so Qt, SQLite, htslib, the C++ library and ours call these. Of one file of one program only. The
// linker exports what a library calls that the program is linked with, hence SQLite in tests/CMakeLists.txt.

#include <algorithm>
#include <atomic>
#include <cstdarg>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include <cxxabi.h>
#include <dirent.h>
#include <dlfcn.h>
#include <execinfo.h>
#include <fcntl.h>
#include <pthread.h>
#include <sys/stat.h>
#include <unistd.h>

namespace diploscope::test {

/// Where files are asked for by what draws and by the kernel's own doings, and why that is no fault.
struct AllowedPlace {
    std::string prefix;
    const char* reason;
};

/// Notes every call that the thread which made it makes while it lives, but for those to allowed places. One
/// at a time.
class FileCalls {
public:
    explicit FileCalls(std::vector<AllowedPlace> allowed) : m_allowed(std::move(allowed)) {
        void* frame = nullptr;
        backtrace(&frame, 1); // the first one loads a library
        m_thread = pthread_self();
        s_watching = this;
    }
    FileCalls(const FileCalls&) = delete;
    FileCalls& operator=(const FileCalls&) = delete;
    ~FileCalls() { s_watching = nullptr; }

    /// What the test does from now on, for the report.
    void phase(std::string name) { m_phase = std::move(name); }
    /// While Qt's own dialog for files is open, which looks for itself.
    void setLookingAway(bool lookingAway) { m_lookingAway = lookingAway; }
    [[nodiscard]] size_t count() const { return m_count; }
    /// "open gene: stat /a/b, asked for by diploscope::ui::Genome::rebuild()"; each phase's, function's and
    /// place's once.
    [[nodiscard]] std::vector<std::string> notes() const {
        std::vector<std::string> notes;
        for (const Note& note : m_notes)
            notes.push_back(note.text + ", asked for by " + askerOf(note.frames));
        return notes;
    }
    /// Those to allowed places: how many for which reason.
    [[nodiscard]] const std::map<std::string, size_t>& allowed() const { return m_allowedCounts; }

    static void note(const char* function, const char* path) {
        FileCalls* watching = s_watching;
        if (watching != nullptr && path != nullptr && *path != '\0' &&
            pthread_equal(watching->m_thread, pthread_self()) != 0)
            watching->take(function, path);
    }

private:
    struct Note {
        std::string text;
        std::vector<void*> frames;
    };

    void take(const char* function, const std::string& path) {
        if (m_lookingAway || std::exchange(m_taking, true))
            return;
        const auto place = std::find_if(m_allowed.begin(), m_allowed.end(), [&](const AllowedPlace& one) {
            return path.starts_with(one.prefix);
        });
        if (place != m_allowed.end()) {
            ++m_allowedCounts[place->reason];
        } else {
            ++m_count;
            const std::string text = m_phase + ": " + function + " " + path;
            if (std::none_of(m_notes.begin(), m_notes.end(),
                             [&](const Note& known) { return known.text == text; })) {
                Note note{text, std::vector<void*>(64)};
                note.frames.resize(static_cast<size_t>(backtrace(note.frames.data(), 64)));
                m_notes.push_back(std::move(note));
            }
        }
        m_taking = false;
    }

    /// The innermost function of ours on the stack. Those of the program are not exported, or libraries of
    /// another Qt would find this one's in it: addr2line knows them.
    static std::string askerOf(const std::vector<void*>& frames) {
        Dl_info program{};
        dladdr(reinterpret_cast<void*>(&FileCalls::note), &program);
        for (void* frame : frames) {
            Dl_info info{};
            if (dladdr(frame, &info) == 0)
                continue;
            std::string name;
            if (info.dli_fbase == program.dli_fbase)
                name = lineOf(static_cast<char*>(frame) - static_cast<char*>(info.dli_fbase) - 1);
            else if (info.dli_sname != nullptr)
                name = readable(info.dli_sname);
            if (name.find("diploscope::") != std::string::npos &&
                name.find("diploscope::test::") == std::string::npos)
                return name;
        }
        return "nobody of ours";
    }
    static std::string lineOf(std::ptrdiff_t offset) {
        char command[64];
        std::snprintf(command, sizeof command, "addr2line -Cfpe /proc/%d/exe 0x%zx", getpid(),
                      static_cast<size_t>(offset));
        std::FILE* answer = popen(command, "r");
        if (answer == nullptr)
            return {};
        char line[1000] = "";
        if (std::fgets(line, sizeof line, answer) == nullptr)
            line[0] = '\0';
        pclose(answer);
        return std::string(line).substr(0, std::string(line).find('\n'));
    }
    static std::string readable(const char* symbol) {
        int status = 0;
        char* text = abi::__cxa_demangle(symbol, nullptr, nullptr, &status);
        std::string name = text != nullptr ? text : symbol;
        std::free(text);
        return name;
    }

    static inline std::atomic<FileCalls*> s_watching = nullptr;
    std::vector<AllowedPlace> m_allowed;
    pthread_t m_thread{};
    std::string m_phase = "start";
    std::vector<Note> m_notes;
    size_t m_count = 0;
    std::map<std::string, size_t> m_allowedCounts;
    bool m_taking = false;
    bool m_lookingAway = false;
};

} // namespace diploscope::test

// Defined under names of their own, with the C library's for the linker: its headers declare some of these
// with attributes, and as inline functions when they check buffers.
#define DS_COUNTED(name, result, parameters, arguments, path)                                                \
    extern "C" result counted_##name parameters __asm__(#name);                                              \
    extern "C" result counted_##name parameters {                                                            \
        using Function = result(*) parameters;                                                               \
        static const auto ds_next = reinterpret_cast<Function>(dlsym(RTLD_NEXT, #name));                     \
        diploscope::test::FileCalls::note(#name, path);                                                      \
        return ds_next arguments;                                                                            \
    }
#define DS_COUNTED_OPEN(name)                                                                                \
    extern "C" int counted_##name(const char* path, int flags, ...) __asm__(#name);                          \
    extern "C" int counted_##name(const char* path, int flags, ...) {                                        \
        using Function = int (*)(const char*, int, ...);                                                     \
        static const auto ds_next = reinterpret_cast<Function>(dlsym(RTLD_NEXT, #name));                     \
        diploscope::test::FileCalls::note(#name, path);                                                      \
        va_list more;                                                                                        \
        va_start(more, flags);                                                                               \
        const bool makes = (flags & O_CREAT) != 0 || (flags & O_TMPFILE) == O_TMPFILE;                       \
        const unsigned mode = makes ? va_arg(more, unsigned) : 0;                                            \
        va_end(more);                                                                                        \
        return ds_next(path, flags, mode);                                                                   \
    }
#define DS_COUNTED_OPENAT(name)                                                                              \
    extern "C" int counted_##name(int folder, const char* path, int flags, ...) __asm__(#name);              \
    extern "C" int counted_##name(int folder, const char* path, int flags, ...) {                            \
        using Function = int (*)(int, const char*, int, ...);                                                \
        static const auto ds_next = reinterpret_cast<Function>(dlsym(RTLD_NEXT, #name));                     \
        diploscope::test::FileCalls::note(#name, path);                                                      \
        va_list more;                                                                                        \
        va_start(more, flags);                                                                               \
        const bool makes = (flags & O_CREAT) != 0 || (flags & O_TMPFILE) == O_TMPFILE;                       \
        const unsigned mode = makes ? va_arg(more, unsigned) : 0;                                            \
        va_end(more);                                                                                        \
        return ds_next(folder, path, flags, mode);                                                           \
    }

DS_COUNTED_OPEN(open)
DS_COUNTED_OPEN(open64)
DS_COUNTED_OPENAT(openat)
DS_COUNTED_OPENAT(openat64)
DS_COUNTED(__open_2, int, (const char* path, int flags), (path, flags), path)
DS_COUNTED(__open64_2, int, (const char* path, int flags), (path, flags), path)
DS_COUNTED(fopen, FILE*, (const char* path, const char* mode), (path, mode), path)
DS_COUNTED(fopen64, FILE*, (const char* path, const char* mode), (path, mode), path)
DS_COUNTED(opendir, DIR*, (const char* path), (path), path)
DS_COUNTED(stat, int, (const char* path, void* to), (path, to), path)
DS_COUNTED(stat64, int, (const char* path, void* to), (path, to), path)
DS_COUNTED(lstat, int, (const char* path, void* to), (path, to), path)
DS_COUNTED(lstat64, int, (const char* path, void* to), (path, to), path)
DS_COUNTED(fstatat, int, (int folder, const char* path, void* to, int flags), (folder, path, to, flags), path)
DS_COUNTED(fstatat64, int, (int folder, const char* path, void* to, int flags), (folder, path, to, flags),
           path)
DS_COUNTED(statx, int, (int folder, const char* path, int flags, unsigned mask, void* to),
           (folder, path, flags, mask, to), path)
DS_COUNTED(access, int, (const char* path, int mode), (path, mode), path)
DS_COUNTED(faccessat, int, (int folder, const char* path, int mode, int flags), (folder, path, mode, flags),
           path)
DS_COUNTED(readlink, ssize_t, (const char* path, char* to, size_t size), (path, to, size), path)
DS_COUNTED(realpath, char*, (const char* path, char* to), (path, to), path)
DS_COUNTED(rename, int, (const char* from, const char* to), (from, to), from)
DS_COUNTED(renameat2, int, (int folder, const char* from, int other, const char* to, unsigned flags),
           (folder, from, other, to, flags), from)
DS_COUNTED(link, int, (const char* from, const char* to), (from, to), from)
DS_COUNTED(unlink, int, (const char* path), (path), path)
DS_COUNTED(mkdir, int, (const char* path, mode_t mode), (path, mode), path)
DS_COUNTED(statvfs64, int, (const char* path, void* to), (path, to), path)
