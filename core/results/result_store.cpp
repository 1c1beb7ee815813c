// SPDX-License-Identifier: GPL-3.0-or-later
#include "results/result_store.h"

#include "base/database_budget.h"
#include "base/json_text.h"
#include "results/recovered_copy.h"
#include "results/result_schema.h"
#include "results/row_table.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <fmt/format.h>
#include <sqlite3.h>

#include <algorithm>
#include <limits>
#include <unordered_map>
#include <utility>

namespace diploscope {

namespace fs = std::filesystem;

namespace {

constexpr int BusyTimeoutMs = 20'000;

std::string provenanceJson(const ResultRun& run) {
    nlohmann::json lines = nlohmann::json::array();
    for (const auto& [key, value] : run.provenance)
        lines.push_back({key, value});
    return jsonText(lines);
}

std::vector<std::pair<std::string, std::string>> provenanceOfJson(const std::string& text) {
    std::vector<std::pair<std::string, std::string>> provenance;
    const Result<nlohmann::json> lines = parseJson(text, "provenance");
    if (lines && lines->is_array())
        for (const auto& line : *lines)
            if (line.is_array() && line.size() == 2 && line[0].is_string() && line[1].is_string())
                provenance.emplace_back(line[0].get<std::string>(), line[1].get<std::string>());
    return provenance;
}

/// Earlier versions kept the published tables' fraction where the loss of own drivers stands.
void nameLossFraction(GeneRow& gene) {
    for (DriverRow& driver : gene.drivers)
        if (!driver.lossFractionWithout)
            driver.lossFractionWithout = std::exchange(driver.lossWithout, std::nullopt);
}

} // namespace

struct ResultStore::Impl {
    Impl(fs::path path, const fs::path& opened, int flags)
        : file(std::move(path)), database(opened.string(), flags, BusyTimeoutMs) {
        distrustSchema(database); // it came with the study, which may be another person's
        budget.renew(database);
        budget.watch(database);
    }

    /// SQLite's exceptions become errors here and nowhere else.
    template <class Work>
    std::invoke_result_t<Work> with(Work&& work) {
        try {
            budget.renew(database);
            return work();
        } catch (const SQLite::Exception& exception) {
            return fail(storeError(exception, file));
        }
    }

    void look() {
        version = storedSchema(database);
        genes.look(database);
        drivers.look(database);
    }

    void makeOrUpdate() {
        look();
        if (version == SchemaVersion && genes.missing().empty() && drivers.missing().empty())
            return;
        SQLite::Transaction transaction(database, SQLite::TransactionBehavior::IMMEDIATE);
        makeOrUpdateTables(database);
        genes.addMissing(database);
        drivers.addMissing(database);
        transaction.commit();
        look();
    }

    /// Many genes with statements that are taken apart once, which takes longer than to run them.
    void storeGenes(int64_t run, std::span<const GeneRow> rows) {
        SQLite::Statement remove(database, "DELETE FROM gene WHERE run = ? AND gene_id = ?");
        SQLite::Statement add(database, genes.insert());
        SQLite::Statement addDriver(database, drivers.insert());
        for (const GeneRow& gene : rows) {
            remove.bind(1, run);
            remove.bind(2, gene.geneId);
            remove.exec();
            remove.reset();
            add.bind(1); // the next id
            add.bind(2, run);
            genes.bind(add, gene);
            add.exec();
            add.reset();
            const int64_t id = database.getLastInsertRowid();
            for (size_t i = 0; i < gene.drivers.size(); ++i) {
                addDriver.bind(1, id);
                addDriver.bind(2, static_cast<int64_t>(i));
                drivers.bind(addDriver, gene.drivers[i]);
                addDriver.exec();
                addDriver.reset();
            }
        }
    }

    [[nodiscard]] bool isPublished(int64_t run) const {
        SQLite::Statement find(database, "SELECT study FROM run WHERE id = ?");
        find.bind(1, run);
        return find.executeStep() && find.getColumn(0).getString() == PublishedStudy;
    }

    fs::path file;
    std::unique_ptr<RecoveredCopy> copy; ///< outlives the connection to it
    DatabaseBudget budget;
    SQLite::Database database;
    int version = 0; ///< of the file's schema
    RowTable<GeneRow> genes{"gene", "id", "run", geneColumns()};
    RowTable<DriverRow> drivers{"driver", "gene", "item", driverColumns()};
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
        auto impl = std::make_unique<Impl>(file, file, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
        DS_TRY(checkStoreSchema(impl->database, file));
        impl->makeOrUpdate();
        impl->database.exec("PRAGMA foreign_keys = ON; PRAGMA synchronous = NORMAL");
        return ResultStore(std::move(impl));
    } catch (const SQLite::Exception& exception) {
        return fail(storeError(exception, file));
    }
}

Result<ResultStore> ResultStore::openExisting(const fs::path& file) {
    std::error_code ignored;
    const auto noResults = [&] {
        return Error{ErrorKind::NotFound, "There are no results yet.", file.string(),
                     "Make them with `diploscope analyze STUDY --genes all --out DIR`."};
    };
    if (!fs::exists(file, ignored))
        return fail(noResults());
    const auto openAs = [&](const fs::path& opened, int flags) -> Result<ResultStore> {
        auto impl = std::make_unique<Impl>(file, opened, flags);
        DS_TRY(checkStoreSchema(impl->database, file));
        if (hasNoTables(impl->database)) // whoever was to make it was killed
            return fail(noResults());
        impl->look();
        return ResultStore(std::move(impl));
    };
    try {
        // Not read-only: who only reads cannot take back what a killed program left in the journal.
        return openAs(file, SQLite::OPEN_READWRITE);
    } catch (const SQLite::Exception& exception) {
        const int code = exception.getErrorCode() & 0xff;
        if (code != SQLITE_READONLY && code != SQLITE_CANTOPEN && code != SQLITE_IOERR && code != SQLITE_PERM)
            return fail(storeError(exception, file));
    }
    try {
        if (!RecoveredCopy::isNeeded(file))
            return openAs(file, SQLite::OPEN_READONLY);
        std::unique_ptr<RecoveredCopy> copy = RecoveredCopy::of(file);
        if (!copy)
            return fail(ErrorKind::Io,
                        "A killed program left the result store half written; its folder may not be written "
                        "to, and no copy can be made.",
                        file.string(), "Copy the file and its -journal to a folder that you may write to.");
        const fs::path opened = copy->file();
        DS_ASSIGN(ResultStore store, openAs(opened, SQLite::OPEN_READWRITE));
        store.m_impl->copy = std::move(copy);
        return store;
    } catch (const SQLite::Exception& exception) {
        return fail(storeError(exception, file));
    }
}

Result<int64_t> ResultStore::beginRun(const ResultRun& run) {
    return m_impl->with([&]() -> Result<int64_t> {
        SQLite::Database& database = m_impl->database;
        SQLite::Transaction transaction(database, SQLite::TransactionBehavior::IMMEDIATE);
        SQLite::Statement add(
            database,
            "INSERT INTO run (study, model_checksum, options, model, provenance, begun, key_version, "
            "stored_at) VALUES (?1, ?2, ?3, ?4, ?5, (SELECT coalesce(max(begun), 0) + 1 FROM run), ?6, "
            "unixepoch()) ON CONFLICT (study, model_checksum, options) DO UPDATE SET model = ?4, provenance "
            "= ?5, begun = (SELECT max(begun) + 1 FROM run), stored_at = unixepoch()");
        add.bind(1, run.study);
        add.bind(2, run.modelChecksum);
        add.bind(3, run.options);
        add.bind(4, run.model);
        add.bind(5, provenanceJson(run));
        add.bind(6, RunKeyVersion);
        add.exec();
        SQLite::Statement find(database,
                               "SELECT id FROM run WHERE study = ? AND model_checksum = ? AND options = ?");
        find.bind(1, run.study);
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
        m_impl->storeGenes(run, genes);
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

Result<void> ResultStore::copyTo(const fs::path& file) {
    return m_impl->with([&]() -> Result<void> {
        SQLite::Statement copy(m_impl->database, "VACUUM INTO ?");
        copy.bind(1, file.string());
        copy.exec();
        return {};
    });
}

Result<std::vector<ResultRun>> ResultStore::runs() {
    return m_impl->with([&]() -> Result<std::vector<ResultRun>> {
        SQLite::Statement find(
            m_impl->database,
            fmt::format("SELECT id, study, model_checksum, options, model, provenance, (SELECT count(*) "
                        "FROM gene WHERE run = run.id AND failure = ''), (SELECT count(*) FROM gene "
                        "WHERE run = run.id AND failure <> ''), {} FROM run ORDER BY begun",
                        m_impl->version < 2 ? "1, NULL" : "key_version, stored_at"));
        std::vector<ResultRun> runs;
        while (find.executeStep()) {
            ResultRun run;
            run.id = find.getColumn(0).getInt64();
            run.study = find.getColumn(1).getString();
            run.modelChecksum = find.getColumn(2).getString();
            run.options = find.getColumn(3).getString();
            run.model = find.getColumn(4).getString();
            run.provenance = provenanceOfJson(find.getColumn(5).getString());
            run.genes = find.getColumn(6).getInt64();
            run.failed = find.getColumn(7).getInt64();
            run.identityKnown = find.getColumn(8).getInt() >= RunKeyVersion || run.study == PublishedStudy;
            run.storedAt = find.getColumn(9).getInt64();
            runs.push_back(std::move(run));
        }
        return runs;
    });
}

Result<std::vector<GeneRow>> ResultStore::genes(int64_t run) {
    return m_impl->with([&]() -> Result<std::vector<GeneRow>> {
        // Genes and drivers of one moment: another program may store in between.
        const SQLite::Transaction snapshot(m_impl->database);
        SQLite::Statement find(m_impl->database, m_impl->genes.select() + " WHERE gene.run = ? ORDER BY 1");
        find.bind(1, run);
        std::vector<GeneRow> genes;
        std::unordered_map<int64_t, size_t> indexOfId;
        while (find.executeStep()) {
            if (!indexOfId.emplace(find.getColumn(0).getInt64(), genes.size()).second)
                return fail(storeDamaged("a gene's row stands in it twice", m_impl->file));
            genes.push_back(m_impl->genes.read(find));
        }
        SQLite::Statement drivers(m_impl->database,
                                  m_impl->drivers.select() +
                                      " JOIN gene ON gene.id = driver.gene WHERE gene.run = ? ORDER BY 1, 2");
        drivers.bind(1, run);
        std::pair<int64_t, int64_t> last{std::numeric_limits<int64_t>::min(), 0};
        while (drivers.executeStep()) {
            const std::pair place{drivers.getColumn(0).getInt64(), drivers.getColumn(1).getInt64()};
            if (std::exchange(last, place) == place)
                return fail(storeDamaged("a driver's row stands in it twice", m_impl->file));
            if (const auto gene = indexOfId.find(place.first); gene != indexOfId.end())
                genes[gene->second].drivers.push_back(m_impl->drivers.read(drivers));
        }
        if (m_impl->isPublished(run))
            std::for_each(genes.begin(), genes.end(), nameLossFraction);
        return genes;
    });
}

} // namespace diploscope
