// SPDX-License-Identifier: GPL-3.0-or-later
#include "cache/score_cache.h"

#include "base/paths.h"
#include "cache/cache_connection.h"

#include <fmt/format.h>
#include <sqlite3.h>

#include <algorithm>
#include <bit>
#include <chrono>
#include <cmath>
#include <cstring>
#include <mutex>
#include <system_error>

namespace diploscope {

namespace fs = std::filesystem;
using SQLite::Transaction;
using SQLite::TransactionBehavior;

namespace {

/// Batches dropped in one transaction: few enough not to keep other programs waiting.
constexpr int BatchesPerEviction = 256;

/// The check value of one row. Holds the scope's words, not its number, so that a row that came under another
/// scope is found out too.
class RowChecksum {
public:
    explicit RowChecksum(const ScoreScope& scope)
        : m_bytes(scope.modelChecksum + '\0' + scope.output + '\0') {
        m_head = m_bytes.size();
    }
    [[nodiscard]] int64_t operator()(const void* sequence, size_t size, int64_t bits) {
        m_bytes.resize(m_head);
        m_bytes.append(static_cast<const char*>(sequence), size);
        m_bytes.append(reinterpret_cast<const char*>(&bits), sizeof bits);
        const Digest digest = digestOf(m_bytes);
        int64_t value = 0;
        std::memcpy(&value, digest.data(), sizeof value);
        return value;
    }

private:
    std::string m_bytes;
    size_t m_head = 0;
};

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

void execute(SQLite::Statement& statement) {
    statement.exec();
    statement.reset();
}

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

void dropBatch(CacheConnection& connection, int64_t batch) {
    connection.dropScores.bind(1, batch);
    execute(connection.dropScores);
    connection.dropBatch.bind(1, batch);
    execute(connection.dropBatch);
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

/// Connections that wait for use, and the lock that keeps this program's writers from polling each other.
struct ScoreCache::Impl {
    fs::path file;
    int64_t limitBytes = 0;
    std::optional<fs::path> setAside;
    std::mutex writing;

    /// Runs `work(connection)` with a connection of its own; SQLite's exceptions become errors here and
    /// nowhere else.
    template <class Work>
    std::invoke_result_t<Work, CacheConnection&> with(Work&& work) {
        std::unique_ptr<CacheConnection> connection = takeIdle();
        if (!connection) {
            DS_ASSIGN(connection, openCacheConnection(file));
        }
        try {
            auto result = work(*connection);
            const std::lock_guard lock(m_idleMutex);
            m_idle.push_back(std::move(connection));
            return result;
        } catch (const SQLite::Exception& exception) {
            // The connection goes too: statements half-way through would keep its transaction open.
            return fail(cacheError(exception, file));
        }
    }

    void closeIdle() {
        const std::lock_guard lock(m_idleMutex);
        m_idle.clear();
    }

    /// Drops the batches unused longest, some in each transaction, until `keepBytes` are kept. \return
    /// entries dropped
    Result<int64_t> evict(int64_t keepBytes);
    Result<int64_t> dropAll();

private:
    std::unique_ptr<CacheConnection> takeIdle() {
        const std::lock_guard lock(m_idleMutex);
        if (m_idle.empty())
            return nullptr;
        auto connection = std::move(m_idle.back());
        m_idle.pop_back();
        return connection;
    }

    std::mutex m_idleMutex;
    std::vector<std::unique_ptr<CacheConnection>> m_idle;
};

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
                connection.dropScores.bind(1, batch);
                dropped += connection.dropScores.exec();
                connection.dropScores.reset();
                connection.dropBatch.bind(1, batch);
                execute(connection.dropBatch);
            }
            connection.oldestBatch.reset();
            connection.database.exec(
                "DELETE FROM scope WHERE NOT EXISTS (SELECT 1 FROM score WHERE score.scope = scope.id)");
            transaction.commit();
        }
        if (connection.fileBytes() > keepBytes && connection.pragma("freelist_count") > 0)
            connection.database.exec("PRAGMA incremental_vacuum");
        return dropped;
    });
}

Result<int64_t> ScoreCache::Impl::dropAll() {
    return with([&](CacheConnection& connection) -> Result<int64_t> {
        const std::lock_guard lock(writing);
        Transaction transaction(connection.database, TransactionBehavior::IMMEDIATE);
        const int64_t entries = connection.database.execAndGet("SELECT count(*) FROM score").getInt64();
        connection.database.exec(
            "DELETE FROM score; DELETE FROM batch; DELETE FROM scope; DELETE FROM refuted");
        transaction.commit();
        connection.database.exec("PRAGMA incremental_vacuum");
        return entries;
    });
}

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

Digest trialOf(const ScoreScope& scope, std::string_view reference) {
    return digestOf(scope.modelChecksum + '\0' + scope.output + '\0' + std::string(reference));
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
        SQLite::Statement ofTrial(connection.database, "SELECT id FROM batch WHERE trial = ?");
        ofTrial.bindNoCopy(1, trial.data(), static_cast<int>(trial.size()));
        while (ofTrial.executeStep())
            doomed.push_back(ofTrial.getColumn(0).getInt64());
        ofTrial.reset();
        for (const int64_t batch : doomed)
            dropBatch(connection, batch);
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

Result<ScoreCache::Info> ScoreCache::info() {
    return m_impl->with([&](CacheConnection& connection) -> Result<Info> {
        Info info;
        info.file = m_impl->file;
        info.limitBytes = m_impl->limitBytes;
        Transaction snapshot(connection.database);
        info.entries = connection.database.execAndGet("SELECT count(*) FROM score").getInt64();
        info.unchecked = connection.database
                             .execAndGet("SELECT count(*) FROM score JOIN batch ON batch.id = score.batch "
                                         "WHERE checked = 0")
                             .getInt64();
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
        sqlite3* handle = connection.database.getHandle();
        constexpr int StepsBetweenChecks = 100'000;
        sqlite3_progress_handler(
            handle, StepsBetweenChecks,
            [](void* given) { return static_cast<const RunContext*>(given)->cancelled() ? 1 : 0; },
            const_cast<RunContext*>(&context));
        const std::shared_ptr<void> noHandlerAfterwards(
            nullptr, [handle](void*) { sqlite3_progress_handler(handle, 0, nullptr, nullptr); });

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

        const int64_t total = connection.database.execAndGet("SELECT count(*) FROM score").getInt64();
        int64_t done = 0;
        int64_t bad = 0;
        SQLite::Statement rows(
            connection.database,
            "SELECT model, output, sequence, bits, checksum, batch.id FROM score "
            "LEFT JOIN scope ON scope.id = score.scope LEFT JOIN batch ON batch.id = score.batch");
        while (rows.executeStep()) {
            RowChecksum checksum({rows.getColumn(0).getString(), rows.getColumn(1).getString()});
            const SQLite::Column sequence = rows.getColumn(2);
            const int64_t expected = checksum(sequence.getBlob(), static_cast<size_t>(sequence.getBytes()),
                                              rows.getColumn(3).getInt64());
            bad += rows.getColumn(4).getInt64() != expected || rows.getColumn(5).isNull();
            if (++done % 10'000 == 0)
                context.report("Checking scores", done, total);
        }
        context.report("Checking scores", total, total);
        if (bad > 0)
            return damaged(fmt::format("{} of {} scores in the cache are not what was stored.", bad, total));
        return {};
    });
}

} // namespace diploscope
