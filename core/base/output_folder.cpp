// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/output_folder.h"

#include "base/paths.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <atomic>
#include <cstdio>
#include <system_error>
#include <utility>

namespace diploscope {

namespace fs = std::filesystem;

namespace {

Result<void> refuseForeignFiles(const fs::path& target, const std::set<std::string>& ownFiles) {
    std::error_code error;
    if (!fs::exists(fs::symlink_status(target, error)))
        return {};
    if (!fs::is_directory(target, error))
        return fail(ErrorKind::Mismatch, "A folder is to be written here, but this is a file.",
                    target.string(), "Choose another name.");
    for (const fs::directory_entry& entry : fs::directory_iterator(target, error)) {
        const std::string name = entry.path().filename().string();
        if (!ownFiles.contains(name))
            return fail(ErrorKind::Mismatch,
                        fmt::format("The folder holds `{}`, which would be lost: only an earlier run's own "
                                    "files are replaced.",
                                    name),
                        target.string(), "Choose a new folder, or move that file away.");
    }
    if (error)
        return fail(ErrorKind::Io, fmt::format("The folder cannot be read: {}.", error.message()),
                    target.string());
    return {};
}

} // namespace

OutputFolder::OutputFolder(fs::path target, fs::path temporary, std::set<std::string> ownFiles)
    : m_target(std::move(target)), m_temporary(std::move(temporary)), m_ownFiles(std::move(ownFiles)) {}

OutputFolder::OutputFolder(OutputFolder&& other) noexcept
    : m_target(std::move(other.m_target))
    , m_temporary(std::exchange(other.m_temporary, {}))
    , m_ownFiles(std::move(other.m_ownFiles)) {}

OutputFolder::~OutputFolder() {
    std::error_code ignored;
    if (!m_temporary.empty())
        fs::remove_all(m_temporary, ignored);
}

Result<OutputFolder> OutputFolder::create(const fs::path& target, const std::set<std::string>& ownFiles) {
    // `demo/` and `demo` are the same folder; the temporary one must be its neighbour, for rename() to work.
    const fs::path clean = resolvedPath({}, target);
    if (!clean.has_filename())
        return fail(ErrorKind::BadInput, "The root folder cannot be written to.", target.string(),
                    "Choose another folder.");
    DS_TRY(refuseForeignFiles(clean, ownFiles));
    // Process id and counter keep two programs, and two jobs of one, out of each other's way.
    static std::atomic<unsigned> counter{0};
    const fs::path temporary =
        clean.parent_path() / fmt::format(".{}.{}-{}.tmp", clean.filename().string(), getpid(), counter++);
    std::error_code error;
    fs::create_directories(clean.parent_path(), error);
    if (!error)
        fs::remove_all(temporary, error);
    if (!error)
        fs::create_directory(temporary, error);
    if (error)
        return fail(ErrorKind::Io, fmt::format("The folder cannot be made: {}.", error.message()),
                    temporary.string(), "Choose a folder that you may write to.");
    return OutputFolder(clean, temporary, ownFiles);
}

Result<void> OutputFolder::commit() {
    // Looked at again: something may have been put there in the meantime.
    DS_TRY(refuseForeignFiles(m_target, m_ownFiles));
    std::error_code error;
    // At one stroke, so that a kill leaves the old folder or the new one; not every file system can.
    if (renameat2(AT_FDCWD, m_temporary.c_str(), AT_FDCWD, m_target.c_str(), RENAME_EXCHANGE) == 0) {
        fs::remove_all(std::exchange(m_temporary, {}), error);
        return {};
    }
    fs::path old;
    if (fs::exists(m_target, error)) {
        old = m_temporary;
        old += ".old";
        fs::rename(m_target, old, error);
    }
    if (!error)
        fs::rename(m_temporary, m_target, error);
    if (error) {
        std::error_code ignored;
        if (!old.empty() && !fs::exists(m_target, ignored))
            fs::rename(old, m_target, ignored);
        return fail(ErrorKind::Io,
                    fmt::format("The finished folder cannot be put in place: {}.", error.message()),
                    m_target.string(), "Check that you may write there.");
    }
    m_temporary.clear();
    if (!old.empty())
        fs::remove_all(old, error);
    return {};
}

} // namespace diploscope
