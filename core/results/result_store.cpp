// SPDX-License-Identifier: GPL-3.0-or-later
#include "results/result_store_impl.h"

#include <SQLiteCpp/Backup.h>
#include <sqlite3.h>

#include <utility>

namespace diploscope {

namespace fs = std::filesystem;

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
        SQLite::Transaction transaction(m_impl->database, SQLite::TransactionBehavior::IMMEDIATE);
        int64_t id = m_impl->idOf(run);
        if (id == 0)
            id = m_impl->addRun(run);
        SQLite::Statement begin(
            m_impl->database,
            "UPDATE run SET model = ?2, provenance = ?3, begun = (SELECT coalesce(max(begun), 0) + "
            "1 FROM run WHERE id <> ?1), stored_at = unixepoch() WHERE id = ?1");
        begin.bind(1, id);
        begin.bind(2, run.model);
        begin.bind(3, provenanceJson(run));
        begin.exec();
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
        while (find.executeStep()) {
            std::string id = find.getColumn(0).getString();
            m_impl->take(static_cast<int64_t>(id.size()));
            ids.insert(std::move(id));
        }
        return ids;
    });
}

Result<void> ResultStore::copyTo(const fs::path& file) {
    return m_impl->with([&]() -> Result<void> {
        // Page by page: what rows say of themselves may be more than the file.
        SQLite::Database copy(file.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
        SQLite::Backup backup(copy, m_impl->database);
        if (const int code = backup.executeStep(); code != SQLITE_DONE)
            throw SQLite::Exception("another program uses it", code);
        return {};
    });
}

Result<std::vector<ResultRun>> ResultStore::runs() {
    return m_impl->with([&]() -> Result<std::vector<ResultRun>> { return m_impl->runs(); });
}

Result<std::vector<GeneRow>> ResultStore::genes(int64_t run) {
    return m_impl->with([&]() -> Result<std::vector<GeneRow>> {
        // Genes and drivers of one moment: another program may store in between.
        const SQLite::Transaction snapshot(m_impl->database);
        return m_impl->rowsOf(run);
    });
}

} // namespace diploscope
