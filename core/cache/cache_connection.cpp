// SPDX-License-Identifier: GPL-3.0-or-later
#include "cache/cache_connection.h"

#include "cache/cache_schema.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sqlite3.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <map>
#include <set>
#include <system_error>

namespace diploscope {

namespace fs = std::filesystem;

namespace {

constexpr int BusyTimeoutMs = 20'000;

/// Of anything that SQLite reads or writes at once: a block, and what stands beside it in its row.
constexpr int LongestRow = static_cast<int>(MostInBatch * sizeof(BatchEntry)) + 4096;

void bindTrial(SQLite::Statement& statement, int place, const std::optional<Digest>& trial) {
    if (trial)
        statement.bindNoCopy(place, trial->data(), static_cast<int>(trial->size()));
    else
        statement.bind(place);
}

int64_t numberOf(SQLite::Statement& statement) {
    const int64_t number = statement.executeStep() ? statement.getColumn(0).getInt64() : 0;
    statement.reset();
    return number;
}

void executeOnce(SQLite::Statement& statement) {
    statement.exec();
    statement.reset();
}

} // namespace

void distrustCacheSchema(SQLite::Database& database) {
    distrustSchema(database, LongestRow);
}

CacheConnection::CacheConnection(const fs::path& file)
    : database(file.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_NOMUTEX, BusyTimeoutMs)
    , findScope(database, "SELECT id FROM scope WHERE model = ? AND output = ?")
    , addScope(database, "INSERT INTO scope (model, output) VALUES (?, ?)")
    , findBlocks(database, "SELECT batch.id, checked, scores, entries FROM batch CROSS JOIN block ON "
                           "block.batch = batch.id WHERE scope = ? AND trial IS ?")
    , findAllBlocks(database, "SELECT batch.id, checked, scores, entries FROM batch CROSS JOIN block ON "
                              "block.batch = batch.id WHERE scope = ?")
    , readBlockOf(database, "SELECT scores, entries FROM batch CROSS JOIN block ON block.batch = batch.id "
                            "WHERE batch.id = ?")
    , addBlock(database, "INSERT OR REPLACE INTO block (batch, entries) VALUES (?, ?)")
    , anyRow(database, "SELECT 1 FROM score LIMIT 1")
    , findRow(database,
              "SELECT bits, score.checksum, batch, checked, trial FROM score JOIN batch ON batch.id "
              "= score.batch WHERE score.scope = ? AND sequence = ?")
    , dropRow(database, "DELETE FROM score WHERE scope = ? AND sequence = ? AND batch = ?")
    , addBatch(database, "INSERT INTO batch (used, checked, trial, scope, scores) VALUES (?, ?, ?, ?, ?)")
    , oldestBatch(database, "SELECT id FROM batch ORDER BY used LIMIT 1")
    , dropRows(database, "DELETE FROM score WHERE batch = ?")
    , dropBlock(database, "DELETE FROM block WHERE batch = ?")
    , dropBatch(database, "DELETE FROM batch WHERE id = ? RETURNING scope, scores")
    , markUsed(database, "UPDATE batch SET used = ? WHERE id = ?")
    , lastUse(database, "SELECT max(used) FROM batch")
    , markChecked(database, "UPDATE batch SET checked = 1 WHERE id = ?")
    , findRefuted(database, "SELECT sequence, verdict FROM refuted WHERE trial = ?")
    , pages(database, "PRAGMA page_count")
    , freePages(database, "PRAGMA freelist_count")
    , pageBytes(database.execAndGet("PRAGMA page_size").getInt64()) {
    // A kill loses nothing committed. A power cut may lose the last commits, but leaves the file whole.
    database.exec("PRAGMA synchronous = NORMAL");
    database.exec("PRAGMA journal_size_limit = 16777216");
    distrustCacheSchema(database);
    budget.renew(database);
    budget.watch(database);
}

std::optional<int64_t> CacheConnection::scopeId(const ScoreScope& scope) {
    findScope.reset();
    findScope.bindNoCopy(1, scope.modelChecksum);
    findScope.bindNoCopy(2, scope.output);
    std::optional<int64_t> id;
    if (findScope.executeStep())
        id = findScope.getColumn(0).getInt64();
    findScope.reset();
    return id;
}

int64_t CacheConnection::nextUse() {
    lastUse.executeStep();
    const int64_t last = lastUse.getColumn(0).getInt64(); // 0 where there is no batch
    lastUse.reset();
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    return std::max(last + 1, int64_t{std::chrono::duration_cast<std::chrono::milliseconds>(now).count()});
}

int64_t CacheConnection::add(int64_t scope, const std::optional<Digest>& trial, bool checked,
                             std::span<const BatchEntry> entries) {
    addBatch.bind(1, nextUse());
    addBatch.bind(2, checked ? 1 : 0);
    bindTrial(addBatch, 3, trial);
    addBatch.bind(4, scope);
    addBatch.bind(5, static_cast<int64_t>(entries.size()));
    executeOnce(addBatch);
    const int64_t batch = database.getLastInsertRowid();
    addBlock.bind(1, batch);
    addBlock.bindNoCopy(2, entries.data(), static_cast<int>(entries.size_bytes()));
    executeOnce(addBlock);
    return batch;
}

std::vector<BatchEntry> CacheConnection::entriesOf(int64_t batch) {
    std::vector<BatchEntry> entries;
    readBlockOf.bind(1, batch);
    if (readBlockOf.executeStep()) {
        const SQLite::Column block = readBlockOf.getColumn(1);
        if (!readBlock(block.getBlob(), block.getBytes(), readBlockOf.getColumn(0).getInt64(), entries))
            entries.clear();
    }
    readBlockOf.reset();
    return entries;
}

int64_t CacheConnection::drop(int64_t batch) {
    dropRows.bind(1, batch);
    int64_t dropped = dropRows.exec();
    dropRows.reset();
    dropBlock.bind(1, batch);
    executeOnce(dropBlock);
    dropBatch.bind(1, batch);
    while (dropBatch.executeStep())
        if (!dropBatch.getColumn(0).isNull()) // the scope of a batch with a block
            dropped += plausibleCount(dropBatch.getColumn(1).getInt64());
    dropBatch.reset();
    return dropped;
}

void CacheConnection::forget(std::span<const StaleEntry> stale) {
    std::map<int64_t, std::set<Digest>> byBatch;
    for (const StaleEntry& entry : stale)
        byBatch[entry.batch].insert(entry.sequence);
    for (const auto& [batch, sequences] : byBatch) {
        std::vector<BatchEntry> entries = entriesOf(batch);
        if (std::erase_if(entries, [&sequences = sequences](const BatchEntry& entry) {
                return sequences.contains(entry.sequence);
            }) == 0)
            continue; // another program was faster
        if (entries.empty()) {
            drop(batch);
            continue;
        }
        addBlock.bind(1, batch);
        addBlock.bindNoCopy(2, entries.data(), static_cast<int>(entries.size() * sizeof(BatchEntry)));
        executeOnce(addBlock);
        SQLite::Statement count(database, "UPDATE batch SET scores = ? WHERE id = ?");
        count.bind(1, static_cast<int64_t>(entries.size()));
        count.bind(2, batch);
        count.exec();
    }
}

int64_t CacheConnection::usedBytes() {
    return (numberOf(pages) - numberOf(freePages)) * pageBytes;
}

int64_t CacheConnection::fileBytes() {
    return numberOf(pages) * pageBytes;
}

Result<std::unique_ptr<CacheConnection>> openCacheConnection(const fs::path& file) {
    DatabaseBudget budget;
    try {
        {
            SQLite::Database database(file.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE,
                                      BusyTimeoutMs);
            distrustCacheSchema(database);
            budget.renew(database);
            budget.watch(database);
            DS_TRY(prepareCacheSchema(database, file));
        }
        auto connection = std::make_unique<CacheConnection>(file);
        // Reads the root page of every table and index.
        connection->database.exec("SELECT 1 FROM scope LIMIT 1; SELECT max(used) FROM batch; SELECT max(id) "
                                  "FROM batch; SELECT max(scope) FROM batch; SELECT max(batch) FROM block; "
                                  "SELECT 1 FROM score NOT INDEXED LIMIT 1; SELECT max(scope) FROM score; "
                                  "SELECT 1 FROM refuted LIMIT 1");
        return connection;
    } catch (const SQLite::Exception& exception) {
        return fail(cacheError(exception, budget, file));
    }
}

Error cacheError(const SQLite::Exception& exception, const DatabaseBudget& budget, const fs::path& file) {
    switch (exception.getErrorCode() & 0xff) {
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_FORMAT:
    case SQLITE_TOOBIG: // a row that no version wrote
    case SQLITE_ERROR:  // a table or column that should be there is not
        return cacheDamaged(file, exception.what()).error;
    case SQLITE_INTERRUPT:
        if (budget.context == nullptr || !budget.context->cancelled())
            return cacheDamaged(file, "it takes more work than a file of its size has").error;
        return {ErrorKind::Cancelled, "Stopped on request.", {}, {}};
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return {
            ErrorKind::Io,
            fmt::format("Another program has kept the score cache locked for {} s.", BusyTimeoutMs / 1000),
            file.string(), "End that program, or name another file for the cache."};
    case SQLITE_FULL:
        return {ErrorKind::Io, "The score cache cannot grow: the disk is full.", file.string(),
                "Free some space, run `diploscope cache clear`, or name a cache file on another disk."};
    default:
        return {ErrorKind::Io, fmt::format("The score cache cannot be used: {}.", exception.what()),
                file.string(),
                "Name a cache file in a folder that you may write to, or set XDG_CACHE_HOME to one."};
    }
}

Result<fs::path> setCacheAside(const fs::path& file) {
    fs::path aside;
    for (int number = 1;; ++number) {
        aside = file.string() + fmt::format(".damaged-{}", number);
        std::error_code ignored;
        if (!fs::exists(fs::symlink_status(aside, ignored)))
            break;
    }
    std::error_code error;
    fs::rename(file, aside, error);
    if (error)
        return fail(ErrorKind::Io,
                    fmt::format("The damaged score cache cannot be set aside: {}.", error.message()),
                    file.string(), "Move it away, or name another file for the cache.");
    // Left in place they would be read as the new file's own.
    for (const char* ending : {"-wal", "-journal"})
        fs::rename(file.string() + ending, aside.string() + ending, error);
    fs::remove(file.string() + "-shm", error);
    return aside;
}

FolderLock::FolderLock(const fs::path& folder)
    : m_descriptor(open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)) {
    if (m_descriptor >= 0)
        while (flock(m_descriptor, LOCK_EX) != 0 && errno == EINTR) {
        }
}

FolderLock::~FolderLock() {
    if (m_descriptor >= 0)
        close(m_descriptor);
}

} // namespace diploscope
