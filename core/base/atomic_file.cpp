// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/atomic_file.h"

#include "base/input_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstring>
#include <fstream>
#include <iterator>
#include <regex>
#include <system_error>

namespace diploscope {

namespace fs = std::filesystem;

namespace {

bool syncToDisk(const fs::path& file) {
    const int descriptor = open(file.c_str(), O_RDONLY | O_CLOEXEC);
    const bool synced = descriptor >= 0 && fsync(descriptor) == 0;
    if (descriptor >= 0)
        close(descriptor);
    return synced;
}

} // namespace

bool isProgramRunning(int64_t process) {
    return kill(static_cast<pid_t>(process), 0) == 0 || errno != ESRCH;
}

AtomicFile::AtomicFile(fs::path target, fs::path temporary)
    : m_target(std::move(target)), m_temporary(std::move(temporary)) {}

AtomicFile::AtomicFile(AtomicFile&& other) noexcept
    : m_target(std::move(other.m_target)), m_temporary(std::move(other.m_temporary)) {
    other.m_temporary.clear();
}

AtomicFile::~AtomicFile() {
    if (m_temporary.empty())
        return;
    std::error_code ignored;
    fs::remove(m_temporary, ignored);
}

Result<AtomicFile> AtomicFile::create(const fs::path& place) {
    // Process id and counter keep two programs, and two threads of one, out of each other's way.
    static std::atomic<unsigned> counter{0};
    std::error_code error;
    // Put in the place of a link or a device, the file would end what others have there.
    const fs::path target =
        fs::is_symlink(place, error) && fs::exists(place, error) ? fs::canonical(place, error) : place;
    if (fs::exists(target, error) && !fs::is_regular_file(target, error) && !fs::is_directory(target, error))
        return fail(ErrorKind::BadInput,
                    "What stands there is no regular file, and cannot be replaced by one.", place.string(),
                    "Name a file that is not there yet, or one to be replaced.");
    const fs::path folder = target.has_parent_path() ? target.parent_path() : fs::path(".");
    fs::create_directories(folder, error);
    if (error)
        return fail(ErrorKind::Io, fmt::format("The folder cannot be made: {}.", error.message()),
                    folder.string(), "Choose a folder that you may write to.");
    // The ending stays last, because writers such as QImage and bgzip choose the format by it.
    const std::string name = fmt::format(".{}.{}-{}.tmp{}", target.stem().string(), getpid(), counter++,
                                         target.extension().string());
    return AtomicFile(target, folder / name);
}

Result<void> AtomicFile::commit(Durability durability) {
    std::error_code error;
    if (durability == Durability::Durable && !syncToDisk(m_temporary))
        return fail(ErrorKind::Io, "The file cannot be brought to the disk.", m_target.string(),
                    "Check free space and the disk.");
    fs::rename(m_temporary, m_target, error);
    if (error)
        return fail(ErrorKind::Io, fmt::format("The file cannot be put in place: {}.", error.message()),
                    m_target.string(), "Check free space and that you may write there.");
    m_temporary.clear();
    return {};
}

Result<void> writeFileAtomically(const fs::path& target, std::string_view text, Durability durability) {
    DS_ASSIGN(AtomicFile file, AtomicFile::create(target));
    {
        errno = 0;
        std::ofstream stream(file.temporaryPath(), std::ios::binary);
        stream.write(text.data(), static_cast<std::streamsize>(text.size()));
        stream.close(); // some file systems tell only now that there is no room
        if (!stream)
            return fail(ErrorKind::Io,
                        fmt::format("The file cannot be written: {}.",
                                    errno != 0 ? std::strerror(errno) : "nobody told why"),
                        target.string(),
                        "Check free space, the limit on file sizes (ulimit -f) and that you may write "
                        "there.");
    }
    return file.commit(durability);
}

void removeAbandonedTemporaries(const fs::path& folder) {
    static const std::regex pattern(R"(\..*\.([0-9]{1,9})-[0-9]+\.tmp(\..*)?)");
    std::error_code error;
    for (const fs::directory_entry& entry : fs::directory_iterator(folder, error)) {
        const std::string name = entry.path().filename().string();
        std::smatch parts;
        if (!std::regex_match(name, parts, pattern) || isProgramRunning(std::stoi(parts[1].str())))
            continue;
        // Its program may run on another machine that shares the folder.
        std::error_code ignored;
        const auto age = fs::file_time_type::clock::now() - entry.last_write_time(ignored);
        if (!ignored && age > std::chrono::hours(1))
            fs::remove(entry.path(), ignored);
    }
}

Result<std::string> readWholeFile(const fs::path& file) {
    DS_TRY(checkRegularFile(file));
    errno = 0;
    std::ifstream stream(file, std::ios::binary);
    if (!stream)
        return cannotOpen(file);
    std::string text((std::istreambuf_iterator<char>(stream)), std::istreambuf_iterator<char>());
    if (stream.bad())
        return fail(ErrorKind::Io, "Reading the file failed before its end.", file.string());
    return text;
}

namespace {
/// One of `<(command)` or `/dev/stdin`: its writer is there already.
bool isPipeOfTheShell(const fs::path& file) {
    const std::string name = file.string();
    return name.starts_with("/dev/fd/") || name.starts_with("/dev/std") || name.starts_with("/proc/");
}

/// A device or a pipe has no size, and need not have an end: one byte too many is read at most.
Result<std::string> readStream(const fs::path& file, size_t most) {
    errno = 0;
    std::ifstream stream(file, std::ios::binary);
    if (!stream)
        return cannotOpen(file);
    std::string text;
    constexpr size_t Step = size_t{1} << 20;
    while (stream && text.size() <= most) {
        const size_t before = text.size();
        text.resize(std::min(before + Step, most + 1));
        stream.read(text.data() + before, static_cast<std::streamsize>(text.size() - before));
        text.resize(before + static_cast<size_t>(stream.gcount()));
    }
    if (stream.bad())
        return fail(ErrorKind::Io, "Reading the file failed before its end.", file.string());
    return text;
}
} // namespace

Result<std::string> readNamedFile(const fs::path& file, size_t most) {
    std::error_code error;
    if (fs::is_fifo(file, error) && !isPipeOfTheShell(file))
        DS_TRY(checkRegularFile(file));
    bool isLonger = fs::is_regular_file(file, error) && fs::file_size(file, error) > most;
    std::string text;
    if (!isLonger) {
        DS_ASSIGN(text, fs::is_other(file, error) ? readStream(file, most) : readWholeFile(file));
        isLonger = text.size() > most;
    }
    if (isLonger)
        return fail(ErrorKind::BadInput,
                    fmt::format("The file has more than {} bytes; at most that many are read.", most),
                    file.string(), "Check that this is the right file.");
    return text;
}

} // namespace diploscope
