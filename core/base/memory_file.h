// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <filesystem>
#include <string_view>

namespace diploscope {

/// A file without a place on any disk, for libraries that take a path and nothing else: what was checked is
/// what they read, whatever becomes of the file that it came from. Move-only; gone with this object.
class MemoryFile {
public:
    /// \error Io
    [[nodiscard]] static Result<MemoryFile> of(std::string_view bytes);
    MemoryFile(MemoryFile&& other) noexcept;
    MemoryFile& operator=(MemoryFile&&) = delete;
    ~MemoryFile();

    /// For this process alone.
    [[nodiscard]] std::filesystem::path path() const;

private:
    explicit MemoryFile(int descriptor) : m_descriptor(descriptor) {}
    int m_descriptor;
};

} // namespace diploscope
