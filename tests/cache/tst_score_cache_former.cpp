// SPDX-License-Identifier: GPL-3.0-or-later
// Caches of versions before, which kept a row a score.
#include "cache/former_cache.h"

#include <csignal>
#include <sys/wait.h>
#include <unistd.h>

using namespace diploscope;
using namespace diploscope::test;
namespace fs = std::filesystem;

namespace {

const Digest Trial = trialOf(Scope, "ACGT");

FormerBatch formerBatch(int64_t first, size_t count, bool checked, std::optional<Digest> trial) {
    const auto digests = digestsFrom(first, count);
    return {Scope, digests, scoresOf(digests), checked, trial};
}

/// How many scores are rows still.
int64_t rowsLeft(const fs::path& file) {
    sqlite3* database = nullptr;
    sqlite3_stmt* count = nullptr;
    int64_t rows = -1;
    if (sqlite3_open(file.c_str(), &database) == SQLITE_OK &&
        sqlite3_prepare_v2(database, "SELECT count(*) FROM score", -1, &count, nullptr) == SQLITE_OK &&
        sqlite3_step(count) == SQLITE_ROW)
        rows = sqlite3_column_int64(count, 0);
    sqlite3_finalize(count);
    sqlite3_close(database);
    return rows;
}

int64_t countRightAny(const std::vector<std::optional<StoredScore>>& found, std::span<const Digest> digests) {
    const std::vector<double> expected = scoresOf(digests);
    int64_t right = 0;
    for (size_t i = 0; i < expected.size(); ++i)
        right += found[i] && found[i]->score == expected[i];
    return right;
}

} // namespace

class TestScoreCacheFormer : public QObject {
    Q_OBJECT

private:
    TemporaryFolder m_folder;
    fs::path m_file;

private Q_SLOTS:
    void init() { m_file = m_folder / (std::string(QTest::currentTestFunction()) + ".sqlite"); }

    void scoresAreFoundAndMoved();
    void whoNamesNoWindowMovesNothing();
    void aMoveKeepsWhatChecksSaid();
    void refutationTakesRowsAndBlocks();
    void firstSchemaIsKeptUnchecked();
    void rottenRowsGo();
    void rowsOfAVersionThatRunsStill();
    void longestUnusedGoesFirst();
    void severalMoveAtOnce();
    void killWhileMovingLosesNothing();
    void openingIsQuick();
};

void TestScoreCacheFormer::scoresAreFoundAndMoved() {
    makeFormerCache(m_file, {formerBatch(0, 300, true, Trial), formerBatch(300, 300, true, {}),
                             formerBatch(600, 300, true, trialOf(Scope, "another"))});
    const auto digests = digestsFrom(0, 900);
    const auto cache = openCache(m_file);
    QVERIFY(!cache->setAside());
    QCOMPARE(cache->info()->entries, int64_t(900));
    QCOMPARE(cache->info()->unchecked, int64_t(0));
    DS_VERIFY(cache->verify());
    for (int round = 0; round < 2; ++round) {
        const auto found = cache->findAny(Scope, digests, Trial);
        DS_VERIFY(found);
        QCOMPARE(countRightAny(*found, digests), int64_t(900));
        QCOMPARE(rowsLeft(m_file), int64_t(300)); // of another window
        QCOMPARE(cache->info()->entries, int64_t(900));
        DS_VERIFY(cache->verify());
    }
    QCOMPARE(countRight(*openCache(m_file)->find(Scope, digests), digests), int64_t(900));
    const auto removed = cache->clear();
    QVERIFY(removed && *removed == 900);
    QCOMPARE(rowsLeft(m_file), int64_t(0));
}

void TestScoreCacheFormer::whoNamesNoWindowMovesNothing() {
    makeFormerCache(m_file, {formerBatch(0, 100, true, Trial), formerBatch(100, 100, false, {})});
    const auto cache = openCache(m_file);
    const auto digests = digestsFrom(0, 200);
    QCOMPARE(countRight(*cache->find(Scope, digests), digests), int64_t(100));
    QCOMPARE(rowsLeft(m_file), int64_t(200));
    QVERIFY(*cache->holds(Scope, Trial) && *cache->holds(Scope, digests[0])); // some are of no window
    const auto more = digestsFrom(500, 10);
    DS_VERIFY(cache->store(Scope, more, scoresOf(more), Trial));
    QCOMPARE(rowsLeft(m_file), int64_t(200));
    QCOMPARE(countRight(*cache->find(Scope, more), more), int64_t(10));
}

void TestScoreCacheFormer::aMoveKeepsWhatChecksSaid() {
    makeFormerCache(m_file, {formerBatch(0, 50, false, Trial), formerBatch(50, 50, true, Trial)});
    const auto cache = openCache(m_file);
    const auto digests = digestsFrom(0, 100);
    const auto found = cache->findAny(Scope, digests, Trial);
    DS_VERIFY(found);
    std::vector<int64_t> unchecked;
    for (size_t i = 0; i < digests.size(); ++i) {
        QCOMPARE((*found)[i]->checked, i >= 50);
        if (i < 50)
            unchecked.push_back((*found)[i]->batch);
    }
    QCOMPARE(rowsLeft(m_file), int64_t(0));
    QCOMPARE(cache->info()->unchecked, int64_t(50));
    QCOMPARE(countFound(*cache->find(Scope, digests)), int64_t(50));
    DS_VERIFY(cache->confirm(Trial, unchecked, {})); // the batches that they are in now
    QCOMPARE(cache->info()->unchecked, int64_t(0));
    QCOMPARE(countRight(*cache->find(Scope, digests), digests), int64_t(100));
}

void TestScoreCacheFormer::refutationTakesRowsAndBlocks() {
    makeFormerCache(m_file, {formerBatch(0, 100, true, Trial), formerBatch(100, 50, false, {}),
                             formerBatch(150, 50, true, trialOf(Scope, "another"))});
    const auto cache = openCache(m_file);
    const auto digests = digestsFrom(0, 200);
    // Some of the trial's are moved, some rows still; those of no trial are its own once they are.
    DS_VERIFY(cache->findAny(Scope, std::span(digests).subspan(50, 100), Trial));
    QCOMPARE(rowsLeft(m_file), int64_t(100));
    DS_VERIFY(cache->refute(Trial, {}, {digests[3], "it differs"}));
    const auto any = cache->findAny(Scope, digests);
    DS_VERIFY(any);
    for (size_t i = 0; i < digests.size(); ++i)
        QCOMPARE((*any)[i].has_value(), i >= 150);
    QCOMPARE(cache->info()->entries, int64_t(50));
}

/// Its scores were stored before any check had spoken for them.
void TestScoreCacheFormer::firstSchemaIsKeptUnchecked() {
    makeFormerCache(m_file, {formerBatch(0, 500, true, {})});
    runSql(m_file, "DROP INDEX batch_trial; DROP TABLE refuted; ALTER TABLE batch DROP COLUMN trial; "
                   "ALTER TABLE batch DROP COLUMN checked; PRAGMA user_version = 1");
    const auto cache = openCache(m_file);
    QVERIFY(!cache->setAside());
    QCOMPARE(cache->info()->unchecked, int64_t(500));
    DS_VERIFY(cache->verify());
    const auto digests = digestsFrom(0, 500);
    QCOMPARE(countFound(*cache->find(Scope, digests)), int64_t(0));
    const auto any = cache->findAny(Scope, digests);
    DS_VERIFY(any);
    QCOMPARE(countRightAny(*any, digests), int64_t(500));
    std::vector<int64_t> batches;
    for (const auto& score : *any) {
        QVERIFY(!score->checked);
        batches.push_back(score->batch);
    }
    DS_VERIFY(cache->confirm(Trial, batches, {}));
    QCOMPARE(countRight(*cache->find(Scope, digests), digests), int64_t(500));
}

void TestScoreCacheFormer::rottenRowsGo() {
    makeFormerCache(m_file, {formerBatch(0, 100, true, Trial)});
    runSql(m_file,
           "UPDATE score SET bits = bits + 1 WHERE item = 7; UPDATE score SET checksum = 0 WHERE item = 8");
    const auto cache = openCache(m_file);
    const auto verified = cache->verify();
    QVERIFY(!verified && verified.error().what.starts_with("2 of 100"));
    const auto digests = digestsFrom(0, 100);
    const auto found = cache->findAny(Scope, digests, Trial);
    DS_VERIFY(found);
    QCOMPARE(countRightAny(*found, digests), int64_t(98));
    QVERIFY(!(*found)[7] && !(*found)[8]);
    QCOMPARE(rowsLeft(m_file), int64_t(0));
    DS_VERIFY(cache->verify());
}

/// It has the file open since before, and stores as it always did.
void TestScoreCacheFormer::rowsOfAVersionThatRunsStill() {
    makeFormerCache(m_file, {});
    const auto cache = openCache(m_file);
    const auto mine = digestsFrom(1000, 50);
    DS_VERIFY(cache->store(Scope, mine, scoresOf(mine), Trial));
    const auto digests = digestsFrom(0, 100);
    FormerBatch others = formerBatch(0, 100, true, Trial);
    runSql(m_file, "UPDATE batch SET id = 1000;" + formerRows({others}));
    runSql(m_file, "UPDATE block SET batch = 1000");
    const auto found = cache->findAny(Scope, digests, Trial);
    DS_VERIFY(found);
    QCOMPARE(countRightAny(*found, digests), int64_t(100));
    QCOMPARE(countRight(*cache->find(Scope, mine), mine), int64_t(50));
    // What it drops to make room leaves blocks behind, which go when room is made here.
    runSql(m_file, "DELETE FROM batch");
    DS_VERIFY(cache->clear(1));
    QVERIFY(fs::file_size(m_file) < 100'000);
    DS_VERIFY(cache->store(Scope, mine, scoresOf(mine), Trial));
    DS_VERIFY(cache->verify());
    QCOMPARE(cache->info()->entries, int64_t(50));
}

void TestScoreCacheFormer::longestUnusedGoesFirst() {
    std::vector<FormerBatch> batches;
    for (int64_t batch = 0; batch < 40; ++batch)
        batches.push_back(formerBatch(batch * 100, 100, true, Trial));
    makeFormerCache(m_file, batches);
    const auto cache = openCache(m_file);
    const auto favourite = digestsFrom(0, 100); // the first of all
    QCOMPARE(countRight(*cache->find(Scope, favourite), favourite), int64_t(100));
    const auto recent = digestsFrom(100'000, 100);
    DS_VERIFY(cache->store(Scope, recent, scoresOf(recent), Trial));
    const auto removed = cache->clear(150'000);
    QVERIFY(removed && *removed > 1000 && *removed < 4000);
    QVERIFY(fs::file_size(m_file) <= 150'000);
    QCOMPARE(cache->info()->entries, 4100 - *removed);
    QCOMPARE(countRight(*cache->find(Scope, favourite), favourite), int64_t(100));
    QCOMPARE(countRight(*cache->find(Scope, recent), recent), int64_t(100));
    QCOMPARE(countFound(*cache->find(Scope, digestsFrom(100, 1000))), int64_t(0));
    DS_VERIFY(cache->verify());
}

void TestScoreCacheFormer::severalMoveAtOnce() {
    std::vector<FormerBatch> batches;
    for (int64_t batch = 0; batch < 20; ++batch)
        batches.push_back(formerBatch(batch * 50, 50, batch % 2 == 0, Trial));
    makeFormerCache(m_file, batches);
    std::vector<pid_t> children;
    for (int child = 0; child < 3; ++child) {
        children.push_back(fork());
        if (children.back() != 0)
            continue;
        const auto cache = ScoreCache::open(m_file); // three at once bring the tables up
        if (!cache)
            _exit(1);
        for (int64_t first = 0; first < 1000; first += 70) {
            const auto digests = digestsFrom(first, size_t(std::min<int64_t>(70, 1000 - first)));
            const auto found = (*cache)->findAny(Scope, digests, Trial);
            if (!found || countRightAny(*found, digests) != int64_t(digests.size()))
                _exit(2);
        }
        _exit(0);
    }
    for (const pid_t child : children) {
        int status = 0;
        QCOMPARE(waitpid(child, &status, 0), child);
        QVERIFY(WIFEXITED(status));
        QCOMPARE(WEXITSTATUS(status), 0);
    }
    const auto cache = openCache(m_file);
    QVERIFY(!cache->setAside());
    QCOMPARE(rowsLeft(m_file), int64_t(0));
    QCOMPARE(cache->info()->entries, int64_t(1000));
    QCOMPARE(cache->info()->unchecked, int64_t(500));
    DS_VERIFY(cache->verify());
}

void TestScoreCacheFormer::killWhileMovingLosesNothing() {
    std::vector<FormerBatch> batches;
    for (int64_t batch = 0; batch < 60; ++batch)
        batches.push_back(formerBatch(batch * 50, 50, true, Trial));
    makeFormerCache(m_file, batches);
    const auto digests = digestsFrom(0, 3000);
    for (int round = 0; round < 5; ++round) {
        int reports[2];
        QCOMPARE(pipe(reports), 0);
        const pid_t child = fork();
        if (child == 0) {
            const auto cache = openCache(m_file);
            for (size_t first = size_t(round) * 500; first < 3000; first += 30) {
                if (!cache->findAny(Scope, std::span(digests).subspan(first, 30), Trial) ||
                    write(reports[1], "x", 1) != 1)
                    _exit(1);
            }
            pause();
        }
        close(reports[1]);
        char byte = 0;
        for (int step = 0; step < 5; ++step)
            QCOMPARE(read(reports[0], &byte, 1), ssize_t{1});
        QCOMPARE(kill(child, SIGKILL), 0); // it is in the middle of a later one
        int status = 0;
        QCOMPARE(waitpid(child, &status, 0), child);
        close(reports[0]);
        const auto cache = openCache(m_file);
        QCOMPARE(cache->info()->entries, int64_t(3000));
        DS_VERIFY(cache->verify());
    }
    QVERIFY(rowsLeft(m_file) < 3000);
    QCOMPARE(countRight(*openCache(m_file)->find(Scope, digests), digests), int64_t(3000));
    QCOMPARE(countRightAny(*openCache(m_file)->findAny(Scope, digests, Trial), digests), int64_t(3000));
    QCOMPARE(rowsLeft(m_file), int64_t(0));
}

/// However many rows there are: none is touched.
void TestScoreCacheFormer::openingIsQuick() {
    std::vector<FormerBatch> batches;
    for (int64_t batch = 0; batch < 1000; ++batch)
        batches.push_back(formerBatch(batch * 100, 100, true, Trial));
    makeFormerCache(m_file, batches);
    QElapsedTimer timer;
    timer.start();
    const auto cache = openCache(m_file);
    qInfo("100,000 scores brought up: %.1f ms", double(timer.nsecsElapsed()) / 1e6);
    QVERIFY(timer.elapsed() < 500 * Slowness);
    QCOMPARE(rowsLeft(m_file), int64_t(100'000));
}

QTEST_GUILESS_MAIN(TestScoreCacheFormer)
#include "tst_score_cache_former.moc"
