// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/database_budget.h"
#include "base/result.h"
#include "cache/score_batch.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace diploscope {

/// What a schema can do besides holding tables is off: the file may have been somebody else's.
void distrustCacheSchema(SQLite::Database& database);

/// One connection to a score cache, with the statements that run often. For one thread at a time.
///
/// A batch is a row of `batch`, which says of what scope and window (trial) it is, and one of `block`, which
/// has its scores; apart, as marking it as used would otherwise write them again. The scores of schema 2 are
/// rows of `score`; their batches have no scope.
struct CacheConnection {
    explicit CacheConnection(const std::filesystem::path& file);

    DatabaseBudget budget;
    SQLite::Database database;
    SQLite::Statement findScope, addScope;
    SQLite::Statement findBlocks, findAllBlocks, readBlockOf, addBlock;
    SQLite::Statement anyRow, findRow, dropRow;
    SQLite::Statement addBatch, oldestBatch, dropRows, dropBlock, dropBatch, markUsed, lastUse;
    SQLite::Statement markChecked, findRefuted;
    SQLite::Statement pages, freePages;
    int64_t pageBytes = 0;

    [[nodiscard]] std::optional<int64_t> scopeId(const ScoreScope& scope);
    /// Larger than that of every use before, whatever the clock does: the order of use must be total. Within
    /// a writing transaction only.
    [[nodiscard]] int64_t nextUse();
    /// Within a writing transaction. \return the new batch
    [[nodiscard]] int64_t add(int64_t scope, const std::optional<Digest>& trial, bool checked,
                              std::span<const BatchEntry> entries);
    /// None where there is no such block, or it is not what is said of it.
    [[nodiscard]] std::vector<BatchEntry> entriesOf(int64_t batch);
    /// Within a writing transaction. \return how many scores went with it
    int64_t drop(int64_t batch);
    /// Within a writing transaction: takes these out of their batches.
    void forget(std::span<const StaleEntry> stale);

    /// Bytes of pages that hold something, and of all pages of the file.
    [[nodiscard]] int64_t usedBytes();
    [[nodiscard]] int64_t fileBytes();
};

/// Opens the file, or makes it with the cache's tables; entries of schema 1 are kept as unchecked ones, older
/// ones removed.
/// \error BadInput when it is no database or a damaged one; Mismatch when it is another program's database or
/// a newer version's cache; Io
[[nodiscard]] Result<std::unique_ptr<CacheConnection>> openCacheConnection(const std::filesystem::path& file);

/// SQLite's exception in the program's words. BadInput for damage, Cancelled for a stop by the budget's
/// context, else Io.
[[nodiscard]] Error cacheError(const SQLite::Exception& exception, const DatabaseBudget& budget,
                               const std::filesystem::path& file);

/// Moves a file and its WAL aside under a free name, `NAME.damaged-1` and so on. \return that name. \error Io
[[nodiscard]] Result<std::filesystem::path> setCacheAside(const std::filesystem::path& file);

/// Holds a folder's lock, so that one program at a time makes a cache file or sets one aside. Waits; where
/// the file system has no locks it does nothing, and SQLite's own locks must do.
class FolderLock {
public:
    explicit FolderLock(const std::filesystem::path& folder);
    FolderLock(const FolderLock&) = delete;
    FolderLock& operator=(const FolderLock&) = delete;
    ~FolderLock();

private:
    int m_descriptor = -1;
};

} // namespace diploscope
