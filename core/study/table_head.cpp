// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/table_head.h"

#include "base/words.h"
#include "io/expression_reader.h"
#include "io/header_line.h"
#include "io/text_reader.h"

#include <algorithm>

namespace diploscope {

namespace {

constexpr size_t RowsLookedAt = 200;

/// The first line that is not blank.
std::string_view nextLine(std::string_view text) {
    text.remove_prefix(std::min(text.find_first_not_of("\r\n"), text.size()));
    text = text.substr(0, text.find('\n'));
    return text.substr(0, text.find('\r'));
}

} // namespace

bool TableHead::hasColumns(std::initializer_list<std::string_view> names) const {
    return std::all_of(names.begin(), names.end(), [&](std::string_view name) { return column(name) >= 0; });
}

int TableHead::column(std::string_view name) const {
    for (size_t i = 0; i < header.size(); ++i) {
        std::string_view title = header[i];
        if (i == 0 && title.starts_with('#'))
            title.remove_prefix(1);
        if (lowerCase(title) == name)
            return static_cast<int>(i);
    }
    return -1;
}

TableHead readTableHead(std::string_view text, bool whole, std::string& comments) {
    TableHead table;
    table.whole = whole;
    bool hasHeader = false;
    for (size_t at = 0; at < text.size();) {
        const size_t end = std::min(text.find('\n', at), text.size());
        std::string_view line = text.substr(at, end - at);
        at = end + 1;
        if (line.ends_with('\r'))
            line.remove_suffix(1);
        if (line.empty())
            continue;
        if (!hasHeader && isComment(line, nextLine(text.substr(std::min(at, text.size()))))) {
            comments += line;
            comments += '\n';
            continue;
        }
        if (!hasHeader) {
            table.headerLine = line;
            if (line.starts_with("# "))
                line = behindHash(line);
            table.separator = separatorOf(line);
            splitRow(line, table.separator, table.header);
            hasHeader = true;
            continue;
        }
        TableHead::Fields row;
        splitRow(line, table.separator, row);
        if (std::all_of(row.begin(), row.end(), [](std::string_view field) { return field.empty(); }))
            continue;
        ++table.rowsSeen;
        if (table.rows.size() < RowsLookedAt)
            table.rows.push_back(std::move(row));
    }
    dropTrailingSeparators(table.header, 1);
    for (TableHead::Fields& row : table.rows)
        dropTrailingSeparators(row, table.header.size());
    // R leaves the corner cell out. Nobody is known here, so whatever is no title may be a person.
    table.cornerless = !table.header.empty() && !table.rows.empty() &&
                       table.rows.front().size() == table.header.size() + 1 &&
                       !table.header.front().empty() && !describesRow(table.header.front());
    if (table.cornerless)
        table.header.insert(table.header.begin(), std::string_view());
    table.ragged = std::any_of(table.rows.begin(), table.rows.end(), [&](const TableHead::Fields& row) {
        return row.size() != table.header.size();
    });
    return table;
}

} // namespace diploscope
