// SPDX-License-Identifier: GPL-3.0-or-later
#include "results/result_store.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <sqlite3.h>

#include <unordered_map>

namespace diploscope {

namespace fs = std::filesystem;

namespace {

constexpr int BusyTimeoutMs = 20'000;
constexpr int32_t ApplicationId = 0x44697252; // "DirR"

Error storeError(const SQLite::Exception& exception, const fs::path& file) {
    switch (exception.getErrorCode() & 0xff) {
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_FORMAT:
    case SQLITE_ERROR:
        return {ErrorKind::BadInput, fmt::format("The result store is damaged: {}.", exception.what()),
                file.string(), "Delete the file and run `diploscope analyze` or `diploscope import` again."};
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return {ErrorKind::Io, "Another program keeps the result store locked.", file.string(),
                "End that program, or wait for it."};
    default:
        return {ErrorKind::Io, fmt::format("The result store cannot be used: {}.", exception.what()),
                file.string(), "Check that the folder may be written to and the disk has space."};
    }
}

template <class Row>
std::vector<std::string> columnNames(const RowColumns<Row>& columns) {
    std::vector<std::string> names;
    for (const auto& column : columns.texts)
        names.emplace_back(column.name);
    for (const auto& column : columns.numbers)
        names.emplace_back(column.name);
    return names;
}

template <class Row>
std::string columnSql(const RowColumns<Row>& columns) {
    std::string sql;
    for (const auto& column : columns.texts)
        sql += fmt::format("\"{}\" TEXT NOT NULL, ", column.name);
    for (const auto& column : columns.numbers)
        sql += fmt::format("\"{}\" REAL, ", column.name);
    return sql;
}

/// "INSERT INTO table (first, second, gene_id, ...) VALUES (?, ?, ...)"
template <class Row>
std::string insertSql(const std::string& table, const RowColumns<Row>& columns) {
    const std::vector<std::string> names = columnNames(columns);
    std::string marks;
    for (size_t i = 0; i < names.size(); ++i)
        marks += ", ?";
    return fmt::format("INSERT INTO {} VALUES (?, ?{})", table, marks);
}

template <class Row>
void bindRow(SQLite::Statement& statement, int at, const RowColumns<Row>& columns, const Row& row) {
    for (const auto& column : columns.texts)
        statement.bind(at++, row.*column.member);
    for (const auto& column : columns.numbers) {
        if (const auto& value = row.*column.member)
            statement.bind(at++, *value);
        else
            statement.bind(at++);
    }
}

template <class Row>
Row readRow(SQLite::Statement& statement, int at, const RowColumns<Row>& columns) {
    Row row;
    for (const auto& column : columns.texts)
        row.*column.member = statement.getColumn(at++).getString();
    for (const auto& column : columns.numbers) {
        const SQLite::Column value = statement.getColumn(at++);
        if (!value.isNull())
            row.*column.member = value.getDouble();
    }
    return row;
}

void makeSchema(SQLite::Database& database) {
    database.exec("DROP TABLE IF EXISTS driver; DROP TABLE IF EXISTS gene; DROP TABLE IF EXISTS run;");
    database.exec(
        "CREATE TABLE run (id INTEGER PRIMARY KEY AUTOINCREMENT, study TEXT NOT NULL, model_checksum "
        "TEXT NOT NULL, options TEXT NOT NULL, model TEXT NOT NULL, provenance TEXT NOT NULL, begun "
        "INTEGER NOT NULL, UNIQUE (study, model_checksum, options)) STRICT");
    database.exec(fmt::format("CREATE TABLE gene (id INTEGER PRIMARY KEY AUTOINCREMENT, run INTEGER NOT NULL "
                              "REFERENCES run (id) ON DELETE CASCADE, {} UNIQUE (run, gene_id)) STRICT",
                              columnSql(geneColumns())));
    database.exec(fmt::format("CREATE TABLE driver (gene INTEGER NOT NULL REFERENCES gene (id) ON DELETE "
                              "CASCADE, item INTEGER NOT NULL, {} PRIMARY KEY (gene, item)) STRICT, WITHOUT "
                              "ROWID",
                              columnSql(driverColumns())));
    database.exec(fmt::format("PRAGMA application_id = {}; PRAGMA user_version = {}", ApplicationId,
                              ResultStore::SchemaVersion));
}

/// \param write  whether tables may be made, or made anew.
Result<void> checkSchema(SQLite::Database& database, const fs::path& file, bool write) {
    const bool empty = database.execAndGet("SELECT count(*) FROM sqlite_master").getInt() == 0;
    const int version = database.execAndGet("PRAGMA user_version").getInt();
    if (!empty && database.execAndGet("PRAGMA application_id").getInt() != ApplicationId)
        return fail(ErrorKind::Mismatch, "This is a database of another program, not a result store.",
                    file.string(), "Move it away, or give the study another name.");
    if (version > ResultStore::SchemaVersion)
        return fail(
            ErrorKind::Mismatch,
            fmt::format("The results were stored by a newer version of the program (schema {}, known: {}).",
                        version, ResultStore::SchemaVersion),
            file.string(), "Use that version, or move the file away.");
    if (!empty && version == ResultStore::SchemaVersion)
        return {};
    if (!write)
        return fail(
            ErrorKind::Mismatch,
            fmt::format("The results were stored by an older version of the program (schema {}, known: {}).",
                        version, ResultStore::SchemaVersion),
            file.string(), "Run `diploscope analyze` or `diploscope import` again.");
    SQLite::Transaction transaction(database, SQLite::TransactionBehavior::IMMEDIATE);
    makeSchema(database);
    transaction.commit();
    return {};
}

std::string provenanceJson(const ResultRun& run) {
    nlohmann::json lines = nlohmann::json::array();
    for (const auto& [key, value] : run.provenance)
        lines.push_back({key, value});
    return lines.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::vector<std::pair<std::string, std::string>> provenanceOfJson(const std::string& text) {
    std::vector<std::pair<std::string, std::string>> provenance;
    const nlohmann::json lines = nlohmann::json::parse(text, nullptr, false);
    if (lines.is_array())
        for (const auto& line : lines)
            if (line.is_array() && line.size() == 2 && line[0].is_string() && line[1].is_string())
                provenance.emplace_back(line[0].get<std::string>(), line[1].get<std::string>());
    return provenance;
}

} // namespace

struct ResultStore::Impl {
    Impl(fs::path path, int flags) : file(std::move(path)), database(file.string(), flags, BusyTimeoutMs) {}

    /// SQLite's exceptions become errors here and nowhere else.
    template <class Work>
    std::invoke_result_t<Work> with(Work&& work) {
        try {
            return work();
        } catch (const SQLite::Exception& exception) {
            return fail(storeError(exception, file));
        }
    }

    void storeGene(int64_t run, const GeneRow& gene) {
        SQLite::Statement remove(database, "DELETE FROM gene WHERE run = ? AND gene_id = ?");
        remove.bind(1, run);
        remove.bind(2, gene.geneId);
        remove.exec();
        SQLite::Statement add(database, insertSql("gene", geneColumns()));
        add.bind(1); // the next id
        add.bind(2, run);
        bindRow(add, 3, geneColumns(), gene);
        add.exec();
        const int64_t id = database.getLastInsertRowid();
        SQLite::Statement addDriver(database, insertSql("driver", driverColumns()));
        for (size_t i = 0; i < gene.drivers.size(); ++i) {
            addDriver.reset();
            addDriver.bind(1, id);
            addDriver.bind(2, static_cast<int64_t>(i));
            bindRow(addDriver, 3, driverColumns(), gene.drivers[i]);
            addDriver.exec();
        }
    }

    fs::path file;
    SQLite::Database database;
};

ResultStore::ResultStore(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}
ResultStore::ResultStore(ResultStore&&) noexcept = default;
ResultStore& ResultStore::operator=(ResultStore&&) noexcept = default;
ResultStore::~ResultStore() = default;

fs::path ResultStore::fileOf(const fs::path& studyFile) {
    std::string name = studyFile.filename().string();
    for (const std::string_view ending : {".json", ".study"})
        if (name.ends_with(ending))
            name.erase(name.size() - ending.size());
    return studyFile.parent_path() / (name + ".results.sqlite");
}

Result<ResultStore> ResultStore::open(const fs::path& file) {
    std::error_code ignored;
    fs::create_directories(file.parent_path(), ignored); // SQLite says what is wrong where that fails
    try {
        auto impl = std::make_unique<Impl>(file, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
        DS_TRY(checkSchema(impl->database, file, true));
        impl->database.exec("PRAGMA foreign_keys = ON; PRAGMA synchronous = NORMAL");
        return ResultStore(std::move(impl));
    } catch (const SQLite::Exception& exception) {
        return fail(storeError(exception, file));
    }
}

Result<ResultStore> ResultStore::openExisting(const fs::path& file) {
    std::error_code ignored;
    if (!fs::exists(file, ignored))
        return fail(ErrorKind::NotFound, "There are no results yet.", file.string(),
                    "Make them with `diploscope analyze STUDY --genes all --out DIR`.");
    try {
        auto impl = std::make_unique<Impl>(file, SQLite::OPEN_READONLY);
        DS_TRY(checkSchema(impl->database, file, false));
        return ResultStore(std::move(impl));
    } catch (const SQLite::Exception& exception) {
        return fail(storeError(exception, file));
    }
}

Result<int64_t> ResultStore::beginRun(const ResultRun& run) {
    return m_impl->with([&]() -> Result<int64_t> {
        SQLite::Database& database = m_impl->database;
        SQLite::Transaction transaction(database, SQLite::TransactionBehavior::IMMEDIATE);
        SQLite::Statement stale(database,
                                "DELETE FROM run WHERE study <> ? AND model_checksum = ? AND options = ?");
        stale.bind(1, run.studyDigest);
        stale.bind(2, run.modelChecksum);
        stale.bind(3, run.options);
        stale.exec();
        SQLite::Statement add(
            database,
            "INSERT INTO run (study, model_checksum, options, model, provenance, begun) VALUES (?1, ?2, "
            "?3, ?4, ?5, (SELECT coalesce(max(begun), 0) + 1 FROM run)) ON CONFLICT (study, "
            "model_checksum, options) DO UPDATE SET model = ?4, provenance = ?5, begun = (SELECT "
            "max(begun) + 1 FROM run)");
        add.bind(1, run.studyDigest);
        add.bind(2, run.modelChecksum);
        add.bind(3, run.options);
        add.bind(4, run.model);
        add.bind(5, provenanceJson(run));
        add.exec();
        SQLite::Statement find(database,
                               "SELECT id FROM run WHERE study = ? AND model_checksum = ? AND options = ?");
        find.bind(1, run.studyDigest);
        find.bind(2, run.modelChecksum);
        find.bind(3, run.options);
        find.executeStep();
        const int64_t id = find.getColumn(0).getInt64();
        find.reset();
        transaction.commit();
        return id;
    });
}

Result<void> ResultStore::store(int64_t run, const GeneRow& gene) {
    return store(run, std::span(&gene, 1));
}

Result<void> ResultStore::store(int64_t run, std::span<const GeneRow> genes) {
    return m_impl->with([&]() -> Result<void> {
        SQLite::Transaction transaction(m_impl->database, SQLite::TransactionBehavior::IMMEDIATE);
        for (const GeneRow& gene : genes)
            m_impl->storeGene(run, gene);
        transaction.commit();
        return {};
    });
}

Result<void> ResultStore::addPredixcanR(int64_t run, const std::map<std::string, double>& r) {
    return m_impl->with([&]() -> Result<void> {
        SQLite::Transaction transaction(m_impl->database, SQLite::TransactionBehavior::IMMEDIATE);
        SQLite::Statement add(m_impl->database, "UPDATE gene SET predixcan_r = ? WHERE run = ? AND gene_id "
                                                "= ? AND predixcan_r IS NULL AND failure = ''");
        for (const auto& [gene, value] : r) {
            add.reset();
            add.bind(1, value);
            add.bind(2, run);
            add.bind(3, gene);
            add.exec();
        }
        transaction.commit();
        return {};
    });
}

Result<std::set<std::string>> ResultStore::finishedGenes(int64_t run) {
    return m_impl->with([&]() -> Result<std::set<std::string>> {
        SQLite::Statement find(m_impl->database, "SELECT gene_id FROM gene WHERE run = ? AND failure = ''");
        find.bind(1, run);
        std::set<std::string> ids;
        while (find.executeStep())
            ids.insert(find.getColumn(0).getString());
        return ids;
    });
}

Result<std::vector<ResultRun>> ResultStore::runs() {
    return m_impl->with([&]() -> Result<std::vector<ResultRun>> {
        SQLite::Statement find(
            m_impl->database,
            "SELECT id, study, model_checksum, options, model, provenance, (SELECT count(*) "
            "FROM gene WHERE run = run.id AND failure = ''), (SELECT count(*) FROM gene "
            "WHERE run = run.id AND failure <> '') FROM run ORDER BY begun");
        std::vector<ResultRun> runs;
        while (find.executeStep()) {
            ResultRun run;
            run.id = find.getColumn(0).getInt64();
            run.studyDigest = find.getColumn(1).getString();
            run.modelChecksum = find.getColumn(2).getString();
            run.options = find.getColumn(3).getString();
            run.model = find.getColumn(4).getString();
            run.provenance = provenanceOfJson(find.getColumn(5).getString());
            run.genes = find.getColumn(6).getInt64();
            run.failed = find.getColumn(7).getInt64();
            runs.push_back(std::move(run));
        }
        return runs;
    });
}

Result<std::vector<GeneRow>> ResultStore::genes(int64_t run) {
    return m_impl->with([&]() -> Result<std::vector<GeneRow>> {
        SQLite::Statement find(m_impl->database, "SELECT * FROM gene WHERE run = ? ORDER BY id");
        find.bind(1, run);
        std::vector<GeneRow> genes;
        std::unordered_map<int64_t, size_t> indexOfId;
        while (find.executeStep()) {
            indexOfId.emplace(find.getColumn(0).getInt64(), genes.size());
            genes.push_back(readRow(find, 2, geneColumns()));
        }
        SQLite::Statement drivers(m_impl->database, "SELECT driver.* FROM driver JOIN gene ON gene.id = "
                                                    "driver.gene WHERE gene.run = ? ORDER BY gene, item");
        drivers.bind(1, run);
        while (drivers.executeStep())
            genes[indexOfId.at(drivers.getColumn(0).getInt64())].drivers.push_back(
                readRow(drivers, 2, driverColumns()));
        return genes;
    });
}

} // namespace diploscope
