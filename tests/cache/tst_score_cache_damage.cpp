// SPDX-License-Identifier: GPL-3.0-or-later
#include "cache/score_cache.h"

#include "base/atomic_file.h"
#include "cache/former_cache.h"

#include <csignal>
#include <fmt/format.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace diploscope;
using namespace diploscope::test;
namespace fs = std::filesystem;

namespace {

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
    void olderSchemaIsEmptied();
    void rottenScoreIsFoundOut_data();
    void rottenScoreIsFoundOut();
    void blockOfAnotherLength_data();
    void blockOfAnotherLength();
    void blockReadOverAndOver();
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
    QVERIFY(bytes.size() > 150'000);
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
    runSql(file, sql.toStdString());
    const std::string before = bytesOf(file);
    const auto cache = ScoreCache::open(file);
    QVERIFY(!cache);
    QCOMPARE(cache.error().kind, ErrorKind::Mismatch);
    QCOMPARE(cache.error().where, file.string());
    QVERIFY(!cache.error().remedy.empty());
    QVERIFY(bytesOf(file) == before);
}

void TestScoreCacheDamage::olderSchemaIsEmptied() {
    const TemporaryFolder folder;
    const auto file = folder / "scores.sqlite";
    makeFormerCache(file, {{Scope, digestsFrom(0, 5000), scoresOf(digestsFrom(0, 5000)), true, {}}});
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

void TestScoreCacheDamage::rottenScoreIsFoundOut_data() {
    QTest::addColumn<QByteArray>("sql");
    QTest::addColumn<int>("lost");
    // Bytes 16 to 23 of each 32 are the score, 24 to 31 its check value.
    const auto put = [](int at, const char* bytes, size_t count) {
        return QByteArray::fromStdString(fmt::format(
            "UPDATE block SET entries = CAST(substr(entries, 1, {0}) || {1} || substr(entries, {0} + "
            "{2} + 1) AS BLOB)",
            at, bytes, count));
    };
    QTest::newRow("score") << put(7 * 32 + 16, "x'0100000000000000'", 8) << 1;
    QTest::newRow("its checksum") << put(9 * 32 + 24, "x'0100000000000000'", 8) << 1;
    QTest::newRow("its sequence") << put(9 * 32, "x'0000000000000000'", 8) << 1;
    QTest::newRow("its place") << put(0, "substr(entries, 33, 32) || substr(entries, 1, 32)", 64) << 1;
    QTest::newRow("block gone") << QByteArray("DELETE FROM block") << 5000;
    QTest::newRow("scope's output") << QByteArray("UPDATE scope SET output = 'another'") << 5000;
    QTest::newRow("scope gone") << QByteArray("DELETE FROM scope") << 5000;
}

void TestScoreCacheDamage::rottenScoreIsFoundOut() {
    QFETCH(QByteArray, sql);
    QFETCH(int, lost);
    const TemporaryFolder folder;
    const auto file = folder / "scores.sqlite";
    makeCache(file);
    runSql(file, sql.toStdString());
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

void TestScoreCacheDamage::blockOfAnotherLength_data() {
    QTest::addColumn<QByteArray>("sql");
    QTest::newRow("an entry less") << QByteArray("UPDATE block SET entries = substr(entries, 33)");
    QTest::newRow("a byte more") << QByteArray("UPDATE block SET entries = CAST(entries || x'00' AS BLOB)");
    QTest::newRow("nothing") << QByteArray("UPDATE block SET entries = x''");
    QTest::newRow("another count") << QByteArray("UPDATE batch SET scores = 4999");
    QTest::newRow("a negative count") << QByteArray("UPDATE batch SET scores = -5000");
    QTest::newRow("a count without end") << QByteArray("UPDATE batch SET scores = 9223372036854775807");
    QTest::newRow("longer than any") << QByteArray(
        "UPDATE batch SET scores = 2200000; UPDATE block SET entries = zeroblob(32 * 2200000)");
}

/// Lengths and counts of a file are not believed.
void TestScoreCacheDamage::blockOfAnotherLength() {
    QFETCH(QByteArray, sql);
    const TemporaryFolder folder;
    const auto file = folder / "scores.sqlite";
    makeCache(file);
    runSql(file, sql.toStdString());
    const auto cache = openCache(file);
    const auto verified = cache->verify();
    QVERIFY(!verified && verified.error().kind == ErrorKind::BadInput);
    const auto digests = digestsFrom(0, 5000);
    const auto found = cache->find(Scope, digests);
    QVERIFY(!found && found.error().kind == ErrorKind::BadInput);
    QVERIFY2(found.error().what.starts_with("The score cache is damaged"), found.error().what.c_str());
    QVERIFY(found.error().remedy.find("cache clear") != std::string::npos);
    DS_VERIFY(cache->clear());
    DS_VERIFY(cache->store(Scope, digests, scoresOf(digests)));
    DS_VERIFY(cache->verify());
}

/// An index whose thousand entries all lead to the one batch there is: read as often as they say, a small
/// file would take any time.
void TestScoreCacheDamage::blockReadOverAndOver() {
    const TemporaryFolder folder;
    const auto file = folder / "scores.sqlite";
    makeCache(file);
    runSql(file,
           "CREATE TABLE other (scope, trial, id, PRIMARY KEY (scope, trial, id)) WITHOUT ROWID; "
           "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000) "
           "INSERT INTO other SELECT 1, CAST(printf('%016d', i) AS BLOB), 1 FROM n; "
           "PRAGMA writable_schema = ON; "
           "UPDATE sqlite_master SET rootpage = (SELECT rootpage FROM sqlite_master WHERE name = 'other') "
           "WHERE name = 'batch_group'; "
           "DELETE FROM sqlite_master WHERE name = 'other'");
    const auto cache = openCache(file);
    const auto digests = digestsFrom(0, 5000);
    const auto found = cache->find(Scope, digests);
    QVERIFY(!found && found.error().kind == ErrorKind::BadInput);
    QVERIFY(found.error().remedy.find("cache clear") != std::string::npos);
    QVERIFY(!cache->verify());
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
    QCOMPARE(countRight(*cache->find(Scope, digestsFrom(0, 5000)), digestsFrom(0, 5000)),
             int64_t(5000)); // open still
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
