// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace diploscope {

/// Reads text line by line from a plain, gzip or bgzip file; drops `\n` or `\r\n` and a UTF-8 byte order
/// mark. Owns its handle; one thread. The only way that tables are read.
class TextReader {
public:
    /// \error NotFound, Io; BadInput for an empty file.
    [[nodiscard]] static Result<TextReader> open(const std::filesystem::path& file);
    TextReader(TextReader&&) noexcept;
    TextReader& operator=(TextReader&&) noexcept;
    ~TextReader();

    /// The next line (valid until the next call), or false at the end.
    /// \error BadInput when compressed data is damaged or cut off.
    [[nodiscard]] Result<bool> next(std::string_view& line);
    /// 1-based number of the line that next() gave last.
    [[nodiscard]] int64_t lineNumber() const;
    /// "file, line 12": the `where` of errors.
    [[nodiscard]] std::string where() const;

private:
    struct Impl;
    explicit TextReader(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

/// Fields of `line` between `separator`s; views into it. Quotes are honoured for ',' only.
void splitFields(std::string_view line, char separator, std::vector<std::string_view>& fields);

/// Whole-field, locale-independent number. `NA`, `NaN`, `nan`, `.` and empty give NaN.
/// \return false when the text is no number.
[[nodiscard]] bool parseNumber(std::string_view text, double& value);
[[nodiscard]] bool parseInteger(std::string_view text, int64_t& value);

} // namespace diploscope
