// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "io/index_check.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace diploscope {

/// The lines of a bgzipped file that reach into a region, by the tabix index beside it. Owns its handles; one
/// thread. Inside core/io only.
class IndexedLines {
public:
    /// Nothing where the file is not bgzipped, or no `.tbi` or `.csi` beside it is as new and fits it: then
    /// it is read whole. \error NotFound, Io; BadInput for a file that is cut off
    [[nodiscard]] static Result<std::optional<IndexedLines>> open(const std::filesystem::path& file,
                                                                  IndexedLayout layout);
    IndexedLines(IndexedLines&&) noexcept;
    IndexedLines& operator=(IndexedLines&&) noexcept;
    ~IndexedLines();

    /// Contigs that have lines, as the file calls them.
    [[nodiscard]] std::vector<std::string> contigs() const;
    /// Lines that overlap [start, end) of one of contigs() come from next(); one of no length at the very
    /// start may not, as indexes take it for before that. \error BadInput
    [[nodiscard]] Result<void> seek(const std::string& contig, int64_t start, int64_t end);
    /// The next line (valid until the next call), or false behind the last; bytes that are no UTF-8 become
    /// U+FFFD. \error BadInput: damaged, or a line that is longer than any
    [[nodiscard]] Result<bool> next(std::string_view& line);
    /// "file, 22:1000" of the line that next() gave last, 1-based.
    [[nodiscard]] std::string where() const;

private:
    struct Impl;
    explicit IndexedLines(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

/// Indexes beside a file that open() does not take: older than it, damaged, or of another file.
[[nodiscard]] std::vector<std::filesystem::path> unusedIndexes(const std::filesystem::path& file,
                                                               IndexedLayout layout);

} // namespace diploscope
