// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "results/gene_columns.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <fmt/format.h>

#include <cstdint>
#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace diploscope {

/// A table of rows of one kind in a database: which of the columns that the program knows it has, and the
/// statements to read and write them by name. Columns beyond are left alone. Its functions throw SQLite's
/// exceptions.
template <class Row>
class RowTable {
public:
    /// \param first, second  its two keys, which stand before the row's own columns
    RowTable(std::string name, std::string first, std::string second, const RowColumns<Row>& columns)
        : m_name(std::move(name))
        , m_first(std::move(first))
        , m_second(std::move(second))
        , m_columns(columns) {}

    /// Reads which columns there are. Before all else.
    void look(SQLite::Database& database) {
        m_present.clear();
        SQLite::Statement info(database, fmt::format("PRAGMA table_info({})", m_name));
        while (info.executeStep())
            m_present.insert(info.getColumn(1).getString());
    }

    /// `"gene_id" TEXT NOT NULL DEFAULT ''`, for those that are not there.
    [[nodiscard]] std::vector<std::string> missing() const {
        std::vector<std::string> definitions;
        for (const auto& column : m_columns.texts)
            if (!has(column.name))
                definitions.push_back(fmt::format("\"{}\" TEXT NOT NULL DEFAULT ''", column.name));
        for (const auto& column : m_columns.numbers)
            if (!has(column.name))
                definitions.push_back(fmt::format("\"{}\" REAL", column.name));
        return definitions;
    }

    /// Those that are there and that the program does not know: of a newer version.
    [[nodiscard]] std::vector<std::string> unknown() const {
        std::set<std::string, std::less<>> beyond = m_present;
        for (const std::string& key : {m_first, m_second})
            beyond.erase(key);
        for (const auto& column : m_columns.texts)
            beyond.erase(std::string(column.name));
        for (const auto& column : m_columns.numbers)
            beyond.erase(std::string(column.name));
        return {beyond.begin(), beyond.end()};
    }

    void addMissing(SQLite::Database& database) {
        look(database); // another program may have been faster
        for (const std::string& definition : missing())
            database.exec(fmt::format("ALTER TABLE {} ADD COLUMN {}", m_name, definition));
        look(database);
    }

    /// Of rows that insert() wrote, behind the two keys.
    [[nodiscard]] std::string select() const {
        std::string sql = fmt::format("SELECT {0}.{1}, {0}.{2}", m_name, m_first, m_second);
        for (const auto& column : m_columns.texts)
            sql += has(column.name) ? fmt::format(", {}.\"{}\"", m_name, column.name) : ", ''";
        for (const auto& column : m_columns.numbers)
            sql += has(column.name) ? fmt::format(", {}.\"{}\"", m_name, column.name) : ", NULL";
        return sql + " FROM " + m_name;
    }
    [[nodiscard]] std::string insert() const {
        std::string names = m_first + ", " + m_second, marks = "?, ?";
        for (const auto& column : m_columns.texts) {
            names += fmt::format(", \"{}\"", column.name);
            marks += ", ?";
        }
        for (const auto& column : m_columns.numbers) {
            names += fmt::format(", \"{}\"", column.name);
            marks += ", ?";
        }
        return fmt::format("INSERT INTO {} ({}) VALUES ({})", m_name, names, marks);
    }

    static constexpr int FirstColumn = 2; ///< of a row's own, behind the keys
    void bind(SQLite::Statement& statement, const Row& row) const {
        int at = FirstColumn + 1; // SQLite counts parameters from 1
        for (const auto& column : m_columns.texts)
            statement.bind(at++, row.*column.member);
        for (const auto& column : m_columns.numbers) {
            if (const auto& value = row.*column.member)
                statement.bind(at++, *value);
            else
                statement.bind(at++);
        }
    }
    [[nodiscard]] Row read(SQLite::Statement& statement) const {
        int at = FirstColumn;
        Row row;
        for (const auto& column : m_columns.texts)
            row.*column.member = statement.getColumn(at++).getString();
        for (const auto& column : m_columns.numbers) {
            const SQLite::Column value = statement.getColumn(at++);
            if (!value.isNull())
                row.*column.member = value.getDouble();
        }
        return row;
    }

    /// That read() copied, in bytes.
    [[nodiscard]] int64_t textBytes(const Row& row) const {
        int64_t bytes = 0;
        for (const auto& column : m_columns.texts)
            bytes += static_cast<int64_t>((row.*column.member).size());
        return bytes;
    }

private:
    [[nodiscard]] bool has(std::string_view column) const { return m_present.contains(column); }

    std::string m_name;
    std::string m_first, m_second;
    const RowColumns<Row>& m_columns;
    std::set<std::string, std::less<>> m_present;
};

} // namespace diploscope
