// SPDX-License-Identifier: GPL-3.0-or-later
// ScoreCache: what is found in it, and how the rows of schema 2 become blocks by being found.
#include "cache/cache_schema.h"
#include "cache/score_cache_impl.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cstring>
#include <map>

namespace diploscope {

using SQLite::Transaction;
using SQLite::TransactionBehavior;

namespace {

/// Searches the batches that `statement` gives. \error BadInput for blocks that are not what is said of them
Result<void> searchBlocks(CacheConnection& connection, SQLite::Statement& statement, LookUp& lookUp,
                          ScoreChecksum& checksum, const std::filesystem::path& file) {
    std::vector<BatchEntry> entries;
    while (statement.executeStep()) {
        const int64_t count = statement.getColumn(2).getInt64();
        const SQLite::Column block = statement.getColumn(3);
        if (!connection.budget.takeBytes(block.getBytes()) ||
            !readBlock(block.getBlob(), block.getBytes(), count, entries)) {
            const int bytes = block.getBytes();
            statement.reset();
            return cacheDamaged(file, fmt::format("{} bytes are no {} scores", bytes, count));
        }
        lookUp.search(entries, statement.getColumn(0).getInt64(), statement.getColumn(1).getInt() != 0,
                      checksum);
    }
    statement.reset();
    return {};
}

/// A score of schema 2.
struct RowFound {
    size_t place = 0; ///< in the LookUp
    BatchEntry entry;
    int64_t batch = 0;
    bool checked = false;
    bool moves = false; ///< into a batch of the trial that it was asked for
    bool right = false; ///< its check value
};

std::vector<RowFound> searchRows(CacheConnection& connection, int64_t scope,
                                 const std::optional<Digest>& trial, LookUp& lookUp,
                                 ScoreChecksum& checksum) {
    std::vector<RowFound> found;
    const bool some = connection.anyRow.executeStep();
    connection.anyRow.reset();
    if (!some)
        return found;
    SQLite::Statement& find = connection.findRow;
    for (const size_t place : lookUp.missing()) {
        const Digest& sequence = lookUp.sequenceAt(place);
        find.bind(1, scope);
        find.bindNoCopy(2, sequence.data(), static_cast<int>(sequence.size()));
        if (find.executeStep()) {
            RowFound row{place, {sequence, find.getColumn(0).getInt64(), find.getColumn(1).getInt64()}};
            row.batch = find.getColumn(2).getInt64();
            row.checked = find.getColumn(3).getInt() != 0;
            row.right = checksum.fits(row.entry);
            const SQLite::Column of = find.getColumn(4);
            row.moves = row.right && trial &&
                        (of.isNull() || (of.getBytes() == static_cast<int>(trial->size()) &&
                                         std::memcmp(of.getBlob(), trial->data(), trial->size()) == 0));
            if (row.right)
                lookUp.take(place, {std::bit_cast<double>(row.entry.bits), row.checked, row.batch});
            found.push_back(row);
        }
        find.reset();
    }
    return found;
}

bool dropRowOf(CacheConnection& connection, int64_t scope, const RowFound& row) {
    connection.dropRow.bind(1, scope);
    connection.dropRow.bindNoCopy(2, row.entry.sequence.data(), static_cast<int>(row.entry.sequence.size()));
    connection.dropRow.bind(3, row.batch);
    const int dropped = connection.dropRow.exec();
    connection.dropRow.reset();
    return dropped > 0;
}

/// Makes blocks of the rows that were found, a batch of each batch that they came in, and drops those that
/// are not what was stored. Within a writing transaction.
void moveRows(CacheConnection& connection, int64_t scope, const std::optional<Digest>& trial,
              const std::vector<RowFound>& rows, LookUp& lookUp) {
    std::map<int64_t, std::vector<const RowFound*>> byBatch;
    for (const RowFound& row : rows)
        // Who was faster may have moved it, or refuted it.
        if ((row.moves || !row.right) && dropRowOf(connection, scope, row) && row.moves)
            byBatch[row.batch].push_back(&row);
    SQLite::Statement dropEmpty(connection.database,
                                "DELETE FROM batch WHERE id = ? AND scope IS NULL AND NOT EXISTS (SELECT 1 "
                                "FROM score WHERE score.batch = batch.id)");
    for (const auto& [old, moved] : byBatch) {
        std::vector<BatchEntry> entries; // found in their order
        for (const RowFound* row : moved)
            entries.push_back(row->entry);
        const bool checked = moved.front()->checked;
        const int64_t batch = connection.add(scope, trial, checked, entries);
        for (const RowFound* row : moved)
            lookUp.take(row->place, {std::bit_cast<double>(row->entry.bits), checked, batch});
        dropEmpty.bind(1, old);
        execute(dropEmpty);
    }
}

void markUsed(CacheConnection& connection, const LookUp& lookUp) {
    std::vector<int64_t> batches;
    for (const auto& score : lookUp.scores)
        if (score)
            batches.push_back(score->batch);
    std::sort(batches.begin(), batches.end());
    batches.erase(std::unique(batches.begin(), batches.end()), batches.end());
    int64_t use = connection.nextUse();
    for (const int64_t batch : batches) {
        connection.markUsed.bind(1, use++);
        connection.markUsed.bind(2, batch);
        execute(connection.markUsed);
    }
}

} // namespace

Result<std::vector<std::optional<double>>> ScoreCache::find(const ScoreScope& scope,
                                                            std::span<const Digest> sequences) {
    DS_ASSIGN(const auto stored, findAny(scope, sequences));
    std::vector<std::optional<double>> scores(stored.size());
    for (size_t i = 0; i < stored.size(); ++i)
        if (stored[i] && stored[i]->checked)
            scores[i] = stored[i]->score;
    return scores;
}

Result<std::vector<std::optional<StoredScore>>> ScoreCache::findAny(const ScoreScope& scope,
                                                                    std::span<const Digest> sequences,
                                                                    const std::optional<Digest>& trial) {
    return m_impl->with([&](CacheConnection& connection) -> Result<std::vector<std::optional<StoredScore>>> {
        LookUp lookUp(sequences);
        std::vector<RowFound> rows;
        std::optional<int64_t> id;
        {
            const Transaction snapshot(connection.database);
            id = connection.scopeId(scope);
            if (!id)
                return lookUp.scores;
            connection.budget.renew(connection.database); // no less than what the snapshot holds
            ScoreChecksum checksum(scope);
            SQLite::Statement& blocks = trial ? connection.findBlocks : connection.findAllBlocks;
            blocks.bind(1, *id);
            if (trial) {
                blocks.bind(2); // of no trial
                DS_TRY(searchBlocks(connection, blocks, lookUp, checksum, m_impl->file));
                blocks.bindNoCopy(2, trial->data(), static_cast<int>(trial->size()));
            }
            DS_TRY(searchBlocks(connection, blocks, lookUp, checksum, m_impl->file));
            rows = searchRows(connection, *id, trial, lookUp, checksum);
        }
        const bool foundNone = std::none_of(lookUp.scores.begin(), lookUp.scores.end(),
                                            [](const auto& score) { return score.has_value(); });
        if (foundNone && rows.empty() && lookUp.stale.empty())
            return lookUp.scores;

        const std::lock_guard lock(m_impl->writing);
        Transaction writing(connection.database, TransactionBehavior::IMMEDIATE);
        connection.forget(lookUp.stale);
        moveRows(connection, *id, trial, rows, lookUp);
        markUsed(connection, lookUp);
        writing.commit();
        return std::move(lookUp.scores);
    });
}

Result<bool> ScoreCache::holds(const ScoreScope& scope, const Digest& trial) {
    return m_impl->with([&](CacheConnection& connection) -> Result<bool> {
        const Transaction snapshot(connection.database);
        const std::optional<int64_t> id = connection.scopeId(scope);
        if (!id)
            return false;
        for (const bool asRows : {false, true})
            for (const bool ofTrial : {true, false}) {
                // The index leads to each of the four kinds of batches.
                SQLite::Statement find(
                    connection.database,
                    asRows
                        ? "SELECT 1 FROM batch WHERE batch.scope IS NULL AND trial IS ? AND EXISTS (SELECT "
                          "1 FROM score WHERE score.batch = batch.id AND score.scope = ?) LIMIT 1"
                        : "SELECT 1 FROM batch WHERE trial IS ? AND scope = ? LIMIT 1");
                if (ofTrial)
                    find.bindNoCopy(1, trial.data(), static_cast<int>(trial.size()));
                else
                    find.bind(1);
                find.bind(2, *id);
                if (find.executeStep())
                    return true;
            }
        return false;
    });
}

} // namespace diploscope
