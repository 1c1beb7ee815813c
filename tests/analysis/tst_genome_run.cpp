// SPDX-License-Identifier: GPL-3.0-or-later
// A run over all genes: failures, what is stored, what it is stored under. The model is a stand-in.
#include "analysis/genome_run.h"

#include "analysis/provenance.h"
#include "analysis/stored_runs.h"
#include "base/atomic_file.h"
#include "study/small_study.h"
#include "study/study_identity.h"

#include <nlohmann/json.hpp>

#include <atomic>

using namespace diploscope;
using namespace diploscope::test;
namespace fs = std::filesystem;

namespace {

/// Scores a sequence by the positions of its edits; refuses windows on the reverse strand while `broken`.
class StandIn : public Predictor {
public:
    StandIn() {
        m_info.name = "Stand-in";
        m_info.checksum = "c";
        m_info.input = {2000, 1000, StrandRule::Forward};
    }
    bool broken = true;
    mutable std::atomic<int> prepared = 0;

    const ModelInfo& info() const override { return m_info; }
    std::string computation(Method) const override { return {}; }
    Result<std::unique_ptr<LocusPredictor>> prepare(const ReferenceWindow& window, const OutputChoice&,
                                                    Method) const override {
        ++prepared;
        if (broken && window.region.start > 40'000 && window.region.start < 50'000)
            return fail(ErrorKind::Unsupported, "Not this one.");
        return std::unique_ptr<LocusPredictor>(std::make_unique<Locus>());
    }

    ModelInfo m_info;

private:
    class Locus : public LocusPredictor {
        Result<Eigen::MatrixXd> predict(std::span<const EditList> sequences, const RunContext&) override {
            Eigen::MatrixXd scores = Eigen::MatrixXd::Zero(Eigen::Index(sequences.size()), 1);
            for (size_t i = 0; i < sequences.size(); ++i)
                for (const Edit& edit : sequences[i])
                    scores(Eigen::Index(i), 0) += double(edit.offset);
            return scores;
        }
        int64_t batchSize() const override { return 100; }
    };
};

} // namespace

class TestGenomeRun : public QObject {
    Q_OBJECT

    TemporaryFolder m_folder;
    std::shared_ptr<const Study> m_study;
    std::vector<const StudyGene*> m_genes;
    std::shared_ptr<StandIn> m_model = std::make_shared<StandIn>();

    Result<GenomeRunResult> run(const RunContext& context = {}) {
        DS_ASSIGN(ResultStore store, ResultStore::open(resultStoreOf(m_study->file())));
        GenomeRun run;
        run.predictor = m_model;
        run.predixcanR = {{"ENSG01", 0.5}};
        run.threads = 1; // so that a stop finds as many done as it asked for
        return runGenome(*m_study, m_genes, run, store, context);
    }

    void reopen() {
        const StudyCheck check = openStudy(m_folder / "small.study.json");
        QVERIFY2(check.study != nullptr,
                 check.problems.empty() ? "" : check.problems.front().message().c_str());
        m_study = check.study;
        m_genes.clear();
        for (const StudyGene& gene : m_study->genes())
            m_genes.push_back(&gene);
        QCOMPARE(m_genes.size(), size_t{3});
    }

private Q_SLOTS:
    void initTestCase() {
        qputenv("XDG_CACHE_HOME", (m_folder / "cache").c_str());
        (void)SmallStudy().write(m_folder);
        reopen();
    }

    void stoppedRunKeepsWhatIsDone() {
        std::stop_source stop;
        RunContext context{stop.get_token(),
                           [&](const Progress& progress) {
                               if (progress.done == 1) // the second gene is at work
                                   stop.request_stop();
                           },
                           {}};
        const auto stopped = run(context);
        QVERIFY(!stopped && stopped.error().kind == ErrorKind::Cancelled);
        auto store = ResultStore::openExisting(resultStoreOf(m_study->file()));
        DS_VERIFY(store);
        QCOMPARE(store->runs()->front().genes, int64_t{1});
    }

    void failureStopsNoOtherGene() {
        const auto first = run();
        DS_VERIFY(first);
        QCOMPARE(first->stored, int64_t{1});
        QCOMPARE(first->computed, int64_t{1});
        QCOMPARE(first->failures.size(), size_t{1});
        QCOMPARE(first->failures[0].first, std::string("ENSG02"));

        const auto chosen = chooseRuns(resultStoreOf(m_study->file()), studyIdentity(*m_study).value());
        DS_VERIFY(chosen);
        const std::vector<ModelGenes>* models = &chosen->models;
        QCOMPARE(models->size(), size_t{1});
        const auto& genes = (*models)[0].genes;
        QCOMPARE(genes.size(), size_t{3});
        QVERIFY(std::any_of(genes.begin(), genes.end(), [](const GeneRow& gene) {
            return gene.geneId == "ENSG02" && gene.failure.find("Not this one") != std::string::npos;
        }));
        QVERIFY(std::any_of(genes.begin(), genes.end(), [](const GeneRow& gene) {
            return gene.geneId == "ENSG01" && gene.predixcanR == 0.5;
        }));
        QCOMPARE(GenomeTable::make(*models, 0, NullChoice::Published)->rowCount(), size_t{2});

        DS_VERIFY(writeGenomeTables(*models, NullChoice::Published, m_folder / "out", {"ENSG03", "ENSG02"}));
        const std::string text = readWholeFile(m_folder / "out/genes.tsv").value();
        QVERIFY(text.find("ENSG03") < text.find("ENSG02")); // in the order asked for, failures last
        QVERIFY(text.find("Not this one") != std::string::npos);
        QVERIFY(text.find("ENSG01") == std::string::npos);
    }

    /// The store's rows are numbers alone; what they are in is kept with their run.
    void unitsAreKeptWithTheRun() {
        const TemporaryFolder other;
        SmallStudy small;
        small.extra = R"(, "expression_transform": "log2p1", "expression_unit": "TPM")";
        (void)small.write(other);
        const StudyCheck check = openStudy(other / "small.study.json");
        QVERIFY(check.study);
        const auto model = std::make_shared<StandIn>();
        model->m_info.unit = "log expression";
        GenomeRun run;
        run.predictor = model;
        auto store = ResultStore::open(resultStoreOf(check.study->file()));
        DS_VERIFY(store);
        DS_VERIFY(runGenome(*check.study, {&check.study->genes().front()}, run, *store, {}));
        const auto chosen =
            chooseRuns(resultStoreOf(check.study->file()), studyIdentity(*check.study).value());
        DS_VERIFY(chosen);
        const auto& kept = chosen->models.front().provenance;
        QCOMPARE(provenanceLine(kept, "observed_unit"), std::string("log2(TPM + 1)"));
        QCOMPARE(provenanceLine(kept, "model_unit"), std::string("log expression"));
        // Where nobody says what values are in, nothing is said.
        QCOMPARE(provenanceLine(resultRunOf(*m_study, *m_model, {})->provenance, "observed_unit"),
                 std::string());
    }

    void failedGeneIsTriedAgainAndStoredOnesAreNot() {
        const int before = m_model->prepared;
        m_model->broken = false;
        const auto second = run();
        DS_VERIFY(second);
        QCOMPARE(second->stored, int64_t{2});
        QCOMPARE(second->computed, int64_t{1});
        QVERIFY(second->failures.empty());
        QCOMPARE(m_model->prepared.load(), before + 1);
        QCOMPARE(run()->stored, int64_t{3});
    }

    /// What a study is, is what its files hold.
    void timesOfFilesAreNoMatter() {
        const std::string identity = studyIdentity(*m_study).value();
        const auto expression = m_study->file().expression;
        fs::last_write_time(expression, fs::last_write_time(expression) - std::chrono::hours(5));
        QVERIFY(!studyIdentity(*m_study)); // this one is open, and nobody knows what else was done to it
        reopen();
        QCOMPARE(studyIdentity(*m_study).value(), identity);
        QCOMPARE(run()->stored, int64_t{3});
    }

    void placesOfFilesAreNoMatter_data() {
        QTest::addColumn<QString>("how");
        for (const char* how : {"copied", "moved", "folder is a link", "files are links"})
            QTest::newRow(how) << how;
    }
    void placesOfFilesAreNoMatter() {
        QFETCH(QString, how);
        const TemporaryFolder other;
        const fs::path here = m_folder.path(), there = other / "study";
        const std::string identity = studyIdentity(*m_study).value();
        if (how == "folder is a link") {
            fs::create_directory_symlink(here, there);
        } else {
            fs::create_directory(there);
            for (const auto& entry : fs::directory_iterator(here))
                if (entry.is_regular_file()) {
                    const fs::path target = there / entry.path().filename();
                    if (how != "files are links" || entry.path().extension() == ".json")
                        fs::copy_file(entry.path(), target); // with new times
                    else
                        fs::create_symlink(entry.path(), target);
                }
            if (how == "moved") {
                fs::rename(there, other / "study2");
                fs::rename(other / "study2", there);
            }
        }
        const StudyCheck check = openStudy(there / "small.study.json");
        QVERIFY(check.study);
        QCOMPARE(studyIdentity(*check.study).value(), identity);
        auto store = ResultStore::open(resultStoreOf(check.study->file()));
        DS_VERIFY(store);
        GenomeRun again;
        again.predictor = m_model;
        QCOMPARE(runGenome(*check.study, {&check.study->genes().front()}, again, *store, {})->stored,
                 int64_t{1});
    }

    void otherOptionsAreAnotherRun() {
        const auto keyOf = [&](const std::function<void(AnalysisOptions&)>& change) {
            AnalysisOptions options;
            change(options);
            return resultRunOf(*m_study, *m_model, options)->options;
        };
        const std::string key = keyOf([](AnalysisOptions&) {});
        QVERIFY(QByteArray::fromStdString(key).startsWith("{\"drivers\":{"));
        QCOMPARE(keyOf([](AnalysisOptions& o) { o.gradients = true; }), key);
        QCOMPARE(keyOf([](AnalysisOptions& o) { o.selfCheckEvery = 7; }), key);
        QVERIFY(differences(key, keyOf([](AnalysisOptions& o) { o.statistics.seed = 7; })) ==
                std::vector<std::string>{"statistics.seed"});
        for (const auto& change : std::vector<std::function<void(AnalysisOptions&)>>{
                 [](AnalysisOptions& o) { o.method = Method::Plain; },
                 [](AnalysisOptions& o) { o.allele = AlleleConvention::Minor; },
                 [](AnalysisOptions& o) { o.thresholds.ownP = 0.02; },
                 [](AnalysisOptions& o) { o.thresholds.minimumGain = 0.02; },
                 [](AnalysisOptions& o) { o.statistics.driverMethod = DriverMethod::Backward; },
                 [](AnalysisOptions& o) { o.statistics.resamples = 0; },
                 [](AnalysisOptions& o) { o.statistics.fineMapping = false; },
                 [](AnalysisOptions& o) { o.score.emplace().shifts = 2; }})
            QVERIFY(!differences(key, keyOf(change)).empty());
        // Of the same weights, but read elsewhere.
        StandIn moved;
        moved.m_info.input.tssIndex = 900;
        QVERIFY(differences(key, resultRunOf(*m_study, moved, {})->options) ==
                std::vector<std::string>{"input.tss_index"});
    }

    /// What a program with other methods stored of the same study, model and options is kept, not taken.
    void otherMethodsAreAnotherRun() {
        const ResultRun key = resultRunOf(*m_study, *m_model, {}).value();
        nlohmann::json options = nlohmann::json::parse(key.options);
        QVERIFY(options.contains("methods"));
        QCOMPARE(options["methods"].get<int>(), MethodsVersion);
        options["methods"] = MethodsVersion - 1;
        ResultRun earlier = key;
        earlier.options = options.dump();
        QVERIFY(differences(key.options, earlier.options) == std::vector<std::string>{"methods"});

        const TemporaryFolder other;
        auto store = ResultStore::open(other / "small.results.sqlite");
        DS_VERIFY(store);
        GeneRow row;
        row.geneId = m_genes.front()->gene.id;
        row.geneName = m_genes.front()->gene.name;
        DS_VERIFY(store->store(store->beginRun(earlier).value(), row));
        GenomeRun now;
        now.predictor = m_model;
        const auto found = runGenome(*m_study, {m_genes.front()}, now, *store, {});
        DS_VERIFY(found);
        QCOMPARE(found->stored, int64_t{0});
        QCOMPARE(found->computed, int64_t{1});
        QCOMPARE(store->runs()->size(), size_t{2});
        QCOMPARE(runGenome(*m_study, {m_genes.front()}, now, *store, {})->stored, int64_t{1});
    }

    /// By one byte, which changes neither size nor, here, the time of change.
    void changedContentIsAnotherRun() {
        const auto expression = m_study->file().expression;
        const auto time = fs::last_write_time(expression);
        const std::string before = readWholeFile(expression).value();
        const std::string identity = studyIdentity(*m_study).value();
        std::string after = before;
        after[after.find("0.5")] = '1';
        writeText(expression, after);
        fs::last_write_time(expression, time);
        reopen();
        const std::string changed = studyIdentity(*m_study).value();
        QVERIFY(differences(identity, changed) == std::vector<std::string>{"expression"});

        const auto file = resultStoreOf(m_study->file());
        const auto none = chooseRuns(file, changed);
        QVERIFY(!none && none.error().kind == ErrorKind::NotFound);
        QVERIFY2(none.error().what.find("run 1: Stand-in, 3 genes") != std::string::npos &&
                     none.error().what.find("`expression` differs") != std::string::npos,
                 none.error().what.c_str());
        const auto asked = chooseRuns(file, changed, {}, 1);
        QCOMPARE(asked->models.front().genes.size(), size_t{3});
        // What is drawn or written of it says what it is of.
        QVERIFY(asked->models.front().provenance.back().first == "stored_run");
        QVERIFY(asked->models.front().provenance.back().second.find("`expression` differs") !=
                std::string::npos);
        QVERIFY(!chooseRuns(file, changed, {}, 9));

        m_genes.resize(1);
        QCOMPARE(run()->computed, int64_t{1});
        const auto now = chooseRuns(file, changed);
        DS_VERIFY(now);
        QCOMPARE(now->models.front().genes.size(), size_t{1});
        QCOMPARE(now->all.size(), size_t{2}); // nothing was removed
        QCOMPARE(now->all[0].standing, RunStanding::OtherState);

        // As it was before: what was stored then is of the study again.
        writeText(expression, before);
        reopen();
        const auto again = chooseRuns(file, studyIdentity(*m_study).value());
        DS_VERIFY(again);
        QCOMPARE(again->run().run.id, int64_t{1});
        QVERIFY(again->models.front().provenance.back().first != "stored_run");
        QCOMPARE(run()->stored, int64_t{3});
    }

    void runOfOneGeneHidesNoneOfMany() {
        GenomeRun seeded;
        seeded.predictor = m_model;
        seeded.options.statistics.seed = 7;
        auto store = ResultStore::open(resultStoreOf(m_study->file()));
        DS_VERIFY(store);
        DS_VERIFY(runGenome(*m_study, {m_genes.front()}, seeded, *store, {}));
        const auto chosen =
            chooseRuns(resultStoreOf(m_study->file()), studyIdentity(*m_study).value(), "stand");
        DS_VERIFY(chosen);
        QCOMPARE(chosen->models.front().genes.size(), size_t{3});
        // The window shows those of its own options, and knows of the others.
        const auto shown = readStoredResults(resultStoreOf(m_study->file()),
                                             resultRunOf(*m_study, *m_model, seeded.options).value());
        DS_VERIFY(shown);
        QCOMPARE(shown->genes.size(), size_t{1});
        QVERIFY(std::any_of(shown->kept.begin(), shown->kept.end(), [](const StoredRun& kept) {
            return kept.standing == RunStanding::Current && kept.run.genes == 3;
        }));
        // All of them, and what of their options differs.
        const auto all = storedRuns(resultStoreOf(m_study->file()), studyIdentity(*m_study).value());
        DS_VERIFY(all);
        const ResultRun& latest = all->back().run;
        QCOMPARE(nullInWords(latest), std::string("1000 random predictors, seed 7"));
        QVERIFY(!scoreInWords(latest).empty());
        const ResultRun& many = chosen->run().run;
        QCOMPARE(otherwiseInWords(many, latest), std::string("with other `statistics.seed`"));
        QVERIFY(otherwiseInWords(many, many).empty());
        ResultRun retrained = many;
        retrained.modelChecksum += "0";
        QCOMPARE(otherwiseInWords(retrained, many), std::string("with other weights"));
        QVERIFY(nullInWords({}).empty() && scoreInWords({}).empty());
        QVERIFY(storedRuns(m_folder / "nowhere.sqlite", {})->empty());
    }

    /// Genes are analysed without it, and what is stored of them is found by who only reads the study file.
    void missingSideTableIsPartOfTheIdentity() {
        const TemporaryFolder other;
        SmallStudy small;
        small.extra = R"(, "eqtl": ["none.tsv"])";
        const fs::path file = small.write(other);
        const StudyCheck check = openStudy(file);
        QVERIFY(check.study);
        std::vector<Error> problems;
        const std::string identity = studyIdentity(*check.study).value();
        QCOMPARE(studyIdentity(*readStudyFile(file, problems)).value(), identity);
        writeText(other / "none.tsv", "there now");
        QVERIFY(differences(identity, studyIdentity(*readStudyFile(file, problems)).value()) ==
                std::vector<std::string>{"eqtl"});
        QVERIFY(!studyIdentity(*check.study));
    }

    /// Half of what is stored would be of what the study was, and half of what it is.
    void filesThatChangeUnderARunEndIt() {
        const auto expression = m_study->file().expression;
        const std::string text = readWholeFile(expression).value();
        GenomeRun changing;
        changing.predictor = m_model;
        changing.options.statistics.seed = 8;
        changing.onReport = [&](const std::shared_ptr<const GeneReport>&) -> Result<void> {
            writeText(expression, text + "\n");
            return {};
        };
        auto store = ResultStore::open(resultStoreOf(m_study->file()));
        DS_VERIFY(store);
        const auto ended = runGenome(*m_study, m_genes, changing, *store, {});
        QVERIFY(!ended && ended.error().kind == ErrorKind::Mismatch);
        QVERIFY(ended.error().remedy.find("Open the study again") != std::string::npos);
        writeText(expression, text);
    }
};

QTEST_GUILESS_MAIN(TestGenomeRun)
#include "tst_genome_run.moc"
