// SPDX-License-Identifier: GPL-3.0-or-later
#include "results/result_schema.h"

#include "results/result_store.h"

#include <fmt/format.h>
#include <sqlite3.h>

namespace diploscope {

namespace fs = std::filesystem;

namespace {

constexpr int32_t ApplicationId = 0x44697252; // "DirR"

constexpr const char* SchemaSql = R"sql(
CREATE TABLE run (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    study TEXT NOT NULL,
    model_checksum TEXT NOT NULL,
    options TEXT NOT NULL,
    model TEXT NOT NULL,
    provenance TEXT NOT NULL,
    begun INTEGER NOT NULL,            -- grows with every beginning: the order, whatever the clock says
    UNIQUE (study, model_checksum, options)
) STRICT;
CREATE TABLE gene (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    run INTEGER NOT NULL REFERENCES run (id) ON DELETE CASCADE,
    gene_id TEXT NOT NULL,
    UNIQUE (run, gene_id)
) STRICT;
CREATE TABLE driver (
    gene INTEGER NOT NULL REFERENCES gene (id) ON DELETE CASCADE,
    item INTEGER NOT NULL,
    PRIMARY KEY (gene, item)
) STRICT, WITHOUT ROWID;
)sql";

/// From schema 1, whose keys were digests of paths and times of change.
constexpr const char* RunKeysSql = R"sql(
ALTER TABLE run ADD COLUMN key_version INTEGER NOT NULL DEFAULT 1;
ALTER TABLE run ADD COLUMN stored_at INTEGER;
)sql";

} // namespace

Error storeDamaged(std::string_view how, const fs::path& file) {
    return {ErrorKind::BadInput, fmt::format("The result store is damaged: {}.", how), file.string(),
            "Move the file away and run `diploscope analyze` or `diploscope import` again."};
}

Error storeError(const SQLite::Exception& exception, const fs::path& file) {
    switch (exception.getErrorCode() & 0xff) {
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_FORMAT:
    case SQLITE_TOOBIG: // a row that no version wrote
    case SQLITE_ERROR:
        return storeDamaged(exception.what(), file);
    case SQLITE_INTERRUPT:
        return storeDamaged("it takes more work than a file of its size has", file);
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return {ErrorKind::Io, "Another program keeps the result store locked.", file.string(),
                "End that program, or wait for it."};
    default:
        return {ErrorKind::Io, fmt::format("The result store cannot be used: {}.", exception.what()),
                file.string(), "Check that the folder may be written to and the disk has space."};
    }
}

int storedSchema(SQLite::Database& database) {
    return database.execAndGet("PRAGMA user_version").getInt();
}

bool hasNoTables(SQLite::Database& database) {
    return database.execAndGet("SELECT count(*) FROM sqlite_master").getInt() == 0;
}

Result<void> checkStoreSchema(SQLite::Database& database, const fs::path& file) {
    if (hasNoTables(database))
        return {};
    if (database.execAndGet("PRAGMA application_id").getInt() != ApplicationId)
        return fail(ErrorKind::Mismatch, "This is a database of another program, not a result store.",
                    file.string(), "Move it away, or give the study another name.");
    if (const int version = storedSchema(database); version > ResultStore::SchemaVersion)
        return fail(
            ErrorKind::Mismatch,
            fmt::format("The results were stored by a newer version of the program (schema {}, known: {}).",
                        version, ResultStore::SchemaVersion),
            file.string(), "Use that version, or move the file away.");
    return {};
}

void makeOrUpdateTables(SQLite::Database& database) {
    if (hasNoTables(database))
        database.exec(SchemaSql);
    if (storedSchema(database) != ResultStore::SchemaVersion)
        database.exec(RunKeysSql);
    database.exec(fmt::format("PRAGMA application_id = {}; PRAGMA user_version = {}", ApplicationId,
                              ResultStore::SchemaVersion));
}

} // namespace diploscope
