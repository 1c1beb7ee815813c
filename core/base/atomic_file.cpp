// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/atomic_file.h"

#include <fmt/format.h>
#include <unistd.h>

#include <atomic>
#include <fstream>
#include <iterator>
#include <system_error>

namespace diploscope {

namespace fs = std::filesystem;

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

Result<AtomicFile> AtomicFile::create(const fs::path& target) {
    // Process id and counter keep two programs, and two threads of one, out of each other's way.
    static std::atomic<unsigned> counter{0};
    std::error_code error;
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

Result<void> AtomicFile::commit() {
    std::error_code error;
    fs::rename(m_temporary, m_target, error);
    if (error)
        return fail(ErrorKind::Io, fmt::format("The file cannot be put in place: {}.", error.message()),
                    m_target.string(), "Check free space and that you may write there.");
    m_temporary.clear();
    return {};
}

Result<void> writeFileAtomically(const fs::path& target, std::string_view text) {
    DS_ASSIGN(AtomicFile file, AtomicFile::create(target));
    {
        std::ofstream stream(file.temporaryPath(), std::ios::binary);
        stream.write(text.data(), static_cast<std::streamsize>(text.size()));
        stream.flush();
        if (!stream)
            return fail(ErrorKind::Io, "The file cannot be written.", target.string(),
                        "Check free space and that you may write there.");
    }
    return file.commit();
}

Result<std::string> readWholeFile(const fs::path& file) {
    std::error_code error;
    if (fs::is_directory(file, error))
        return fail(ErrorKind::BadInput, "A file was expected, but this is a folder.", file.string());
    std::ifstream stream(file, std::ios::binary);
    if (!stream)
        return fail(ErrorKind::NotFound, "The file cannot be opened for reading.", file.string(),
                    "Check the name, and that you may read it.");
    std::string text((std::istreambuf_iterator<char>(stream)), std::istreambuf_iterator<char>());
    if (stream.bad())
        return fail(ErrorKind::Io, "Reading the file failed before its end.", file.string());
    return text;
}

} // namespace diploscope
