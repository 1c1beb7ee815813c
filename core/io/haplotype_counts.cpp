// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/haplotype_counts.h"

#include "base/suggestion.h"
#include "base/words.h"
#include "genome/annotation.h"
#include "io/table_reader.h"
#include "io/text_index.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

namespace diploscope {

namespace fs = std::filesystem;

namespace {

using Names = std::vector<std::string>;

std::optional<size_t> firstOf(const Names& columns, std::initializer_list<std::string_view> names) {
    for (const std::string_view name : names)
        for (size_t c = 0; c < columns.size(); ++c)
            if (lowerCase(columns[c]) == name)
                return c;
    return std::nullopt;
}

/// What says something of a gene in a matrix; all else is a person.
bool isOfGene(std::string_view column) {
    static const std::set<std::string, std::less<>> names{
        "contig", "chrom", "chr", "start", "stop",         "end",       "strand",
        "name",   "gene",  "id",  "pid",   "phenotype_id", "gene_name", "gene_id"};
    return names.contains(lowerCase(column));
}

/// Where the columns of a table stand.
struct Columns {
    HaplotypeCountFormat format = HaplotypeCountFormat::Long;
    size_t gene = 0;
    size_t a = 0, b = 0, person = 0;    ///< of the long form
    std::optional<size_t> isGenomeWide; ///< the same: whether the phase is the genotypes'
    std::vector<size_t> people;         ///< of a matrix
};

std::optional<uint32_t> countOf(std::string_view text) {
    int64_t value = 0;
    if (!parseInteger(text, value) || value < 0 || value > std::numeric_limits<uint32_t>::max())
        return std::nullopt;
    return static_cast<uint32_t>(value);
}

/// `12|7`, of nobody yet.
std::optional<HaplotypeCounts::Count> pairOf(std::string_view cell) {
    const size_t bar = cell.find('|');
    if (bar == std::string_view::npos)
        return std::nullopt;
    const std::optional<uint32_t> a = countOf(cell.substr(0, bar)), b = countOf(cell.substr(bar + 1));
    return a && b ? std::optional(HaplotypeCounts::Count{0, *a, *b}) : std::nullopt;
}

bool isUnknown(std::string_view cell) {
    double value = 0;
    return cell.empty() || cell == "." || (parseNumber(cell, value) && std::isnan(value));
}

/// \param needsCount whether the row of a matrix must have one: else it may be of a gene without any
std::optional<Columns> columnsOf(const Names& names, const std::vector<std::string_view>& row,
                                 bool needsCount) {
    Columns columns;
    const auto gene = firstOf(names, {"name", "gene_id", "gene", "phenotype_id", "pid", "id", "gene_name"});
    const auto a = firstOf(names, {"acount"}), b = firstOf(names, {"bcount"});
    const auto person = firstOf(names, {"bam", "sample", "sample_id"});
    if (a && b && gene && person) {
        columns.gene = *gene;
        columns.a = *a;
        columns.b = *b;
        columns.person = *person;
        columns.isGenomeWide = firstOf(names, {"gw_phased"});
        return columns;
    }
    columns.format = HaplotypeCountFormat::Matrix;
    columns.gene = gene.value_or(0);
    bool hasCount = false, fits = true;
    for (size_t c = 0; c < names.size(); ++c)
        if (c != columns.gene && !isOfGene(names[c])) {
            columns.people.push_back(c);
            hasCount = hasCount || (c < row.size() && pairOf(row[c]));
            fits = fits && (c >= row.size() || pairOf(row[c]) || isUnknown(row[c]));
        }
    return fits && !columns.people.empty() && (hasCount || !needsCount) ? std::optional(columns)
                                                                        : std::nullopt;
}

Failure unknownColumns(const TableReader& table) {
    return fail(
        ErrorKind::BadInput,
        fmt::format("The columns ({}) are none of a table of haplotype counts.", listed(table.columns(), 6)),
        table.where(),
        "Give a gene table of phASER (name, aCount, bCount, bam), or genes x people with a cell "
        "`a|b`, as text with tabs or commas.");
}

/// Reads the first row.
Result<Columns> openTable(TableReader& table, const fs::path& file) {
    DS_ASSIGN(const bool hasRow, table.next());
    if (!hasRow)
        return fail(ErrorKind::BadInput, "The table has a header but no row.", file.string(),
                    "The file is cut off; get it anew.");
    std::vector<std::string_view> row;
    for (size_t c = 0; c < table.columns().size(); ++c)
        row.push_back(table.text(c));
    std::optional<Columns> columns = columnsOf(table.columns(), row, false);
    if (!columns)
        return unknownColumns(table);
    return std::move(*columns);
}

/// \return nothing where the cell says that nothing is known
Result<std::optional<HaplotypeCounts::Count>> countsIn(std::string_view cell, const TableReader& table,
                                                       std::string_view person) {
    if (isUnknown(cell))
        return std::optional<HaplotypeCounts::Count>();
    std::optional<HaplotypeCounts::Count> counts = pairOf(cell);
    if (!counts)
        return fail(ErrorKind::BadInput,
                    fmt::format("`{}` of {} are no counts of two haplotypes.", cell, person), table.where(),
                    "Each cell holds two whole numbers with a bar between them, as `12|7`, or NA.");
    return counts;
}

Result<uint32_t> countIn(const TableReader& table, size_t column) {
    const std::optional<uint32_t> count = countOf(table.text(column));
    if (!count)
        return fail(ErrorKind::BadInput,
                    fmt::format("`{}` under `{}` is no number of reads.", table.text(column),
                                table.columns()[column]),
                    table.where(), "Counts are whole numbers from 0.");
    return *count;
}

Failure toldTwice(const std::string& gene, const std::string& person, const fs::path& file) {
    return fail(ErrorKind::BadInput, fmt::format("The gene {} has two counts of {}.", gene, person),
                file.string(), "Keep one row of each gene and person, or one file of each tissue.");
}

} // namespace

std::optional<HaplotypeCountFormat> haplotypeCountFormat(const Names& columns,
                                                         const std::vector<std::string_view>& row) {
    const std::optional<Columns> found = columnsOf(columns, row, true);
    return found ? std::optional(found->format) : std::nullopt;
}

/// Reads rows into counts of genes.
class HaplotypeCounts::Rows {
public:
    Rows(const TableReader& table, const Columns& columns, HaplotypeCounts& counts)
        : m_table(table), m_columns(columns), m_counts(counts) {}

    /// People of a matrix. \error BadInput where one has two columns
    Result<void> takePeople(const fs::path& file) {
        for (const size_t column : m_columns.people) {
            const size_t known = m_counts.m_people.size();
            m_personOf.push_back(m_people.add(m_counts.m_people, m_table.columns()[column]));
            if (m_personOf.back() < known)
                return fail(ErrorKind::BadInput,
                            fmt::format("The person {} has two columns.", m_table.columns()[column]),
                            file.string(), "Keep one column of each person.");
        }
        return {};
    }

    /// The row that the table is at, of a gene.
    Result<void> take(std::vector<Count>& counts) {
        return m_columns.format == HaplotypeCountFormat::Matrix ? takeMatrix(counts) : takeLong(counts);
    }

private:
    static bool hasRead(const Count& count) { return count.a > 0 || count.b > 0; }

    Result<void> takeMatrix(std::vector<Count>& counts) {
        for (size_t p = 0; p < m_personOf.size(); ++p) {
            DS_ASSIGN(std::optional<Count> count,
                      countsIn(m_table.text(m_columns.people[p]), m_table, m_counts.m_people[m_personOf[p]]));
            if (!count || !hasRead(*count))
                continue;
            count->person = m_personOf[p];
            counts.push_back(*count);
        }
        return {};
    }

    Result<void> takeLong(std::vector<Count>& counts) {
        Count count{m_people.add(m_counts.m_people, std::string(m_table.text(m_columns.person)))};
        DS_ASSIGN(count.a, countIn(m_table, m_columns.a));
        DS_ASSIGN(count.b, countIn(m_table, m_columns.b));
        if (!hasRead(count))
            return {};
        if (m_columns.isGenomeWide && m_table.text(*m_columns.isGenomeWide) == "0")
            ++m_counts.m_ownPhase;
        else
            counts.push_back(count);
        return {};
    }

    const TableReader& m_table;
    const Columns& m_columns;
    HaplotypeCounts& m_counts;
    TextIndex m_people;
    std::vector<uint32_t> m_personOf; ///< of a matrix, each of its columns of people
};

Result<HaplotypeCounts> HaplotypeCounts::read(const fs::path& file,
                                              const std::unordered_map<std::string, std::string>& wanted,
                                              const RunContext& context) {
    DS_ASSIGN(TableReader table, TableReader::open(file));
    DS_ASSIGN(const Columns columns, openTable(table, file));
    HaplotypeCounts result;
    result.m_format = columns.format;
    Rows rows(table, columns, result);
    DS_TRY(rows.takePeople(file));
    for (bool more = true; more; ++result.m_rowsRead) {
        if (result.m_rowsRead % 4096 == 0) {
            DS_TRY(context.checkpoint());
            context.report("Reading haplotype counts", result.m_rowsRead, 0);
        }
        std::string gene = splitGeneId(table.text(columns.gene)).id;
        const auto known = wanted.find(gene);
        if (known != wanted.end())
            gene = known->second;
        if (wanted.empty() || known != wanted.end())
            DS_TRY(rows.take(result.m_genes[gene]));
        DS_ASSIGN(more, table.next());
    }
    for (auto& [gene, counts] : result.m_genes) {
        std::sort(counts.begin(), counts.end(),
                  [](const Count& x, const Count& y) { return x.person < y.person; });
        const auto twice =
            std::adjacent_find(counts.begin(), counts.end(),
                               [](const Count& x, const Count& y) { return x.person == y.person; });
        if (twice != counts.end())
            return toldTwice(gene, result.m_people[twice->person], file);
        counts.shrink_to_fit();
    }
    return result;
}

const std::vector<HaplotypeCounts::Count>& HaplotypeCounts::find(const std::string& geneId) const {
    static const std::vector<Count> none;
    const auto found = m_genes.find(geneId);
    return found == m_genes.end() ? none : found->second;
}

Result<void> checkHaplotypeCounts(const fs::path& file) {
    DS_ASSIGN(TableReader table, TableReader::open(file));
    const Result<Columns> columns = openTable(table, file);
    return columns ? Result<void>() : fail(columns.error());
}

} // namespace diploscope
