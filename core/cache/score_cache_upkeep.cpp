// SPDX-License-Identifier: GPL-3.0-or-later
// ScoreCache: how much is in it, whether it is whole, and what goes.
#include "cache/score_cache_impl.h"

#include <fmt/format.h>

#include <system_error>

namespace diploscope {

namespace fs = std::filesystem;
using SQLite::Transaction;
using SQLite::TransactionBehavior;

namespace {

/// Batches dropped in one transaction: few enough not to keep other programs waiting.
constexpr int BatchesPerEviction = 256;

constexpr const char* VacuumSome = "PRAGMA incremental_vacuum(4096)";

/// Versions before, if they run still, drop batches and know of no blocks.
constexpr const char* DropOrphans = "DELETE FROM block WHERE batch NOT IN (SELECT id FROM batch)";

constexpr const char* DropUnusedScopes =
    "DELETE FROM scope WHERE NOT EXISTS (SELECT 1 FROM score WHERE score.scope = scope.id) "
    "AND NOT EXISTS (SELECT 1 FROM batch WHERE batch.scope = scope.id)";

/// Scores in rows of schema 2, and in blocks, for which SQLite only sums.
constexpr const char* CountScores =
    "SELECT (SELECT count(*) FROM score) + (SELECT ifnull(sum(scores), 0) FROM batch)";
constexpr const char* CountUnchecked =
    "SELECT (SELECT count(*) FROM score JOIN batch ON batch.id = score.batch WHERE checked = 0) + "
    "(SELECT ifnull(sum(scores), 0) FROM batch WHERE checked = 0)";

/// Scores that verify() has seen, and how many of them are not what was stored.
struct Tally {
    const RunContext& context;
    int64_t total = 0; ///< by what the file says
    int64_t done = 0;
    int64_t bad = 0;

    [[nodiscard]] Result<void> count(int64_t seen, int64_t wrong) {
        constexpr int64_t Between = 10'000;
        bad += wrong;
        if ((done + seen) / Between != done / Between)
            context.report("Checking scores", done + seen, total);
        done += seen;
        return context.checkpoint();
    }
};

/// Rows of schema 2.
Result<void> checkRows(CacheConnection& connection, Tally& tally) {
    SQLite::Statement rows(
        connection.database,
        "SELECT model, output, sequence, bits, checksum, batch.id FROM score "
        "LEFT JOIN scope ON scope.id = score.scope LEFT JOIN batch ON batch.id = score.batch");
    while (rows.executeStep()) {
        ScoreChecksum checksum({rows.getColumn(0).getString(), rows.getColumn(1).getString()});
        const SQLite::Column sequence = rows.getColumn(2);
        const int64_t expected = checksum(sequence.getBlob(), static_cast<size_t>(sequence.getBytes()),
                                          rows.getColumn(3).getInt64());
        DS_TRY(tally.count(1, rows.getColumn(4).getInt64() != expected || rows.getColumn(5).isNull()));
    }
    return {};
}

/// Those of a block that are not what was stored, or not where they are looked for.
int64_t wrongOnes(const std::vector<BatchEntry>& entries, ScoreChecksum& checksum) {
    int64_t wrong = 0;
    for (size_t i = 0; i < entries.size(); ++i)
        wrong += !checksum.fits(entries[i]) ||
                 (i > 0 && !comesBefore(entries[i - 1].sequence, entries[i].sequence));
    return wrong;
}

Result<void> checkBlocks(CacheConnection& connection, Tally& tally) {
    SQLite::Statement blocks(
        connection.database,
        "SELECT model, output, scores, entries FROM batch "
        "LEFT JOIN scope ON scope.id = batch.scope LEFT JOIN block ON block.batch = batch.id "
        "WHERE batch.scope IS NOT NULL");
    std::vector<BatchEntry> entries;
    while (blocks.executeStep()) {
        const int64_t count = blocks.getColumn(2).getInt64();
        const SQLite::Column block = blocks.getColumn(3);
        const bool whole = connection.budget.takeBytes(block.getBytes()) &&
                           readBlock(block.getBlob(), block.getBytes(), count, entries);
        ScoreChecksum checksum({blocks.getColumn(0).getString(), blocks.getColumn(1).getString()});
        DS_TRY(
            tally.count(plausibleCount(count), whole ? wrongOnes(entries, checksum) : plausibleCount(count)));
    }
    return {};
}

} // namespace

Result<int64_t> ScoreCache::Impl::evict(int64_t keepBytes) {
    return with([&](CacheConnection& connection) -> Result<int64_t> {
        int64_t dropped = 0;
        for (bool fits = false; !fits;) {
            if (connection.fileBytes() <= keepBytes)
                break;
            const std::lock_guard lock(writing);
            Transaction transaction(connection.database, TransactionBehavior::IMMEDIATE);
            for (int i = 0; i < BatchesPerEviction; ++i) {
                fits = connection.usedBytes() <= keepBytes || !connection.oldestBatch.executeStep();
                if (fits)
                    break;
                const int64_t batch = connection.oldestBatch.getColumn(0).getInt64();
                connection.oldestBatch.reset();
                dropped += connection.drop(batch);
            }
            connection.oldestBatch.reset();
            if (fits && connection.usedBytes() > keepBytes)
                connection.database.exec(DropOrphans);
            connection.database.exec(DropUnusedScopes);
            transaction.commit();
        }
        // In pieces, too: at once the WAL would grow by all that moves.
        for (int64_t before = 0; before != connection.fileBytes() && connection.fileBytes() > keepBytes &&
                                 connection.usedBytes() < connection.fileBytes();) {
            before = connection.fileBytes();
            connection.database.exec(VacuumSome);
        }
        return dropped;
    });
}

Result<int64_t> ScoreCache::Impl::dropAll() {
    return with([&](CacheConnection& connection) -> Result<int64_t> {
        const std::lock_guard lock(writing);
        Transaction transaction(connection.database, TransactionBehavior::IMMEDIATE);
        const int64_t entries = connection.database.execAndGet(CountScores).getInt64();
        connection.database.exec(
            "DELETE FROM score; DELETE FROM block; DELETE FROM batch; DELETE FROM scope; "
            "DELETE FROM refuted");
        transaction.commit();
        connection.database.exec("PRAGMA incremental_vacuum");
        return entries;
    });
}

Result<ScoreCache::Info> ScoreCache::info() {
    return m_impl->with([&](CacheConnection& connection) -> Result<Info> {
        Info info;
        info.file = m_impl->file;
        info.limitBytes = m_impl->limitBytes;
        Transaction snapshot(connection.database);
        info.entries = connection.database.execAndGet(CountScores).getInt64();
        info.unchecked = connection.database.execAndGet(CountUnchecked).getInt64();
        info.refuted = connection.database.execAndGet("SELECT count(*) FROM refuted").getInt64();
        info.models = connection.database.execAndGet("SELECT count(DISTINCT model) FROM scope").getInt64();
        for (const char* ending : {"", "-wal"}) {
            std::error_code error;
            const auto bytes = fs::file_size(m_impl->file.string() + ending, error);
            info.bytes += error ? 0 : static_cast<int64_t>(bytes);
        }
        return info;
    });
}

Result<int64_t> ScoreCache::clear(int64_t keepBytes) {
    Result<int64_t> removed = keepBytes > 0 ? m_impl->evict(keepBytes) : m_impl->dropAll();
    if (!removed && removed.error().kind == ErrorKind::BadInput) {
        // Nothing in a damaged file can be trusted, and the user asked for it to go.
        const FolderLock lock(m_impl->file.has_parent_path() ? m_impl->file.parent_path() : fs::path("."));
        m_impl->closeIdle();
        for (const char* ending : {"", "-wal", "-shm"}) {
            std::error_code error;
            fs::remove(m_impl->file.string() + ending, error);
        }
        removed = int64_t{0};
    }
    DS_TRY(removed);
    DS_TRY(m_impl->with([](CacheConnection& connection) -> Result<void> {
        // Truncates the WAL; where another program still reads from it, that program does so later.
        connection.database.exec("PRAGMA wal_checkpoint(TRUNCATE)");
        return {};
    }));
    return removed;
}

Result<void> ScoreCache::verify(const RunContext& context) {
    return m_impl->with([&](CacheConnection& connection) -> Result<void> {
        connection.budget.context = &context;
        const std::shared_ptr<void> noContextAfterwards(
            nullptr, [&connection](void*) { connection.budget.context = nullptr; });
        const auto damaged = [&](std::string what) {
            return fail(ErrorKind::BadInput, std::move(what), m_impl->file.string(),
                        "Run `diploscope cache clear`; scores are computed again as they are needed.");
        };
        context.report("Checking the file", 0, 0);
        Transaction snapshot(connection.database);
        SQLite::Statement integrity(connection.database, "PRAGMA integrity_check(1)");
        if (integrity.executeStep() && integrity.getColumn(0).getString() != "ok")
            return damaged(
                fmt::format("The score cache is damaged: {}.", integrity.getColumn(0).getString()));

        connection.budget.renew(connection.database);
        Tally tally{context, connection.database.execAndGet(CountScores).getInt64()};
        DS_TRY(checkRows(connection, tally));
        DS_TRY(checkBlocks(connection, tally));
        context.report("Checking scores", tally.total, tally.total);
        if (tally.bad > 0)
            return damaged(
                fmt::format("{} of {} scores in the cache are not what was stored.", tally.bad, tally.total));
        return {};
    });
}

} // namespace diploscope
