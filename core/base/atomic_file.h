// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <cstdint>
#include <filesystem>
#include <string_view>

namespace diploscope {

/// What a power cut may do to a finished file. Either way a killed program leaves the old file or the new
/// one.
enum class Durability {
    Rebuildable, ///< what a run writes, and writes again: it may be gone, or empty
    Durable,     ///< what a person made: on the disk before it takes the old one's place, which takes 10 ms
};

/// A file that appears under its final name only when complete: written as a temporary file in the same
/// folder, then renamed. Dropped without commit() it leaves nothing behind. Move-only, one thread.
class AtomicFile {
public:
    /// Creates missing parent folders and picks the temporary name. A link stays, and what it leads to is
    /// replaced. \error Io when the folder cannot be made; BadInput where a device or pipe stands there
    [[nodiscard]] static Result<AtomicFile> create(const std::filesystem::path& place);

    AtomicFile(AtomicFile&& other) noexcept;
    AtomicFile& operator=(AtomicFile&&) = delete;
    ~AtomicFile();

    /// Where to write before commit().
    [[nodiscard]] const std::filesystem::path& temporaryPath() const { return m_temporary; }
    /// Puts the finished file under its final name. \error Io
    [[nodiscard]] Result<void> commit(Durability durability = Durability::Rebuildable);

private:
    AtomicFile(std::filesystem::path target, std::filesystem::path temporary);
    std::filesystem::path m_target;
    std::filesystem::path m_temporary;
};

/// Writes `text` to `target` through an AtomicFile. \error Io
[[nodiscard]] Result<void> writeFileAtomically(const std::filesystem::path& target, std::string_view text,
                                               Durability durability = Durability::Rebuildable);

/// Removes what killed programs left in a folder: temporary files of AtomicFile that are an hour old or more
/// and whose program has ended.
void removeAbandonedTemporaries(const std::filesystem::path& folder);

/// Whether a process of this machine has that id: what it left behind, and still means to use, stays.
[[nodiscard]] bool isProgramRunning(int64_t process);

/// The whole content of a small file. \error NotFound, Io
[[nodiscard]] Result<std::string> readWholeFile(const std::filesystem::path& file);

/// The same of what a person names on the command line, at most `most` bytes. It may be the pipe that a shell
/// makes of `<(command)`, whose writer is there; any other pipe is refused, as it could keep the program for
/// ever. \error NotFound, Io; BadInput for a longer file
[[nodiscard]] Result<std::string> readNamedFile(const std::filesystem::path& file, size_t most);

} // namespace diploscope
