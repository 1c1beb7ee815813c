// SPDX-License-Identifier: GPL-3.0-or-later
// Result stores joined: what becomes of rows, and what is left where it is refused or killed.
#include "results/result_merge.h"

#include "results/store_support.h"
#include "table_file.h"

#include <csignal>
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace diploscope;
using namespace diploscope::test;
namespace fs = std::filesystem;

namespace {

std::string geneName(int i) {
    return "G" + std::to_string(i);
}

/// A row that is told apart from others by its numbers.
GeneRow rowOf(int i) {
    GeneRow row = geneRow(geneName(i));
    row.r = 1.0 / (i + 3);
    row.drivers.resize(static_cast<size_t>(i) % 3);
    return row;
}

/// Makes a store with these genes of one run. `shares` > 0: as one of so many shares of `listed` genes.
void make(const fs::path& file, const std::vector<int>& genes, int listed = 0, int shares = 0,
          const ResultRun& run = runOf("s")) {
    auto store = ResultStore::open(file);
    if (!store)
        qFatal("%s", store.error().message().c_str());
    const int64_t id = store->beginRun(run).value();
    if (shares > 0) {
        SharedList list{shares, {}};
        for (int i = 0; i < listed; ++i)
            list.genes.emplace_back(geneName(i), i % shares + 1);
        if (!store->keepList(id, list))
            qFatal("cannot keep the list");
    }
    std::vector<GeneRow> rows;
    for (const int i : genes)
        rows.push_back(rowOf(i));
    if (!store->store(id, rows))
        qFatal("cannot store");
}

std::vector<RunContents> contentsOf(const fs::path& file) {
    auto store = ResultStore::openExisting(file);
    if (!store)
        qFatal("%s", store.error().message().c_str());
    return store->contents().value();
}

std::vector<GeneRow> rowsOf(const fs::path& file) {
    const auto all = contentsOf(file);
    return all.empty() ? std::vector<GeneRow>() : all.front().genes;
}

} // namespace

class TestResultMerge : public QObject {
    Q_OBJECT
private Q_SLOTS:
    /// In whichever order and in however many steps they are joined.
    void sharesAreOneRun() {
        const TemporaryFolder folder;
        make(folder / "one.sqlite", {0, 1, 2, 3, 4, 5, 6});
        std::vector<fs::path> shares;
        for (int share = 0; share < 3; ++share) {
            std::vector<int> genes;
            for (int i = share; i < 7; i += 3)
                genes.push_back(i);
            shares.push_back(folder / ("share" + std::to_string(share)));
            make(shares.back(), genes, 7, 3);
        }
        std::vector<QByteArray> before;
        for (const fs::path& share : shares)
            before.push_back(fileContent(share));
        const auto merged = mergeResults(folder / "all.sqlite", shares, false);
        DS_VERIFY(merged);
        QCOMPARE(merged->size(), size_t{1});
        QCOMPARE(merged->front().run.genes, int64_t{7});
        QCOMPARE(merged->front().stores, int64_t{3});
        QCOMPARE(merged->front().listed, int64_t{7});
        QVERIFY(rowsOf(folder / "all.sqlite") == rowsOf(folder / "one.sqlite"));
        const auto run = contentsOf(folder / "all.sqlite").front().run;
        QCOMPARE(run.provenance, runOf("s").provenance);
        QVERIFY(run.identityKnown && run.storedAt > 0);

        DS_VERIFY(mergeResults(folder / "steps.sqlite", {shares[2]}, true));
        QCOMPARE(rowsOf(folder / "steps.sqlite").size(), size_t{2});
        DS_VERIFY(mergeResults(folder / "steps.sqlite", {shares[1], shares[0]}, false));
        QVERIFY(rowsOf(folder / "steps.sqlite") == rowsOf(folder / "one.sqlite"));
        for (size_t i = 0; i < shares.size(); ++i) {
            QVERIFY(fileContent(shares[i]) == before[i]);
            QVERIFY(!fs::exists(shares[i].string() + "-journal"));
        }
    }

    void missingGenesAreNamed() {
        const TemporaryFolder folder;
        make(folder / "a", {0, 2}, 5, 2); // of share 1: 4 is not done yet
        const auto refused = mergeResults(folder / "all.sqlite", {folder / "a"}, false);
        QVERIFY(!refused);
        QCOMPARE(refused.error().kind, ErrorKind::NotFound);
        QVERIFY2(refused.error().what.find("3 of 5 genes") != std::string::npos,
                 refused.error().what.c_str());
        QVERIFY2(refused.error().remedy.find("--shard 1/2, 2/2") != std::string::npos,
                 refused.error().remedy.c_str());
        QVERIFY(!fs::exists(folder / "all.sqlite"));
        const auto partial = mergeResults(folder / "all.sqlite", {folder / "a"}, true);
        DS_VERIFY(partial);
        QCOMPARE(partial->front().missing.size(), size_t{3});
        QCOMPARE(partial->front().missing[0], std::pair(std::string("G1"), 2));
        QCOMPARE(partial->front().missing[2], std::pair(std::string("G4"), 1));
    }

    void differentNumbersAreRefused() {
        const TemporaryFolder folder;
        make(folder / "a", {0, 1});
        make(folder / "b", {1, 2});
        DS_VERIFY(mergeResults(folder / "fine", {folder / "a", folder / "b"}, false));
        QCOMPARE(rowsOf(folder / "fine").size(), size_t{3});

        runSql(folder / "b", "UPDATE gene SET pearson_r = 0.5 WHERE gene_id = 'G1'");
        const auto refused = mergeResults(folder / "new", {folder / "a", folder / "b"}, false);
        QVERIFY(!refused);
        QCOMPARE(refused.error().kind, ErrorKind::Mismatch);
        for (const std::string& part : {std::string("pearson_r is 0.25 in "), std::string("and 0.5 in "),
                                        (folder / "a").string(), (folder / "b").string()})
            QVERIFY2(refused.error().what.find(part) != std::string::npos, refused.error().what.c_str());
        QVERIFY(!fs::exists(folder / "new"));
        // Nor where one of the two is in the store to write to.
        const QByteArray before = fileContent(folder / "fine");
        QVERIFY(!mergeResults(folder / "fine", {folder / "b"}, false));
        QVERIFY(fileContent(folder / "fine") == before);
        // A driver's number, too.
        runSql(folder / "b", "UPDATE gene SET pearson_r = 0.25 WHERE gene_id = 'G1'");
        DS_VERIFY(mergeResults(folder / "new", {folder / "a", folder / "b"}, false));
        runSql(folder / "b", "UPDATE driver SET gain = 0.5");
        QVERIFY(!mergeResults(folder / "other", {folder / "a", folder / "b"}, false));
    }

    void finishedStandsForFailed() {
        const TemporaryFolder folder;
        make(folder / "a", {0, 1});
        make(folder / "b", {0, 1});
        runSql(folder / "a", "UPDATE gene SET failure = 'no memory', pearson_r = NULL WHERE gene_id = 'G0'");
        runSql(folder / "b", "UPDATE gene SET predixcan_r = NULL, failure = 'a fault' WHERE gene_id = 'G1'");
        for (const auto& order :
             {std::vector{folder / "a", folder / "b"}, std::vector{folder / "b", folder / "a"}}) {
            fs::remove(folder / "all");
            const auto merged = mergeResults(folder / "all", order, false);
            DS_VERIFY(merged);
            QCOMPARE(merged->front().run.failed, int64_t{0});
            std::vector<GeneRow> expected{rowOf(0), rowOf(1)};
            QVERIFY(rowsOf(folder / "all") == expected);
        }
        // PrediXcan's R comes to rows that are there already.
        runSql(folder / "b", "UPDATE gene SET predixcan_r = NULL, failure = ''");
        fs::remove(folder / "all");
        DS_VERIFY(mergeResults(folder / "all", {folder / "b", folder / "a"}, false));
        QVERIFY(rowsOf(folder / "all")[1] == rowOf(1));
    }

    /// Runs of other models and states stand beside each other, in the order in which they came.
    void runsAreJoinedByKey() {
        const TemporaryFolder folder;
        make(folder / "a", {0}, 0, 0, runOf("s", "m"));
        make(folder / "a", {1}, 0, 0, runOf("s", "n"));
        make(folder / "b", {1}, 0, 0, runOf("t", "m"));
        make(folder / "b", {0}, 0, 0, runOf("s", "n"));
        DS_VERIFY(mergeResults(folder / "all", {folder / "a", folder / "b"}, false));
        const auto all = contentsOf(folder / "all");
        QCOMPARE(all.size(), size_t{3});
        QCOMPARE(all[0].run.model, std::string("Model m"));
        QCOMPARE(all[1].run.model, std::string("Model n"));
        QCOMPARE(all[1].genes.size(), size_t{2});
        QCOMPARE(all[2].run.study, std::string("t"));
    }

    void whatCannotBeReadIsSaid() {
        const TemporaryFolder folder;
        make(folder / "a", {0});
        QCOMPARE(mergeResults(folder / "all", {folder / "a", folder / "none"}, false).error().kind,
                 ErrorKind::NotFound);
        writeText(folder / "text", std::string(5000, 'x'));
        QCOMPARE(mergeResults(folder / "all", {folder / "text"}, false).error().kind, ErrorKind::BadInput);
        QCOMPARE(mergeResults(folder / "a", {folder / "a"}, false).error().kind, ErrorKind::BadInput);
        make(folder / "newer", {1});
        runSql(folder / "newer", "ALTER TABLE gene ADD COLUMN of_tomorrow REAL");
        QCOMPARE(mergeResults(folder / "all", {folder / "newer"}, false).error().kind, ErrorKind::Mismatch);
        QVERIFY(!fs::exists(folder / "all"));
    }

    /// What a killed program left half done is taken back on a copy.
    void killedSourceIsReadAndNotChanged() {
        const TemporaryFolder folder;
        make(folder / "a", {0, 1});
        const fs::path file = folder / "a";
        const pid_t child = fork();
        if (child == 0) {
            sqlite3* database = nullptr;
            sqlite3_open(file.c_str(), &database);
            sqlite3_exec(database,
                         "PRAGMA cache_size = 1; BEGIN; UPDATE gene SET pearson_r = 7; UPDATE "
                         "driver SET gain = 7; CREATE TABLE filler AS WITH RECURSIVE n(i) AS "
                         "(SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000) SELECT i, "
                         "hex(randomblob(90)) AS t FROM n",
                         nullptr, nullptr, nullptr);
            sqlite3_db_cacheflush(database);
            kill(getpid(), SIGKILL);
        }
        int status = 0;
        QCOMPARE(waitpid(child, &status, 0), child);
        QVERIFY(fs::file_size(file.string() + "-journal") > 0);
        const QByteArray before = fileContent(file), journal = fileContent(file.string() + "-journal");
        DS_VERIFY(mergeResults(folder / "all", {file}, false));
        QVERIFY((rowsOf(folder / "all") == std::vector<GeneRow>{rowOf(0), rowOf(1)}));
        QVERIFY(fileContent(file) == before && fileContent(file.string() + "-journal") == journal);
    }

    /// Killed at whatever moment, the store is as it was or as it is to be.
    void killLeavesAWholeStore() {
        const TemporaryFolder folder;
        std::vector<int> old, more;
        for (int i = 0; i < 300; ++i)
            (i < 20 ? old : more).push_back(i);
        make(folder / "more", more);
        for (const int microseconds : {0, 2000, 5000, 10000, 20000, 40000, 80000}) {
            const fs::path out = folder / ("out" + std::to_string(microseconds));
            make(out, old);
            const pid_t child = fork();
            if (child == 0)
                _exit(mergeResults(out, {folder / "more"}, false) ? 0 : 1);
            usleep(static_cast<useconds_t>(microseconds));
            kill(child, SIGKILL);
            int status = 0;
            QCOMPARE(waitpid(child, &status, 0), child);
            const size_t kept = rowsOf(out).size();
            QVERIFY2(kept == 20 || kept == 300, std::to_string(kept).c_str());
            DS_VERIFY(mergeResults(out, {folder / "more"}, false));
            QCOMPARE(rowsOf(out).size(), size_t{300});
        }
    }

    /// 200 shares of 35 genes.
    void manySharesAreQuick() {
        const TemporaryFolder folder;
        std::vector<fs::path> shares;
        for (int share = 0; share < 200; ++share) {
            shares.push_back(folder / ("share" + std::to_string(share)));
            auto store = ResultStore::open(shares.back());
            DS_VERIFY(store);
            const int64_t id = store->beginRun(runOf("s")).value();
            SharedList list{200, {}};
            std::vector<GeneRow> rows;
            for (int i = 0; i < 7000; ++i) {
                list.genes.emplace_back(geneName(i), i % 200 + 1);
                if (i % 200 == share)
                    rows.push_back(rowOf(i));
            }
            DS_VERIFY(store->keepList(id, list));
            DS_VERIFY(store->store(id, rows));
        }
        const std::clock_t begin = std::clock();
        const auto merged = mergeResults(folder / "all", shares, false);
        DS_VERIFY(merged);
        QCOMPARE(merged->front().run.genes, int64_t{7000});
        const double seconds = double(std::clock() - begin) / CLOCKS_PER_SEC;
        qInfo("200 shares of 35 genes are joined in %.2f s of processor time", seconds);
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
        QVERIFY(seconds < 10);
#endif
        QCOMPARE(rowsOf(folder / "all")[4321].geneId, geneName(4321));
    }
};

QTEST_GUILESS_MAIN(TestResultMerge)
#include "tst_result_merge.moc"
