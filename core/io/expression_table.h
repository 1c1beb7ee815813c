// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "genome/region.h"
#include "io/matrix_table.h"

#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace diploscope {

/// How the values of a row stand in its line.
struct RowShape {
    char separator = '\t';
    size_t columns = 0;    ///< of a row, all of them
    size_t firstValue = 1; ///< the column
};

/// A table of expression row by row, each checked as it is read: what readExpression() says of whole ones.
/// Inside core/io only. One thread.
class ExpressionTable {
public:
    enum class Layout { Bed, Gct, NumberedGct, Plain };
    /// What the columns of a table are: the id's, where values begin, and the strand's of a BED.
    struct Columns {
        size_t id = 0;
        size_t firstValue = 1;
        std::optional<size_t> strand{};
    };

    /// Reads the head and judges the columns by it and the first row. \error as readExpression
    [[nodiscard]] static Result<ExpressionTable> open(TextReader reader, const std::filesystem::path& file,
                                                      NameSet known);

    /// Of the columns that hold values: people, or genes where the table is turned.
    [[nodiscard]] const std::vector<std::string>& names() const { return m_names; }
    [[nodiscard]] bool hasPositions() const { return m_layout == Layout::Bed; }
    [[nodiscard]] RowShape rowShape() const;
    /// As head and first row have it, people stand in the rows; isTurned() knows at the end.
    [[nodiscard]] bool seemsTurned() const;

    /// The next row, or false at the end. \error BadInput: what is wrong with the row
    [[nodiscard]] Result<bool> next();
    /// Of the row read last, until the next one.
    [[nodiscard]] std::string_view id() const { return m_table.fields()[m_columns.id]; }
    [[nodiscard]] std::span<const double> values() const { return m_values; }
    [[nodiscard]] const Region& position() const { return m_position; } ///< of a BED
    [[nodiscard]] bool hasStrands() const { return m_columns.strand.has_value(); }
    /// `+`, `-` or, where the row says neither, `.`
    [[nodiscard]] char strand() const;
    [[nodiscard]] const LinePlace& place() const { return m_table.place(); }

    /// Whether the rows, which have these ids, are people.
    [[nodiscard]] bool isTurned(const std::vector<std::string>& ids) const;
    /// ExpressionMatrix::layout
    [[nodiscard]] const char* layout(bool turned) const;
    /// \error BadInput: a name occurs twice, or there are not as many as the file announces
    [[nodiscard]] Result<void> checkNames(const std::vector<std::string>& genes,
                                          const std::vector<std::string>& people) const;

private:
    ExpressionTable(MatrixTable table, Layout layout, const std::filesystem::path& file, NameSet known)
        : m_table(std::move(table)), m_layout(layout), m_file(file.string()), m_known(std::move(known)) {}
    [[nodiscard]] static Result<ExpressionTable> openGct(TextReader reader, const std::filesystem::path& file,
                                                         NameSet known);
    [[nodiscard]] static Result<ExpressionTable> judged(ExpressionTable table);
    [[nodiscard]] Result<void> checkRow();

    MatrixTable m_table;
    Layout m_layout;
    std::string m_file;
    NameSet m_known;
    Columns m_columns;
    std::vector<std::string> m_names;
    bool m_startsWithPerson = false;
    std::optional<int64_t> m_announcedGenes, m_announcedPeople; ///< by a GCT file
    std::vector<double> m_values;
    Region m_position;
};

/// The values of a line that ExpressionTable has read once. \return false where it is another line
[[nodiscard]] bool parseRow(std::string_view bytes, const RowShape& shape, std::vector<double>& values);

} // namespace diploscope
