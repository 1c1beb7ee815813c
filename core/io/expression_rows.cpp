// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/expression_rows.h"

#include "base/file_digest.h"
#include "io/bgzf_blocks.h"
#include "io/expression_table.h"
#include "io/htslib_files.h"
#include "io/kept_file.h"

#include <mutex>
#include <optional>
#include <utility>

namespace diploscope {

namespace fs = std::filesystem;

/// What is read line by line.
struct ExpressionRows::Lines {
    fs::path file;
    RowShape shape;
    ExpressionTransform transform;
    std::vector<int64_t> columns;  ///< of the people chosen
    std::vector<LinePlace> places; ///< of the genes
    std::mutex mutex;
    BlockText text;    ///< under the mutex
    RankScores scores; ///< under the mutex
};

namespace {

constexpr std::string_view LinesHead = "Diploscope " DIPLOSCOPE_VERSION ", expression 2\n";

/// What was kept is of a table's content, of whom it was read for and how.
Digest keyOf(const Digest& source, const ExpressionRequest& request, const std::vector<int64_t>& columns) {
    KeptWriter key;
    for (const uint8_t byte : source)
        key.put(byte);
    key.put(static_cast<int32_t>(request.transform));
    for (const int64_t column : columns)
        key.put(column);
    for (const std::string& person : request.knownPeople)
        key.put(std::string_view(person));
    return digestOf(key.bytes());
}

} // namespace

Result<ExpressionRows> ExpressionRows::held(const fs::path& file, const ExpressionRequest& request) {
    ExpressionRows rows;
    DS_ASSIGN(rows.m_table, readExpression(file, request.knownPeople));
    const std::vector<std::string> people = rows.m_table.people;
    rows.m_missing = rows.m_table.values.array().isNaN().count();
    keepPeople(rows.m_table, request.choose(people));
    rows.m_transformed = transformExpression(rows.m_table, request.transform);
    for (Eigen::Index gene = 0; gene < rows.m_table.values.rows(); ++gene)
        rows.m_measured.push_back(measuredIn(rows.m_table.values.row(gene)));
    rows.m_table.people = people;
    return rows;
}

void ExpressionRows::take(ExpressionScan scan) {
    if (scan.fault) {
        const auto column = static_cast<size_t>(m_lines->columns[static_cast<size_t>(scan.fault->person)]);
        m_transformed = fail(untransformable(
            scan.fault->value, scan.genes[static_cast<size_t>(scan.fault->gene)], m_table.people[column]));
    }
    m_table.genes = std::move(scan.genes);
    m_table.positions = std::move(scan.positions);
    m_table.strands = std::move(scan.strands);
    m_missing = scan.missing;
    m_measured = std::move(scan.measured);
    m_lines->places = std::move(scan.places);
}

Result<ExpressionRows> ExpressionRows::open(const fs::path& file, const ExpressionRequest& request,
                                            const fs::path& folder, const RunContext& context,
                                            int64_t largeBytes) {
    const Result<FileState> state = FileState::of(file);
    if (!state || state->size < largeBytes)
        return held(file, request);
    const Result<Compression> compression = checkDataFile(file);
    if (!compression || *compression == Compression::Gzip)
        return held(file, request); // which says what is wrong, as below
    const auto digest = [&] { return rememberedDigestOfFile(file, folder / "digests", context); };
    const Result<Digest> source = digest();
    if (!source &&
        (source.error().kind == ErrorKind::Cancelled || source.error().kind == ErrorKind::Mismatch))
        return fail(source.error());
    Result<BlockText> text = BlockText::openWithoutIndex(file, *compression == Compression::Bgzip);
    if (!source || !text)
        return held(file, request);
    DS_ASSIGN(TextReader reader, TextReader::open(file));
    DS_ASSIGN(ExpressionTable table,
              ExpressionTable::open(std::move(reader), file,
                                    NameSet(request.knownPeople.begin(), request.knownPeople.end())));
    if (table.seemsTurned())
        return held(file, request);

    ExpressionRows rows;
    rows.m_table.people = table.names();
    rows.m_table.layout = table.layout(false);
    std::vector<int64_t> columns = request.choose(table.names());
    const KeptKind kind{folder / "expression", ".lines", LinesHead, MostKeptExpressionTables};
    const Digest key = keyOf(*source, request, columns);
    std::optional<ExpressionScan> scan;
    if (const std::optional<std::string> kept = takeKept(kind, key))
        scan = scanIn(*kept);
    const bool isNew = !scan.has_value();
    if (isNew) {
        DS_ASSIGN(scan, scanLines(table, columns, request.transform, context));
        if (table.isTurned(scan->genes))
            return held(file, request);
        DS_TRY(table.checkNames(scan->genes, rows.m_table.people));
    }
    // Head and lines of other bytes than the digest is of would be another table's.
    if (const Result<Digest> after = digest(); !after || *after != *source)
        return held(file, request);
    if (isNew && !scan->fault)
        putKept(kind, key, bytesOf(*scan));
    rows.m_lines.reset(new Lines{
        file, table.rowShape(), request.transform, std::move(columns), {}, {}, std::move(*text), {}});
    rows.take(std::move(*scan));
    return rows;
}

Result<Eigen::VectorXd> ExpressionRows::row(int64_t gene) const {
    if (!m_lines)
        return Eigen::VectorXd(m_table.values.row(gene).transpose());
    Lines& lines = *m_lines;
    const LinePlace& place = lines.places[static_cast<size_t>(gene)];
    const std::lock_guard lock(lines.mutex);
    const Result<std::string> bytes = lines.text.read(place.offset, place.length);
    std::vector<double> all;
    if (!bytes || bytes->size() != place.length || lineSum(*bytes) != place.sum ||
        !parseRow(*bytes, lines.shape, all))
        return fail(ErrorKind::Mismatch, "A file of the study was written to after the study was opened.",
                    lines.file.string(), "Open the study again, when its files are complete.");
    const Eigen::Map<const Eigen::VectorXd> row(all.data(), Eigen::Index(all.size()));
    Eigen::VectorXd values = row(lines.columns);
    (void)transformRow(values, lines.transform, lines.scores); // each value was, when all lines were read
    return values;
}

} // namespace diploscope
