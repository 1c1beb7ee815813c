// SPDX-License-Identifier: GPL-3.0-or-later
// Rows that are stored behind the back of who computes them.
#include "results/gene_writer.h"

#include "results/store_support.h"

#include <thread>

using namespace diploscope;
using namespace diploscope::test;

namespace {

std::vector<std::string> idsIn(const std::filesystem::path& file, int64_t run) {
    std::vector<std::string> ids;
    auto store = ResultStore::openExisting(file); // as another program would
    if (!store)
        return ids;
    const std::vector<GeneRow> rows = store->genes(run).value();
    for (const GeneRow& row : rows)
        ids.push_back(row.geneId);
    return ids;
}

} // namespace

class TestGeneWriter : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void rowsAreStoredInTheirOrder() {
        const TemporaryFolder folder;
        ResultStore store = ResultStore::open(folder / "r.sqlite").value();
        const int64_t run = store.beginRun(runOf("s")).value();
        std::vector<std::string> added;
        {
            const RunContext context;
            GeneWriter writer(store, run, context);
            for (int i = 0; i < 300; ++i) {
                added.push_back("G" + std::to_string(i));
                DS_VERIFY(writer.add(geneRow(added.back())));
                if (i % 100 == 50)
                    std::this_thread::sleep_for(GeneWriter::Moment);
            }
            DS_VERIFY(writer.finish());
        }
        QCOMPARE(idsIn(folder / "r.sqlite", run), added);
        QCOMPARE(store.finishedGenes(run).value().size(), size_t{300});
    }

    /// However long the next gene takes.
    void oneRowDoesNotWaitForTheNext() {
        const TemporaryFolder folder;
        ResultStore store = ResultStore::open(folder / "r.sqlite").value();
        const int64_t run = store.beginRun(runOf("s")).value();
        const RunContext context;
        GeneWriter writer(store, run, context);
        DS_VERIFY(writer.add(geneRow("A")));
        QTRY_COMPARE(idsIn(folder / "r.sqlite", run), std::vector<std::string>{"A"});
        DS_VERIFY(writer.add(geneRow("B")));
        QTRY_COMPARE(idsIn(folder / "r.sqlite", run), (std::vector<std::string>{"A", "B"}));
    }

    void whatIsLeftIsStoredWithoutAFinish() {
        const TemporaryFolder folder;
        ResultStore store = ResultStore::open(folder / "r.sqlite").value();
        const int64_t run = store.beginRun(runOf("s")).value();
        {
            const RunContext context;
            GeneWriter writer(store, run, context);
            DS_VERIFY(writer.add(geneRow("A")));
        }
        QCOMPARE(idsIn(folder / "r.sqlite", run), std::vector<std::string>{"A"});
    }

    void anErrorIsTold() {
        const TemporaryFolder folder;
        ResultStore store = ResultStore::open(folder / "r.sqlite").value();
        const int64_t run = store.beginRun(runOf("s")).value();
        runSql(folder / "r.sqlite", "DROP TABLE driver");
        const RunContext context;
        GeneWriter writer(store, run, context);
        DS_VERIFY(writer.add(geneRow("A")));
        QTRY_VERIFY(!writer.add(geneRow("B")));
        const Result<void> finished = writer.finish();
        QVERIFY(!finished);
        QVERIFY2(finished.error().message().find("driver") != std::string::npos,
                 finished.error().message().c_str());
    }
};

QTEST_GUILESS_MAIN(TestGeneWriter)
#include "tst_gene_writer.moc"
