// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/expression_reader.h"

#include "base/suggestion.h"
#include "base/words.h"
#include "io/header_line.h"
#include "io/matrix_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>
#include <unordered_set>

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

/// Columns that programs for eQTL, fine mapping and differential expression write: their tables have genes
/// and numbers as expression has, but no people.
bool isStatistic(std::string_view column) {
    static const std::unordered_set<std::string_view> known{"pip",
                                                            "probability",
                                                            "posterior",
                                                            "pval",
                                                            "pvalue",
                                                            "pval_nominal",
                                                            "pval_beta",
                                                            "pval_perm",
                                                            "p_value",
                                                            "p",
                                                            "qval",
                                                            "qvalue",
                                                            "q_value",
                                                            "fdr",
                                                            "padj",
                                                            "adj_p_val",
                                                            "adj_p_value",
                                                            "bonferroni",
                                                            "beta",
                                                            "slope",
                                                            "slope_se",
                                                            "se",
                                                            "stderr",
                                                            "std_err",
                                                            "effect",
                                                            "effect_size",
                                                            "z",
                                                            "zscore",
                                                            "z_score",
                                                            "t",
                                                            "t_stat",
                                                            "tstat",
                                                            "statistic",
                                                            "stat",
                                                            "logfc",
                                                            "log2fc",
                                                            "log2foldchange",
                                                            "lfcse",
                                                            "basemean",
                                                            "aveexpr",
                                                            "af",
                                                            "maf",
                                                            "r2",
                                                            "weight",
                                                            "ma_samples",
                                                            "ma_count",
                                                            "tss_distance",
                                                            "start_distance"};
    std::string name = lowerCase(column);
    for (char& letter : name)
        if (letter == '-' || letter == '.' || letter == ' ')
            letter = '_';
    while (name.ends_with('_'))
        name.pop_back();
    return known.contains(name);
}

enum class Layout { Bed, Gct, NumberedGct, Plain };

/// Leading columns that always describe the row.
size_t describingColumns(Layout layout) {
    switch (layout) {
    case Layout::Bed:
        return 4;
    case Layout::Gct:
        return 2;
    case Layout::NumberedGct:
        return 3;
    case Layout::Plain:
        break;
    }
    return 1;
}

/// What the columns of a table are: the id's, and where values begin.
struct Columns {
    size_t id = 0;
    size_t firstValue = 1;
    bool bed = false; ///< the first three are contig, start and end
};

/// A leading column describes the row if it is named so, or if its first value is no number; the first column
/// whose name is a known person ends the search in any case.
Columns judgeColumns(const MatrixTable& table, Layout layout, const NameSet& known) {
    const Fields fields = table.firstRow();
    const std::vector<std::string>& header = table.header();
    Columns columns;
    columns.firstValue = std::min(describingColumns(layout), header.size());
    columns.bed = layout == Layout::Bed;
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

/// All rows as written: ids and numbers.
struct Rows {
    std::vector<std::string> ids;
    std::vector<double> values; ///< row-major
    std::vector<Region> positions;
};

Result<void> appendRow(const MatrixTable& table, const Columns& columns, Rows& rows) {
    const Fields& fields = table.fields();
    const std::string_view id = fields[columns.id];
    if (id.empty())
        return fail(ErrorKind::BadInput, fmt::format("The row has no name in column {}.", columns.id + 1),
                    table.where(), "Give every row its gene or sample id.");
    if (columns.bed) {
        Region position{std::string(fields[0]), 0, 0};
        if (!parseInteger(fields[1], position.start) || !parseInteger(fields[2], position.end) ||
            position.start < 0 || position.end < position.start)
            return fail(ErrorKind::BadInput,
                        fmt::format("`{}` to `{}` is no stretch of a contig.", fields[1], fields[2]),
                        table.where(), "BED starts and ends are whole numbers, 0 <= start <= end.");
        rows.positions.push_back(std::move(position));
    }
    rows.ids.emplace_back(id);
    for (size_t i = columns.firstValue; i < fields.size(); ++i) {
        double value = 0;
        if (!parseNumber(fields[i], value) || std::isinf(value))
            return fail(ErrorKind::BadInput,
                        fmt::format("`{}` is not a finite number, for `{}`.", fields[i], id),
                        fmt::format("{}, column {} ({})", table.where(), i + 1, table.header()[i]),
                        "Write numbers with a decimal point, and NA where nothing was measured.");
        rows.values.push_back(value);
    }
    return {};
}

Result<Rows> readRows(MatrixTable& table, const Columns& columns) {
    Rows rows;
    for (;;) {
        DS_ASSIGN(const bool more, table.next());
        if (!more)
            return rows;
        DS_TRY(appendRow(table, columns, rows));
    }
}

/// \error BadInput: there is no column of values, or one has no name
Result<void> checkValueColumns(const std::vector<std::string>& header, const Columns& columns,
                               const std::string& file) {
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

using RowMajor = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

Result<ExpressionMatrix> readMatrix(MatrixTable table, Layout layout, const NameSet& known,
                                    const std::string& file) {
    const Columns columns = judgeColumns(table, layout, known);
    const std::vector<std::string> header(table.header().begin() + std::ptrdiff_t(columns.firstValue),
                                          table.header().end());
    DS_TRY(checkValueColumns(table.header(), columns, file));
    const Fields first = table.firstRow();
    if (columns.id >= first.size() || !known.contains(std::string(first[columns.id])))
        DS_TRY(refuseStatistics(header, known, file));
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
    matrix.layout = layout == Layout::Bed     ? "BED"
                    : layout != Layout::Plain ? "GCT 1.2"
                    : turned                  ? "people x genes table"
                                              : "genes x people table";
    DS_TRY(refuseDuplicates(matrix.genes, "gene", file));
    DS_TRY(refuseDuplicates(matrix.people, "person", file));
    return matrix;
}

/// The three head lines of a GCT file: `#1.2`, the sizes, the column names.
Result<ExpressionMatrix> readGct(TextReader reader, const std::filesystem::path& file, const NameSet& known) {
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
    std::string lower = hasHeader ? lowerCase(line) : std::string();
    // GTEx's files of single tissues have a running number in front.
    const bool numbered = lower.starts_with("id\tname\t");
    if (numbered)
        lower.erase(0, 3);
    if (!lower.starts_with("name\tdescription\t"))
        return fail(ErrorKind::BadInput, "The third line of a GCT file starts with `Name` and `Description`.",
                    reader.where(), "Write the file as GCT 1.2, or as a TSV without the `#1.2` line.");
    const std::string header(line);
    DS_ASSIGN(MatrixTable table, MatrixTable::open(std::move(reader), header, nullptr));
    DS_ASSIGN(
        ExpressionMatrix matrix,
        readMatrix(std::move(table), numbered ? Layout::NumberedGct : Layout::Gct, known, file.string()));
    if (int64_t(matrix.genes.size()) != genes || int64_t(matrix.people.size()) != people)
        return fail(ErrorKind::BadInput,
                    fmt::format("The file announces {} genes and {} samples, but holds {} and {}.", genes,
                                people, matrix.genes.size(), matrix.people.size()),
                    file.string(),
                    "The file was cut off or edited: make it again, or correct its second line.");
    return matrix;
}

} // namespace

// Needed by name, because some of them (length, strand `.`) look like numbers.
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
                                                            "geneid",       "genes",        "width",
                                                            "sample_id",    "sample",       "sex",
                                                            "fid",          "iid",          "sid",
                                                            "population",   "family",       "batch"};
    return known.contains(lowerCase(column));
}

bool areStatistics(const std::vector<std::string>& columns) {
    const auto found = std::count_if(columns.begin(), columns.end(), isStatistic);
    // Somebody may be called `t`; two such columns among strangers are no coincidence.
    return found >= 2 || (found == 1 && columns.size() == 1);
}

Result<ExpressionMatrix> readExpression(const std::filesystem::path& file,
                                        const std::vector<std::string>& knownPeople) {
    DS_ASSIGN(TextReader reader, TextReader::open(file));
    return readExpression(std::move(reader), file, knownPeople);
}

Result<ExpressionMatrix> readExpression(TextReader reader, const std::filesystem::path& file,
                                        const std::vector<std::string>& knownPeople) {
    const NameSet known(knownPeople.begin(), knownPeople.end());
    std::string_view line;
    DS_ASSIGN(const bool hasLine, reader.next(line));
    if (hasLine && line.starts_with("#1.")) {
        if (line.substr(0, line.find('\t')) != "#1.2")
            return fail(ErrorKind::Unsupported, fmt::format("GCT version `{}` is not read.", line.substr(1)),
                        reader.where(), "Convert the file to GCT 1.2 or TSV.");
        return readGct(std::move(reader), file, known);
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
    return readMatrix(std::move(table), isBed ? Layout::Bed : Layout::Plain, known, file.string());
}

} // namespace diploscope
