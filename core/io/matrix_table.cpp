// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/matrix_table.h"

#include "base/suggestion.h"

#include <fmt/format.h>
#include <xxhash.h>

#include <algorithm>

namespace diploscope {

namespace {

using Fields = std::vector<std::string_view>;

bool isBlank(const Fields& fields) {
    return std::all_of(fields.begin(), fields.end(), [](std::string_view field) { return field.empty(); });
}

/// What a row can be called: Entrez ids are numbers, but no gene or covariate is called 5.09.
bool isName(std::string_view field) {
    double number = 0;
    int64_t integer = 0;
    return !field.empty() && (!parseNumber(field, number) || parseInteger(field, integer));
}

bool isEnsemblId(std::string_view field) {
    return field.starts_with("ENS") && field.find_first_of("0123456789") != std::string_view::npos;
}

LinePlace placeOf(const TextReader& reader) {
    const std::string_view bytes = reader.lineBytes();
    return {reader.lineOffset(), static_cast<uint32_t>(bytes.size()), lineSum(bytes)};
}

} // namespace

uint64_t lineSum(std::string_view bytes) {
    return XXH3_64bits(bytes.data(), bytes.size());
}

Result<void> refuseDuplicates(const std::vector<std::string>& names, std::string_view thing,
                              const std::string& file) {
    NameSet seen;
    std::vector<std::string> twice;
    for (const std::string& name : names)
        if (!seen.insert(name).second)
            twice.push_back(name);
    if (twice.empty())
        return {};
    return fail(ErrorKind::BadInput, fmt::format("The {} {} occurs more than once.", thing, listed(twice)),
                file, fmt::format("Keep one {} of each name.", thing));
}

Fields MatrixTable::firstRow() const {
    Fields fields;
    splitRow(m_firstLine, m_separator, fields);
    dropTrailingSeparators(fields, m_header.size());
    return fields;
}

Result<MatrixTable> MatrixTable::open(TextReader reader, std::string_view header, const NameSet* people) {
    const char separator = separatorOf(header);
    Fields fields;
    splitRow(header, separator, fields);
    dropTrailingSeparators(fields, 1);
    if (separator == '\0' || isBlank(fields))
        return fail(ErrorKind::BadInput,
                    fmt::format("The header `{}` has one column only.", header.substr(0, 60)), reader.where(),
                    "Separate the columns by tabs or commas.");
    MatrixTable table(std::move(reader), separator);
    table.m_header.assign(fields.begin(), fields.end());
    do {
        std::string_view line;
        DS_ASSIGN(const bool more, table.m_reader.next(line));
        if (!more)
            return fail(ErrorKind::BadInput, "The table has a header but no data row.", table.where(),
                        "Check that whatever writes it has finished.");
        table.m_firstLine = line;
        table.m_place = placeOf(table.m_reader);
        splitRow(table.m_firstLine, separator, fields);
    } while (isBlank(fields));
    if (people != nullptr)
        DS_TRY(table.findCorner(*people));
    return table;
}

Result<void> MatrixTable::findCorner(const NameSet& people) {
    Fields fields;
    splitRow(m_firstLine, m_separator, fields);
    const std::string name(fields.front());
    // Names begin at once where a person stands above the rows' names, or, in a table of people, a gene.
    const bool peopleAbove = people.contains(m_header.front()) && !people.contains(name) && isName(name);
    const bool genesAbove = isEnsemblId(m_header.front()) && people.contains(name);
    if (!peopleAbove && !genesAbove)
        return {};
    if (fields.size() > m_header.size()) {
        m_header.insert(m_header.begin(), std::string());
        return {};
    }
    Failure failure = raggedRow(m_header, fields, where());
    failure.error.what =
        fmt::format("The header begins with `{}`, where a title for the rows' names belongs: "
                    "all values would stand under the name before theirs. {}",
                    m_header.front(), failure.error.what);
    failure.error.remedy = "Put a title such as `gene_id` in front of the header, and give every row a value "
                           "for each name.";
    return failure;
}

Result<bool> MatrixTable::next() {
    do {
        std::string_view line = m_firstLine;
        if (m_begun) {
            DS_ASSIGN(const bool more, m_reader.next(line));
            if (!more)
                return false;
            m_place = placeOf(m_reader);
        }
        m_begun = true;
        splitRow(line, m_separator, m_fields);
    } while (isBlank(m_fields));
    dropTrailingSeparators(m_fields, m_header.size());
    if (m_fields.size() != m_header.size())
        return raggedRow(m_header, m_fields, where());
    return true;
}

} // namespace diploscope
