// SPDX-License-Identifier: GPL-3.0-or-later
#include "results/result_store.h"

#include "results/store_support.h"
#include "table_file.h"

using namespace diploscope;
using namespace diploscope::test;

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

    /// What was stored of the study as it was stays beside the new.
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
        QCOMPARE(store->genes(*before)->size(), size_t{1});
        QCOMPARE(store->genes(*other)->size(), size_t{1});
        QCOMPARE(store->runs()->back().id, *after);
    }

    /// A file as version 0.1 left it, here without two of today's columns.
    void olderSchemaIsKept() {
        const TemporaryFolder folder;
        const auto file = folder / "r.sqlite";
        makeOld(file);
        for (const bool writing : {false, true, false}) { // reading changes nothing
            auto store = writing ? ResultStore::open(file) : ResultStore::openExisting(file);
            DS_VERIFY(store);
            const auto runs = store->runs();
            DS_VERIFY(runs);
            QCOMPARE(runs->size(), size_t{1});
            QVERIFY(!runs->front().identityKnown);
            QCOMPARE(runs->front().genes, int64_t{1});
            QCOMPARE(runs->front().storedAt, int64_t{0});
            const auto genes = store->genes(runs->front().id);
            DS_VERIFY(genes);
            GeneRow expected = geneRow("G1");
            expected.rLow.reset();
            for (DriverRow& driver : expected.drivers)
                driver.main.reset();
            QVERIFY(genes->size() == 1 && genes->front() == expected);
        }
        auto store = ResultStore::open(file);
        DS_VERIFY(store);
        const auto run = store->beginRun(runOf("{}"));
        DS_VERIFY(run);
        DS_VERIFY(store->store(*run, geneRow("G1")));
        QVERIFY(store->genes(*run)->front() == geneRow("G1")); // with the columns that were lacking
        QCOMPARE(store->runs()->size(), size_t{2});
        QVERIFY(store->runs()->back().identityKnown && store->runs()->back().storedAt > 0);
    }

    void columnThatLacksIsAdded_data() {
        QTest::addColumn<QString>("table");
        QTest::addColumn<QString>("column");
        const auto add = [](const char* table, const auto& columns) {
            for (const auto& column : columns) {
                const QString name = QString::fromStdString(std::string(column.name));
                if (name != "gene_id" && name != "failure") // which every store had
                    QTest::addRow("%s %s", table, qPrintable(name)) << QString(table) << name;
            }
        };
        add("gene", geneColumns().texts);
        add("gene", geneColumns().numbers);
        add("driver", driverColumns().texts);
        add("driver", driverColumns().numbers);
    }
    /// A new column is an entry of the list: what was stored before it stays readable, and gets it.
    void columnThatLacksIsAdded() {
        QFETCH(QString, table);
        QFETCH(QString, column);
        const TemporaryFolder folder;
        const auto file = folder / "r.sqlite";
        int64_t run = 0;
        {
            auto store = ResultStore::open(file);
            DS_VERIFY(store);
            run = store->beginRun(runOf("s")).value();
            DS_VERIFY(store->store(run, geneRow("G1")));
        }
        runSql(file, qPrintable(QStringLiteral("ALTER TABLE %1 DROP COLUMN \"%2\"").arg(table, column)));
        GeneRow before = geneRow("G1");
        if (table == "gene")
            forget(before, geneColumns(), column.toStdString());
        else
            for (DriverRow& driver : before.drivers)
                forget(driver, driverColumns(), column.toStdString());
        QVERIFY(before != geneRow("G1"));
        {
            auto reader = ResultStore::openExisting(file);
            DS_VERIFY(reader);
            QVERIFY(reader->genes(run).value() == std::vector<GeneRow>{before});
        }
        auto store = ResultStore::open(file);
        DS_VERIFY(store);
        DS_VERIFY(store->store(run, geneRow("G2")));
        QVERIFY(store->genes(run).value() == (std::vector<GeneRow>{before, geneRow("G2")}));
    }

    /// Before it had a name of its own, the published tables' fraction stood where own runs have their loss.
    void publishedLossIsAFraction_data() {
        QTest::addColumn<QString>("study");
        QTest::addColumn<bool>("isFraction");
        QTest::newRow("published") << QString::fromUtf8(PublishedStudy.data(),
                                                        qsizetype(PublishedStudy.size()))
                                   << true;
        QTest::newRow("own") << "s" << false;
    }
    void publishedLossIsAFraction() {
        QFETCH(QString, study);
        QFETCH(bool, isFraction);
        const TemporaryFolder folder;
        const auto file = folder / "r.sqlite";
        GeneRow gene = geneRow("G1");
        {
            auto store = ResultStore::open(file);
            DS_VERIFY(store);
            DS_VERIFY(store->store(store->beginRun(runOf(study.toStdString())).value(), gene));
        }
        runSql(file, "ALTER TABLE driver DROP COLUMN loss_fraction_without");
        for (DriverRow& driver : gene.drivers) {
            driver.lossFractionWithout = isFraction ? driver.lossWithout : std::nullopt;
            if (isFraction)
                driver.lossWithout.reset();
        }
        for (const bool writing : {false, true}) { // the column is there from then on
            auto store = writing ? ResultStore::open(file) : ResultStore::openExisting(file);
            DS_VERIFY(store);
            const auto genes = store->genes(store->runs()->front().id);
            DS_VERIFY(genes);
            QVERIFY(genes->size() == 1 && genes->front() == gene);
        }
    }

    void newerColumnsAreLeftAlone() {
        const TemporaryFolder folder;
        const auto file = folder / "r.sqlite";
        int64_t run = 0;
        {
            auto store = ResultStore::open(file);
            DS_VERIFY(store);
            run = store->beginRun(runOf("s")).value();
            DS_VERIFY(store->store(run, geneRow("G1")));
        }
        runSql(file, "ALTER TABLE gene ADD COLUMN future REAL; ALTER TABLE driver ADD COLUMN note TEXT NOT "
                     "NULL DEFAULT 'n'; UPDATE gene SET future = 7");
        auto store = ResultStore::open(file);
        DS_VERIFY(store);
        DS_VERIFY(store->store(run, geneRow("G2")));
        const auto genes = store->genes(run);
        DS_VERIFY(genes);
        QVERIFY((*genes)[0] == geneRow("G1") && (*genes)[1] == geneRow("G2"));
        QCOMPARE(numberOf(file, "SELECT sum(future) FROM gene"), 7.0);
    }

    void strangersAreLeftAlone_data() {
        QTest::addColumn<QByteArray>("sql");
        QTest::newRow("another program's database")
            << QByteArray("CREATE TABLE weights (rsid TEXT); INSERT INTO weights VALUES ('rs1')");
        QTest::newRow("a newer version's store") << QByteArray("PRAGMA user_version = 99");
    }
    void strangersAreLeftAlone() {
        QFETCH(QByteArray, sql);
        const TemporaryFolder folder;
        const auto file = folder / "r.sqlite";
        if (sql.startsWith("PRAGMA"))
            DS_VERIFY(ResultStore::open(file));
        runSql(file, sql);
        const QByteArray before = fileContent(file);
        for (const auto& store : {ResultStore::open(file), ResultStore::openExisting(file)}) {
            QVERIFY(!store);
            QCOMPARE(store.error().kind, ErrorKind::Mismatch);
            QVERIFY(!store.error().remedy.empty());
        }
        QCOMPARE(fileContent(file), before);
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
        writeText(folder / "empty.sqlite", ""); // its maker was killed
        const auto empty = ResultStore::openExisting(folder / "empty.sqlite");
        QVERIFY(!empty && empty.error().kind == ErrorKind::NotFound);
        DS_VERIFY(ResultStore::open(folder / "empty.sqlite"));
    }

    void fileStandsBesideTheStudy() {
        QCOMPARE(ResultStore::fileOf("/a/demo.study.json").string(), std::string("/a/demo.results.sqlite"));
        QCOMPARE(ResultStore::fileOf("/a/odd.json").string(), std::string("/a/odd.results.sqlite"));
    }
};

QTEST_GUILESS_MAIN(TestResultStore)
#include "tst_result_store.moc"
