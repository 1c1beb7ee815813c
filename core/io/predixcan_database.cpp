// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/predixcan_database.h"

#include "base/atomic_file.h"
#include "base/suggestion.h"
#include "io/text_reader.h"
#include "io/untrusted_database.h"
#include "io/variant_name.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <fmt/format.h>
#include <sqlite3.h>

#include <algorithm>
#include <cmath>
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

/// None where there is no such table, or something else goes under its name.
std::set<std::string> columnsOf(UntrustedDatabase& database, const std::string& table) {
    if (!database.hasTable(table))
        return {};
    SQLite::Statement info(*database, fmt::format("PRAGMA table_info(\"{}\")", table));
    std::set<std::string> columns;
    while (info.executeStep())
        columns.insert(info.getColumn(1).getString());
    return columns;
}

Result<void> requireColumns(const std::set<std::string>& columns, const std::string& table,
                            const std::vector<std::string>& wanted, const fs::path& file) {
    if (columns.empty())
        return fail(ErrorKind::BadInput,
                    fmt::format("The database has no table `{}` (a view is none), so it is none of "
                                "PrediXcan's.",
                                table),
                    file.string(), Remedy);
    for (const std::string& name : wanted)
        if (!columns.contains(name))
            return fail(ErrorKind::BadInput,
                        fmt::format("The table `{}` has no column `{}`; it has {}.", table, name,
                                    listed({columns.begin(), columns.end()}, 8)),
                        file.string(), Remedy);
    return {};
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

Result<PredixcanWeight> weightOf(SQLite::Statement& row, bool hasVarId, const fs::path& file) {
    PredixcanWeight weight;
    weight.rsid = row.getColumn(0).getString();
    const std::string where =
        fmt::format("{}, weight of {} for {}", file.string(), weight.rsid, row.getColumn(1).getString());
    const auto value = numberOf(row.getColumn(2));
    if (!value || !std::isfinite(*value))
        return fail(ErrorKind::BadInput,
                    fmt::format("The weight `{}` is no number.", row.getColumn(2).getString()), where,
                    Remedy);
    weight.weight = *value;
    weight.ref = upperCaseAllele(row.getColumn(3).getString());
    weight.effectAllele = upperCaseAllele(row.getColumn(4).getString());
    if (weight.ref.empty() || weight.effectAllele.empty())
        return fail(ErrorKind::BadInput, "An allele is missing.", where, Remedy);
    const std::string varId = hasVarId ? row.getColumn(5).getString() : std::string();
    if (varId.empty() || varId == "NA")
        return weight;
    const auto name = parseVariantName(varId);
    if (!name)
        return fail(ErrorKind::BadInput, fmt::format("The varID `{}` is not chr_pos_ref_alt_build.", varId),
                    where, Remedy);
    weight.contig = name->contig;
    weight.position = name->position;
    weight.varRef = name->ref;
    weight.varAlt = name->alt;
    return weight;
}

/// Performance and names, where the table says.
void readExtra(UntrustedDatabase& database, PredixcanDatabase& result,
               const std::unordered_map<std::string, size_t>& indexOfGene) {
    const std::set<std::string> columns = columnsOf(database, "extra");
    if (!columns.contains("gene"))
        return;
    const auto column = [&](const char* name) {
        return columns.contains(name) ? fmt::format("\"{}\"", name) : std::string("NULL");
    };
    SQLite::Statement rows(*database, fmt::format("SELECT gene, {}, {}, {}, {} FROM extra",
                                                  column("genename"), column("pred.perf.R2"),
                                                  column("pred.perf.pval"), column("pred.perf.qval")));
    while (rows.executeStep()) {
        const auto found = indexOfGene.find(rows.getColumn(0).getString());
        if (found == indexOfGene.end())
            continue;
        PredixcanGene& gene = result.genes[found->second];
        gene.name = rows.getColumn(1).getString();
        gene.performanceR2 = numberOf(rows.getColumn(2));
        gene.performanceP = numberOf(rows.getColumn(3));
        gene.performanceQ = numberOf(rows.getColumn(4));
    }
}

Result<PredixcanDatabase> readFrom(UntrustedDatabase& database, const fs::path& file) {
    const std::set<std::string> columns = columnsOf(database, "weights");
    DS_TRY(requireColumns(columns, "weights", {"rsid", "gene", "weight", "ref_allele", "eff_allele"}, file));
    const bool hasVarId = columns.contains("varID");
    PredixcanDatabase result;
    result.hasPositions = hasVarId;
    std::unordered_map<std::string, size_t> indexOfGene;
    std::set<std::string> builds;
    SQLite::Statement rows(*database, fmt::format("SELECT rsid, gene, weight, ref_allele, eff_allele{} FROM "
                                                  "weights ORDER BY gene, rowid",
                                                  hasVarId ? ", varID" : ""));
    while (rows.executeStep()) {
        DS_ASSIGN(PredixcanWeight weight, weightOf(rows, hasVarId, file));
        const std::string id = rows.getColumn(1).getString();
        const auto [place, isNew] = indexOfGene.emplace(id, result.genes.size());
        if (isNew)
            result.genes.push_back({id, {}, {}, {}, {}});
        weight.gene = place->second;
        result.hasPositions = result.hasPositions && weight.position >= 0;
        if (weight.position >= 0)
            if (const auto name = parseVariantName(rows.getColumn(5).getString()); !name->build.empty())
                builds.insert(name->build);
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
    readExtra(database, result, indexOfGene);
    if (columnsOf(database, "diploscope").contains("trained_on"))
        result.trainedOn =
            database->execAndGet("SELECT coalesce(max(trained_on), '') FROM diploscope").getString();
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

Result<PredixcanDatabase> readPredixcan(const fs::path& file) {
    std::error_code ignored;
    if (!fs::is_regular_file(file, ignored))
        return fail(ErrorKind::NotFound, "The PrediXcan database does not exist.", file.string(),
                    "Name an SQLite file of PredictDB's format.");
    try {
        UntrustedDatabase database(file);
        return readFrom(database, file);
    } catch (const SQLite::Exception& exception) {
        return fail(databaseError(exception, file));
    }
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
