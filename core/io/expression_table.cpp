// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/expression_table.h"

#include "base/suggestion.h"
#include "base/words.h"
#include "io/expression_reader.h"
#include "io/header_line.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace diploscope {

namespace {

using Fields = std::vector<std::string_view>;

/// Columns that hold the row's gene or sample id, best first. QTLtools calls it `pid`; its `gid` is a group.
/// PLINK's `iid` is the person, its `fid` a family, often the same for all.
constexpr std::array<std::string_view, 15> IdColumns{
    "phenotype_id", "gene_id", "targetid",  "ensembl_gene_id", "pid", "gene", "gene_name", "symbol",
    "iid",          "fid",     "sample_id", "sample",          "id",  "name", "gid"};

/// Without the mark of a header.
std::string_view withoutHash(std::string_view name) {
    return name.substr(name.starts_with('#') ? 1 : 0);
}

/// Leading columns that always describe the row.
size_t describingColumns(ExpressionTable::Layout layout) {
    switch (layout) {
    case ExpressionTable::Layout::Bed:
        return 4;
    case ExpressionTable::Layout::Gct:
        return 2;
    case ExpressionTable::Layout::NumberedGct:
        return 3;
    case ExpressionTable::Layout::Plain:
        break;
    }
    return 1;
}

/// A leading column describes the row if it is named so, or if its first value is no number; the first column
/// whose name is a known person ends the search in any case.
ExpressionTable::Columns judgeColumns(const MatrixTable& table, ExpressionTable::Layout layout,
                                      const NameSet& known) {
    using Layout = ExpressionTable::Layout;
    const Fields fields = table.firstRow();
    const std::vector<std::string>& header = table.header();
    ExpressionTable::Columns columns;
    columns.firstValue = std::min(describingColumns(layout), header.size());
    while (columns.firstValue < header.size() && !known.contains(header[columns.firstValue])) {
        double ignored = 0;
        const bool numeric =
            columns.firstValue >= fields.size() || parseNumber(fields[columns.firstValue], ignored);
        if (numeric && !describesRow(header[columns.firstValue]))
            break;
        ++columns.firstValue;
    }
    if (layout == Layout::Gct || layout == Layout::NumberedGct) {
        columns.id = layout == Layout::Gct ? 0 : 1; // `Name`; `id` is a number
        return columns;
    }
    if (layout == Layout::Bed)
        for (size_t i = 3; i < columns.firstValue && !columns.strand; ++i)
            if (lowerCase(header[i]) == "strand")
                columns.strand = i;
    for (const std::string_view name : IdColumns) {
        for (size_t i = 0; i < columns.firstValue; ++i)
            if (lowerCase(withoutHash(header[i])) == name) {
                columns.id = i;
                return columns;
            }
    }
    columns.id = describingColumns(layout) - 1;
    return columns;
}

/// \error BadInput: there is no column of values, or one has no name
Result<void> checkValueColumns(const std::vector<std::string>& header,
                               const ExpressionTable::Columns& columns, const std::string& file) {
    if (columns.firstValue >= header.size())
        return fail(ErrorKind::BadInput,
                    fmt::format("None of the columns {} holds a person's values.", listed(header)), file,
                    "Give one column of numbers for each person, named by the person's id.");
    for (size_t i = columns.firstValue; i < header.size(); ++i)
        if (header[i].empty())
            return fail(ErrorKind::BadInput, fmt::format("Column {} has values but no name.", i + 1), file,
                        "Name it by the person's id, or take it away.");
    return {};
}

size_t countKnown(const std::vector<std::string>& names, const NameSet& known) {
    return static_cast<size_t>(std::count_if(names.begin(), names.end(),
                                             [&](const std::string& name) { return known.contains(name); }));
}

Result<void> refuseStatistics(const std::vector<std::string>& columns, const NameSet& known,
                              const std::string& file) {
    if (countKnown(columns, known) > 0 || !areStatistics(columns))
        return {};
    return fail(ErrorKind::BadInput,
                fmt::format("The columns {} are results of a statistic, not people: this is no expression.",
                            listed(columns)),
                file, "Name eQTL results under `eqtl` and fine mapping under `fine_mapping`.");
}

/// What the second line of a GCT file announces.
struct GctSizes {
    int64_t genes = 0;
    int64_t people = 0;
};

Result<GctSizes> readGctSizes(TextReader& reader) {
    std::string_view line;
    DS_ASSIGN(const bool hasSizes, reader.next(line));
    Fields fields;
    splitFields(hasSizes ? line : std::string_view(), '\t', fields);
    GctSizes sizes;
    if (fields.size() < 2 || !parseInteger(fields[0], sizes.genes) || !parseInteger(fields[1], sizes.people))
        return fail(
            ErrorKind::BadInput,
            fmt::format(
                "The second line of a GCT file holds the numbers of genes and samples, but here is `{}`.",
                (hasSizes ? line : std::string_view()).substr(0, 60)),
            reader.where(), "Write the file as GCT 1.2, or as a TSV without the `#1.2` line.");
    return sizes;
}

} // namespace

Result<ExpressionTable> ExpressionTable::open(TextReader reader, const std::filesystem::path& file,
                                              NameSet known) {
    std::string_view line;
    DS_ASSIGN(const bool hasLine, reader.next(line));
    if (hasLine && line.starts_with("#1.")) {
        if (line.substr(0, line.find('\t')) != "#1.2")
            return fail(ErrorKind::Unsupported, fmt::format("GCT version `{}` is not read.", line.substr(1)),
                        reader.where(), "Convert the file to GCT 1.2 or TSV.");
        return openGct(std::move(reader), file, std::move(known));
    }
    if (hasLine)
        reader.giveAgain();
    DS_ASSIGN(const std::optional<std::string> header, readHeaderLine(reader));
    if (!header)
        return fail(ErrorKind::BadInput, "The file holds comments only.", file.string(),
                    "Give a table with a header and one row for each gene.");
    const bool isBed = isBedHeader(*header);
    DS_ASSIGN(MatrixTable table, MatrixTable::open(std::move(reader), *header, isBed ? nullptr : &known));
    if (isBed && table.header().size() < 5)
        return fail(ErrorKind::BadInput,
                    fmt::format("The BED header has {} columns, but needs `#chr start end phenotype_id` and "
                                "one for each person.",
                                table.header().size()),
                    file.string(), "Write it as tensorQTL and QTLtools read it.");
    return judged(
        ExpressionTable(std::move(table), isBed ? Layout::Bed : Layout::Plain, file, std::move(known)));
}

/// Behind the first of the three head lines of a GCT file: `#1.2`, the sizes, the column names.
Result<ExpressionTable> ExpressionTable::openGct(TextReader reader, const std::filesystem::path& file,
                                                 NameSet known) {
    DS_ASSIGN(const GctSizes sizes, readGctSizes(reader));
    std::string_view line;
    DS_ASSIGN(const bool hasHeader, reader.next(line));
    std::string lower = hasHeader ? lowerCase(line) : std::string();
    // GTEx's files of single tissues have a running number in front.
    const bool numbered = lower.starts_with("id\tname\t");
    if (numbered)
        lower.erase(0, 3);
    if (!lower.starts_with("name\tdescription\t"))
        return fail(ErrorKind::BadInput, "The third line of a GCT file starts with `Name` and `Description`.",
                    reader.where(), "Write the file as GCT 1.2, or as a TSV without the `#1.2` line.");
    const std::string header(line);
    DS_ASSIGN(MatrixTable matrix, MatrixTable::open(std::move(reader), header, nullptr));
    ExpressionTable table(std::move(matrix), numbered ? Layout::NumberedGct : Layout::Gct, file,
                          std::move(known));
    table.m_announcedGenes = sizes.genes;
    table.m_announcedPeople = sizes.people;
    return judged(std::move(table));
}

Result<ExpressionTable> ExpressionTable::judged(ExpressionTable table) {
    const std::vector<std::string>& header = table.m_table.header();
    table.m_columns = judgeColumns(table.m_table, table.m_layout, table.m_known);
    const Columns& columns = table.m_columns;
    table.m_names.assign(header.begin() + std::ptrdiff_t(columns.firstValue), header.end());
    DS_TRY(checkValueColumns(header, columns, table.m_file));
    const Fields first = table.m_table.firstRow();
    table.m_startsWithPerson =
        columns.id < first.size() && table.m_known.contains(std::string(first[columns.id]));
    if (!table.m_startsWithPerson)
        DS_TRY(refuseStatistics(table.m_names, table.m_known, table.m_file));
    return table;
}

Result<bool> ExpressionTable::next() {
    DS_ASSIGN(const bool more, m_table.next());
    if (more)
        DS_TRY(checkRow());
    return more;
}

Result<void> ExpressionTable::checkRow() {
    const Fields& fields = m_table.fields();
    const std::string_view name = id();
    if (name.empty())
        return fail(ErrorKind::BadInput, fmt::format("The row has no name in column {}.", m_columns.id + 1),
                    m_table.where(), "Give every row its gene or sample id.");
    if (hasPositions()) {
        m_position = Region{std::string(fields[0]), 0, 0};
        if (!parseInteger(fields[1], m_position.start) || !parseInteger(fields[2], m_position.end) ||
            m_position.start < 0 || m_position.end < m_position.start)
            return fail(ErrorKind::BadInput,
                        fmt::format("`{}` to `{}` is no stretch of a contig.", fields[1], fields[2]),
                        m_table.where(), "BED starts and ends are whole numbers, 0 <= start <= end.");
    }
    m_values.clear();
    for (size_t i = m_columns.firstValue; i < fields.size(); ++i) {
        double value = 0;
        if (!parseNumber(fields[i], value) || std::isinf(value))
            return fail(ErrorKind::BadInput,
                        fmt::format("`{}` is not a finite number, for `{}`.", fields[i], name),
                        fmt::format("{}, column {} ({})", m_table.where(), i + 1, m_table.header()[i]),
                        "Write numbers with a decimal point, and NA where nothing was measured.");
        m_values.push_back(value);
    }
    return {};
}

char ExpressionTable::strand() const {
    const std::string_view field = m_table.fields()[*m_columns.strand];
    return field == "+" || field == "-" ? field.front() : '.';
}

bool ExpressionTable::isTurned(const std::vector<std::string>& ids) const {
    return m_layout == Layout::Plain && countKnown(ids, m_known) > countKnown(m_names, m_known);
}

bool ExpressionTable::seemsTurned() const {
    return m_layout == Layout::Plain && m_startsWithPerson && countKnown(m_names, m_known) == 0;
}

const char* ExpressionTable::layout(bool turned) const {
    return m_layout == Layout::Bed     ? "BED"
           : m_layout != Layout::Plain ? "GCT 1.2"
           : turned                    ? "people x genes table"
                                       : "genes x people table";
}

Result<void> ExpressionTable::checkNames(const std::vector<std::string>& genes,
                                         const std::vector<std::string>& people) const {
    DS_TRY(refuseDuplicates(genes, "gene", m_file));
    DS_TRY(refuseDuplicates(people, "person", m_file));
    const auto geneCount = int64_t(genes.size()), peopleCount = int64_t(people.size());
    if ((m_announcedGenes && *m_announcedGenes != geneCount) ||
        (m_announcedPeople && *m_announcedPeople != peopleCount))
        return fail(ErrorKind::BadInput,
                    fmt::format("The file announces {} genes and {} samples, but holds {} and {}.",
                                *m_announcedGenes, *m_announcedPeople, geneCount, peopleCount),
                    m_file, "The file was cut off or edited: make it again, or correct its second line.");
    return {};
}

RowShape ExpressionTable::rowShape() const {
    return {m_table.separator(), m_table.header().size(), m_columns.firstValue};
}

bool parseRow(std::string_view bytes, const RowShape& shape, std::vector<double>& values) {
    Fields fields;
    splitRow(bytes, shape.separator, fields);
    dropTrailingSeparators(fields, shape.columns);
    if (fields.size() != shape.columns)
        return false;
    values.resize(shape.columns - shape.firstValue);
    for (size_t i = 0; i < values.size(); ++i)
        if (!parseNumber(fields[shape.firstValue + i], values[i]))
            return false;
    return true;
}

} // namespace diploscope
