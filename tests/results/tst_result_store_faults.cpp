// SPDX-License-Identifier: GPL-3.0-or-later
// What befalls a result store: kills, full disks, folders that may not be written to or go away, two
// programs.
#include "results/store_support.h"

#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <fstream>
#include <functional>
#include <random>
#include <sstream>
#include <thread>

using namespace diploscope;
using namespace diploscope::test;
namespace fs = std::filesystem;

namespace {

constexpr int NotPossible = 77; ///< a child's exit code: this system does not allow what the test needs

pid_t inProcess(const std::function<int()>& work) {
    const pid_t pid = fork();
    if (pid == 0)
        _exit(work());
    return pid;
}

/// Exit code; -1 for a signal.
int exitOf(pid_t pid) {
    int status = 0;
    while (waitpid(pid, &status, 0) < 0 && errno == EINTR) {
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/// Root may write everywhere, so it becomes somebody else.
bool becomeNobody() {
    return geteuid() != 0 || (setgid(65534) == 0 && setuid(65534) == 0);
}

GeneRow geneOf(int i) {
    GeneRow gene = geneRow("G" + std::to_string(i));
    gene.geneName = std::string(2000, 'x'); // half a page
    return gene;
}

int64_t makeStore(const fs::path& file, int genes) {
    auto store = ResultStore::open(file);
    const auto run = store->beginRun(runOf("s"));
    for (int i = 0; i < genes; ++i)
        if (!store->store(*run, geneOf(i)))
            qFatal("cannot store");
    return *run;
}

/// A tree of a table or index whose upper pages all say that all below them is one and the same page, several
/// floors high: a file of a few megabytes that has some thousand million rows by what it says.
void repeatPages(const fs::path& file, const char* tree) {
    const std::string rootSql = std::string("SELECT rootpage FROM sqlite_master WHERE name = '") + tree + "'";
    const auto root = static_cast<size_t>(numberOf(file, rootSql.c_str()));
    const auto pageBytes = static_cast<size_t>(numberOf(file, "PRAGMA page_size"));
    std::ostringstream read;
    read << std::ifstream(file, std::ios::binary).rdbuf();
    std::string bytes = std::move(read).str();
    const auto at = [&](size_t place) { return static_cast<unsigned char>(bytes[place]); };
    const size_t rootStart = (root - 1) * pageBytes;
    QVERIFY(at(rootStart) == 2 || at(rootStart) == 5); // an upper page of an index, of a table
    const size_t cells = at(rootStart + 3) * 256u + at(rootStart + 4);
    std::vector<size_t> childPlaces{rootStart + 8}; // the right-most, then those of the cells
    for (size_t i = 0; i < cells; ++i)
        childPlaces.push_back(rootStart + at(rootStart + 12 + 2 * i) * 256u + at(rootStart + 13 + 2 * i));
    std::vector<std::string> children;
    for (const size_t place : childPlaces)
        children.push_back(bytes.substr(place, 4));
    const auto startOf = [&](const std::string& child) {
        size_t page = 0;
        for (const char c : child)
            page = page * 256 + static_cast<unsigned char>(c);
        return (page - 1) * pageBytes;
    };
    constexpr size_t Floors = 5;
    QVERIFY(children.size() > Floors);
    for (size_t floor = 0; floor < Floors; ++floor) {
        const size_t start = floor == 0 ? rootStart : startOf(children[floor]);
        if (floor > 0)
            bytes.replace(start, pageBytes, bytes, rootStart, pageBytes);
        for (const size_t place : childPlaces)
            bytes.replace(start + place - rootStart, 4, children[floor + 1]);
    }
    writeText(file, bytes);
}

int64_t peakMemory() {
    struct rusage usage {};
    getrusage(RUSAGE_SELF, &usage);
    return int64_t{usage.ru_maxrss} << 10;
}

template <class Value>
bool isDamage(const Result<Value>& found) {
    return !found && found.error().kind == ErrorKind::BadInput;
}

/// Dies in the middle of a transaction that has already written over pages of the file.
void leaveHotJournal(const fs::path& file) {
    const pid_t child = inProcess([&] {
        sqlite3* database = nullptr;
        const bool begun = sqlite3_open(file.c_str(), &database) == SQLITE_OK &&
                           sqlite3_exec(database,
                                        "PRAGMA cache_size = 2; PRAGMA cache_spill = 1; BEGIN IMMEDIATE; "
                                        "UPDATE gene SET gene_name = 'half done'",
                                        nullptr, nullptr, nullptr) == SQLITE_OK;
        if (begun)
            kill(getpid(), SIGKILL);
        return 1;
    });
    if (exitOf(child) != -1 || fs::file_size(file.string() + "-journal") == 0)
        qFatal("no journal was left");
}

bool isWhole(const fs::path& file, int genes) {
    auto store = ResultStore::openExisting(file);
    if (!store)
        qWarning("%s", store.error().message().c_str());
    if (!store || store->runs()->size() != 1)
        return false;
    const auto rows = store->genes(store->runs()->front().id);
    if (!rows || rows->size() != static_cast<size_t>(genes))
        return false;
    for (int i = 0; i < genes; ++i)
        if (!((*rows)[static_cast<size_t>(i)] == geneOf(i)))
            return false;
    return true;
}

} // namespace

class TestResultStoreFaults : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void hotJournalIsTakenBack() {
        const TemporaryFolder folder;
        const auto file = folder / "r.sqlite";
        makeStore(file, 40);
        leaveHotJournal(file);
        QVERIFY(isWhole(file, 40));
        QVERIFY(isWhole(file, 40));
    }

    /// A store comes with its study, and may be another person's: a view is no table, and is not waited for.
    void endlessViewIsNotAsked() {
        const TemporaryFolder folder;
        const auto file = folder / "r.sqlite";
        const int64_t run = makeStore(file, 3);
        sqlite3* database = nullptr;
        QCOMPARE(sqlite3_open(file.c_str(), &database), SQLITE_OK);
        QCOMPARE(sqlite3_exec(database,
                              "ALTER TABLE gene RENAME TO kept; CREATE VIEW gene AS WITH RECURSIVE n(i) AS "
                              "(SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT kept.* FROM n, kept",
                              nullptr, nullptr, nullptr),
                 SQLITE_OK);
        sqlite3_close(database);
        auto store = ResultStore::openExisting(file);
        const bool refused = !store || !store->genes(run);
        QVERIFY(refused);
    }

    void hotJournalInAFolderThatMayNotBeWrittenTo_data() {
        QTest::addColumn<int>("fileRights");
        QTest::newRow("nor the file") << 0444;
        QTest::newRow("but the file") << 0666;
    }
    void hotJournalInAFolderThatMayNotBeWrittenTo() {
        QFETCH(int, fileRights);
        const TemporaryFolder folder;
        chmod(folder.path().c_str(), 0755);
        fs::create_directory(folder / "closed");
        const auto file = folder / "closed/r.sqlite";
        makeStore(file, 40);
        leaveHotJournal(file);
        for (const char* ending : {"", "-journal"})
            chmod((file.string() + ending).c_str(), static_cast<mode_t>(fileRights));
        chmod((folder / "closed").c_str(), 0555);
        const int code = exitOf(inProcess([&] {
            if (!becomeNobody())
                return NotPossible;
            return isWhole(file, 40) ? 0 : 2;
        }));
        chmod((folder / "closed").c_str(), 0755);
        if (code == NotPossible)
            QSKIP("Rights cannot be given up here");
        QCOMPARE(code, 0);
        QVERIFY(isWhole(file, 40));
    }

    void folderThatMayNotBeWrittenToIsReadFrom() {
        const TemporaryFolder folder;
        chmod(folder.path().c_str(), 0755);
        fs::create_directory(folder / "closed");
        const auto file = folder / "closed/r.sqlite", old = folder / "closed/old.sqlite";
        makeStore(file, 3);
        makeOld(old);
        chmod(file.c_str(), 0444);
        chmod(old.c_str(), 0444);
        chmod((folder / "closed").c_str(), 0555);
        const int code = exitOf(inProcess([&] {
            if (!becomeNobody())
                return NotPossible;
            const auto refused = ResultStore::open(folder / "closed/new.sqlite");
            if (refused || refused.error().kind != ErrorKind::Io || refused.error().remedy.empty())
                return 2;
            auto first = ResultStore::openExisting(old);
            if (!first || first->genes(first->runs()->front().id)->size() != 1)
                return 3;
            return isWhole(file, 3) ? 0 : 4;
        }));
        chmod((folder / "closed").c_str(), 0755);
        if (code == NotPossible)
            QSKIP("Rights cannot be given up here");
        QCOMPARE(code, 0);
    }

    /// A limit on the size of files, which is to SQLite what a full disk is.
    void fullDiskLosesNothing() {
        const TemporaryFolder folder;
        const auto file = folder / "r.sqlite";
        makeStore(file, 10);
        int reports[2];
        QCOMPARE(pipe(reports), 0);
        const pid_t child = inProcess([&] {
            signal(SIGXFSZ, SIG_IGN);
            const rlimit limit{fs::file_size(file) + 40'000, fs::file_size(file) + 40'000};
            if (setrlimit(RLIMIT_FSIZE, &limit) != 0)
                return NotPossible;
            auto store = ResultStore::open(file);
            const auto run = store->beginRun(runOf("s"));
            for (int i = 10; i < 1000; ++i) {
                const auto stored = store->store(*run, geneOf(i));
                if (!stored)
                    return stored.error().kind == ErrorKind::Io && !stored.error().remedy.empty() ? 0 : 2;
                if (write(reports[1], &i, sizeof i) != sizeof i)
                    return 3;
            }
            return 4; // never full
        });
        close(reports[1]);
        int last = 9;
        while (read(reports[0], &last, sizeof last) == ssize_t{sizeof last}) {
        }
        close(reports[0]);
        const int code = exitOf(child);
        if (code == NotPossible)
            QSKIP("No limit can be set here");
        QCOMPARE(code, 0);
        QVERIFY(last > 9);
        QVERIFY(isWhole(file, last + 1));
        makeStore(file, last + 2); // and goes on where there is room
        QVERIFY(isWhole(file, last + 2));
    }

    void vanishedFolderIsAnError() {
        const TemporaryFolder folder;
        fs::create_directory(folder / "gone");
        auto store = ResultStore::open(folder / "gone/r.sqlite");
        DS_VERIFY(store);
        const auto run = store->beginRun(runOf("s"));
        fs::remove_all(folder / "gone");
        const auto stored = store->store(*run, geneOf(0));
        QVERIFY(!stored);
        QCOMPARE(stored.error().kind, ErrorKind::Io);
        QVERIFY(!fs::exists(folder / "gone"));
    }

    void killsAtRandomMomentsLoseNothing() {
        const TemporaryFolder folder;
        const auto file = folder / "r.sqlite";
        std::mt19937 random(1);
        int last = -1;
        for (int round = 0; round < 25; ++round) {
            int reports[2];
            QCOMPARE(pipe(reports), 0);
            const pid_t child = inProcess([&] {
                auto store = ResultStore::open(file);
                const auto run = store->beginRun(runOf("s"));
                if (!run)
                    return 1;
                for (int i = last + 1;; ++i)
                    if (!store->store(*run, geneOf(i)) || write(reports[1], &i, sizeof i) != sizeof i)
                        return 2;
            });
            close(reports[1]);
            // Longer and longer, so that slow machines come to store something, too.
            std::this_thread::sleep_for(
                std::chrono::microseconds(random() % 60'000 + unsigned(round) * 10'000));
            kill(child, SIGKILL);
            while (read(reports[0], &last, sizeof last) == ssize_t{sizeof last}) {
            }
            close(reports[0]);
            QCOMPARE(exitOf(child), -1);
            if (!fs::exists(file) || (last < 0 && !ResultStore::openExisting(file)))
                continue; // killed before it was made
            auto store = ResultStore::openExisting(file);
            DS_VERIFY(store);
            if (store->runs()->empty())
                continue;
            // One more may be stored whose report did not come through.
            const auto rows = store->genes(store->runs()->front().id);
            DS_VERIFY(rows);
            QVERIFY2(int(rows->size()) == last + 1 || int(rows->size()) == last + 2,
                     qPrintable(QString("%1 of %2").arg(rows->size()).arg(last + 1)));
            last = int(rows->size()) - 1;
            QVERIFY(isWhole(file, last + 1));
        }
        QVERIFY(last > 0);
    }

    void twoProgramsStoreBeside() {
        const TemporaryFolder folder;
        const auto file = folder / "r.sqlite";
        const auto half = [&](int first) {
            return inProcess([&, first] {
                auto store = ResultStore::open(file); // both make it
                if (!store)
                    return 1;
                for (int i = first; i < 60; i += 2) {
                    const auto run = store->beginRun(runOf("s"));
                    if (!run || !store->store(*run, geneOf(i)))
                        return 2;
                }
                return 0;
            });
        };
        const pid_t even = half(0), odd = half(1);
        QCOMPARE(exitOf(even), 0);
        QCOMPARE(exitOf(odd), 0);
        auto store = ResultStore::openExisting(file);
        DS_VERIFY(store);
        QCOMPARE(store->runs()->size(), size_t{1});
        QCOMPARE(store->runs()->front().genes, int64_t{60});
    }

    void rowsWithoutEndAreDamage_data() {
        QTest::addColumn<QByteArray>("tree");
        QTest::newRow("genes") << QByteArray("gene");
        QTest::newRow("runs") << QByteArray("run");
        QTest::newRow("index of genes") << QByteArray("sqlite_autoindex_gene_1");
    }
    void rowsWithoutEndAreDamage() {
        QFETCH(const QByteArray, tree);
        const TemporaryFolder folder;
        const auto file = folder / "r.sqlite";
        {
            auto store = ResultStore::open(file);
            std::vector<GeneRow> genes;
            genes.resize(1000);
            for (size_t i = 0; i < genes.size(); ++i)
                genes[i].geneId = std::to_string(i) + std::string(60, 'g');
            DS_VERIFY(store->store(store->beginRun(runOf("s")).value(), genes));
            if (tree == "run")
                for (int i = 0; i < 400; ++i)
                    DS_VERIFY(store->beginRun(runOf(std::to_string(i))));
        }
        repeatPages(file, tree.constData());
        auto store = ResultStore::openExisting(file);
        DS_VERIFY(store);
        if (tree == "gene")
            QVERIFY(isDamage(store->genes(1)));
        else if (tree == "run")
            QVERIFY(isDamage(store->runs()));
        else
            QVERIFY(isDamage(store->finishedGenes(1)));
    }

    /// Texts that stand in the file once, as the default of a column, and that every row has.
    void sharedTextsAreGivenUp_data() {
        QTest::addColumn<QByteArray>("table");
        QTest::addColumn<QByteArray>("column");
        QTest::newRow("genes") << QByteArray("gene") << QByteArray("gene_name");
        QTest::newRow("drivers") << QByteArray("driver") << QByteArray("ref");
        QTest::newRow("runs") << QByteArray("run") << QByteArray("provenance");
    }
    void sharedTextsAreGivenUp() {
        QFETCH(const QByteArray, table);
        QFETCH(const QByteArray, column);
        const TemporaryFolder folder;
        const auto file = folder / "r.sqlite";
        makeStore(file, 100);
        for (int i = 0; i < 100; ++i)
            (void)ResultStore::open(file)->beginRun(runOf(std::to_string(i)));
        const QByteArray sql = "ALTER TABLE " + table + " RENAME COLUMN " + column +
                               " TO unused; ALTER TABLE " + table + " ADD COLUMN " + column +
                               " TEXT NOT NULL DEFAULT '" + QByteArray(1 << 19, 'x') + "'";
        runSql(file, sql.constData());
        auto store = ResultStore::openExisting(file);
        DS_VERIFY(store);
        const int64_t before = peakMemory();
        if (table == "run")
            QVERIFY(isDamage(store->runs()));
        else
            QVERIFY(isDamage(store->genes(1)));
        QVERIFY2(peakMemory() - before < 50'000'000, qPrintable(QString::number(peakMemory() - before)));
        // A copy is as large as the file, whatever its rows say.
        DS_VERIFY(store->copyTo(folder / "copy.sqlite"));
        QCOMPARE(fs::file_size(folder / "copy.sqlite"), fs::file_size(file));
    }
};

QTEST_GUILESS_MAIN(TestResultStoreFaults)
#include "tst_result_store_faults.moc"
