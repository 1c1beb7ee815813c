// SPDX-License-Identifier: GPL-3.0-or-later
// Several stores of one study, read as one.
#include "analysis/result_places.h"

#include "analysis/stored_runs.h"
#include "support.h"

using namespace diploscope;
using namespace diploscope::test;
namespace fs = std::filesystem;

namespace {

ResultRun runOf(const std::string& options) {
    ResultRun run;
    run.study = "{}";
    run.modelChecksum = "c";
    run.options = options;
    run.model = "m";
    return run;
}

void store(const fs::path& file, const std::string& options, const std::vector<std::string>& genes,
           const std::string& failure = {}) {
    auto opened = ResultStore::open(file);
    DS_VERIFY(opened);
    const int64_t run = opened->beginRun(runOf(options)).value();
    for (const std::string& id : genes) {
        GeneRow row;
        row.geneId = id;
        row.failure = failure;
        DS_VERIFY(opened->store(run, row));
    }
}

} // namespace

class TestResultPlaces : public QObject {
    Q_OBJECT

    std::unique_ptr<TemporaryFolder> m_folder;
    ResultPlaces m_places;

private Q_SLOTS:
    void init() {
        m_folder = std::make_unique<TemporaryFolder>();
        m_places = *m_folder / "a.sqlite";
        m_places.others = {{*m_folder / "b.sqlite", 10'000}};
    }

    void runsOfAllAreThereOnce() {
        store(m_places.file, "{}", {"g1", "g2"});
        store(m_places.others[0].first, "{}", {"g1"}); // a copy of before
        store(m_places.others[0].first, "{\"x\":1}", {"g1"});
        const auto runs = storedRuns(m_places, "{}");
        DS_VERIFY(runs);
        QCOMPARE(runs->size(), size_t{2});
        QCOMPARE((*runs)[0].run.id, int64_t{10'002});
        QVERIFY(runInWords((*runs)[0]).find("kept in " + m_places.others[0].first.string()) !=
                std::string::npos);
        QCOMPARE((*runs)[1].run.id, int64_t{1});
        QVERIFY(runInWords((*runs)[1]).find("kept in") == std::string::npos);
        const auto asked = chooseRuns(m_places, "{}", {}, 10'002);
        DS_VERIFY(asked);
        QCOMPARE(asked->models[asked->shown].genes.size(), size_t{1});
        QCOMPARE(chooseRuns(m_places, "{}")->run().run.id, int64_t{1});
        QVERIFY(!chooseRuns(m_places, "{}", {}, 10'001)); // it is run 1
    }

    /// Seen by who looks while another thread or process makes it, and left by one that was killed then.
    void aStoreWithoutTablesHoldsNothingYet() {
        writeText(m_places.file, "");
        const auto stored = readStoredResults(m_places, runOf("{}"));
        DS_VERIFY(stored);
        QVERIFY(stored->genes.empty() && stored->kept.empty() && stored->others.empty());
        const auto runs = storedRuns(m_places, "{}");
        DS_VERIFY(runs);
        QVERIFY(runs->empty());
        writeText(m_places.file, "no database, but long enough to be looked at as one");
        QVERIFY(!readStoredResults(m_places, runOf("{}")));
    }

    void genesOfOneRunComeTogether() {
        store(m_places.file, "{}", {"g1"});
        store(m_places.file, "{}", {"g4"}, "not this one");
        store(m_places.others[0].first, "{}", {"g1", "g2", "g3", "g4"});
        const auto stored = readStoredResults(m_places, runOf("{}"));
        DS_VERIFY(stored);
        QCOMPARE(stored->genes.size(), size_t{4});
        QVERIFY(std::all_of(stored->genes.begin(), stored->genes.end(),
                            [](const GeneRow& row) { return row.failure.empty(); }));
        QVERIFY(stored->kept.empty());
        // The one that holds more stands for the model.
        QCOMPARE(chooseRuns(m_places, "{}")->run().run.id, int64_t{10'001});
    }

    void anyOneIsEnough() {
        store(m_places.others[0].first, "{}", {"g1"});
        QCOMPARE(readStoredResults(m_places, runOf("{}"))->genes.size(), size_t{1});
        QCOMPARE(storedRuns(m_places, "{}")->size(), size_t{1});
        QVERIFY(!fs::exists(m_places.file));
        m_places.others.clear();
        QVERIFY(storedRuns(m_places, "{}")->empty());
        QVERIFY(chooseRuns(m_places, "{}").error().kind == ErrorKind::NotFound);
    }

    void damagedOnes() {
        store(m_places.file, "{}", {"g1"});
        writeText(m_places.others[0].first, "no database");
        const auto chosen = chooseRuns(m_places, "{}");
        DS_VERIFY(chosen);
        QVERIFY(chosen->unreadable && chosen->unreadable->where == m_places.others[0].first.string());
        std::swap(m_places.file, m_places.others[0].first);
        QVERIFY(!chooseRuns(m_places, "{}"));
    }

    /// What a renamed study leaves is named, what is another study's is not.
    void strayResultsAreNamed() {
        m_places = ResultPlaces();
        m_places.file = m_places.beside = *m_folder / "new.results.sqlite";
        QVERIFY(!strayResults(m_places));
        QVERIFY(!strayResults(*m_folder / "a.sqlite"));
        for (const char* name : {"other", "third", "old"})
            writeText(*m_folder / (std::string(name) + ".results.sqlite"), "");
        writeText(*m_folder / "other.study.json", "{}");
        writeText(*m_folder / "third.json", "{}");
        const auto stray = strayResults(m_places);
        QVERIFY(stray.has_value());
        QVERIFY2(stray->what.find("`old.results.sqlite`") != std::string::npos &&
                     stray->what.find("other") == std::string::npos &&
                     stray->what.find("third") == std::string::npos,
                 stray->what.c_str());
        QVERIFY(stray->remedy.find("new.results.sqlite") != std::string::npos);
        QVERIFY(readStoredResults(m_places, runOf("{}"))->stray.has_value());
        QCOMPARE(chooseRuns(m_places, "{}").error().what, stray->what);
    }
};

QTEST_GUILESS_MAIN(TestResultPlaces)
#include "tst_result_places.moc"
