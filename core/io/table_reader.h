// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "io/text_reader.h"

#include <filesystem>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace diploscope {

/// What the numbers of a column can be, ends included. Infinity never is one.
struct NumberBounds {
    double least = std::numeric_limits<double>::lowest();
    double most = std::numeric_limits<double>::max();

    [[nodiscard]] static constexpr NumberBounds notNegative() { return {.least = 0}; }
    [[nodiscard]] static constexpr NumberBounds probability() { return {0, 1}; } ///< or a share
    [[nodiscard]] static constexpr NumberBounds correlation() { return {-1, 1}; }
};

/// A table with a header row, read row by row; columns are found by name. Tabs separate, or commas where the
/// header has no tab. Comment lines (`##`, or `# key: value` before the header) are passed over, and a `#`
/// before the first name is dropped. Quotes round fields are, too; empty fields at the end of a line are
/// trailing separators. Plain or compressed. One thread.
class TableReader {
public:
    /// \error as TextReader::open; BadInput when there is no header.
    [[nodiscard]] static Result<TableReader> open(const std::filesystem::path& file);
    /// The same of text that was opened already.
    [[nodiscard]] static Result<TableReader> open(TextReader text);

    [[nodiscard]] const std::vector<std::string>& columns() const { return m_columns; }
    [[nodiscard]] std::optional<size_t> find(std::string_view name) const;
    /// \error BadInput with the nearest names there are.
    [[nodiscard]] Result<size_t> column(std::string_view name) const;

    /// Reads the next row; its fields are valid until the next call. Blank lines are passed over. \return
    /// false at the end. \error BadInput for a row with more or fewer fields than the header; damaged data
    [[nodiscard]] Result<bool> next();
    [[nodiscard]] std::string_view text(size_t column) const { return m_fields[column]; }
    /// Empty for NA, NaN and the like. \error BadInput with line and column for text that is no number.
    [[nodiscard]] Result<std::optional<double>> number(size_t column) const;
    /// The same of a column whose numbers have bounds; what lies beyond by another program's rounding alone
    /// is the bound. \error BadInput with line and column for others
    [[nodiscard]] Result<std::optional<double>> number(size_t column, const NumberBounds& bounds) const;
    /// A number that must be there, whole. \error BadInput
    [[nodiscard]] Result<int64_t> integer(size_t column) const;
    /// "file, line 12"
    [[nodiscard]] std::string where() const { return m_reader.where(); }

private:
    explicit TableReader(TextReader reader) : m_reader(std::move(reader)) {}
    [[nodiscard]] Failure noNumber(size_t column, std::string_view expected) const;

    TextReader m_reader;
    char m_separator = '\t';
    std::vector<std::string> m_columns;
    std::vector<std::string_view> m_fields;
};

} // namespace diploscope
