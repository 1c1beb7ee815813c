// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace diploscope {

/// Builds a TSV in memory: `# key: value` provenance lines, a header, rows. Numbers are locale-independent
/// and round-trip (shortest form that reads back to the same double); an absent value is `NA`. Written in one
/// piece with writeTo(); `.gz` file names are bgzip-compressed. One thread.
class TableWriter {
public:
    explicit TableWriter(const std::vector<std::string>& columns);

    void comment(std::string_view key, std::string_view value);
    /// Starts the next row; the cells that follow must be as many as there are columns.
    TableWriter& row();
    /// Text as it is, but for what a spreadsheet would run as a formula (a name that begins with `=`, `+`,
    /// `-` or `@` and is no number): an apostrophe goes before it. Tabs and line ends become spaces.
    TableWriter& cell(std::string_view text);
    TableWriter& cell(double value); ///< NaN is written as NA
    TableWriter& cell(int64_t value);
    TableWriter& cell(bool value); ///< "true" / "false"
    TableWriter& cell(const std::optional<double>& value);
    TableWriter& cell(const char* text) { return cell(std::string_view(text)); }
    TableWriter& cell(const std::string& text) { return cell(std::string_view(text)); }
    TableWriter& cell(int value) { return cell(static_cast<int64_t>(value)); }

    [[nodiscard]] std::string text() const;
    /// \error Io
    [[nodiscard]] Result<void> writeTo(const std::filesystem::path& file) const;

private:
    TableWriter& append(std::string_view text);

    std::string m_comments;
    std::string m_header;
    std::string m_rows; ///< without the last line end
    size_t m_columnCount;
    size_t m_cells = 0; ///< of the row begun last
};

/// Shortest text that reads back to the same double; "NA" for NaN.
[[nodiscard]] std::string numberText(double value);

} // namespace diploscope
