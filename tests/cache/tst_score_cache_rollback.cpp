// SPDX-License-Identifier: GPL-3.0-or-later
// A cache where there is no WAL: SQLite's files that lock by names have none, as some file systems do not.
#include "cache/cache_join.h"

#include "cache/cache_support.h"

#include <sqlite3.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

using namespace diploscope;
using namespace diploscope::test;
namespace fs = std::filesystem;

namespace {

std::string journalMode(const fs::path& file) {
    sqlite3* database = nullptr;
    sqlite3_stmt* statement = nullptr;
    std::string mode;
    if (sqlite3_open(file.c_str(), &database) == SQLITE_OK &&
        sqlite3_prepare_v2(database, "PRAGMA journal_mode", -1, &statement, nullptr) == SQLITE_OK &&
        sqlite3_step(statement) == SQLITE_ROW)
        mode = reinterpret_cast<const char*>(sqlite3_column_text(statement, 0));
    sqlite3_finalize(statement);
    sqlite3_close(database);
    return mode;
}

/// Stores batches and reads each back. \return an empty text, or what went wrong
std::string hammer(ScoreCache& cache, int64_t writer) {
    for (int64_t batch = 0; batch < 10; ++batch) {
        const auto digests = digestsFrom(writer * 100'000 + batch * 50, 50);
        if (const auto stored = cache.store(Scope, digests, scoresOf(digests)); !stored)
            return stored.error().message();
        const auto found = cache.find(Scope, digests);
        if (!found)
            return found.error().message();
        if (countRight(*found, digests) != 50)
            return "a batch is not there right after it was stored";
    }
    return {};
}

} // namespace

class TestScoreCacheRollback : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() {
        sqlite3_vfs* const byNames = sqlite3_vfs_find("unix-dotfile");
        QVERIFY(byNames != nullptr);
        QCOMPARE(sqlite3_vfs_register(byNames, 1), SQLITE_OK);
    }

    void threadsAndProcessesShareIt() {
        const TemporaryFolder folder;
        const fs::path file = folder / "scores.sqlite";
        std::vector<pid_t> children;
        for (int64_t writer = 2; writer < 4; ++writer) {
            const pid_t child = fork();
            if (child == 0) {
                const auto cache = ScoreCache::open(file);
                const std::string trouble = cache ? hammer(**cache, writer) : cache.error().message();
                if (!trouble.empty())
                    qWarning("%s", trouble.c_str());
                _exit(trouble.empty() ? 0 : 1);
            }
            children.push_back(child);
        }
        for (const pid_t child : children) {
            int status = 0;
            QCOMPARE(waitpid(child, &status, 0), child);
            QVERIFY(WIFEXITED(status) && WEXITSTATUS(status) == 0);
        }
        const std::vector caches{openCache(file), openCache(file)};
        std::vector<std::string> trouble(2);
        {
            std::vector<std::jthread> threads;
            for (size_t i = 0; i < trouble.size(); ++i)
                threads.emplace_back([&, i] { trouble[i] = hammer(*caches[i], int64_t(i)); });
        }
        for (const std::string& text : trouble)
            QVERIFY2(text.empty(), text.c_str());
        QCOMPARE(caches[0]->info()->entries, int64_t{4 * 500});
        DS_VERIFY(caches[0]->verify());
        QVERIFY(!caches[0]->setAside());
        QVERIFY(!fs::exists(file.string() + "-wal"));
        QCOMPARE(journalMode(file), std::string("delete"));
    }

    /// A checked batch, a refuted one, clearing and joining go without a WAL as well.
    void allElseWorks() {
        const TemporaryFolder folder;
        const auto cache = openCache(folder / "a");
        const auto digests = digestsFrom(0, 50);
        const Digest trial = digestOf("window");
        const auto batch = cache->storeUnchecked(Scope, trial, digests, scoresOf(digests));
        DS_VERIFY(batch);
        DS_VERIFY(cache->confirm(trial, std::vector{*batch}, digests));
        QCOMPARE(countRight(*cache->find(Scope, digests), digests), int64_t{50});
        const auto other = openCache(folder / "b");
        QCOMPARE(joinCache(*other, folder / "a")->added, int64_t{50});
        QCOMPARE(cache->clear().value(), int64_t{50});
        QCOMPARE(cache->info()->entries, int64_t{0});
    }
};

QTEST_GUILESS_MAIN(TestScoreCacheRollback)
#include "tst_score_cache_rollback.moc"
