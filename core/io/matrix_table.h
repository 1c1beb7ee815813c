// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "io/text_reader.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace diploscope {

using NameSet = std::unordered_set<std::string>;

/// Where a row stands in its file's text, to be read again by itself.
struct LinePlace {
    int64_t offset = 0;  ///< bytes of text before it
    uint32_t length = 0; ///< bytes, without the line's end
    uint64_t sum = 0;    ///< of them, see lineSum()
};
/// By which bytes are known to be those that were read before. Not cryptographic.
[[nodiscard]] uint64_t lineSum(std::string_view bytes);

/// A header of names and rows that begin with a name, read row by row: expression, covariates. Tabs, commas
/// or spaces separate; empty fields at the end of a line are trailing separators. One thread.
class MatrixTable {
public:
    /// \param header  the line with the names, read already
    /// \param people  known ones, by whom is told whether R left the corner cell out, so that the names begin
    ///   one field too early (METHODS 17); null for formats in which no cell can be left out
    /// \error BadInput: one column, no row, or the first row does not stand under the header
    [[nodiscard]] static Result<MatrixTable> open(TextReader reader, std::string_view header,
                                                  const NameSet* people);

    /// As long as the rows; the first name is empty where it was left out.
    [[nodiscard]] const std::vector<std::string>& header() const { return m_header; }
    /// Of the first row, by which columns are judged.
    [[nodiscard]] std::vector<std::string_view> firstRow() const;

    /// Reads the next row, the first one at first; valid until the next call. Blank rows are passed over.
    /// \return false at the end. \error BadInput for a row longer or shorter than the header; damaged data
    [[nodiscard]] Result<bool> next();
    [[nodiscard]] const std::vector<std::string_view>& fields() const { return m_fields; }
    [[nodiscard]] const LinePlace& place() const { return m_place; }
    [[nodiscard]] char separator() const { return m_separator; }
    /// "file, line 12"
    [[nodiscard]] std::string where() const { return m_reader.where(); }

private:
    MatrixTable(TextReader reader, char separator) : m_reader(std::move(reader)), m_separator(separator) {}
    [[nodiscard]] Result<void> findCorner(const NameSet& people);

    TextReader m_reader;
    char m_separator;
    std::vector<std::string> m_header;
    std::string m_firstLine;
    bool m_begun = false;
    LinePlace m_place; ///< of the row read last; the first one's at first
    std::vector<std::string_view> m_fields;
};

/// \param thing  "gene", for the error's words. \error BadInput listing the names that occur more than once
[[nodiscard]] Result<void> refuseDuplicates(const std::vector<std::string>& names, std::string_view thing,
                                            const std::string& file);

} // namespace diploscope
