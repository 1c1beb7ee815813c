// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/expression_reader.h"

#include "base/suggestion.h"
#include "io/text_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

namespace diploscope {

namespace {

using Fields = std::vector<std::string_view>;
using Names = std::unordered_set<std::string>;

std::string lowerCase(std::string_view text) {
    std::string lower(text);
    for (char& letter : lower)
        if (letter >= 'A' && letter <= 'Z')
            letter = static_cast<char>(letter - 'A' + 'a');
    return lower;
}

/// R's write.table puts names between quotes, in tables of any separator.
std::string_view unquoted(std::string_view text) {
    const bool quoted = text.size() >= 2 && text.front() == '"' && text.back() == '"';
    return quoted ? text.substr(1, text.size() - 2) : text;
}

/// Columns that hold the row's gene or sample id, best first. QTLtools calls it `pid`; its `gid` is a group.
constexpr std::array<std::string_view, 13> IdColumns{
    "phenotype_id", "gene_id",   "targetid", "ensembl_gene_id", "pid",
    "gene",         "gene_name", "symbol",   "sample_id",       "sample",
    "id",           "name",      "gid"};

/// Columns that describe a row. Needed by name, because some of them (length, strand `.`) look like numbers.
bool describesRow(std::string_view column) {
    static const std::unordered_set<std::string_view> known{"chr",          "#chr",         "chrom",
                                                            "#chrom",       "chromosome",   "start",
                                                            "end",          "left",         "right",
                                                            "strand",       "length",       "tss",
                                                            "pos",          "position",     "pid",
                                                            "gid",          "grp",          "group",
                                                            "group_id",     "gene",         "gene_id",
                                                            "gene_name",    "gene_type",    "biotype",
                                                            "gene_biotype", "symbol",       "hgnc_symbol",
                                                            "description",  "id",           "name",
                                                            "targetid",     "phenotype_id", "ensembl_gene_id",
                                                            "info",         "coord",        "gene_symbol",
                                                            "entrez_id",    "entrezid",     "ccds",
                                                            "width",        "sample_id",    "sample",
                                                            "sex",          "population",   "family",
                                                            "batch"};
    return known.contains(lowerCase(column));
}

/// The first lines of a table, taken apart: which separator, which header.
struct Table {
    TextReader reader;
    std::string file;
    char separator = '\t';
    std::vector<std::string> header;
    std::string firstLine; ///< of the data, kept because columns are judged by it

    void split(std::string_view line, Fields& fields) const {
        splitFields(line, separator, fields);
        if (separator == ' ') // columns are often aligned with several spaces
            std::erase_if(fields, [](std::string_view field) { return field.empty(); });
        if (separator != ',')
            for (std::string_view& field : fields)
                field = unquoted(field);
    }
};

char separatorOf(std::string_view header) {
    for (const char separator : {'\t', ',', ' '})
        if (header.find(separator) != std::string_view::npos)
            return separator;
    return '\0';
}

bool isBedHeader(std::string_view line) {
    const std::string lower = lowerCase(line.substr(0, 8));
    return lower.starts_with("#chr\t") || lower.starts_with("#chrom\t");
}

Failure noData(const std::string& file) {
    return fail(ErrorKind::BadInput, "The table has a header but no data row.", file,
                "Check that whatever writes it has finished.");
}

/// Reads up to the first data line. `pending` is a line that was read already.
Result<Table> openTable(TextReader reader, const std::filesystem::path& file, std::string_view headerLine) {
    Table table{std::move(reader), file.string(), separatorOf(headerLine), {}, {}};
    if (table.separator == '\0')
        return fail(ErrorKind::BadInput,
                    fmt::format("The header `{}` has one column only.", headerLine.substr(0, 60)),
                    table.reader.where(), "Separate the columns by tabs or commas.");
    Fields fields;
    table.split(headerLine, fields);
    table.header.assign(fields.begin(), fields.end());

    std::string_view line;
    do {
        DS_ASSIGN(const bool more, table.reader.next(line));
        if (!more)
            return noData(table.file);
    } while (line.empty());
    table.firstLine = line;
    table.split(line, fields);
    // R's write.table leaves the corner cell out.
    if (fields.size() == table.header.size() + 1)
        table.header.insert(table.header.begin(), std::string());
    return table;
}

Result<void> refuseDuplicates(const std::vector<std::string>& names, std::string_view thing,
                              const std::string& file) {
    Names seen;
    std::vector<std::string> twice;
    for (const std::string& name : names)
        if (!seen.insert(name).second)
            twice.push_back(name);
    if (twice.empty())
        return {};
    return fail(ErrorKind::BadInput, fmt::format("The {} {} occurs more than once.", thing, listed(twice)),
                file, fmt::format("Keep one {} of each name.", thing));
}

enum class Layout { Bed, Gct, Plain };

/// Leading columns that always describe the row; the last of them is the id's where none is named like one.
size_t describingColumns(Layout layout) {
    return layout == Layout::Bed ? 4 : layout == Layout::Gct ? 2 : 1;
}

/// What the columns of a table are: the id's, and where values begin.
struct Columns {
    size_t id = 0;
    size_t firstValue = 1;
    bool bed = false; ///< the first three are contig, start and end
};

/// A leading column describes the row if it is named so, or if its first value is no number; the first column
/// whose name is a known person ends the search in any case.
Columns judgeColumns(const Table& table, Layout layout, const Names& known) {
    Fields fields;
    table.split(table.firstLine, fields);
    Columns columns;
    columns.firstValue = describingColumns(layout);
    columns.bed = layout == Layout::Bed;
    while (columns.firstValue < table.header.size() && !known.contains(table.header[columns.firstValue])) {
        double ignored = 0;
        const bool numeric =
            columns.firstValue >= fields.size() || parseNumber(fields[columns.firstValue], ignored);
        if (numeric && !describesRow(table.header[columns.firstValue]))
            break;
        ++columns.firstValue;
    }
    for (const std::string_view name : IdColumns) {
        for (size_t i = 0; i < columns.firstValue; ++i)
            if (lowerCase(table.header[i]) == name) {
                columns.id = i;
                return columns;
            }
    }
    columns.id = describingColumns(layout) - 1;
    return columns;
}

/// All rows as written: ids and numbers.
struct Rows {
    std::vector<std::string> ids;
    std::vector<double> values; ///< row-major
    std::vector<Region> positions;
};

Result<void> appendRow(const Table& table, const Columns& columns, const Fields& fields, Rows& rows) {
    if (fields.size() != table.header.size())
        return fail(
            ErrorKind::BadInput,
            fmt::format("The row has {} columns, but the header has {}.", fields.size(), table.header.size()),
            table.reader.where(), "Make every row as long as the header.");
    const std::string_view id = fields[columns.id];
    if (id.empty())
        return fail(ErrorKind::BadInput, fmt::format("The row has no name in column {}.", columns.id + 1),
                    table.reader.where(), "Give every row its gene or sample id.");
    if (columns.bed) {
        Region position{std::string(fields[0]), 0, 0};
        if (!parseInteger(fields[1], position.start) || !parseInteger(fields[2], position.end) ||
            position.start < 0 || position.end < position.start)
            return fail(ErrorKind::BadInput,
                        fmt::format("`{}` to `{}` is no stretch of a contig.", fields[1], fields[2]),
                        table.reader.where(), "BED starts and ends are whole numbers, 0 <= start <= end.");
        rows.positions.push_back(std::move(position));
    }
    rows.ids.emplace_back(id);
    for (size_t i = columns.firstValue; i < fields.size(); ++i) {
        double value = 0;
        if (!parseNumber(fields[i], value) || std::isinf(value))
            return fail(ErrorKind::BadInput, fmt::format("`{}` is not a finite number.", fields[i]),
                        fmt::format("{}, column {} ({})", table.reader.where(), i + 1, table.header[i]),
                        "Write numbers with a decimal point, and NA where nothing was measured.");
        rows.values.push_back(value);
    }
    return {};
}

Result<Rows> readRows(Table& table, const Columns& columns) {
    Rows rows;
    Fields fields;
    table.split(table.firstLine, fields);
    DS_TRY(appendRow(table, columns, fields, rows));
    for (std::string_view line;;) {
        DS_ASSIGN(const bool more, table.reader.next(line));
        if (!more)
            return rows;
        if (line.empty())
            continue;
        table.split(line, fields);
        DS_TRY(appendRow(table, columns, fields, rows));
    }
}

using RowMajor = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

size_t countKnown(const std::vector<std::string>& names, const Names& known) {
    return static_cast<size_t>(std::count_if(names.begin(), names.end(),
                                             [&](const std::string& name) { return known.contains(name); }));
}

Result<ExpressionMatrix> readMatrix(Table table, Layout layout, const Names& known) {
    const Columns columns = judgeColumns(table, layout, known);
    const std::vector<std::string> header(table.header.begin() + std::ptrdiff_t(columns.firstValue),
                                          table.header.end());
    if (header.empty())
        return fail(ErrorKind::BadInput,
                    fmt::format("None of the columns {} holds a person's values.", listed(table.header)),
                    table.file, "Give one column of numbers for each person, named by the person's id.");
    DS_ASSIGN(Rows rows, readRows(table, columns));
    const bool turned = layout == Layout::Plain && countKnown(rows.ids, known) > countKnown(header, known);

    const Eigen::Map<const RowMajor> values(rows.values.data(), Eigen::Index(rows.ids.size()),
                                            Eigen::Index(header.size()));
    ExpressionMatrix matrix;
    matrix.genes = turned ? header : std::move(rows.ids);
    matrix.people = turned ? std::move(rows.ids) : header;
    if (turned)
        matrix.values = values.transpose();
    else
        matrix.values = values;
    matrix.positions = std::move(rows.positions);
    matrix.layout = layout == Layout::Bed   ? "BED"
                    : layout == Layout::Gct ? "GCT 1.2"
                    : turned                ? "people x genes table"
                                            : "genes x people table";
    DS_TRY(refuseDuplicates(matrix.genes, "gene", table.file));
    DS_TRY(refuseDuplicates(matrix.people, "person", table.file));
    return matrix;
}

/// The three head lines of a GCT file: `#1.2`, the sizes, the column names.
Result<ExpressionMatrix> readGct(TextReader reader, const std::filesystem::path& file, const Names& known) {
    std::string_view line;
    DS_ASSIGN(const bool hasSizes, reader.next(line));
    Fields fields;
    splitFields(hasSizes ? line : std::string_view(), '\t', fields);
    int64_t genes = 0, people = 0;
    if (fields.size() < 2 || !parseInteger(fields[0], genes) || !parseInteger(fields[1], people))
        return fail(
            ErrorKind::BadInput,
            fmt::format(
                "The second line of a GCT file holds the numbers of genes and samples, but here is `{}`.",
                (hasSizes ? line : std::string_view()).substr(0, 60)),
            reader.where(), "Write the file as GCT 1.2, or as a TSV without the `#1.2` line.");
    DS_ASSIGN(const bool hasHeader, reader.next(line));
    if (!hasHeader || !lowerCase(line).starts_with("name\tdescription\t"))
        return fail(ErrorKind::BadInput, "The third line of a GCT file starts with `Name` and `Description`.",
                    reader.where(), "Write the file as GCT 1.2, or as a TSV without the `#1.2` line.");
    const std::string header(line);
    DS_ASSIGN(Table table, openTable(std::move(reader), file, header));
    DS_ASSIGN(ExpressionMatrix matrix, readMatrix(std::move(table), Layout::Gct, known));
    if (int64_t(matrix.genes.size()) != genes || int64_t(matrix.people.size()) != people)
        return fail(ErrorKind::BadInput,
                    fmt::format("The file announces {} genes and {} samples, but holds {} and {}.", genes,
                                people, matrix.genes.size(), matrix.people.size()),
                    file.string(),
                    "The file was cut off or edited: make it again, or correct its second line.");
    return matrix;
}

} // namespace

Result<ExpressionMatrix> readExpression(const std::filesystem::path& file,
                                        const std::vector<std::string>& knownPeople) {
    const Names known(knownPeople.begin(), knownPeople.end());
    DS_ASSIGN(TextReader reader, TextReader::open(file));
    std::string_view line;
    for (;;) {
        DS_ASSIGN(const bool more, reader.next(line));
        if (!more)
            return fail(ErrorKind::BadInput, "The file holds comments only.", file.string(),
                        "Give a table with a header and one row for each gene.");
        if (line.starts_with("#1.") && reader.lineNumber() == 1) {
            if (line.substr(0, line.find('\t')) != "#1.2")
                return fail(ErrorKind::Unsupported,
                            fmt::format("GCT version `{}` is not read.", line.substr(1)), reader.where(),
                            "Convert the file to GCT 1.2 or TSV.");
            return readGct(std::move(reader), file, known);
        }
        if (isBedHeader(line)) {
            const std::string header(line);
            DS_ASSIGN(Table table, openTable(std::move(reader), file, header));
            if (table.header.size() < 5)
                return fail(
                    ErrorKind::BadInput,
                    fmt::format("The BED header has {} columns, but needs `#chr start end phenotype_id` and "
                                "one for each person.",
                                table.header.size()),
                    table.file, "Write it as tensorQTL and QTLtools read it.");
            return readMatrix(std::move(table), Layout::Bed, known);
        }
        if (line.empty() || (line.front() == '#' && separatorOf(line) != '\t') || line.starts_with("# "))
            continue;
        break;
    }
    const std::string header(line);
    DS_ASSIGN(Table table, openTable(std::move(reader), file, header));
    return readMatrix(std::move(table), Layout::Plain, known);
}

Result<Covariates> readCovariates(const std::filesystem::path& file) {
    DS_ASSIGN(TextReader reader, TextReader::open(file));
    std::string_view line;
    do {
        DS_ASSIGN(const bool more, reader.next(line));
        if (!more)
            return fail(ErrorKind::BadInput, "The file holds blank lines only.", file.string(),
                        "Give a table with sample ids in its first row.");
    } while (line.empty());
    const std::string header(line);
    DS_ASSIGN(Table table, openTable(std::move(reader), file, header));
    Covariates covariates;
    covariates.people.assign(table.header.begin() + 1, table.header.end());

    std::vector<double> values;
    const auto append = [&](const Fields& fields) -> Result<void> {
        if (fields.size() != table.header.size())
            return fail(ErrorKind::BadInput,
                        fmt::format("The row has {} columns, but the header has {}.", fields.size(),
                                    table.header.size()),
                        table.reader.where(), "Make every row as long as the header.");
        covariates.names.emplace_back(fields[0]);
        for (size_t i = 1; i < fields.size(); ++i) {
            double value = 0;
            if (!parseNumber(fields[i], value) || !std::isfinite(value))
                return fail(
                    ErrorKind::BadInput,
                    fmt::format("`{}` is not a finite number, for covariate `{}`.", fields[i], fields[0]),
                    fmt::format("{}, column {} ({})", table.reader.where(), i + 1, table.header[i]),
                    "Covariates must be complete: fill or drop what is missing, and code groups as 0 and 1.");
            values.push_back(value);
        }
        return {};
    };
    Fields fields;
    table.split(table.firstLine, fields);
    DS_TRY(append(fields));
    for (;;) {
        DS_ASSIGN(const bool more, table.reader.next(line));
        if (!more)
            break;
        if (line.empty())
            continue;
        table.split(line, fields);
        DS_TRY(append(fields));
    }
    DS_TRY(refuseDuplicates(covariates.names, "covariate", table.file));
    DS_TRY(refuseDuplicates(covariates.people, "person", table.file));
    using RowMajorDouble = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
    covariates.values = Eigen::Map<const RowMajorDouble>(values.data(), Eigen::Index(covariates.names.size()),
                                                         Eigen::Index(covariates.people.size()));
    return covariates;
}

} // namespace diploscope
