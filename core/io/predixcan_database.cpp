// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/predixcan_database.h"

#include "base/atomic_file.h"
#include "base/input_file.h"
#include "base/suggestion.h"
#include "base/utf8.h"
#include "genome/variant_name.h"
#include "io/text_reader.h"
#include "io/untrusted_database.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <fmt/format.h>
#include <sqlite3.h>

#include <algorithm>
#include <cmath>
#include <initializer_list>
#include <limits>
#include <map>
#include <set>
#include <unordered_map>

namespace diploscope {

namespace fs = std::filesystem;

namespace {

constexpr const char* Remedy =
    "Get the database anew from PredictDB, or make one with `diploscope predixcan train`.";

Error databaseError(const SQLite::Exception& exception, const fs::path& file) {
    const int code = exception.getErrorCode() & 0xff;
    const bool io = code == SQLITE_CANTOPEN || code == SQLITE_IOERR || code == SQLITE_PERM ||
                    code == SQLITE_FULL || code == SQLITE_READONLY;
    if (code == SQLITE_INTERRUPT)
        return {ErrorKind::BadInput, "The PrediXcan database takes longer to read than any of its size does.",
                file.string(), Remedy};
    return {io ? ErrorKind::Io : ErrorKind::BadInput,
            fmt::format("The PrediXcan database cannot be {}: {}.", io ? "used" : "read", exception.what()),
            file.string(), io ? "Check that the file may be read, and its folder written to." : Remedy};
}

/// The columns of a table: as SQL wants them, by their names in lower case and with underscores for dots,
/// since releases of PredictDB write `pred.perf.R2` and `pred_perf_R2`.
using ColumnNames = std::map<std::string, std::string>;

/// None where there is no such table, or something else goes under its name.
ColumnNames columnsOf(UntrustedDatabase& database, const std::string& table) {
    if (!database.hasTable(table))
        return {};
    SQLite::Statement info(*database, fmt::format("PRAGMA table_info(\"{}\")", table));
    ColumnNames columns;
    while (info.executeStep()) {
        const std::string name = info.getColumn(1).getString();
        std::string plain, quoted = "\"";
        for (const char letter : name) {
            plain += letter == '.' ? '_' : letter >= 'A' && letter <= 'Z' ? char(letter - 'A' + 'a') : letter;
            quoted += letter == '"' ? "\"\"" : std::string(1, letter);
        }
        columns.emplace(std::move(plain), quoted + '"');
    }
    return columns;
}

/// The first of these columns that there is, as SQL; `NULL` for none.
std::string firstOf(const ColumnNames& columns, std::initializer_list<const char*> names) {
    for (const char* name : names)
        if (const auto found = columns.find(name); found != columns.end())
            return found->second;
    return "NULL";
}

Result<void> requireColumns(const ColumnNames& columns, const std::string& table,
                            const std::vector<std::string>& wanted, const fs::path& file) {
    if (columns.empty())
        return fail(ErrorKind::BadInput,
                    fmt::format("The database has no table `{}` (a view is none), so it is none of "
                                "PrediXcan's.",
                                table),
                    file.string(), Remedy);
    std::vector<std::string> there;
    for (const auto& [plain, name] : columns)
        there.push_back(plain);
    for (const std::string& name : wanted)
        if (!columns.contains(name))
            return fail(
                ErrorKind::BadInput,
                fmt::format("The table `{}` has no column `{}`; it has {}.", table, name, listed(there, 8)),
                file.string(), Remedy);
    return {};
}

/// SQLite does not look at what it is given as text.
std::string textOf(const SQLite::Column& column) {
    return validUtf8(column.getString());
}

std::optional<double> numberOf(const SQLite::Column& column) {
    if (column.isNull())
        return std::nullopt;
    if (column.isFloat() || column.isInteger())
        return column.getDouble();
    double value = 0;
    if (!parseNumber(column.getString(), value) || std::isnan(value))
        return std::nullopt;
    return value;
}

bool isRsid(std::string_view text) {
    return text.size() > 2 && text.starts_with("rs") && text.find_first_not_of("0123456789", 2) == text.npos;
}

/// \param build  set where the variant's name says it
Result<PredixcanWeight> weightOf(SQLite::Statement& row, std::string& build, const fs::path& file) {
    PredixcanWeight weight;
    const std::string id = textOf(row.getColumn(0)), varId = textOf(row.getColumn(5));
    const std::string where =
        fmt::format("{}, weight of {} for {}", file.string(), id, textOf(row.getColumn(1)));
    const auto value = numberOf(row.getColumn(2));
    if (!value || !std::isfinite(*value))
        return fail(ErrorKind::BadInput,
                    fmt::format("The weight `{}` is no number.", textOf(row.getColumn(2))), where, Remedy);
    weight.weight = *value;
    weight.ref = upperCaseAllele(textOf(row.getColumn(3)));
    weight.effectAllele = upperCaseAllele(textOf(row.getColumn(4)));
    if (weight.ref.empty() || weight.effectAllele.empty())
        return fail(ErrorKind::BadInput, "An allele is missing.", where, Remedy);
    weight.rsid = !isRsid(id) && isRsid(varId) ? varId : id;
    auto name = parseVariantName(varId);
    if (!name)
        name = parseVariantName(id);
    const bool named = varId.empty() || varId == "NA" || varId == "." || isRsid(varId) || varId == id;
    if (!name && !named)
        return fail(ErrorKind::BadInput,
                    fmt::format("The varID `{}` is neither chr_pos_ref_alt_build nor an rsid.", varId), where,
                    Remedy);
    if (!name)
        return weight;
    weight.contig = name->contig;
    weight.position = name->position;
    weight.varRef = name->ref;
    weight.varAlt = name->alt;
    build = name->build;
    return weight;
}

/// What `extra` says is a measure, not a weight; but percentages would make of the worst database the best.
Result<void> checkPerformance(const PredixcanGene& gene, const fs::path& file) {
    constexpr double Rounding = 1e-9;
    struct Measure {
        const char* name = nullptr;
        std::optional<double> value;
        double least = 0;
    };
    // An R2 of cross-validation is below 0 where the model was worse than the mean.
    for (const auto& [name, value, least] :
         {Measure{"R2", gene.performanceR2, std::numeric_limits<double>::lowest()},
          Measure{"p", gene.performanceP, 0}, Measure{"q", gene.performanceQ, 0}})
        if (value && !(*value >= least && *value <= 1 + Rounding))
            return fail(
                ErrorKind::BadInput, fmt::format("The {} of the model's performance is {}.", name, *value),
                fmt::format("{}, extra of {}", file.string(), gene.id),
                "R2 is at most 1, and p and q lie in 0..1: check that the columns of `extra` are what their "
                "names say, and leave NULL where there is no value.");
    return {};
}

/// Performance and names, where the table says.
Result<void> readExtra(UntrustedDatabase& database, PredixcanDatabase& result,
                       const std::unordered_map<std::string, size_t>& indexOfGene, const fs::path& file) {
    const ColumnNames columns = columnsOf(database, "extra");
    if (!columns.contains("gene"))
        return {};
    SQLite::Statement rows(
        *database,
        fmt::format("SELECT {}, {}, {}, {}, {} FROM extra", columns.at("gene"),
                    firstOf(columns, {"genename", "gene_name"}),
                    firstOf(columns, {"pred_perf_r2", "rho_avg_squared", "cv_r2_avg", "test_r2_avg"}),
                    firstOf(columns, {"pred_perf_pval"}), firstOf(columns, {"pred_perf_qval"})));
    while (rows.executeStep()) {
        const auto found = indexOfGene.find(textOf(rows.getColumn(0)));
        if (found == indexOfGene.end())
            continue;
        PredixcanGene& gene = result.genes[found->second];
        gene.name = textOf(rows.getColumn(1));
        gene.performanceR2 = numberOf(rows.getColumn(2));
        gene.performanceP = numberOf(rows.getColumn(3));
        gene.performanceQ = numberOf(rows.getColumn(4));
        DS_TRY(checkPerformance(gene, file));
    }
    return {};
}

constexpr int64_t All = -1;

/// \param most  weights to read
Result<PredixcanDatabase> readFrom(UntrustedDatabase& database, const fs::path& file, int64_t most) {
    const ColumnNames columns = columnsOf(database, "weights");
    DS_TRY(requireColumns(columns, "weights", {"rsid", "gene", "weight", "ref_allele", "eff_allele"}, file));
    PredixcanDatabase result;
    result.hasPositions = true;
    std::unordered_map<std::string, size_t> indexOfGene;
    std::set<std::string> builds;
    SQLite::Statement rows(
        *database, fmt::format("SELECT {}, {}, {}, {}, {}, {} FROM weights {} LIMIT {}", columns.at("rsid"),
                               columns.at("gene"), columns.at("weight"), columns.at("ref_allele"),
                               columns.at("eff_allele"), firstOf(columns, {"varid", "var_id"}),
                               most == All ? "ORDER BY " + columns.at("gene") + ", rowid" : "", most));
    int64_t bytes = 0;
    while (rows.executeStep()) {
        bytes += DatabaseBudget::LeastRow;
        for (const int text : {0, 1, 3, 4, 5})
            bytes += rows.getColumn(text).size();
        if (bytes > database.mostBytes())
            return fail(ErrorKind::BadInput,
                        "The PrediXcan database says more weights than a file of its size holds.",
                        file.string(), Remedy);
        std::string build;
        DS_ASSIGN(PredixcanWeight weight, weightOf(rows, build, file));
        const std::string id = textOf(rows.getColumn(1));
        const auto [place, isNew] = indexOfGene.emplace(id, result.genes.size());
        if (isNew)
            result.genes.push_back({id, {}, {}, {}, {}});
        weight.gene = place->second;
        result.hasPositions = result.hasPositions && weight.position >= 0;
        if (!build.empty())
            builds.insert(std::move(build));
        result.weights.push_back(std::move(weight));
    }
    if (result.weights.empty())
        return fail(ErrorKind::BadInput, "The database holds no weight.", file.string(), Remedy);
    if (builds.size() > 1)
        return fail(
            ErrorKind::BadInput,
            fmt::format("The varIDs are of more than one build: {}.", listed({builds.begin(), builds.end()})),
            file.string(), Remedy);
    if (!builds.empty())
        result.build = *builds.begin();
    DS_TRY(readExtra(database, result, indexOfGene, file));
    if (columnsOf(database, "diploscope").contains("trained_on"))
        result.trainedOn = validUtf8(
            database->execAndGet("SELECT coalesce(max(trained_on), '') FROM diploscope").getString());
    return result;
}

void bindOptional(SQLite::Statement& statement, int at, const std::optional<double>& value) {
    if (value)
        statement.bind(at, *value);
    else
        statement.bind(at);
}

void writeTo(SQLite::Database& file, const PredixcanDatabase& database) {
    file.exec(
        "CREATE TABLE weights (rsid TEXT, gene TEXT, weight REAL, ref_allele TEXT, eff_allele TEXT, varID "
        "TEXT); CREATE TABLE extra (gene TEXT, genename TEXT, \"n.snps.in.model\" INTEGER, "
        "\"pred.perf.R2\" REAL, \"pred.perf.pval\" REAL, \"pred.perf.qval\" REAL)");
    SQLite::Transaction transaction(file);
    SQLite::Statement addWeight(file, "INSERT INTO weights VALUES (?, ?, ?, ?, ?, ?)");
    std::vector<int64_t> sizes(database.genes.size(), 0);
    for (const PredixcanWeight& weight : database.weights) {
        ++sizes[weight.gene];
        const std::string varId =
            fmt::format("{}_{}_{}_{}{}{}", weight.contig, weight.position + 1, weight.varRef, weight.varAlt,
                        database.build.empty() ? "" : "_", database.build);
        addWeight.reset();
        addWeight.bind(1, weight.rsid.empty() ? varId : weight.rsid);
        addWeight.bind(2, database.genes[weight.gene].id);
        addWeight.bind(3, weight.weight);
        addWeight.bind(4, weight.ref);
        addWeight.bind(5, weight.effectAllele);
        addWeight.bind(6, varId);
        addWeight.exec();
    }
    SQLite::Statement addGene(file, "INSERT INTO extra VALUES (?, ?, ?, ?, ?, ?)");
    for (size_t g = 0; g < database.genes.size(); ++g) {
        addGene.reset();
        addGene.bind(1, database.genes[g].id);
        addGene.bind(2, database.genes[g].name);
        addGene.bind(3, sizes[g]);
        bindOptional(addGene, 4, database.genes[g].performanceR2);
        bindOptional(addGene, 5, database.genes[g].performanceP);
        bindOptional(addGene, 6, database.genes[g].performanceQ);
        addGene.exec();
    }
    if (!database.trainedOn.empty()) {
        file.exec("CREATE TABLE diploscope (trained_on TEXT)");
        SQLite::Statement add(file, "INSERT INTO diploscope VALUES (?)");
        add.bind(1, database.trainedOn);
        add.exec();
    }
    transaction.commit();
    file.exec(
        "CREATE INDEX weights_gene ON weights (gene); CREATE INDEX weights_rsid ON weights (rsid); CREATE "
        "INDEX extra_gene ON extra (gene)");
}

} // namespace

namespace {
Result<PredixcanDatabase> open(const fs::path& file, int64_t most) {
    DS_TRY(checkRegularFile(file));
    try {
        UntrustedDatabase database(file);
        return readFrom(database, file, most);
    } catch (const SQLite::Exception& exception) {
        return fail(databaseError(exception, file));
    }
}
} // namespace

Result<PredixcanDatabase> readPredixcan(const fs::path& file) {
    return open(file, All);
}

Result<void> checkPredixcan(const fs::path& file) {
    DS_TRY(open(file, 1));
    return {};
}

Result<void> writePredixcan(const PredixcanDatabase& database, const fs::path& file) {
    DS_ASSIGN(AtomicFile target, AtomicFile::create(file));
    try {
        SQLite::Database out(target.temporaryPath().string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
        out.exec("PRAGMA journal_mode = OFF"); // the file is not in place yet
        writeTo(out, database);
    } catch (const SQLite::Exception& exception) {
        return fail(databaseError(exception, file));
    }
    return target.commit();
}

} // namespace diploscope
