// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "io/htslib_files.h"

#include <cstdint>
#include <filesystem>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

namespace diploscope {

/// Beyond any line of the field's files: half a million people's genotypes have some 15 MB.
constexpr size_t LongestLine = size_t{64} << 20;
/// The same of a VCF's line or a BCF's record.
constexpr size_t LongestRecord = 2 * LongestLine;

/// Walks over the lines of a plain, gzip or bgzip file without holding them: a line may be longer than
/// memory. Inside core/io only, for looking at a file before htslib reads it. One thread.
class LineScanner {
public:
    static constexpr int64_t AnyLength = std::numeric_limits<int64_t>::max();

    /// \error Io
    [[nodiscard]] static Result<LineScanner> open(const std::filesystem::path& file);

    /// What comes next begins so. Before anything is read, or behind a line.
    [[nodiscard]] Result<bool> beginsWith(std::string_view text);
    /// Goes to the next line, of which `keep` bytes at most are kept. \param enough a line found to be longer
    /// is not read to its end, as its reader is about to refuse it: a small file can hold one of terabytes.
    /// \return false at the end. \error BadInput where the compressed data are damaged
    [[nodiscard]] Result<bool> next(size_t keep, int64_t enough = AnyLength);
    /// The first bytes of the line, without its end.
    [[nodiscard]] std::string_view head() const { return m_head; }
    /// Bytes of the whole line, without `\n` or `\r\n`.
    [[nodiscard]] int64_t length() const { return m_length; }
    [[nodiscard]] int64_t lineNumber() const { return m_lineNumber; }
    /// "file, line 12"
    [[nodiscard]] std::string where() const;

    /// `count` bytes from where the scanner stands, passed over (`into` null) or read; fewer at the end.
    [[nodiscard]] Result<size_t> take(size_t count, std::string* into);

private:
    LineScanner(std::string path, BgzfPtr handle);
    [[nodiscard]] Result<bool> fill();

    std::string m_path;
    BgzfPtr m_handle;
    std::vector<char> m_buffer;
    size_t m_begin = 0, m_end = 0; ///< of what is not given out
    std::string m_head;
    int64_t m_length = 0;
    int64_t m_lineNumber = 0;
};

/// The error of a longer one. \param what  "Record 12"
[[nodiscard]] Failure recordTooLong(const std::string& what, const std::string& where);

constexpr int64_t AllRecords = std::numeric_limits<int64_t>::max();

/// Whether htslib may read a VCF or BCF, as it takes every length on trust: looks at the header and at so
/// many of its records. A file that is neither passes: what it is, is told elsewhere.
/// \error BadInput: a line or record longer than any of people's genotypes, a header beyond all bounds
[[nodiscard]] Result<void> checkVariantLengths(const std::filesystem::path& file, int64_t records);

} // namespace diploscope
