// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/paths.h"
#include "cache/score_cache_impl.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <chrono>
#include <cmath>
#include <system_error>

namespace diploscope {

namespace fs = std::filesystem;
using SQLite::Transaction;
using SQLite::TransactionBehavior;

namespace {

std::optional<int64_t> scopeId(CacheConnection& connection, const ScoreScope& scope) {
    SQLite::Statement& find = connection.findScope;
    find.reset();
    find.bindNoCopy(1, scope.modelChecksum);
    find.bindNoCopy(2, scope.output);
    std::optional<int64_t> id;
    if (find.executeStep())
        id = find.getColumn(0).getInt64();
    find.reset();
    return id;
}

/// Larger than that of every use before, whatever the clock does: the order of use must be total. Within a
/// writing transaction only.
int64_t nextUse(CacheConnection& connection) {
    connection.lastUse.executeStep();
    const int64_t last = connection.lastUse.getColumn(0).getInt64(); // 0 where there is no batch
    connection.lastUse.reset();
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    return std::max(last + 1, int64_t{std::chrono::duration_cast<std::chrono::milliseconds>(now).count()});
}

} // namespace

ScoreCache::ScoreCache(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}
ScoreCache::~ScoreCache() = default;

fs::path ScoreCache::defaultFile() {
    return userCacheFolder() / "scores.sqlite";
}

const std::optional<fs::path>& ScoreCache::setAside() const {
    return m_impl->setAside;
}

Result<std::shared_ptr<ScoreCache>> ScoreCache::open(const fs::path& file, int64_t limitBytes) {
    if (limitBytes < 1)
        return fail(ErrorKind::BadInput,
                    fmt::format("A score cache of at most {} bytes holds nothing.", limitBytes),
                    file.string(), "Give a larger limit, or work without a cache.");
    auto impl = std::make_unique<Impl>();
    impl->file = file;
    impl->limitBytes = limitBytes;

    std::error_code error;
    const fs::path folder = file.has_parent_path() ? file.parent_path() : fs::path(".");
    fs::create_directories(folder, error);
    if (error)
        return fail(ErrorKind::Io,
                    fmt::format("The folder for the score cache cannot be made: {}.", error.message()),
                    folder.string(),
                    "Name a cache file in a folder that you may write to, or set XDG_CACHE_HOME to one.");
    const FolderLock lock(folder);
    const auto touch = [](CacheConnection&) -> Result<void> { return {}; };
    Result<void> opened = impl->with(touch);
    if (!opened && opened.error().kind == ErrorKind::BadInput) {
        DS_ASSIGN(impl->setAside, setCacheAside(file));
        opened = impl->with(touch);
    }
    if (!opened)
        return fail(std::move(opened).error());
    return std::shared_ptr<ScoreCache>(new ScoreCache(std::move(impl)));
}

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
                                                                    std::span<const Digest> sequences) {
    return m_impl->with([&](CacheConnection& connection) -> Result<std::vector<std::optional<StoredScore>>> {
        std::vector<std::optional<StoredScore>> scores(sequences.size());
        std::vector<int64_t> batches;
        {
            Transaction snapshot(connection.database);
            const std::optional<int64_t> id = scopeId(connection, scope);
            if (!id)
                return scores;
            RowChecksum checksum(scope);
            SQLite::Statement& find = connection.findScore;
            for (size_t i = 0; i < sequences.size(); ++i) {
                find.bind(1, *id);
                find.bindNoCopy(2, sequences[i].data(), static_cast<int>(sequences[i].size()));
                if (find.executeStep()) {
                    const int64_t bits = find.getColumn(0).getInt64();
                    if (find.getColumn(1).getInt64() ==
                        checksum(sequences[i].data(), sequences[i].size(), bits)) {
                        const int64_t batch = find.getColumn(2).getInt64();
                        scores[i] = {std::bit_cast<double>(bits), find.getColumn(3).getInt() != 0, batch};
                        batches.push_back(batch);
                    }
                }
                find.reset();
            }
        }
        std::sort(batches.begin(), batches.end());
        batches.erase(std::unique(batches.begin(), batches.end()), batches.end());
        if (batches.empty())
            return scores;

        const std::lock_guard lock(m_impl->writing);
        Transaction marking(connection.database, TransactionBehavior::IMMEDIATE);
        int64_t use = nextUse(connection);
        for (const int64_t batch : batches) {
            connection.markUsed.bind(1, use++);
            connection.markUsed.bind(2, batch);
            execute(connection.markUsed);
        }
        marking.commit();
        return scores;
    });
}

Result<bool> ScoreCache::holds(const ScoreScope& scope, const Digest& trial) {
    return m_impl->with([&](CacheConnection& connection) -> Result<bool> {
        const Transaction snapshot(connection.database);
        const std::optional<int64_t> id = scopeId(connection, scope);
        if (!id)
            return false;
        SQLite::Statement find(connection.database,
                               "SELECT 1 FROM batch WHERE (trial = ? OR trial IS NULL) AND EXISTS (SELECT 1 "
                               "FROM score WHERE score.batch = batch.id AND scope = ?) LIMIT 1");
        find.bindNoCopy(1, trial.data(), static_cast<int>(trial.size()));
        find.bind(2, *id);
        return find.executeStep();
    });
}

Result<void> ScoreCache::store(const ScoreScope& scope, std::span<const Digest> sequences,
                               std::span<const double> scores, const std::optional<Digest>& trial) {
    DS_TRY(storeBatch(scope, trial, true, sequences, scores));
    return {};
}

Result<int64_t> ScoreCache::storeUnchecked(const ScoreScope& scope, const Digest& trial,
                                           std::span<const Digest> sequences,
                                           std::span<const double> scores) {
    return storeBatch(scope, trial, false, sequences, scores);
}

Result<int64_t> ScoreCache::storeBatch(const ScoreScope& scope, const std::optional<Digest>& trial,
                                       bool checked, std::span<const Digest> sequences,
                                       std::span<const double> scores) {
    if (sequences.size() != scores.size())
        return fail(ErrorKind::Internal,
                    fmt::format("{} scores were given for {} sequences.", scores.size(), sequences.size()));
    for (size_t i = 0; i < scores.size(); ++i)
        if (!std::isfinite(scores[i]))
            return fail(
                ErrorKind::BadInput,
                fmt::format("A score is {}, which is no result; none of its batch was stored.", scores[i]),
                "sequence " + toHex(sequences[i]), "Check the model's weights and inputs.");
    if (sequences.empty())
        return int64_t{0};

    int64_t used = 0;
    DS_ASSIGN(const int64_t stored, m_impl->with([&](CacheConnection& connection) -> Result<int64_t> {
        const std::lock_guard lock(m_impl->writing);
        Transaction transaction(connection.database, TransactionBehavior::IMMEDIATE);
        std::optional<int64_t> id = scopeId(connection, scope);
        if (!id) {
            connection.addScope.bindNoCopy(1, scope.modelChecksum);
            connection.addScope.bindNoCopy(2, scope.output);
            execute(connection.addScope);
            id = connection.database.getLastInsertRowid();
        }
        connection.addBatch.bind(1, nextUse(connection));
        connection.addBatch.bind(2, checked ? 1 : 0);
        if (trial)
            connection.addBatch.bindNoCopy(3, trial->data(), static_cast<int>(trial->size()));
        else
            connection.addBatch.bind(3);
        execute(connection.addBatch);
        const int64_t batch = connection.database.getLastInsertRowid();

        RowChecksum checksum(scope);
        SQLite::Statement& add = connection.addScore;
        for (size_t i = 0; i < sequences.size(); ++i) {
            const auto bits = std::bit_cast<int64_t>(scores[i]);
            add.bind(1, batch);
            add.bind(2, static_cast<int64_t>(i));
            add.bind(3, *id);
            add.bindNoCopy(4, sequences[i].data(), static_cast<int>(sequences[i].size()));
            add.bind(5, bits);
            add.bind(6, checksum(sequences[i].data(), sequences[i].size(), bits));
            execute(add);
        }
        transaction.commit();
        used = connection.usedBytes();
        return batch;
    }));
    if (used > m_impl->limitBytes)
        DS_TRY(m_impl->evict(m_impl->limitBytes));
    return stored;
}

} // namespace diploscope
