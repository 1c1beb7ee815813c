// SPDX-License-Identifier: GPL-3.0-or-later
// ScoreCache: what checks of scores make of them.
#include "cache/score_cache_impl.h"

#include <algorithm>
#include <cstring>
#include <string>

namespace diploscope {

using SQLite::Transaction;
using SQLite::TransactionBehavior;

namespace {

std::optional<Refutation> refutationOf(CacheConnection& connection, const Digest& trial) {
    SQLite::Statement& find = connection.findRefuted;
    find.reset();
    find.bindNoCopy(1, trial.data(), static_cast<int>(trial.size()));
    std::optional<Refutation> found;
    if (find.executeStep()) {
        found.emplace();
        const SQLite::Column sequence = find.getColumn(0);
        std::memcpy(found->sequence.data(), sequence.getBlob(),
                    std::min(found->sequence.size(), static_cast<size_t>(sequence.getBytes())));
        found->verdict = find.getColumn(1).getString();
    }
    find.reset();
    return found;
}

/// What this batch stands for in place of earlier ones of no trial goes there, too: it would come back as
/// good.
void forgetEarlier(CacheConnection& connection, int64_t batch) {
    SQLite::Statement find(
        connection.database,
        "SELECT earlier.id FROM batch AS own CROSS JOIN batch AS earlier ON earlier.scope = "
        "own.scope AND earlier.trial IS NULL AND earlier.id < own.id WHERE own.id = ?");
    find.bind(1, batch);
    std::vector<int64_t> earlier;
    while (find.executeStep())
        earlier.push_back(find.getColumn(0).getInt64());
    if (earlier.empty())
        return;
    const std::vector<BatchEntry> entries = connection.entriesOf(batch);
    for (const int64_t other : earlier) {
        std::vector<StaleEntry> stale;
        for (const BatchEntry& entry : entries)
            stale.push_back({other, entry.sequence});
        connection.forget(stale);
    }
}

} // namespace

Digest trialOf(const ScoreScope& scope, std::string_view reference) {
    return digestOf(scope.modelChecksum + '\0' + scope.output + '\0' + std::string(reference));
}

Result<void> ScoreCache::confirm(const Digest& trial, std::span<const int64_t> batches,
                                 std::span<const Digest> compared) {
    return m_impl->with([&](CacheConnection& connection) -> Result<void> {
        const std::lock_guard lock(m_impl->writing);
        Transaction transaction(connection.database, TransactionBehavior::IMMEDIATE);
        if (const std::optional<Refutation> standing = refutationOf(connection, trial)) {
            if (std::find(compared.begin(), compared.end(), standing->sequence) == compared.end())
                return fail(ErrorKind::Internal, standing->verdict, {},
                            "Do not use these scores: run with --plain, and report this.");
            SQLite::Statement forgive(connection.database, "DELETE FROM refuted WHERE trial = ?");
            forgive.bindNoCopy(1, trial.data(), static_cast<int>(trial.size()));
            forgive.exec();
        }
        for (const int64_t batch : batches) {
            connection.markChecked.bind(1, batch);
            execute(connection.markChecked);
        }
        transaction.commit();
        return {};
    });
}

Result<void> ScoreCache::refute(const Digest& trial, std::span<const int64_t> batches,
                                const Refutation& refutation) {
    return m_impl->with([&](CacheConnection& connection) -> Result<void> {
        const std::lock_guard lock(m_impl->writing);
        Transaction transaction(connection.database, TransactionBehavior::IMMEDIATE);
        std::vector<int64_t> doomed(batches.begin(), batches.end());
        for (const char* of : {"SELECT id FROM batch WHERE scope IN (SELECT id FROM scope) AND trial = ?",
                               "SELECT id FROM batch WHERE scope IS NULL AND trial = ?"}) {
            SQLite::Statement ofTrial(connection.database, of);
            ofTrial.bindNoCopy(1, trial.data(), static_cast<int>(trial.size()));
            while (ofTrial.executeStep())
                doomed.push_back(ofTrial.getColumn(0).getInt64());
        }
        for (const int64_t batch : doomed) {
            forgetEarlier(connection, batch);
            connection.drop(batch);
        }
        SQLite::Statement keep(connection.database,
                               "INSERT OR REPLACE INTO refuted (trial, sequence, verdict) VALUES (?, ?, ?)");
        keep.bindNoCopy(1, trial.data(), static_cast<int>(trial.size()));
        keep.bindNoCopy(2, refutation.sequence.data(), static_cast<int>(refutation.sequence.size()));
        keep.bindNoCopy(3, refutation.verdict);
        keep.exec();
        transaction.commit();
        return {};
    });
}

Result<std::optional<Refutation>> ScoreCache::refutation(const Digest& trial) {
    return m_impl->with([&](CacheConnection& connection) -> Result<std::optional<Refutation>> {
        return refutationOf(connection, trial);
    });
}

} // namespace diploscope
