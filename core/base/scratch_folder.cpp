// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/scratch_folder.h"

#include <fmt/format.h>
#include <stdlib.h>

#include <string>
#include <system_error>

namespace diploscope {

Result<ScratchFolder> ScratchFolder::make(std::string_view name, const std::filesystem::path& within) {
    std::error_code error;
    const std::filesystem::path parent =
        within.empty() ? std::filesystem::temp_directory_path(error) : within;
    std::string folder = (parent / fmt::format("diploscope-{}-XXXXXX", name)).string();
    if (error || mkdtemp(folder.data()) == nullptr)
        return fail(ErrorKind::Io, "No temporary folder can be made.", folder,
                    "Set TMPDIR to a folder that you may write to.");
    return ScratchFolder(folder);
}

ScratchFolder::~ScratchFolder() {
    std::error_code ignored;
    if (!m_path.empty())
        std::filesystem::remove_all(m_path, ignored);
}

} // namespace diploscope
