// SPDX-License-Identifier: GPL-3.0-or-later
// Genes of a run on several threads: the same as one after the other, whatever fails or stops. The model is a
// stand-in that counts who asks it.
#include "analysis/genome_run.h"
#include "analysis/report_writer.h"
#include "base/atomic_file.h"
#include "study/small_study.h"

#include <atomic>
#include <chrono>
#include <mutex>
#include <thread>

using namespace diploscope;
using namespace diploscope::test;
using namespace std::chrono_literals;
namespace fs = std::filesystem;

namespace {

constexpr int Genes = 12;

/// Scores a sequence by the positions of its edits.
class StandIn : public Predictor {
public:
    explicit StandIn(std::string computation = {}) : m_computation(std::move(computation)) {
        m_info.name = "Stand-in";
        m_info.checksum = "c";
        m_info.input = {2000, 1000, StrandRule::Forward};
    }
    int64_t refusedFrom = -1; ///< windows that begin between here and 2,000 bases on are refused
    int64_t waitsFrom = -1;   ///< windows from here on are computed until a stop is requested
    int meetings = 0;         ///< windows that are to be ready at once before one of them is computed
    mutable std::atomic<int> ready = 0, mostReady = 0;

    const ModelInfo& info() const override { return m_info; }
    std::string computation(Method) const override { return m_computation; }
    Result<std::unique_ptr<LocusPredictor>> prepare(const ReferenceWindow& window, const OutputChoice&,
                                                    Method) const override {
        const int64_t start = window.region.start;
        if (refusedFrom >= 0 && start >= refusedFrom && start < refusedFrom + 2000)
            return fail(ErrorKind::Unsupported, "Not this one.");
        return std::unique_ptr<LocusPredictor>(
            std::make_unique<Locus>(*this, waitsFrom >= 0 && start >= waitsFrom));
    }

private:
    class Locus : public LocusPredictor {
    public:
        Locus(const StandIn& model, bool waits) : m_model(model), m_waits(waits) {
            const int now = ++model.ready;
            for (int seen = model.mostReady;
                 seen < now && !model.mostReady.compare_exchange_weak(seen, now);) {
            }
        }
        ~Locus() override { --m_model.ready; }
        Result<Eigen::MatrixXd> predict(std::span<const EditList> sequences,
                                        const RunContext& context) override {
            for (int i = 0; i < 2000 && m_model.mostReady < m_model.meetings; ++i)
                std::this_thread::sleep_for(1ms);
            while (m_waits && !context.cancelled())
                std::this_thread::sleep_for(1ms);
            DS_TRY(context.checkpoint());
            Eigen::MatrixXd scores = Eigen::MatrixXd::Zero(Eigen::Index(sequences.size()), 1);
            for (size_t i = 0; i < sequences.size(); ++i)
                for (const Edit& edit : sequences[i])
                    scores(Eigen::Index(i), 0) += double(edit.offset);
            return scores;
        }
        int64_t batchSize() const override { return 2; }

    private:
        const StandIn& m_model;
        bool m_waits;
    };

    std::string m_computation; ///< empty: one thread is enough for it
    ModelInfo m_info;
};

constexpr const char* WholeMachine = "fp64 cpu";

/// All that a run leaves and tells.
struct Left {
    std::string tables;             ///< of every report in the order in which they came, then of all genes
    std::vector<std::string> rows;  ///< as they were stored
    std::vector<std::string> order; ///< as reports came
    std::vector<int64_t> done;      ///< as progress was told
    std::string stage;
};

} // namespace

class TestGenesAtOnce : public QObject {
    Q_OBJECT

    TemporaryFolder m_folder;
    std::shared_ptr<const Study> m_study;
    std::vector<const StudyGene*> m_genes;

    [[nodiscard]] GenomeRun runOf(const std::shared_ptr<const StandIn>& model, int threads) const {
        GenomeRun run;
        run.predictor = model;
        run.threads = threads;
        run.options.statistics.nullPredictors = 300; // more than one block
        return run;
    }
    /// Into a store of its own.
    Result<GenomeRunResult> ran(const GenomeRun& run, const RunContext& context = {}) {
        fs::remove(m_folder / "own.sqlite");
        DS_ASSIGN(ResultStore store, ResultStore::open(m_folder / "own.sqlite"));
        return runGenome(*m_study, m_genes, run, store, context);
    }
    [[nodiscard]] std::vector<GeneRow> stored() const {
        return ResultStore::openExisting(m_folder / "own.sqlite")->genes(1).value();
    }
    Left leftBy(GenomeRun run, RunContext context = {}) {
        Left left;
        run.onReport = [&](const std::shared_ptr<const GeneReport>& report) -> Result<void> {
            left.order.push_back(report->gene.id);
            DS_TRY(writeGeneReport(*report, m_folder / "out", report->gene.id, "key"));
            for (const char* end : {".people.tsv", ".variants.tsv", ".drivers.tsv", ".report.json"}) {
                DS_ASSIGN(const std::string text, readWholeFile(m_folder / ("out/" + report->gene.id + end)));
                left.tables += text;
            }
            return {};
        };
        run.onRow = [&](const GeneRow& row) { left.rows.push_back(row.geneId + row.failure); };
        context.onProgress = [&](const Progress& progress) { // one call at a time
            left.stage = progress.stage;
            left.done.push_back(progress.done);
        };
        const auto result = ran(run, context);
        if (!result)
            qWarning("%s", result.error().message().c_str());
        const std::vector<ModelGenes> models{{"Stand-in", stored(), {}}};
        if (writeGenomeTables(models, NullChoice::Published, m_folder / "out"))
            for (const char* file : {"genes.tsv", "drivers.tsv"})
                left.tables += readWholeFile(m_folder / (std::string("out/") + file)).value();
        return left;
    }

private Q_SLOTS:
    void initTestCase() {
        qputenv("XDG_CACHE_HOME", (m_folder / "cache").c_str());
        SmallStudy small;
        small.annotation.clear();
        small.people = "P0";
        small.expression = "#chr\tstart\tend\tphenotype_id\tP0";
        small.genotypeRow = "0|1";
        constexpr int People = 30;
        for (int p = 1; p < People; ++p) {
            small.people += "\tP" + std::to_string(p);
            small.expression += "\tP" + std::to_string(p);
            small.genotypeRow += p % 3 == 0 ? "\t0|1" : p % 5 == 0 ? "\t1|1" : "\t0|0";
        }
        std::mt19937 random(3);
        for (int g = 0; g < Genes; ++g) {
            const int start = 10'001 + 5000 * g;
            const std::string id = (g < 9 ? "ENSG0" : "ENSG") + std::to_string(g + 1);
            small.annotation += SmallStudy::gtf(id, "GENE" + id, "chr22", start, start + 900, '+');
            small.expression +=
                "\n22\t" + std::to_string(start - 1) + "\t" + std::to_string(start) + "\t" + id;
            for (int p = 0; p < People; ++p)
                small.expression += "\t" + std::to_string(double(random() % 1000) / 100);
        }
        small.expression += "\n";
        const StudyCheck check = openStudy(small.write(m_folder));
        QVERIFY2(check.study, check.problems.empty() ? "" : check.problems.front().message().c_str());
        m_study = check.study;
        for (const StudyGene& gene : m_study->genes())
            m_genes.push_back(&gene);
        QCOMPARE(m_genes.size(), size_t{Genes});
    }

    void theSameForAnyNumberOfThreads_data() {
        QTest::addColumn<QString>("computation");
        QTest::addColumn<bool>("inLine");
        for (const bool inLine : {false, true}) {
            QTest::addRow("a thread each%s", inLine ? ", in line" : "") << QString() << inLine;
            QTest::addRow("the whole machine%s", inLine ? ", in line" : "")
                << QString(WholeMachine) << inLine;
        }
    }
    void theSameForAnyNumberOfThreads() {
        QFETCH(QString, computation);
        QFETCH(bool, inLine);
        const auto model = std::make_shared<StandIn>(computation.toStdString());
        model->refusedFrom = m_genes[4]->gene.tss() - 2000;
        WorkLine line;
        const auto context = [&] {
            return inLine ? RunContext{{}, {}, std::make_shared<WorkLine::Place>(line, 0)} : RunContext{};
        };
        const Left one = leftBy(runOf(model, 1), context());
        QCOMPARE(one.order.size(), size_t{Genes - 1}); // one is refused
        QCOMPARE(one.rows.size(), size_t{Genes});
        for (size_t g = 0; g < size_t{Genes}; ++g)
            QVERIFY(one.rows[g].starts_with(m_genes[g]->gene.id));
        QVERIFY(one.rows[4].find("Not this one") != std::string::npos);
        for (const int threads : {2, 5}) {
            const Left several = leftBy(runOf(model, threads), context());
            QVERIFY(several.order == one.order);
            QVERIFY(several.rows == one.rows);
            QVERIFY2(several.tables == one.tables, qPrintable(QString::number(threads)));
            QCOMPARE(several.stage, one.stage);
            QVERIFY(std::is_sorted(several.done.begin(), several.done.end()));
        }
        QCOMPARE(model->ready.load(), 0);
    }

    void asManyAtWorkAsThereAreThreads() {
        const auto model = std::make_shared<StandIn>();
        model->meetings = 3;
        DS_VERIFY(ran(runOf(model, 3)));
        QCOMPARE(model->mostReady.load(), 3);
    }

    /// Such a model has the memory for one window, and all threads for it.
    void wholeMachineHasOneWindowReady() {
        const auto model = std::make_shared<StandIn>(WholeMachine);
        DS_VERIFY(ran(runOf(model, 4)));
        QCOMPARE(model->mostReady.load(), 1);
    }

    void stopEndsGenesAtWork() {
        const auto model = std::make_shared<StandIn>();
        model->waitsFrom = m_genes[3]->gene.tss() - 1000; // and all behind
        std::stop_source stop;
        GenomeRun run = runOf(model, 3);
        run.onRow = [&](const GeneRow& row) {
            if (row.geneId == m_genes[2]->gene.id)
                stop.request_stop();
        };
        const auto stopped = ran(run, {stop.get_token(), {}, {}});
        QVERIFY(!stopped);
        QCOMPARE(stopped.error().kind, ErrorKind::Cancelled);
        QCOMPARE(stored().size(), size_t{3});
        QCOMPARE(model->ready.load(), 0);
        // Goes on where it was.
        model->waitsFrom = -1;
        ResultStore store = ResultStore::open(m_folder / "own.sqlite").value();
        const auto rest = runGenome(*m_study, m_genes, runOf(model, 3), store, {});
        DS_VERIFY(rest);
        QCOMPARE(rest->stored, int64_t{3});
        QCOMPARE(rest->computed, int64_t{Genes - 3});
    }

    void stopEndsWhoWaitsForTheMachine() {
        const auto model = std::make_shared<StandIn>(WholeMachine);
        model->waitsFrom = 0;
        std::stop_source stop;
        std::jthread person([&] {
            while (model->ready == 0)
                std::this_thread::sleep_for(1ms);
            std::this_thread::sleep_for(50ms); // the others have come to it, too
            stop.request_stop();
        });
        const auto stopped = ran(runOf(model, 3), {stop.get_token(), {}, {}});
        QVERIFY(!stopped);
        QCOMPARE(stopped.error().kind, ErrorKind::Cancelled);
        QCOMPARE(stored().size(), size_t{0});
        QCOMPARE(model->mostReady.load(), 1);
        QCOMPARE(model->ready.load(), 0);
    }

    /// Genes at work would go on for ever.
    void errorThatEndsTheRunEndsTheOthers() {
        const auto model = std::make_shared<StandIn>();
        model->waitsFrom = m_genes[2]->gene.tss() - 1000;
        GenomeRun run = runOf(model, 3);
        run.onReport = [&](const std::shared_ptr<const GeneReport>& report) -> Result<void> {
            if (report->gene.id == m_genes[1]->gene.id)
                return fail(ErrorKind::Io, "The disk is full.");
            return {};
        };
        const auto ended = ran(run);
        QVERIFY(!ended);
        QCOMPARE(ended.error().what, std::string("The disk is full."));
        QCOMPARE(stored().size(), size_t{1});
        QCOMPARE(model->ready.load(), 0);
    }

    /// What a person looks at goes between two batches of the run, on how many threads it may be.
    void urgentWorkGoesFirst() {
        const auto model = std::make_shared<StandIn>();
        WorkLine line;
        std::atomic<int> pauses = 0;
        const auto place = std::make_shared<WorkLine::Place>(line, 0, [&](bool paused) { pauses += paused; });
        std::stop_source stop;
        std::atomic<int> rows = 0;
        GenomeRun run = runOf(model, 3);
        run.onRow = [&](const GeneRow&) { ++rows; };
        std::unique_ptr<WorkLine::Place> urgent;
        std::jthread background;
        {
            urgent = std::make_unique<WorkLine::Place>(line, 10);
            const auto turn = urgent->turn({});
            QVERIFY(turn.has_value());
            background = std::jthread([&] { (void)ran(run, {stop.get_token(), {}, place}); });
            for (int i = 0; i < 2000 && pauses == 0; ++i)
                std::this_thread::sleep_for(1ms);
            QVERIFY(pauses > 0);
        }
        std::this_thread::sleep_for(20ms); // it still stands in the line
        QCOMPARE(rows.load(), 0);
        urgent.reset();
        background.join();
        QCOMPARE(rows.load(), Genes);
    }
};

QTEST_GUILESS_MAIN(TestGenesAtOnce)
#include "tst_genes_at_once.moc"
