// SPDX-License-Identifier: GPL-3.0-or-later
// SQLite files of a few KB that say hundreds of millions of rows without any view: pages of a tree, each of
// which stands 40 times below the one above. SQLite reads them as they are; what ends that is ours.
#include "base/atomic_file.h"
#include "io/predixcan_database.h"
#include "support.h"

#include <sqlite3.h>

#include <QElapsedTimer>
#include <sys/resource.h>

using namespace diploscope;
using namespace diploscope::test;
namespace fs = std::filesystem;

namespace {

constexpr size_t PageSize = 512;
constexpr size_t Fold = 40;
constexpr int Levels = 5; ///< 40^5 is 100 million

void put(std::string& bytes, size_t at, size_t value, int size) {
    for (int i = 0; i < size; ++i)
        bytes[at + static_cast<size_t>(i)] = static_cast<char>(value >> (8 * (size - 1 - i)));
}

/// A page inside a tree whose children are all one page. \param type 5: of a table, 2: of an index.
/// \param entry what follows a cell's child: a key, or an index entry's size and record
std::string folded(char type, size_t child, const std::string& entry) {
    std::string page(PageSize, '\0');
    page[0] = type;
    put(page, 3, Fold, 2);
    put(page, 8, child, 4); // the last child
    size_t content = PageSize;
    for (size_t i = 0; i < Fold; ++i) {
        content -= 4 + entry.size();
        put(page, content, child, 4);
        page.replace(content + 4, entry.size(), entry);
        put(page, 12 + 2 * i, content, 2);
    }
    put(page, 5, content, 2);
    return page;
}

/// Puts Levels such pages above the one page that the tree of `name` has.
void fold(const fs::path& file, const std::string& name, char type, const std::string& entry) {
    sqlite3* handle = nullptr;
    QCOMPARE(sqlite3_open(file.c_str(), &handle), SQLITE_OK);
    sqlite3_stmt* root = nullptr;
    const std::string sql = "SELECT rootpage FROM sqlite_master WHERE name = '" + name + "'";
    QCOMPARE(sqlite3_prepare_v2(handle, sql.c_str(), -1, &root, nullptr), SQLITE_OK);
    QCOMPARE(sqlite3_step(root), SQLITE_ROW);
    const auto place = (static_cast<size_t>(sqlite3_column_int(root, 0)) - 1) * PageSize;
    sqlite3_finalize(root);
    sqlite3_close(handle);

    std::string bytes = readWholeFile(file).value();
    bytes += bytes.substr(place, PageSize); // the leaf, to a page of its own
    for (int level = 1; level < Levels; ++level)
        bytes += folded(type, bytes.size() / PageSize, entry);
    bytes.replace(place, PageSize, folded(type, bytes.size() / PageSize, entry));
    put(bytes, 28, bytes.size() / PageSize, 4);
    writeText(file, bytes);
}

/// A PrediXcan database of one weight.
fs::path oneWeight(const TemporaryFolder& folder, const std::string& more = {}) {
    const fs::path file = folder / "a.db";
    const std::string sql =
        "PRAGMA page_size = 512; CREATE TABLE weights(rsid TEXT, gene TEXT, weight REAL, ref_allele TEXT, "
        "eff_allele TEXT, varID TEXT); INSERT INTO weights VALUES ('rs1', 'A', 2, 'A', 'C', '22_7_A_C'); " +
        more;
    sqlite3* handle = nullptr;
    sqlite3_open(file.c_str(), &handle);
    sqlite3_exec(handle, sql.c_str(), nullptr, nullptr, nullptr);
    sqlite3_close(handle);
    return file;
}

int64_t peakMemory() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return int64_t{usage.ru_maxrss} << 10;
}

} // namespace

class TestFoldedTables : public QObject {
    Q_OBJECT

    static void refuses(const fs::path& file, const char* what) {
        QVERIFY(fs::file_size(file) < 50'000);
        QElapsedTimer timer;
        timer.start();
        const auto read = readPredixcan(file);
        QVERIFY2(timer.elapsed() < 30'000, qPrintable(QString::number(timer.elapsed()) + " ms"));
        QVERIFY(!read);
        QCOMPARE(read.error().kind, ErrorKind::BadInput);
        QCOMPARE(read.error().what, std::string(what));
        QCOMPARE(read.error().where, file.string());
        QVERIFY(!read.error().remedy.empty());
    }

private Q_SLOTS:
    void arePlainOnesBefore() {
        const TemporaryFolder folder;
        const auto read = readPredixcan(oneWeight(folder, "CREATE INDEX weights_gene ON weights(gene)"));
        DS_VERIFY(read);
        QCOMPARE(read->weights.size(), size_t(1));
    }

    /// Its rows are sorted before the first one is seen: only the count of steps ends that.
    void aTableIsGivenUp() {
        const TemporaryFolder folder;
        const fs::path file = oneWeight(folder);
        fold(file, "weights", 5, "\x01");
        refuses(file, "The PrediXcan database takes longer to read than any of its size does.");
        DS_VERIFY(checkPredixcan(file)); // one row, which is there
    }

    /// Its rows come sorted, one by one, and are kept.
    void anIndexIsGivenUp() {
        const TemporaryFolder folder;
        const fs::path file = oneWeight(folder, "CREATE INDEX weights_gene ON weights(gene)");
        fold(file, "weights_gene", 2, "\x04\x03\x0f\x09\x41"); // 'A' of row 1
        const int64_t before = peakMemory();
        refuses(file, "The PrediXcan database says more weights than a file of its size holds.");
        const int64_t taken = peakMemory() - before;
        QVERIFY2(taken < int64_t{200} << 20, qPrintable(QString::number(taken >> 20) + " MiB"));
    }
    /// A text that stands in the file once, and that every row has.
    void aDefaultIsGivenUp() {
        const TemporaryFolder folder;
        const fs::path file = oneWeight(
            folder,
            "INSERT INTO weights SELECT 'rs' || i, 'A', 1, 'A', 'C', NULL FROM (WITH RECURSIVE n(i) AS "
            "(SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 100) SELECT i FROM n); ALTER TABLE weights "
            "RENAME COLUMN varID TO unused; ALTER TABLE weights ADD COLUMN varID TEXT DEFAULT 'rs" +
                std::string(20'000, '1') + "'");
        refuses(file, "The PrediXcan database says more weights than a file of its size holds.");
    }
};

QTEST_GUILESS_MAIN(TestFoldedTables)
#include "tst_folded_tables.moc"
