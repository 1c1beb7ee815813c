// SPDX-License-Identifier: GPL-3.0-or-later
#include "cache/score_cache.h"

#include "base/atomic_file.h"
#include "cache/cache_support.h"

#include <csignal>
#include <sqlite3.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace diploscope;
using namespace diploscope::test;
namespace fs = std::filesystem;

namespace {

/// What another program, or decay, does to the file.
void runSql(const fs::path& file, const char* sql) {
    sqlite3* database = nullptr;
    char* message = nullptr;
    if (sqlite3_open(file.c_str(), &database) != SQLITE_OK ||
        sqlite3_exec(database, sql, nullptr, nullptr, &message) != SQLITE_OK)
        qFatal("%s: %s", sql, message != nullptr ? message : "cannot be opened");
    sqlite3_close(database);
}

std::string bytesOf(const fs::path& file) {
    auto text = readWholeFile(file);
    return text ? *text : std::string();
}

/// A closed cache with 5,000 scores.
void makeCache(const fs::path& file) {
    const auto digests = digestsFrom(0, 5000);
    if (!openCache(file)->store(Scope, digests, scoresOf(digests)))
        qFatal("cannot store");
}

} // namespace

class TestScoreCacheDamage : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void damagedFileIsSetAside_data();
    void damagedFileIsSetAside();
    void namesOfOldDamageAreKept();
    void emptyFileIsTaken();
    void strangersAreLeftAlone_data();
    void strangersAreLeftAlone();
    void firstSchemaIsKeptUnchecked();
    void olderSchemaIsEmptied();
    void rottenRowIsFoundOut_data();
    void rottenRowIsFoundOut();
    void rottenPageIsFoundOutAndCleared();
    void unusablePlace_data();
    void unusablePlace();
    void readOnlyFolder();
    void fullDiskLosesNothing();
    void vanishedFolder();
    void verifyCanBeStopped();
};

void TestScoreCacheDamage::damagedFileIsSetAside_data() {
    QTest::addColumn<int>("how");
    QTest::newRow("text file") << 0;
    QTest::newRow("half of it") << 1;
    QTest::newRow("header overwritten") << 2;
    QTest::newRow("tables' page overwritten") << 3;
    QTest::newRow("a table is missing") << 4;
    QTest::newRow("an endless view in a table's place") << 5;
    QTest::newRow("a trigger") << 6;
}

void TestScoreCacheDamage::damagedFileIsSetAside() {
    QFETCH(int, how);
    const TemporaryFolder folder;
    const auto file = folder / "scores.sqlite";
    makeCache(file);
    std::string bytes = bytesOf(file);
    QVERIFY(bytes.size() > 200'000);
    switch (how) {
    case 0:
        bytes = "These are no scores.\n";
        break;
    case 1:
        bytes.resize(bytes.size() / 2);
        break;
    case 2:
        bytes.replace(0, 16, 16, 'x');
        break;
    case 3:
        bytes.replace(100, 3996, 3996, 'x');
        break;
    case 4:
        runSql(file, "DROP TABLE batch");
        bytes = bytesOf(file);
        break;
    case 5:
        runSql(file, "DROP TABLE scope; CREATE VIEW scope AS WITH RECURSIVE n (id) AS (SELECT 1 UNION ALL "
                     "SELECT id + 1 FROM n) SELECT id, 'm' AS model, 'o' AS output FROM n WHERE id < 0");
        bytes = bytesOf(file);
        break;
    default:
        runSql(file, "CREATE TRIGGER t AFTER INSERT ON batch BEGIN DELETE FROM score; END");
        bytes = bytesOf(file);
    }
    writeText(file, bytes);

    const auto cache = ScoreCache::open(file);
    DS_VERIFY(cache);
    QVERIFY((*cache)->setAside().has_value());
    QCOMPARE(*(*cache)->setAside(), fs::path(file.string() + ".damaged-1"));
    QVERIFY(bytesOf(*(*cache)->setAside()) == bytes); // for whoever wants to look into it
    const auto digests = digestsFrom(0, 5000);
    const auto found = (*cache)->find(Scope, digests);
    DS_VERIFY(found);
    QCOMPARE(countFound(*found), int64_t(0));
    DS_VERIFY((*cache)->store(Scope, digests, scoresOf(digests)));
    DS_VERIFY((*cache)->verify());
    QVERIFY(!openCache(file)->setAside());
}

void TestScoreCacheDamage::namesOfOldDamageAreKept() {
    const TemporaryFolder folder;
    const auto file = folder / "scores.sqlite";
    for (int round = 1; round <= 3; ++round) {
        writeText(file, "damage " + std::to_string(round) + std::string(1000, '.'));
        QCOMPARE(*openCache(file)->setAside(), fs::path(file.string() + ".damaged-" + std::to_string(round)));
    }
    QVERIFY(bytesOf(folder / "scores.sqlite.damaged-1").starts_with("damage 1"));
}

void TestScoreCacheDamage::emptyFileIsTaken() {
    const TemporaryFolder folder;
    writeText(folder / "scores.sqlite", "");
    const auto cache = openCache(folder / "scores.sqlite");
    QVERIFY(!cache->setAside());
    const auto digests = digestsFrom(0, 5);
    DS_VERIFY(cache->store(Scope, digests, scoresOf(digests)));
}

void TestScoreCacheDamage::strangersAreLeftAlone_data() {
    QTest::addColumn<QByteArray>("sql");
    QTest::newRow("another program's database")
        << QByteArray("CREATE TABLE weights (rsid TEXT); INSERT INTO weights VALUES ('rs1')");
    QTest::newRow("a newer version's cache") << QByteArray("PRAGMA user_version = 99");
}

void TestScoreCacheDamage::strangersAreLeftAlone() {
    QFETCH(QByteArray, sql);
    const TemporaryFolder folder;
    const auto file = folder / "scores.sqlite";
    if (sql.startsWith("PRAGMA"))
        makeCache(file);
    runSql(file, sql);
    const std::string before = bytesOf(file);
    const auto cache = ScoreCache::open(file);
    QVERIFY(!cache);
    QCOMPARE(cache.error().kind, ErrorKind::Mismatch);
    QCOMPARE(cache.error().where, file.string());
    QVERIFY(!cache.error().remedy.empty());
    QVERIFY(bytesOf(file) == before);
}

/// Its scores were stored before any check had spoken for them.
void TestScoreCacheDamage::firstSchemaIsKeptUnchecked() {
    const TemporaryFolder folder;
    const auto file = folder / "scores.sqlite";
    makeCache(file);
    runSql(file, "DROP INDEX batch_trial; DROP TABLE refuted; ALTER TABLE batch DROP COLUMN trial; "
                 "ALTER TABLE batch DROP COLUMN checked; PRAGMA user_version = 1");
    const auto cache = openCache(file);
    QVERIFY(!cache->setAside());
    QCOMPARE(cache->info()->unchecked, int64_t(5000));
    DS_VERIFY(cache->verify());
    const auto digests = digestsFrom(0, 5000);
    const auto good = cache->find(Scope, digests);
    DS_VERIFY(good);
    QCOMPARE(countFound(*good), int64_t(0));
    const auto any = cache->findAny(Scope, digests);
    DS_VERIFY(any);
    std::vector<int64_t> batches;
    for (size_t i = 0; i < digests.size(); ++i) {
        QVERIFY((*any)[i] && !(*any)[i]->checked);
        QCOMPARE((*any)[i]->score, scoresOf(digests)[i]);
        batches.push_back((*any)[i]->batch);
    }
    DS_VERIFY(cache->confirm(trialOf(Scope, "ACGT"), batches, {}));
    const auto checked = cache->find(Scope, digests);
    DS_VERIFY(checked);
    QCOMPARE(countRight(*checked, digests), int64_t(5000));
}

void TestScoreCacheDamage::olderSchemaIsEmptied() {
    const TemporaryFolder folder;
    const auto file = folder / "scores.sqlite";
    makeCache(file);
    runSql(file, "PRAGMA user_version = 0; ALTER TABLE score DROP COLUMN checksum");
    const auto cache = openCache(file);
    QVERIFY(!cache->setAside());
    const auto digests = digestsFrom(0, 5000);
    const auto found = cache->find(Scope, digests);
    DS_VERIFY(found);
    QCOMPARE(countFound(*found), int64_t(0));
    DS_VERIFY(cache->store(Scope, digests, scoresOf(digests)));
    DS_VERIFY(cache->verify());
}

void TestScoreCacheDamage::rottenRowIsFoundOut_data() {
    QTest::addColumn<QByteArray>("sql");
    QTest::addColumn<int>("lost");
    QTest::newRow("score") << QByteArray(
                                  "UPDATE score SET bits = (bits | 4096) - (bits & 4096) WHERE item = 7")
                           << 1;
    QTest::newRow("its checksum") << QByteArray("UPDATE score SET checksum = checksum + 1 WHERE item < 3")
                                  << 3;
    QTest::newRow("scope's output") << QByteArray("UPDATE scope SET output = 'another'") << 5000;
    QTest::newRow("scope gone") << QByteArray("DELETE FROM scope") << 5000;
}

void TestScoreCacheDamage::rottenRowIsFoundOut() {
    QFETCH(QByteArray, sql);
    QFETCH(int, lost);
    const TemporaryFolder folder;
    const auto file = folder / "scores.sqlite";
    makeCache(file);
    runSql(file, sql);
    const auto cache = openCache(file);
    const auto verified = cache->verify();
    QVERIFY(!verified);
    QCOMPARE(verified.error().kind, ErrorKind::BadInput);
    QVERIFY2(verified.error().what.starts_with(std::to_string(lost) + " of 5000"),
             verified.error().what.c_str());
    QVERIFY(!verified.error().remedy.empty());

    const auto digests = digestsFrom(0, 5000);
    const auto found = cache->find(Scope, digests);
    DS_VERIFY(found);
    QCOMPARE(countFound(*found), int64_t(5000 - lost)); // never a wrong one
    QCOMPARE(countRight(*found, digests), int64_t(5000 - lost));
    DS_VERIFY(cache->store(Scope, digests, scoresOf(digests)));
    const auto after = cache->find(Scope, digests);
    DS_VERIFY(after);
    QCOMPARE(countRight(*after, digests), int64_t(5000));
}

void TestScoreCacheDamage::rottenPageIsFoundOutAndCleared() {
    const TemporaryFolder folder;
    const auto file = folder / "scores.sqlite";
    makeCache(file);
    std::string bytes = bytesOf(file);
    const size_t middle = bytes.size() / 4096 / 2 * 4096;
    bytes.replace(middle, 4096, 4096, '\xff');
    writeText(file, bytes);
    {
        const auto cache = openCache(file); // finds nothing: it does not read every page
        const auto verified = cache->verify();
        QVERIFY(!verified);
        QCOMPARE(verified.error().kind, ErrorKind::BadInput);
        const auto found = cache->find(Scope, digestsFrom(0, 5000));
        QVERIFY(!found || countRight(*found, digestsFrom(0, 5000)) == countFound(*found));
        DS_VERIFY(cache->clear());
        DS_VERIFY(cache->verify());
        const auto digests = digestsFrom(0, 5000);
        DS_VERIFY(cache->store(Scope, digests, scoresOf(digests)));
        DS_VERIFY(cache->verify());
    }
    QVERIFY(!openCache(file)->setAside());
}

void TestScoreCacheDamage::unusablePlace_data() {
    QTest::addColumn<QByteArray>("name");
    QTest::newRow("below a file") << QByteArray("file/scores.sqlite");
    QTest::newRow("further below a file") << QByteArray("file/folder/scores.sqlite");
    QTest::newRow("a folder") << QByteArray("folder");
}

void TestScoreCacheDamage::unusablePlace() {
    QFETCH(QByteArray, name);
    const TemporaryFolder folder;
    writeText(folder / "file", "x");
    fs::create_directory(folder / "folder");
    const auto cache = ScoreCache::open(folder / name.toStdString());
    QVERIFY(!cache);
    QCOMPARE(cache.error().kind, ErrorKind::Io);
    QVERIFY(cache.error().remedy.find("XDG_CACHE_HOME") != std::string::npos);
    QVERIFY(cache.error().where.find(folder.path().string()) != std::string::npos);
    QCOMPARE(bytesOf(folder / "file"), std::string("x"));
}

void TestScoreCacheDamage::readOnlyFolder() {
    const TemporaryFolder folder;
    chmod(folder.path().c_str(), 0755);
    fs::create_directory(folder / "closed");
    chmod((folder / "closed").c_str(), 0555);
    const pid_t child = fork();
    if (child == 0) { // root may write everywhere, so it becomes somebody else
        if (geteuid() == 0 && setuid(65534) != 0)
            _exit(1);
        const auto cache = ScoreCache::open(folder / "closed/scores.sqlite");
        const bool refused = !cache && cache.error().kind == ErrorKind::Io &&
                             cache.error().remedy.find("XDG_CACHE_HOME") != std::string::npos;
        _exit(refused ? 0 : 2);
    }
    int status = 0;
    QCOMPARE(waitpid(child, &status, 0), child);
    chmod((folder / "closed").c_str(), 0700);
    QVERIFY(WIFEXITED(status));
    QCOMPARE(WEXITSTATUS(status), 0);
    QVERIFY(fs::is_empty(folder / "closed"));
}

/// A limit on the size of files, which is to SQLite what a full disk is.
void TestScoreCacheDamage::fullDiskLosesNothing() {
    const TemporaryFolder folder;
    const auto file = folder / "scores.sqlite";
    makeCache(file);
    int reports[2];
    QCOMPARE(pipe(reports), 0);
    const pid_t child = fork();
    if (child == 0) {
        signal(SIGXFSZ, SIG_IGN);
        const rlimit limit{fs::file_size(file) + 200'000, fs::file_size(file) + 200'000};
        if (setrlimit(RLIMIT_FSIZE, &limit) != 0)
            _exit(77);
        const auto cache = openCache(file);
        for (int64_t batch = 1; batch < 1000; ++batch) {
            const auto digests = digestsFrom(batch * 100'000, 200);
            const auto stored = cache->store(Scope, digests, scoresOf(digests));
            if (!stored)
                _exit(stored.error().kind == ErrorKind::Io && !stored.error().remedy.empty() ? 0 : 1);
            if (write(reports[1], &batch, sizeof batch) != sizeof batch)
                _exit(2);
        }
        _exit(3); // never full
    }
    close(reports[1]);
    int64_t last = 0;
    while (read(reports[0], &last, sizeof last) == ssize_t{sizeof last}) {
    }
    close(reports[0]);
    int status = 0;
    QCOMPARE(waitpid(child, &status, 0), child);
    QVERIFY(WIFEXITED(status));
    if (WEXITSTATUS(status) == 77)
        QSKIP("No limit can be set here");
    QCOMPARE(WEXITSTATUS(status), 0);
    QVERIFY(last > 0);
    const auto cache = openCache(file);
    QVERIFY(!cache->setAside());
    DS_VERIFY(cache->verify());
    for (int64_t batch = 1; batch <= last; ++batch) {
        const auto digests = digestsFrom(batch * 100'000, 200);
        QCOMPARE(countRight(*cache->find(Scope, digests), digests), int64_t(200));
    }
    QCOMPARE(countRight(*cache->find(Scope, digestsFrom(0, 5000)), digestsFrom(0, 5000)), int64_t(5000));
}

void TestScoreCacheDamage::vanishedFolder() {
    const TemporaryFolder folder;
    fs::create_directory(folder / "gone");
    makeCache(folder / "gone/scores.sqlite");
    const auto cache = openCache(folder / "gone/scores.sqlite");
    fs::remove_all(folder / "gone");
    const auto digests = digestsFrom(9'000'000, 5000);
    for (int round = 0; round < 3; ++round) { // an error or a score, but no crash and no wrong one
        const auto found = cache->find(Scope, digestsFrom(0, 5000));
        QVERIFY(!found || countRight(*found, digestsFrom(0, 5000)) == countFound(*found));
        const auto stored = cache->store(Scope, digests, scoresOf(digests));
        QVERIFY(stored || stored.error().kind == ErrorKind::Io);
    }
}

void TestScoreCacheDamage::verifyCanBeStopped() {
    const TemporaryFolder folder;
    makeCache(folder / "scores.sqlite");
    const auto cache = openCache(folder / "scores.sqlite");
    std::stop_source stop;
    RunContext context;
    context.stop = stop.get_token();
    stop.request_stop();
    const auto verified = cache->verify(context);
    QVERIFY(!verified);
    QCOMPARE(verified.error().kind, ErrorKind::Cancelled);
    DS_VERIFY(cache->verify()); // the same connection works again
}

QTEST_GUILESS_MAIN(TestScoreCacheDamage)
#include "tst_score_cache_damage.moc"
