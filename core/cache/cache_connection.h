// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

namespace diploscope {

/// One connection to a score cache, with the statements that run often. For one thread at a time.
///
/// Scores lie in the order in which they were stored, batch by batch, so that dropping the batches unused
/// longest frees whole pages; an index leads from (scope, sequence digest) to them. Use is remembered by the
/// batch, which makes marking a gene's scores as used a handful of updates instead of thousands.
struct CacheConnection {
    explicit CacheConnection(const std::filesystem::path& file);

    SQLite::Database database;
    SQLite::Statement findScope, addScope;
    SQLite::Statement findScore, addScore;
    SQLite::Statement addBatch, oldestBatch, dropScores, dropBatch, markUsed, lastUse;
    SQLite::Statement markChecked, findRefuted;

    [[nodiscard]] int64_t pragma(const char* name);
    /// Bytes of pages that hold something, and of all pages of the file.
    [[nodiscard]] int64_t usedBytes();
    [[nodiscard]] int64_t fileBytes();
};

/// Opens the file, or makes it with the cache's tables; entries of schema 1 are kept as unchecked ones, older
/// ones removed.
/// \error BadInput when it is no database or a damaged one; Mismatch when it is another program's database or
/// a newer version's cache; Io
[[nodiscard]] Result<std::unique_ptr<CacheConnection>> openCacheConnection(const std::filesystem::path& file);

/// SQLite's exception in the program's words. BadInput for damage, Cancelled for an interrupt, else Io.
[[nodiscard]] Error cacheError(const SQLite::Exception& exception, const std::filesystem::path& file);

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
