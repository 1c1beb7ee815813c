// SPDX-License-Identifier: GPL-3.0-or-later
#include "cache/cache_connection.h"

#include "cache/score_cache.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sqlite3.h>
#include <sys/file.h>
#include <unistd.h>

#include <system_error>

namespace diploscope {

namespace fs = std::filesystem;

namespace {

constexpr int BusyTimeoutMs = 20'000;
constexpr int32_t ApplicationId = 0x44697053; // "DipS"

constexpr const char* SchemaSql = R"sql(
CREATE TABLE scope (
    id INTEGER PRIMARY KEY,
    model TEXT NOT NULL,
    output TEXT NOT NULL,
    UNIQUE (model, output)
) STRICT;
CREATE TABLE batch (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    used INTEGER NOT NULL              -- grows with every use of any batch; about milliseconds since 1970
) STRICT;
CREATE INDEX batch_used ON batch (used);
CREATE TABLE score (
    batch INTEGER NOT NULL,
    item INTEGER NOT NULL,             -- position within the batch
    scope INTEGER NOT NULL,
    sequence BLOB NOT NULL,            -- digest of the bases that the model reads
    bits INTEGER NOT NULL,             -- of the double: a REAL column would turn -0.0 into 0.0
    checksum INTEGER NOT NULL,         -- of scope, sequence and bits
    PRIMARY KEY (batch, item)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX score_key ON score (scope, sequence);
)sql";

/// From schema 1, whose scores nobody asked whether a check had spoken for them: they are kept, and count as
/// not checked.
constexpr const char* ChecksSql = R"sql(
ALTER TABLE batch ADD COLUMN checked INTEGER NOT NULL DEFAULT 0;
ALTER TABLE batch ADD COLUMN trial BLOB;  -- whose check speaks for it; NULL: not known
CREATE INDEX batch_trial ON batch (trial) WHERE trial IS NOT NULL;
CREATE TABLE refuted (
    trial BLOB PRIMARY KEY,
    sequence BLOB NOT NULL,            -- digest of the one that differed
    verdict TEXT NOT NULL
) STRICT, WITHOUT ROWID;
)sql";

/// A file that lost its end opens without complaint, and fails only when a lost page is asked for.
bool isTruncated(SQLite::Database& database, const fs::path& file) {
    std::error_code error;
    const auto walBytes = fs::file_size(fs::path(file) += "-wal", error);
    if (!error && walBytes > 0)
        return false; // pages may still be in the WAL alone
    const auto bytes = fs::file_size(file, error);
    const int64_t pages = database.execAndGet("PRAGMA page_count").getInt64();
    const int64_t pageBytes = database.execAndGet("PRAGMA page_size").getInt64();
    return !error && static_cast<int64_t>(bytes) < pages * pageBytes;
}

/// A cache is tables and indexes. Views, triggers and virtual tables are somebody's programs, and may have no
/// end.
bool holdsMoreThanTables(SQLite::Database& database) {
    return database
               .execAndGet("SELECT count(*) FROM sqlite_master WHERE type NOT IN ('table', 'index') OR sql "
                           "LIKE 'CREATE VIRTUAL%'")
               .getInt() > 0;
}

Failure damaged(const fs::path& file, const std::string& how) {
    return fail(ErrorKind::BadInput, fmt::format("The score cache is damaged: {}.", how), file.string(),
                "Run `diploscope cache clear` on it; scores are computed again as they are needed.");
}

/// Makes the tables where there are none, and checks that those that are there are ours.
Result<void> prepareSchema(SQLite::Database& database, const fs::path& file) {
    const auto isEmpty = [&] {
        return database.execAndGet("SELECT count(*) FROM sqlite_master").getInt() == 0;
    };
    const auto version = [&] { return database.execAndGet("PRAGMA user_version").getInt(); };
    if (isEmpty())
        database.exec("PRAGMA auto_vacuum = INCREMENTAL"); // only possible before the first table
    else if (database.execAndGet("PRAGMA application_id").getInt() != ApplicationId)
        return fail(ErrorKind::Mismatch, "This is a database of another program, not a score cache.",
                    file.string(), "Name another file for the cache.");
    else if (version() > ScoreCache::SchemaVersion)
        return fail(
            ErrorKind::Mismatch,
            fmt::format("The score cache was made by a newer version of the program (schema {}, known: {}).",
                        version(), ScoreCache::SchemaVersion),
            file.string(), "Use that version, or name another file for the cache.");
    else if (isTruncated(database, file))
        return damaged(file, "its end is missing");
    else if (holdsMoreThanTables(database))
        return damaged(file, "it holds more than tables");
    database.exec("PRAGMA journal_mode = WAL");

    if (!isEmpty() && version() == ScoreCache::SchemaVersion)
        return {};
    SQLite::Transaction transaction(database, SQLite::TransactionBehavior::IMMEDIATE);
    if (isEmpty() || version() != ScoreCache::SchemaVersion) { // another program may have been faster
        if (version() != 1) {
            database.exec(
                "DROP TABLE IF EXISTS score; DROP TABLE IF EXISTS batch; DROP TABLE IF EXISTS scope; "
                "DROP TABLE IF EXISTS refuted;");
            database.exec(SchemaSql);
        }
        database.exec(ChecksSql);
        database.exec(fmt::format("PRAGMA application_id = {}; PRAGMA user_version = {}", ApplicationId,
                                  ScoreCache::SchemaVersion));
    }
    transaction.commit();
    return {};
}

} // namespace

CacheConnection::CacheConnection(const fs::path& file)
    : database(file.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_NOMUTEX, BusyTimeoutMs)
    , findScope(database, "SELECT id FROM scope WHERE model = ? AND output = ?")
    , addScope(database, "INSERT INTO scope (model, output) VALUES (?, ?)")
    , findScore(database, "SELECT bits, score.checksum, batch, checked FROM score JOIN batch ON batch.id = "
                          "score.batch WHERE scope = ? AND sequence = ?")
    , addScore(database, "INSERT OR REPLACE INTO score (batch, item, scope, sequence, bits, checksum) "
                         "VALUES (?, ?, ?, ?, ?, ?)")
    , addBatch(database, "INSERT INTO batch (used, checked, trial) VALUES (?, ?, ?)")
    , oldestBatch(database, "SELECT id FROM batch ORDER BY used LIMIT 1")
    , dropScores(database, "DELETE FROM score WHERE batch = ?")
    , dropBatch(database, "DELETE FROM batch WHERE id = ?")
    , markUsed(database, "UPDATE batch SET used = ? WHERE id = ?")
    , lastUse(database, "SELECT max(used) FROM batch")
    , markChecked(database, "UPDATE batch SET checked = 1 WHERE id = ?")
    , findRefuted(database, "SELECT sequence, verdict FROM refuted WHERE trial = ?") {
    // A kill loses nothing committed. A power cut may lose the last commits, but leaves the file whole.
    database.exec("PRAGMA synchronous = NORMAL");
    database.exec("PRAGMA journal_size_limit = 16777216");
}

int64_t CacheConnection::pragma(const char* name) {
    return database.execAndGet(fmt::format("PRAGMA {}", name)).getInt64();
}

int64_t CacheConnection::usedBytes() {
    return (pragma("page_count") - pragma("freelist_count")) * pragma("page_size");
}

int64_t CacheConnection::fileBytes() {
    return pragma("page_count") * pragma("page_size");
}

Result<std::unique_ptr<CacheConnection>> openCacheConnection(const fs::path& file) {
    try {
        {
            SQLite::Database database(file.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE,
                                      BusyTimeoutMs);
            DS_TRY(prepareSchema(database, file));
        }
        auto connection = std::make_unique<CacheConnection>(file);
        // Reads the root page of every table and index.
        connection->database.exec("SELECT 1 FROM scope LIMIT 1; SELECT max(used), max(id) FROM batch; "
                                  "SELECT 1 FROM score NOT INDEXED LIMIT 1; SELECT max(scope) FROM score; "
                                  "SELECT 1 FROM refuted LIMIT 1");
        return connection;
    } catch (const SQLite::Exception& exception) {
        return fail(cacheError(exception, file));
    }
}

Error cacheError(const SQLite::Exception& exception, const fs::path& file) {
    switch (exception.getErrorCode() & 0xff) {
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_FORMAT:
    case SQLITE_ERROR: // a table or column that should be there is not
        return damaged(file, exception.what()).error;
    case SQLITE_INTERRUPT:
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
    fs::rename(file.string() + "-wal", aside.string() + "-wal", error);
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
