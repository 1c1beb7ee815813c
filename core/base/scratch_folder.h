// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <filesystem>
#include <string_view>
#include <utility>

namespace diploscope {

/// A new folder that nobody else knows of, which goes with its owner and with all that is in it. Move-only.
class ScratchFolder {
public:
    /// \param name of what it is for, which stands in its own: "bench" \param within an existing folder;
    /// empty: where the system has temporary files \error Io
    [[nodiscard]] static Result<ScratchFolder> make(std::string_view name,
                                                    const std::filesystem::path& within = {});
    ScratchFolder(ScratchFolder&& other) noexcept : m_path(std::exchange(other.m_path, {})) {}
    ScratchFolder& operator=(ScratchFolder&&) = delete;
    ~ScratchFolder();

    [[nodiscard]] const std::filesystem::path& path() const { return m_path; }

private:
    explicit ScratchFolder(std::filesystem::path path) : m_path(std::move(path)) {}
    std::filesystem::path m_path; ///< empty: moved from
};

} // namespace diploscope
