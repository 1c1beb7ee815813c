// SPDX-License-Identifier: GPL-3.0-or-later
#include "results/result_store.h"

#include "support.h"

using namespace diploscope;
using namespace diploscope::test;

namespace {

/// Every column filled with a value of its own, so that two that change places are seen.
template <class Row>
Row fullRow(const RowColumns<Row>& columns, double start) {
    Row row;
    for (const auto& column : columns.texts)
        row.*column.member = std::string(column.name) + std::to_string(start);
    for (const auto& column : columns.numbers)
        row.*column.member = start += 1.0 / 3;
    return row;
}

GeneRow geneRow(const std::string& id) {
    GeneRow gene = fullRow(geneColumns(), 1);
    gene.geneId = id;
    gene.failure.clear();
    gene.drivers = {fullRow(driverColumns(), 100), fullRow(driverColumns(), 200)};
    gene.drivers[1].ism.reset();
    return gene;
}

ResultRun runOf(const std::string& study, const std::string& model = "m") {
    ResultRun run;
    run.studyDigest = study;
    run.modelChecksum = model;
    run.options = "o";
    run.model = "Model " + model;
    run.provenance = {{"program", "x"}, {"study", study}};
    return run;
}

} // namespace

class TestResultStore : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyColumnComesBack() {
        const TemporaryFolder folder;
        GeneRow empty;
        empty.geneId = "G2";
        {
            auto store = ResultStore::open(folder / "r.sqlite");
            DS_VERIFY(store);
            const auto run = store->beginRun(runOf("s"));
            DS_VERIFY(run);
            DS_VERIFY(store->store(*run, geneRow("G1")));
            DS_VERIFY(store->store(*run, empty));
        }
        auto store = ResultStore::openExisting(folder / "r.sqlite");
        DS_VERIFY(store);
        const auto runs = store->runs();
        DS_VERIFY(runs);
        QCOMPARE(runs->size(), size_t{1});
        QCOMPARE(runs->front().model, std::string("Model m"));
        QVERIFY(runs->front().provenance == runOf("s").provenance);
        QCOMPARE(runs->front().genes, int64_t{2});
        const auto genes = store->genes(runs->front().id);
        DS_VERIFY(genes);
        QCOMPARE(genes->size(), size_t{2});
        QVERIFY((*genes)[0] == geneRow("G1"));
        QVERIFY((*genes)[1] == empty); // NULL, not 0
    }

    void storedGenesNeedNotBeComputedAgain() {
        const TemporaryFolder folder;
        auto store = ResultStore::open(folder / "r.sqlite");
        DS_VERIFY(store);
        const auto run = store->beginRun(runOf("s"));
        GeneRow failed;
        failed.geneId = "BAD";
        failed.failure = "broken";
        DS_VERIFY(store->store(*run, geneRow("G1")));
        DS_VERIFY(store->store(*run, failed));
        const auto again = store->beginRun(runOf("s"));
        QCOMPARE(*again, *run);
        QVERIFY(store->finishedGenes(*again).value() == std::set<std::string>{"G1"});
        QCOMPARE(store->runs()->front().failed, int64_t{1});

        // A second try replaces the failure.
        DS_VERIFY(store->store(*run, geneRow("BAD")));
        QCOMPARE(store->genes(*run)->size(), size_t{2});
        QCOMPARE(store->runs()->front().failed, int64_t{0});
    }

    void changedInputsBeginAnew() {
        const TemporaryFolder folder;
        auto store = ResultStore::open(folder / "r.sqlite");
        DS_VERIFY(store);
        const auto before = store->beginRun(runOf("old"));
        DS_VERIFY(store->store(*before, geneRow("G1")));
        const auto other = store->beginRun(runOf("old", "other"));
        DS_VERIFY(store->store(*other, geneRow("G1")));
        const auto after = store->beginRun(runOf("new"));
        QVERIFY(*after != *before);
        QVERIFY(store->finishedGenes(*after)->empty());
        QVERIFY(store->genes(*before)->empty()); // of the study as it was
        QCOMPARE(store->genes(*other)->size(), size_t{1});
        QCOMPARE(store->runs()->back().id, *after);
    }

    void fileThatIsNoStoreIsOneClearError() {
        const TemporaryFolder folder;
        writeText(folder / "text.sqlite", std::string(5000, 'x'));
        const auto damaged = ResultStore::open(folder / "text.sqlite");
        QVERIFY(!damaged && damaged.error().kind == ErrorKind::BadInput);
        const auto missing = ResultStore::openExisting(folder / "none.sqlite");
        QVERIFY(!missing && missing.error().kind == ErrorKind::NotFound);
        QVERIFY(missing.error().remedy.find("analyze") != std::string::npos);
        QVERIFY(!std::filesystem::exists(folder / "none.sqlite"));
    }

    void fileStandsBesideTheStudy() {
        QCOMPARE(ResultStore::fileOf("/a/demo.study.json").string(), std::string("/a/demo.results.sqlite"));
        QCOMPARE(ResultStore::fileOf("/a/odd.json").string(), std::string("/a/odd.results.sqlite"));
    }
};

QTEST_GUILESS_MAIN(TestResultStore)
#include "tst_result_store.moc"
