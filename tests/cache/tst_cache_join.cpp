// SPDX-License-Identifier: GPL-3.0-or-later
#include "cache/cache_join.h"

#include "cache/cache_support.h"
#include "table_file.h"

#include <csignal>
#include <sys/wait.h>
#include <unistd.h>

using namespace diploscope;
using namespace diploscope::test;
namespace fs = std::filesystem;

namespace {

Digest window(int i) {
    return digestOf("window " + std::to_string(i));
}

/// Stores 40 scores a window, checked, and lets the file go.
void make(const fs::path& file, const std::vector<int>& windows) {
    const auto cache = openCache(file);
    for (const int i : windows) {
        const auto digests = digestsFrom(int64_t{i} * 1000, 40);
        if (!cache->store(Scope, digests, scoresOf(digests), window(i)))
            qFatal("cannot store");
    }
}

/// How many of the window's scores are there, checked and right.
int64_t rightOf(ScoreCache& cache, int i) {
    const auto digests = digestsFrom(int64_t{i} * 1000, 40);
    const auto found = cache.findAny(Scope, digests, window(i));
    const auto expected = scoresOf(digests);
    int64_t right = 0;
    for (size_t k = 0; found && k < digests.size(); ++k)
        right += (*found)[k] && (*found)[k]->checked && (*found)[k]->score == expected[k];
    return right;
}

} // namespace

class TestCacheJoin : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void scoresAreJoined() {
        const TemporaryFolder folder;
        make(folder / "a#%?.sqlite", {1, 2});
        make(folder / "b.sqlite", {2, 3});
        const QByteArray before = fileContent(folder / "b.sqlite");
        const auto out = openCache(folder / "out.sqlite");
        const auto first = joinCache(*out, folder / "a#%?.sqlite");
        DS_VERIFY(first);
        QCOMPARE(first->added, int64_t{80});
        const auto second = joinCache(*out, folder / "b.sqlite");
        DS_VERIFY(second);
        QCOMPARE(second->added, int64_t{40});
        QCOMPARE(second->known, int64_t{40});
        QCOMPARE(second->conflicting, int64_t{0});
        for (int i = 1; i <= 3; ++i)
            QCOMPARE(rightOf(*out, i), int64_t{40});
        QCOMPARE(out->info()->entries, int64_t{120});
        DS_VERIFY(out->verify());
        // Again: nothing comes twice, and nothing was done to the source.
        QCOMPARE(joinCache(*out, folder / "b.sqlite")->added, int64_t{0});
        QCOMPARE(out->info()->entries, int64_t{120});
        QVERIFY(fileContent(folder / "b.sqlite") == before);
        for (const char* ending : {"-wal", "-shm", "-journal"})
            QVERIFY2(!fs::exists((folder / "b.sqlite").string() + ending), ending);
    }

    void onlyWindowsThatAreWanted() {
        const TemporaryFolder folder;
        make(folder / "a", {1, 2, 3});
        const auto out = openCache(folder / "out");
        DS_VERIFY(joinCache(*out, folder / "a", std::set<Digest>{window(2)}));
        QCOMPARE(out->info()->entries, int64_t{40});
        QCOMPARE(rightOf(*out, 2), int64_t{40});
        const auto scopes = cacheScopes(folder / "a");
        DS_VERIFY(scopes);
        QCOMPARE(scopes->size(), size_t{1});
        QCOMPARE(scopes->front().output, Scope.output);
    }

    void differentNumbersAreToldAndTheFirstStay() {
        const TemporaryFolder folder;
        make(folder / "a", {1, 2});
        {
            const auto other = openCache(folder / "b");
            const auto digests = digestsFrom(1000, 40);
            std::vector<double> scores = scoresOf(digests);
            scores[7] = std::nextafter(scores[7], 1e9);
            DS_VERIFY(other->store(Scope, digests, scores, window(1)));
            const auto more = digestsFrom(9000, 40);
            DS_VERIFY(other->store(Scope, more, scoresOf(more), window(9)));
        }
        const auto out = openCache(folder / "out");
        DS_VERIFY(joinCache(*out, folder / "a"));
        const auto join = joinCache(*out, folder / "b");
        DS_VERIFY(join);
        QCOMPARE(join->conflicting, int64_t{1});
        QCOMPARE(join->conflicts[0].sequence, digestsFrom(1007, 1)[0]);
        QVERIFY(join->conflicts[0].kept < join->conflicts[0].other);
        QCOMPARE(join->added, int64_t{40});
        QCOMPARE(rightOf(*out, 1), int64_t{40});
        QCOMPARE(rightOf(*out, 9), int64_t{40});
    }

    /// What no check has spoken for stays so; a checked score stands for the same unchecked one.
    void checksGoAlong() {
        const TemporaryFolder folder;
        const auto digests = digestsFrom(1000, 40);
        {
            const auto unchecked = openCache(folder / "unchecked");
            DS_VERIFY(unchecked->storeUnchecked(Scope, window(1), digests, scoresOf(digests)));
        }
        make(folder / "checked", {1});
        const auto out = openCache(folder / "out");
        QCOMPARE(joinCache(*out, folder / "unchecked")->added, int64_t{40});
        QCOMPARE(out->info()->unchecked, int64_t{40});
        QCOMPARE(joinCache(*out, folder / "checked")->known, int64_t{40});
        QCOMPARE(rightOf(*out, 1), int64_t{40});
        DS_VERIFY(joinCache(*out, folder / "unchecked"));
        QCOMPARE(rightOf(*out, 1), int64_t{40});
    }

    void refutedWindowsStaySo() {
        const TemporaryFolder folder;
        make(folder / "good", {1, 2});
        {
            const auto refuted = openCache(folder / "refuted");
            DS_VERIFY(refuted->refute(window(1), {}, {digestsFrom(1000, 1)[0], "differs"}));
        }
        for (const bool goodFirst : {true, false}) {
            const auto out = openCache(folder / (goodFirst ? "out1" : "out2"));
            DS_VERIFY(joinCache(*out, folder / (goodFirst ? "good" : "refuted")));
            const auto second = joinCache(*out, folder / (goodFirst ? "refuted" : "good"));
            DS_VERIFY(second);
            QCOMPARE(second->refuted, goodFirst ? int64_t{0} : int64_t{40});
            QCOMPARE(out->info()->entries, int64_t{40});
            QCOMPARE(rightOf(*out, 2), int64_t{40});
            QCOMPARE(out->refutation(window(1))->value().verdict, std::string("differs"));
        }
    }

    /// A shard's cache as a kill leaves it: part of it in the WAL alone.
    void killedSourceIsReadWhole() {
        const TemporaryFolder folder;
        const pid_t child = fork();
        if (child == 0) {
            const auto cache = ScoreCache::open(folder / "a");
            for (int i = 1; i <= 3; ++i) {
                const auto digests = digestsFrom(int64_t{i} * 1000, 40);
                if (!cache || !(*cache)->store(Scope, digests, scoresOf(digests), window(i)))
                    _exit(1);
            }
            kill(getpid(), SIGKILL);
        }
        int status = 0;
        QCOMPARE(waitpid(child, &status, 0), child);
        QVERIFY(WIFSIGNALED(status));
        const QByteArray before = fileContent(folder / "a"), wal = fileContent(folder / "a-wal");
        QVERIFY(!wal.isEmpty());
        const auto out = openCache(folder / "out");
        QCOMPARE(joinCache(*out, folder / "a")->added, int64_t{120});
        QVERIFY(fileContent(folder / "a") == before && fileContent(folder / "a-wal") == wal);
    }

    void killLeavesAWholeCache() {
        const TemporaryFolder folder;
        std::vector<int> windows;
        for (int i = 0; i < 200; ++i)
            windows.push_back(i);
        make(folder / "a", windows);
        for (const int microseconds : {0, 3000, 10000, 30000}) {
            const fs::path file = folder / ("out" + std::to_string(microseconds));
            const pid_t child = fork();
            if (child == 0) {
                const auto out = ScoreCache::open(file);
                _exit(out && joinCache(**out, folder / "a") ? 0 : 1);
            }
            usleep(static_cast<useconds_t>(microseconds));
            kill(child, SIGKILL);
            int status = 0;
            QCOMPARE(waitpid(child, &status, 0), child);
            const auto out = openCache(file);
            QVERIFY(!out->setAside());
            DS_VERIFY(out->verify());
            QCOMPARE(out->info()->entries % 40, int64_t{0});
            DS_VERIFY(joinCache(*out, folder / "a"));
            QCOMPARE(out->info()->entries, int64_t{8000});
        }
    }

    void whatIsNoCacheIsSaid() {
        const TemporaryFolder folder;
        const auto out = openCache(folder / "out");
        QCOMPARE(joinCache(*out, folder / "none").error().kind, ErrorKind::NotFound);
        QVERIFY(!fs::exists(folder / "none"));
        writeText(folder / "text", std::string(5000, 'x'));
        QCOMPARE(joinCache(*out, folder / "text").error().kind, ErrorKind::BadInput);
        make(folder / "cut", {1, 2, 3});
        fs::resize_file(folder / "cut", fs::file_size(folder / "cut") / 2);
        QVERIFY(!joinCache(*out, folder / "cut"));
        QCOMPARE(out->info()->entries, int64_t{0});
    }
};

QTEST_GUILESS_MAIN(TestCacheJoin)
#include "tst_cache_join.moc"
