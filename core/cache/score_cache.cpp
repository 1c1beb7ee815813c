// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/paths.h"
#include "cache/score_cache_impl.h"

#include <fmt/format.h>

#include <cmath>
#include <system_error>

namespace diploscope {

namespace fs = std::filesystem;
using SQLite::Transaction;
using SQLite::TransactionBehavior;

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
    if (sequences.size() > MostInBatch)
        return fail(ErrorKind::BadInput,
                    fmt::format("{} scores are more than the cache keeps together, which is {}.",
                                sequences.size(), MostInBatch),
                    m_impl->file.string(), "Ask for fewer variants at a time, or work without a cache.");

    const std::vector<BatchEntry> entries = packBatch(scope, sequences, scores);
    int64_t used = 0;
    DS_ASSIGN(const int64_t stored, m_impl->with([&](CacheConnection& connection) -> Result<int64_t> {
        const std::lock_guard lock(m_impl->writing);
        Transaction transaction(connection.database, TransactionBehavior::IMMEDIATE);
        std::optional<int64_t> id = connection.scopeId(scope);
        if (!id) {
            connection.addScope.bindNoCopy(1, scope.modelChecksum);
            connection.addScope.bindNoCopy(2, scope.output);
            execute(connection.addScope);
            id = connection.database.getLastInsertRowid();
        }
        const int64_t batch = connection.add(*id, trial, checked, entries);
        transaction.commit();
        used = connection.usedBytes();
        return batch;
    }));
    if (used > m_impl->limitBytes)
        DS_TRY(m_impl->evict(m_impl->limitBytes));
    return stored;
}

} // namespace diploscope
