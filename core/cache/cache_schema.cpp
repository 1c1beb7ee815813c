// SPDX-License-Identifier: GPL-3.0-or-later
#include "cache/cache_schema.h"

#include "cache/score_cache.h"

#include <fmt/format.h>

#include <sys/statfs.h>

#include <algorithm>
#include <array>
#include <system_error>

namespace diploscope {

namespace fs = std::filesystem;

namespace {

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

/// From schema 2, in which every score was a row of `score`. These rows stay where they are: each look-up
/// moves what it finds.
constexpr const char* BlocksSql = R"sql(
ALTER TABLE batch ADD COLUMN scope INTEGER;  -- NULL: its scores are rows of score
ALTER TABLE batch ADD COLUMN scores INTEGER NOT NULL DEFAULT 0;  -- in its block
DROP INDEX batch_trial;
CREATE INDEX batch_group ON batch (scope, trial);
CREATE TABLE block (
    batch INTEGER PRIMARY KEY,
    entries BLOB NOT NULL              -- sorted BatchEntry
) STRICT;
)sql";

/// A file that lost its end opens without complaint, and fails only when a lost page is asked for.
bool isTruncated(SQLite::Database& database, const fs::path& file) {
    // Asked first, which keeps others from making it longer or shorter in between where there is no WAL.
    const SQLite::Transaction snapshot(database);
    const int64_t pages = database.execAndGet("PRAGMA page_count").getInt64();
    const int64_t pageBytes = database.execAndGet("PRAGMA page_size").getInt64();
    std::error_code error;
    const auto walBytes = fs::file_size(fs::path(file) += "-wal", error);
    if (!error && walBytes > 0)
        return false; // pages may still be in the WAL alone
    const auto bytes = fs::file_size(file, error);
    return !error && static_cast<int64_t>(bytes) < pages * pageBytes;
}

/// Whether the file lies where several machines may write to it, by the file system's number (linux/magic.h
/// and those of the file systems that Linux knows nothing of).
bool isOnNetwork(const fs::path& file) {
    constexpr std::array<uint32_t, 10> shared{
        0x6969,     // NFS
        0xFF534D42, // CIFS
        0xFE534D42, // SMB 2
        0x0BD00BD3, // Lustre
        0x47504653, // GPFS
        0x19830326, // BeeGFS
        0x00C36400, // Ceph
        0x5346414F, // AFS
        0xAAD7AAEA, // PanFS
        0x7461636F, // OCFS2
    };
    struct statfs found {};
    const fs::path folder = file.has_parent_path() ? file.parent_path() : fs::path(".");
    return statfs(folder.c_str(), &found) == 0 &&
           std::find(shared.begin(), shared.end(), static_cast<uint32_t>(found.f_type)) != shared.end();
}

/// A cache is tables and indexes. Views, triggers and virtual tables are somebody's programs, and may have no
/// end.
bool holdsMoreThanTables(SQLite::Database& database) {
    return database
               .execAndGet("SELECT count(*) FROM sqlite_master WHERE type NOT IN ('table', 'index') OR sql "
                           "LIKE 'CREATE VIRTUAL%'")
               .getInt() > 0;
}

} // namespace

Failure cacheDamaged(const fs::path& file, const std::string& how) {
    return fail(ErrorKind::BadInput, fmt::format("The score cache is damaged: {}.", how), file.string(),
                "Run `diploscope cache clear` on it; scores are computed again as they are needed.");
}

Result<void> checkCacheSchema(SQLite::Database& database, const fs::path& file) {
    if (database.execAndGet("PRAGMA application_id").getInt() != ApplicationId)
        return fail(ErrorKind::Mismatch, "This is a database of another program, not a score cache.",
                    file.string(), "Name another file for the cache.");
    if (const int version = database.execAndGet("PRAGMA user_version").getInt();
        version > ScoreCache::SchemaVersion)
        return fail(
            ErrorKind::Mismatch,
            fmt::format("The score cache was made by a newer version of the program (schema {}, known: {}).",
                        version, ScoreCache::SchemaVersion),
            file.string(), "Use that version, or name another file for the cache.");
    if (isTruncated(database, file))
        return cacheDamaged(file, "its end is missing");
    if (holdsMoreThanTables(database))
        return cacheDamaged(file, "it holds more than tables");
    return {};
}

Result<void> prepareCacheSchema(SQLite::Database& database, const fs::path& file) {
    const auto isEmpty = [&] {
        return database.execAndGet("SELECT count(*) FROM sqlite_master").getInt() == 0;
    };
    const auto version = [&] { return database.execAndGet("PRAGMA user_version").getInt(); };
    if (isEmpty())
        database.exec("PRAGMA auto_vacuum = INCREMENTAL"); // only possible before the first table
    else
        DS_TRY(checkCacheSchema(database, file));
    // A WAL's index is memory that programs share: those of several machines have none, and would not notice.
    // Where SQLite itself has no WAL, it stays with its journal, too.
    database.exec(isOnNetwork(file) ? "PRAGMA journal_mode = DELETE" : "PRAGMA journal_mode = WAL");

    if (!isEmpty() && version() == ScoreCache::SchemaVersion)
        return {};
    SQLite::Transaction transaction(database, SQLite::TransactionBehavior::IMMEDIATE);
    if (isEmpty() || version() != ScoreCache::SchemaVersion) { // another program may have been faster
        const int from = isEmpty() ? 0 : version();
        if (from < 1) {
            database.exec(
                "DROP TABLE IF EXISTS score; DROP TABLE IF EXISTS batch; DROP TABLE IF EXISTS scope; "
                "DROP TABLE IF EXISTS refuted; DROP TABLE IF EXISTS block;");
            database.exec(SchemaSql);
        }
        if (from < 2)
            database.exec(ChecksSql);
        database.exec(BlocksSql);
        database.exec(fmt::format("PRAGMA application_id = {}; PRAGMA user_version = {}", ApplicationId,
                                  ScoreCache::SchemaVersion));
    }
    transaction.commit();
    return {};
}

} // namespace diploscope
