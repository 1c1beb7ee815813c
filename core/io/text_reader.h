// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <filesystem>
#include <limits>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace diploscope {

/// Reads text line by line from a plain, gzip or bgzip file; drops `\n` or `\r\n` and a UTF-8 byte order
/// mark; bytes that are no UTF-8 become U+FFFD. Owns its handle; one thread. The only way that tables are
/// read.
class TextReader {
public:
    /// \error NotFound, Io; BadInput for an empty file, or one in UTF-16.
    [[nodiscard]] static Result<TextReader> open(const std::filesystem::path& file);
    /// Reads from memory: the head of `file`, as the recogniser has it.
    [[nodiscard]] static TextReader ofText(std::string text, const std::filesystem::path& file);
    TextReader(TextReader&&) noexcept;
    TextReader& operator=(TextReader&&) noexcept;
    ~TextReader();

    /// The next line (valid until the next call), or false at the end.
    /// \error BadInput when compressed data is damaged or cut off, or where all lines end with CR alone.
    [[nodiscard]] Result<bool> next(std::string_view& line);
    /// The line that next() gave last, which need be no longer known, comes from it once more.
    void giveAgain();
    /// 1-based number of the line that next() gave last.
    [[nodiscard]] int64_t lineNumber() const;
    /// The bytes of the line that next() gave last, as the file has them once decompressed and without its
    /// end, and how many of the text stand before them. Until the next call.
    [[nodiscard]] std::string_view lineBytes() const;
    [[nodiscard]] int64_t lineOffset() const;
    /// "file, line 12": the `where` of errors.
    [[nodiscard]] std::string where() const;

private:
    struct Impl;
    explicit TextReader(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

inline constexpr size_t AllFields = std::numeric_limits<size_t>::max();

/// Fields of `line` between `separator`s, without spaces round them; views into it. Quotes are honoured for
/// ',' only. \param most fields wanted: what stands behind them is not looked at
void splitFields(std::string_view line, char separator, std::vector<std::string_view>& fields,
                 size_t most = AllFields);

/// The same for a row of a table: several spaces separate as one, as columns are often aligned with them, and
/// the quotes that R's write.table puts round names are taken off, whatever the separator. A blank line is
/// one empty field.
void splitRow(std::string_view line, char separator, std::vector<std::string_view>& fields,
              size_t most = AllFields);

/// The character between the columns of a header line: tab, else comma, else space; 0 for none.
[[nodiscard]] char separatorOf(std::string_view header);

/// Takes empty fields off the end of what is longer than `columns`: separators at the end of a line.
void dropTrailingSeparators(std::vector<std::string_view>& fields, size_t columns);

/// The error of a row that is not as long as its header, showing both: who sees them sees what happened.
[[nodiscard]] Failure raggedRow(const std::vector<std::string>& header,
                                const std::vector<std::string_view>& row, std::string where);

/// Whole-field, locale-independent number. `NA`, `NaN`, `nan`, `.` and empty give NaN.
/// \return false when the text is no number.
[[nodiscard]] bool parseNumber(std::string_view text, double& value);
[[nodiscard]] bool parseInteger(std::string_view text, int64_t& value);

} // namespace diploscope
