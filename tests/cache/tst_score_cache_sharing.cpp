// SPDX-License-Identifier: GPL-3.0-or-later
#include "cache/score_cache.h"

#include "cache/cache_support.h"

#include <csignal>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

using namespace diploscope;
using namespace diploscope::test;
namespace fs = std::filesystem;

namespace {

constexpr size_t BatchSize = 50;

std::vector<Digest> batchOf(int64_t writer, int64_t batch) {
    return digestsFrom(writer * 100'000'000 + batch * int64_t{BatchSize}, BatchSize);
}

/// Stores batch after batch and reads each one back. \return an empty text, or what went wrong.
std::string hammer(ScoreCache& cache, int64_t writer, int64_t batches) {
    for (int64_t batch = 0; batch < batches; ++batch) {
        const auto digests = batchOf(writer, batch);
        if (const auto stored = cache.store(Scope, digests, scoresOf(digests)); !stored)
            return stored.error().message();
        const auto found = cache.find(Scope, digests);
        if (!found)
            return found.error().message();
        if (countRight(*found, digests) != int64_t{BatchSize})
            return "a batch is not there right after it was stored";
    }
    return {};
}

/// Runs `work` in a process of its own, which has opened nothing yet. \return its process id
template <class Work>
pid_t inProcess(Work work) {
    const pid_t child = fork();
    if (child == 0)
        _exit(work());
    return child;
}

} // namespace

class TestScoreCacheSharing : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void threadsOnOneFile();
    void processesOnOneFile();
    void processesThatFindADamagedFile();
    void evictionBesideReaders();
    void killLosesNothingStored_data();
    void killLosesNothingStored();
};

void TestScoreCacheSharing::threadsOnOneFile() {
    const TemporaryFolder folder;
    // Two objects, as two windows would have, and two threads on each.
    const std::vector caches{openCache(folder / "scores.sqlite"), openCache(folder / "scores.sqlite")};
    std::vector<std::string> trouble(4);
    {
        std::vector<std::jthread> threads;
        for (size_t i = 0; i < trouble.size(); ++i)
            threads.emplace_back([&, i] { trouble[i] = hammer(*caches[i % 2], int64_t(i), 60); });
    }
    for (const std::string& text : trouble)
        QVERIFY2(text.empty(), text.c_str());
    const auto info = caches[0]->info();
    DS_VERIFY(info);
    QCOMPARE(info->entries, int64_t(4 * 60 * BatchSize));
    DS_VERIFY(caches[1]->verify());
}

void TestScoreCacheSharing::processesOnOneFile() {
    const TemporaryFolder folder;
    const auto file = folder / "scores.sqlite";
    std::vector<pid_t> children;
    for (int64_t writer = 0; writer < 3; ++writer)
        children.push_back(inProcess([&] {
            const auto cache = ScoreCache::open(file); // three at once make the file
            const std::string trouble = cache ? hammer(**cache, writer, 60) : cache.error().message();
            if (!trouble.empty())
                qWarning("%s", trouble.c_str());
            return trouble.empty() ? 0 : 1;
        }));
    for (const pid_t child : children) {
        int status = 0;
        QCOMPARE(waitpid(child, &status, 0), child);
        QVERIFY(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    }
    const auto cache = openCache(file);
    QVERIFY(!cache->setAside());
    const auto info = cache->info();
    DS_VERIFY(info);
    QCOMPARE(info->entries, int64_t(3 * 60 * BatchSize));
    DS_VERIFY(cache->verify());
}

void TestScoreCacheSharing::processesThatFindADamagedFile() {
    const TemporaryFolder folder;
    const auto file = folder / "scores.sqlite";
    for (int round = 0; round < 5; ++round) {
        writeText(file, std::string(5000, 'x'));
        std::vector<pid_t> children;
        for (int64_t writer = 0; writer < 3; ++writer)
            children.push_back(inProcess([&] {
                const auto cache = ScoreCache::open(file);
                return cache && hammer(**cache, writer, 2).empty() ? 0 : 1;
            }));
        for (const pid_t child : children) {
            int status = 0;
            QCOMPARE(waitpid(child, &status, 0), child);
            QVERIFY(WIFEXITED(status) && WEXITSTATUS(status) == 0);
        }
        // One of them set it aside; the others did not do that to its new file.
        const auto info = openCache(file)->info();
        DS_VERIFY(info);
        QCOMPARE(info->entries, int64_t(3 * 2 * BatchSize));
        QVERIFY(fs::exists(file.string() + ".damaged-1"));
        QVERIFY(!fs::exists(file.string() + ".damaged-2"));
        fs::remove(file.string() + ".damaged-1");
    }
}

void TestScoreCacheSharing::evictionBesideReaders() {
    const TemporaryFolder folder;
    const auto large = openCache(folder / "scores.sqlite");
    const auto small = openCache(folder / "scores.sqlite", 200'000);
    std::string trouble;
    std::atomic<bool> done = false;
    int64_t wrong = 0;
    {
        const std::jthread reader([&] {
            while (!done) {
                for (int64_t batch = 0; batch < 200 && !done; ++batch) {
                    const auto digests = batchOf(0, batch);
                    const auto found = large->find(Scope, digests);
                    if (!found) {
                        trouble = found.error().message();
                        return;
                    }
                    wrong += countFound(*found) - countRight(*found, digests);
                }
            }
        });
        for (int64_t batch = 0; batch < 200; ++batch) {
            const auto digests = batchOf(0, batch);
            DS_VERIFY(small->store(Scope, digests, scoresOf(digests)));
        }
        done = true;
    }
    QVERIFY2(trouble.empty(), trouble.c_str());
    QCOMPARE(wrong, int64_t(0));
    DS_VERIFY(large->verify());
}

void TestScoreCacheSharing::killLosesNothingStored_data() {
    QTest::addColumn<int>("batchesBefore");
    QTest::addColumn<int64_t>("limit");
    for (const int batches : {1, 2, 17, 60})
        QTest::addRow("after %d batches", batches) << batches << ScoreCache::DefaultLimitBytes;
    QTest::newRow("while it drops old ones") << 100 << int64_t{150'000};
}

void TestScoreCacheSharing::killLosesNothingStored() {
    QFETCH(int, batchesBefore);
    QFETCH(int64_t, limit);
    const TemporaryFolder folder;
    const auto file = folder / "scores.sqlite";
    int reports[2];
    QCOMPARE(pipe(reports), 0);
    const pid_t child = inProcess([&] {
        const auto cache = openCache(file, limit);
        for (int64_t batch = 0;; ++batch) {
            const auto digests = batchOf(0, batch);
            if (!cache->store(Scope, digests, scoresOf(digests)))
                return 1;
            if (write(reports[1], &batch, sizeof batch) != sizeof batch)
                return 2;
        }
    });
    close(reports[1]);
    int64_t last = -1;
    while (last + 1 < batchesBefore)
        QCOMPARE(read(reports[0], &last, sizeof last), ssize_t{sizeof last});
    QCOMPARE(kill(child, SIGKILL), 0); // it is in the middle of a later one
    while (read(reports[0], &last, sizeof last) == ssize_t{sizeof last}) {
    }
    close(reports[0]);
    int status = 0;
    QCOMPARE(waitpid(child, &status, 0), child);
    QVERIFY(WIFSIGNALED(status));

    const auto cache = openCache(file, limit);
    QVERIFY(!cache->setAside());
    const bool dropsOld = limit < ScoreCache::DefaultLimitBytes;
    for (int64_t batch = dropsOld ? last - 10 : 0; batch <= last; ++batch) {
        const auto digests = batchOf(0, batch);
        const auto found = cache->find(Scope, digests);
        DS_VERIFY(found);
        QCOMPARE(countRight(*found, digests), int64_t{BatchSize});
    }
    const auto info = cache->info();
    DS_VERIFY(info);
    QCOMPARE(info->entries % int64_t{BatchSize}, int64_t(0)); // no half of a batch
    DS_VERIFY(cache->verify());
    const auto more = batchOf(1, 0);
    DS_VERIFY(cache->store(Scope, more, scoresOf(more)));
}

QTEST_GUILESS_MAIN(TestScoreCacheSharing)
#include "tst_score_cache_sharing.moc"
