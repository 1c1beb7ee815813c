// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <filesystem>
#include <set>
#include <string>

namespace diploscope {

/// A folder that appears under its final name only when complete: made beside it, then renamed. Dropped
/// without commit() it leaves nothing behind. An existing folder is replaced only if it holds nothing but
/// files of the given names. Move-only, one thread.
class OutputFolder {
public:
    /// \error Mismatch when the target holds other files (they are named); Io when the folder cannot be made.
    [[nodiscard]] static Result<OutputFolder> create(const std::filesystem::path& target,
                                                     const std::set<std::string>& ownFiles);
    OutputFolder(OutputFolder&& other) noexcept;
    OutputFolder& operator=(OutputFolder&&) = delete;
    ~OutputFolder();

    /// Where to write before commit().
    [[nodiscard]] const std::filesystem::path& path() const { return m_temporary; }
    /// \error Io, Mismatch as create()
    [[nodiscard]] Result<void> commit();

private:
    OutputFolder(std::filesystem::path target, std::filesystem::path temporary,
                 std::set<std::string> ownFiles);
    std::filesystem::path m_target;
    std::filesystem::path m_temporary;
    std::set<std::string> m_ownFiles;
};

} // namespace diploscope
