// SPDX-License-Identifier: GPL-3.0-or-later
// A run over all genes: failures, what is stored, what makes it stale. The model is a stand-in.
#include "analysis/genome_run.h"

#include "analysis/import_published.h"
#include "base/atomic_file.h"
#include "study/small_study.h"

using namespace diploscope;
using namespace diploscope::test;

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
    mutable int prepared = 0;

    const ModelInfo& info() const override { return m_info; }
    std::string computation(Method) const override { return {}; }
    Result<std::unique_ptr<LocusPredictor>> prepare(const ReferenceWindow& window, const OutputChoice&,
                                                    Method) const override {
        ++prepared;
        if (broken && window.region.start > 40'000 && window.region.start < 50'000)
            return fail(ErrorKind::Unsupported, "Not this one.");
        return std::unique_ptr<LocusPredictor>(std::make_unique<Locus>());
    }

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
    ModelInfo m_info;
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
        return runGenome(*m_study, m_genes, run, store, context);
    }

private Q_SLOTS:
    void initTestCase() {
        const StudyCheck check = openStudy(SmallStudy().write(m_folder));
        QVERIFY2(check.study != nullptr,
                 check.problems.empty() ? "" : check.problems.front().message().c_str());
        m_study = check.study;
        for (const StudyGene& gene : m_study->genes())
            m_genes.push_back(&gene);
        QCOMPARE(m_genes.size(), size_t{3});
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

        const auto models = readModelGenes(resultStoreOf(m_study->file()));
        DS_VERIFY(models);
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

    void failedGeneIsTriedAgainAndStoredOnesAreNot() {
        const int before = m_model->prepared;
        m_model->broken = false;
        const auto second = run();
        DS_VERIFY(second);
        QCOMPARE(second->stored, int64_t{2});
        QCOMPARE(second->computed, int64_t{1});
        QVERIFY(second->failures.empty());
        QCOMPARE(m_model->prepared, before + 1);
        QCOMPARE(run()->stored, int64_t{3});
    }

    void changedInputIsComputedAnew() {
        const std::string digest = studyDigest(*m_study);
        const auto expression = m_study->file().expression;
        std::filesystem::last_write_time(expression, std::filesystem::last_write_time(expression) +
                                                         std::chrono::seconds(2));
        QVERIFY(studyDigest(*m_study) != digest);
        const auto again = run();
        DS_VERIFY(again);
        QCOMPARE(again->stored, int64_t{0});
        QCOMPARE(again->computed, int64_t{3});
    }
};

QTEST_GUILESS_MAIN(TestGenomeRun)
#include "tst_genome_run.moc"
