// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cache/cache_connection.h"
#include "cache/score_cache.h"

#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <type_traits>
#include <utility>
#include <vector>

/// What the parts of ScoreCache share. For .cpp files of core/cache only: it brings SQLite in.
namespace diploscope {

inline void execute(SQLite::Statement& statement) {
    statement.exec();
    statement.reset();
}

/// Connections that wait for use, and the lock that keeps this program's writers from polling each other.
struct ScoreCache::Impl {
    std::filesystem::path file;
    int64_t limitBytes = 0;
    std::optional<std::filesystem::path> setAside;
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
            connection->budget.renew(connection->database);
            auto result = work(*connection);
            const std::lock_guard lock(m_idleMutex);
            m_idle.push_back(std::move(connection));
            return result;
        } catch (const SQLite::Exception& exception) {
            // The connection goes too: statements half-way through would keep its transaction open.
            return fail(cacheError(exception, connection->budget, file));
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

} // namespace diploscope
