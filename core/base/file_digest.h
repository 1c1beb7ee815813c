// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/checksum.h"
#include "base/run_context.h"

#include <cstdint>
#include <filesystem>

namespace diploscope {

/// What the system tells of a file: enough to see that its content may have changed, wherever it lies.
struct FileState {
    uint64_t device = 0, inode = 0;
    int64_t size = 0;
    int64_t modified = 0; ///< of the content, ns since 1970
    int64_t changed = 0;  ///< of anything about it, ns since 1970; set by the system alone

    /// \error NotFound
    [[nodiscard]] static Result<FileState> of(const std::filesystem::path& file);
    /// Whether nothing was written meanwhile; links and rights may have changed.
    [[nodiscard]] bool sameContent(const FileState& other) const {
        return device == other.device && inode == other.inode && size == other.size &&
               modified == other.modified;
    }
    friend bool operator==(const FileState&, const FileState&) = default;
};

/// Digest of a file's bytes, read as a stream. \error NotFound, Io; Cancelled
[[nodiscard]] Result<Digest> digestOfFile(const std::filesystem::path& file, const RunContext& context = {});

/// The same, but a large file whose state is as it was is not read again: what was found is remembered in
/// `memory`, a small file a file. A file that was written to within the last seconds is not remembered, since
/// its times could stay the same under another content. \param largeBytes from this size on
/// \error as digestOfFile; Mismatch where the file is written to meanwhile
[[nodiscard]] Result<Digest> rememberedDigestOfFile(const std::filesystem::path& file,
                                                    const std::filesystem::path& memory,
                                                    const RunContext& context = {},
                                                    int64_t largeBytes = int64_t{1} << 20);

} // namespace diploscope
