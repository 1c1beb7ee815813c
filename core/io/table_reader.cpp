// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/table_reader.h"

#include "base/suggestion.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace diploscope {

Result<TableReader> TableReader::open(const std::filesystem::path& file) {
    DS_ASSIGN(TextReader text, TextReader::open(file));
    return open(std::move(text));
}

Result<TableReader> TableReader::open(TextReader text) {
    TableReader reader(std::move(text));
    std::string_view line;
    for (;;) {
        DS_ASSIGN(const bool more, reader.m_reader.next(line));
        if (!more)
            return fail(ErrorKind::BadInput, "The table has no header row.", reader.where(),
                        "Give a table whose first row names the columns.");
        const bool tabs = line.find('\t') != std::string_view::npos;
        const bool commas = !tabs && !line.starts_with("# ") && line.find(',') != std::string_view::npos;
        const bool comment = line.starts_with("##") || (line.starts_with('#') && !tabs && !commas);
        if (line.empty() || comment)
            continue;
        reader.m_separator = commas ? ',' : '\t';
        break;
    }
    splitRow(line, reader.m_separator, reader.m_fields);
    dropTrailingSeparators(reader.m_fields, 1);
    for (std::string_view name : reader.m_fields) {
        if (reader.m_columns.empty())
            name.remove_prefix(std::min(name.find_first_not_of("# "), name.size()));
        reader.m_columns.emplace_back(name);
    }
    return reader;
}

std::optional<size_t> TableReader::find(std::string_view name) const {
    const auto found = std::find(m_columns.begin(), m_columns.end(), name);
    if (found == m_columns.end())
        return std::nullopt;
    return static_cast<size_t>(found - m_columns.begin());
}

Result<size_t> TableReader::column(std::string_view name) const {
    if (const auto found = find(name))
        return *found;
    const std::vector<std::string> near = nearestNames(name, m_columns, 1);
    return fail(ErrorKind::BadInput,
                fmt::format("The column `{}` is missing; there are {}.", name, listed(m_columns, 8)), where(),
                near.empty() ? "Check that this is the right table."
                             : fmt::format("Rename `{}` to `{}`, if that is it.", near.front(), name));
}

Result<bool> TableReader::next() {
    do {
        std::string_view line;
        DS_ASSIGN(const bool more, m_reader.next(line));
        if (!more)
            return false;
        splitRow(line, m_separator, m_fields);
    } while (std::all_of(m_fields.begin(), m_fields.end(), [](auto field) { return field.empty(); }));
    dropTrailingSeparators(m_fields, m_columns.size());
    if (m_fields.size() != m_columns.size())
        return raggedRow(m_columns, m_fields, where());
    return true;
}

Failure TableReader::noNumber(size_t column, std::string_view expected) const {
    return fail(ErrorKind::BadInput,
                fmt::format("`{}` in column `{}` is no {}.", m_fields[column].substr(0, 40),
                            m_columns[column], expected),
                where(), "Correct the value, or write NA where there is none.");
}

Result<std::optional<double>> TableReader::number(size_t column) const {
    double value = 0;
    if (!parseNumber(m_fields[column], value))
        return noNumber(column, "number");
    return std::isnan(value) ? std::optional<double>() : value;
}

Result<std::optional<double>> TableReader::number(size_t column, const NumberBounds& bounds) const {
    constexpr double Rounding = 1e-9;
    DS_ASSIGN(const std::optional<double> value, number(column));
    if (!value || (bounds.least <= *value && *value <= bounds.most))
        return value;
    const double nearest = std::clamp(*value, bounds.least, bounds.most);
    if (std::abs(*value - nearest) <= Rounding)
        return std::optional(nearest);
    const std::string fault = std::isinf(*value) ? "is not finite"
                              : bounds.most == NumberBounds().most
                                  ? "is negative"
                                  : fmt::format("lies outside {}..{}", bounds.least, bounds.most);
    return fail(
        ErrorKind::BadInput,
        fmt::format("`{}` in column `{}` {}.", m_fields[column].substr(0, 40), m_columns[column], fault),
        where(), "Check that the columns are what their names say; write NA where there is no value.");
}

Result<int64_t> TableReader::integer(size_t column) const {
    int64_t value = 0;
    if (!parseInteger(m_fields[column], value))
        return noNumber(column, "whole number");
    return value;
}

} // namespace diploscope
