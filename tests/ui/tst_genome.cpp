// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/result_places.h"
#include "demo_home.h"
#include "drawing_time.h"
#include "engines/open_model.h"
#include "genome_fixture.h"
#include "model/model_folder.h"
#include "viewmodels/gene_list_model.h"
#include "viewmodels/genome.h"
#include "viewmodels/number_text.h"
#include "views/gene_facts_page.h"
#include "views/gene_list_panel.h"
#include "views/genome_page.h"
#include "views/genome_panel.h"
#include "waiting.h"
#include "watchdog.h"

#include <QPushButton>
#include <QSignalSpy>
#include <QTableWidget>
#include <QTest>

#include <numeric>

using namespace diploscope;
using namespace diploscope::ui;
using namespace diploscope::test;

/// All genes at once: results from the store, conditions, brushes, the genome page.
class TestGenome : public QObject {
    Q_OBJECT

private:
    DemoHome m_home;
    std::unique_ptr<JobRunner> m_jobs;
    std::unique_ptr<Session> m_session;
    std::unique_ptr<Genome> m_genome;

    /// As `import published` leaves it. \return the study file
    QString writePublished(const std::vector<ModelGenes>& models, const std::string& name) {
        StudyFile study;
        study.path = m_home / name / "published.study.json";
        study.name = name;
        study.build = "GRCh38";
        study.published = ResultStore::fileOf(study.path);
        std::filesystem::create_directories(study.path.parent_path());
        auto store = ResultStore::open(*study.published);
        for (const ModelGenes& model : models) {
            const auto run = store->beginRun({"published", model.model, {}, model.model, {}, 0, 0, 0});
            (void)store->store(*run, model.genes);
        }
        (void)writeStudyFile(study, study.path);
        return QString::fromStdString(study.path.string());
    }
    bool open(const QString& study) {
        m_session->openStudy(study);
        return waitUntil([&] { return m_session->study() && !m_jobs->isBusy(); });
    }
    size_t focused() const { return static_cast<size_t>(m_genome->focusCount()); }

private Q_SLOTS:
    void initTestCase() { DS_VERIFY(m_home.makeDemo()); }
    void init() {
        m_jobs = std::make_unique<JobRunner>();
        m_session = std::make_unique<Session>(*m_jobs);
        m_genome = std::make_unique<Genome>(*m_session);
    }
    void cleanup() {
        m_genome.reset();
        m_session.reset();
        m_jobs.reset();
    }

    void publishedStudyShowsItsTables() {
        std::vector<ModelGenes> models = inventGenes(300);
        models[1].genes.resize(200); // the other model tells of fewer
        QVERIFY(open(writePublished(models, "two")));
        QVERIFY(m_session->isPublished());
        QVERIFY(m_session->model().predictor() == nullptr);
        QCOMPARE(m_session->published().names(), QStringList({"CAGE", "Xpresso"}));
        QCOMPARE(m_genome->null(), NullChoice::Published);
        QCOMPARE(m_genome->table()->rowCount(), size_t{300});
        const GenomeSummary expected = summarise(*GenomeTable::make(models, 0, NullChoice::Published));
        QCOMPARE(m_genome->summary().significant, expected.significant);
        QVERIFY(m_genome->table()->findColumn("r_Xpresso").has_value());

        m_session->showGene(QStringLiteral("GENE7"));
        QCOMPARE(m_session->shown().gene()->id, std::string("ENSG7"));
        m_session->chooseModel(QStringLiteral("Xpresso"));
        QVERIFY(waitUntil([&] { return m_genome->table()->model() == "Xpresso"; }));
        QCOMPARE(m_genome->table()->rowCount(), size_t{200});
        QCOMPARE(m_session->genes().all().size(), size_t{200});
        QCOMPARE(m_session->shown().gene()->id, std::string("ENSG7")); // what was shown stays
        m_session->showGene(QStringLiteral("GENE250"));
        QCOMPARE(m_session->shown().geneId(),
                 std::string("ENSG7")); // the tables of this model do not have it
        m_session->chooseModel(QStringLiteral("SpliceAI"));
        QCOMPARE(m_session->model().choice(), QStringLiteral("Xpresso")); // no table tells of it
        QCOMPARE(m_session->model().name(), std::string("Xpresso"));
    }

    void conditionsAndBrushesMeet() {
        QVERIFY(open(writePublished(inventGenes(300), "focus")));
        const auto table = m_genome->table();
        const auto count = [&](auto condition) {
            size_t found = 0;
            for (size_t row = 0; row < table->rowCount(); ++row)
                found += condition(row, *table->genes()[row].r) ? 1 : 0;
            return found;
        };
        QVERIFY(m_genome->focus() == nullptr);
        m_genome->setFilter(QStringLiteral("r < -0.05"));
        QCOMPARE(focused(), count([](size_t, double r) { return r < -0.05; }));
        std::vector<size_t> first(100);
        std::iota(first.begin(), first.end(), 0);
        m_genome->select(first, BrushMode::Replace);
        QCOMPARE(focused(), count([](size_t row, double r) { return r < -0.05 && row < 100; }));
        m_genome->select({150, 151, 152}, BrushMode::Add);
        QCOMPARE(m_genome->selected().size(), 103);
        m_genome->select({0, 1, 150}, BrushMode::Subtract);
        QCOMPARE(m_genome->selected().size(), 100);
        m_genome->select({2, 3, 151, 299}, BrushMode::Intersect);
        QCOMPARE(m_genome->selected(), QSet<QString>({"ENSG2", "ENSG3", "ENSG151"}));
        m_genome->setFilter({});
        QCOMPARE(focused(), size_t{3});
        QVERIFY(m_genome->isInFocus(*m_genome->rowOf(QStringLiteral("ENSG151"))));
        QVERIFY(!m_genome->isInFocus(*m_genome->rowOf(QStringLiteral("ENSG0"))));
        m_genome->clearSelection();
        QVERIFY(m_genome->focus() == nullptr);
    }

    void badConditionLeavesTheFilter() {
        QVERIFY(open(writePublished(inventGenes(50), "bad")));
        m_genome->setFilter(QStringLiteral("r > 0"));
        const size_t before = focused();
        m_genome->setFilter(QStringLiteral("r > 0 and qq <"));
        QVERIFY(m_genome->filterError().has_value());
        QCOMPARE(focused(), before);
        QCOMPARE(m_genome->filter(), QStringLiteral("r > 0"));
        m_genome->setFilter({});
        QVERIFY(!m_genome->filterError());
    }

    void theNullIsChosenForPAndQ() {
        QVERIFY(open(writePublished(inventGenes(200), "null")));
        const size_t q = *m_genome->table()->findColumn("q");
        const std::vector<double> published = m_genome->table()->numbers(q);
        m_genome->setNull(NullChoice::Calibrated);
        QVERIFY(waitUntil([&] { return m_genome->table()->null() == NullChoice::Calibrated; }));
        QVERIFY(m_genome->table()->numbers(q) != published);
    }

    /// What one session or the command line has stored is there in the next, and is not computed again.
    void resultsOutliveTheSession() {
        QVERIFY(open(m_home.study()));
        QVERIFY(m_session->results().rows().isEmpty());
        QCOMPARE(m_genome->null(), NullChoice::Empirical); // as `summary` and `genes.tsv` without being asked
        const auto predictor = openModel("demo-cnn", {});
        QVERIFY(predictor.has_value());
        const auto study = m_session->study();
        auto store = ResultStore::open(resultStoreOf(study->file()));
        GenomeRun run;
        run.predictor = *predictor;
        run.options.score = *resolveScore({}, (*predictor)->info()); // as `analyze` asks
        DS_VERIFY(runGenome(*study, {&study->genes()[0], &study->genes()[1]}, run, *store, {}));

        cleanup();
        init();
        QVERIFY(open(m_home.study()));
        QVERIFY(waitUntil([&] { return m_session->results().rows().size() == 2; }));
        QVERIFY(waitUntil([&] { return m_genome->table()->rowCount() == 2; }));
        const auto tipOfQ = [this] { // q of some of the genes is not told as if it were of all
            const GeneListModel list(*m_session, *m_genome);
            return list.headerData(GeneListModel::QColumn, Qt::Horizontal, Qt::ToolTipRole).toString();
        };
        QVERIFY2(tipOfQ().contains(QStringLiteral("So far 2 of 6 genes")), qPrintable(tipOfQ()));
        m_session->results().analyzeAll();
        QVERIFY(waitUntil([&] { return m_genome->table()->rowCount() == DemoHome::genes; }));
        QVERIFY(waitUntil([&] { return !m_jobs->isBusy(); }));
        QVERIFY2(!tipOfQ().contains(QStringLiteral("So far")), qPrintable(tipOfQ()));
        QCOMPARE(store->finishedGenes(store->runs()->front().id)->size(), size_t(DemoHome::genes));

        // A gene that is shown is stored, too, and does not lose what is there.
        m_session->showGene(QString::fromStdString(study->genes()[3].gene.id));
        QVERIFY(
            waitUntil([&] { return m_session->shown().report() && m_session->shown().report()->complete; }));
        QCOMPARE(m_session->results().rows().size(), DemoHome::genes);
        QCOMPARE(store->runs()->size(), size_t{1}); // one run: gradients, checks and windows make no other

        Session::Settings settings = m_session->settings();
        settings.thresholds.minimumGain = 0.2;
        QSignalSpy kept(&m_session->results(), &GeneResults::otherRunsKept);
        m_session->applySettings(settings);
        QVERIFY(m_session->results().rows().isEmpty()); // other options, other results
        QVERIFY(waitUntil([&] { return m_session->results().rows().size() == 1; }));
        QVERIFY(waitUntil([&] { return kept.size() == 1; })); // which are not gone
        QCOMPARE(kept.front()[0].toString(), QStringLiteral("6 genes are kept under other options."));
        QVERIFY(kept.front()[1].toString().contains(QStringLiteral("--run 1")));
    }

    void figuresOpenAndSelectGenes() {
        GenomePage page(*m_session, *m_genome);
        page.resize(1200, 800);
        page.show();
        QVERIFY(open(writePublished(inventGenes(300), "page")));
        for (const GenomePanel* panel : page.panels())
            QVERIFY2(panel->view().hasFigure(), panel->figure().name);
        QSignalSpy asked(&page, &GenomePage::geneRequested);
        GenomePanel& panel = page.panel(GenomeFigure::PredixcanR);
        Q_EMIT panel.view().clicked(4, false);
        QCOMPARE(asked.size(), 1);
        QCOMPARE(asked.front().front().toString(), QStringLiteral("ENSG4"));
        Q_EMIT panel.view().brushed({4, 8, 12}, BrushMode::Replace);
        QCOMPARE(m_genome->selected().size(), 3);
        auto* clear = page.findChild<QPushButton*>(QStringLiteral("clearSelection"));
        QVERIFY(clear->isVisible() && clear->text().startsWith(QStringLiteral("3 genes")));
        clear->click();
        QVERIFY(m_genome->selected().isEmpty());
        QVERIFY(!clear->isVisible());
    }

    void figuresWithoutDataSayWhatTheyNeed() {
        std::vector<ModelGenes> models{inventGenes(40).front()};
        for (GeneRow& gene : models[0].genes)
            gene.predixcanR.reset();
        GenomePage page(*m_session, *m_genome);
        page.resize(1200, 800);
        page.show();
        QVERIFY(open(writePublished(models, "few")));
        QVERIFY(!page.panel(GenomeFigure::PredixcanR).isVisible());
        QVERIFY(page.panel(GenomeFigure::PredixcanR).emptyText().contains(QStringLiteral("PrediXcan")));
        QVERIFY(!page.panel(GenomeFigure::ModelModel).isVisible());
        QVERIFY(page.panel(GenomeFigure::NullR).view().hasFigure());
    }

    /// p and q are of the table of all genes, which is not there yet when a gene's own r is: a dash would say
    /// that there is none.
    void whatIsOfAllGenesIsWaitedFor() {
        GeneListModel list(*m_session, *m_genome);
        const auto shown = [&](int column) { return list.index(10, column).data().toString(); };
        QStringList atOnce;
        connect(m_session.get(), &Session::studyOpened, &list, [&] {
            for (const int column :
                 {GeneListModel::RColumn, GeneListModel::NullPColumn, GeneListModel::QColumn})
                atOnce << shown(column);
        });
        QVERIFY(open(writePublished(inventGenes(60), "waits")));
        QCOMPARE(atOnce.size(), 3);
        QCOMPARE(atOnce[0], ratioText(m_genome->table()->genes()[10].r));
        const QString waits = QStringLiteral("\u2026");
        QCOMPARE(atOnce.mid(1), (QStringList{waits, waits}));
        QVERIFY(shown(GeneListModel::NullPColumn) != waits && shown(GeneListModel::QColumn) != waits);
    }

    /// The list counts as the gene's page does: what cannot be decided is a part of its own, and no support.
    void theListTellsUndecidableDriversApart() {
        std::vector<ModelGenes> models{inventGenes(40).front()};
        const auto driver = [](double supported, double undecidable) {
            DriverRow row;
            row.gain = 0.2;
            row.supported = supported;
            row.undecidable = undecidable;
            return row;
        };
        GeneRow& mixed = models[0].genes[5];
        mixed.drivers = {driver(1, 0), driver(1, 1), driver(0, 0), driver(0, 1), driver(1, 1)};
        GeneRow& doubtful = models[0].genes[6];
        doubtful.drivers = {driver(1, 1)};
        for (GeneRow* gene : {&mixed, &doubtful})
            summariseDrivers(*gene);
        QCOMPARE(mixed.undecidableCount, std::optional<double>(3.0));
        GeneListModel list(*m_session, *m_genome);
        QVERIFY(open(writePublished(models, "doubts")));
        QVERIFY(waitUntil([&] { return m_genome->table()->rowCount() == 40; }));
        const auto supportIn = [&list](int row) {
            return list.index(row, GeneListModel::SupportedColumn)
                .data(GeneListModel::SupportRole)
                .value<QList<double>>();
        };
        const int row = list.rowOf(QStringLiteral("ENSG5"));
        QCOMPARE(supportIn(row), (QList<double>{1, 1, 3}));
        QCOMPARE(list.number(row, GeneListModel::SupportedColumn), 0.2);
        const int alone = list.rowOf(QStringLiteral("ENSG6"));
        QCOMPARE(supportIn(alone), (QList<double>{0, 0, 1}));
        QCOMPARE(list.number(alone, GeneListModel::SupportedColumn), 0.0);
        const auto tipOf = [&list](int of) {
            return list.index(of, GeneListModel::SupportedColumn).data(Qt::ToolTipRole).toString();
        };
        QVERIFY2(tipOf(row).contains(QStringLiteral("3 undecidable")), qPrintable(tipOf(row)));
        QVERIFY2(tipOf(alone).contains(QStringLiteral("1 undecidable")), qPrintable(tipOf(alone)));
        // Of a gene without drivers there is no bar.
        const int none = list.rowOf(QStringLiteral("ENSG7"));
        QVERIFY(!list.index(none, GeneListModel::SupportedColumn).data(GeneListModel::SupportRole).isValid());
    }

    void theListSaysWhatIsNotTestable() {
        std::vector<ModelGenes> models{inventGenes(20).front()};
        models[0].genes[4].nullTestable = 0.0;
        GeneListModel list(*m_session, *m_genome);
        QVERIFY(open(writePublished(models, "untestable")));
        const auto tipOf = [&list](const QString& gene) {
            return list.index(list.rowOf(gene), GeneListModel::QColumn).data(Qt::ToolTipRole).toString();
        };
        QVERIFY2(tipOf(QStringLiteral("ENSG4")).contains(QStringLiteral("not testable")),
                 qPrintable(tipOf(QStringLiteral("ENSG4"))));
        QVERIFY(!tipOf(QStringLiteral("ENSG5")).contains(QStringLiteral("testable")));
    }

    void factsOfAPublishedGene() {
        GeneFactsPage page(*m_session, *m_genome);
        page.show();
        QVERIFY(open(writePublished(inventGenes(60), "facts")));
        m_session->showGene(QStringLiteral("GENE10"));
        const GeneRow& gene = m_genome->table()->genes()[10];
        QCOMPARE(page.drivers().rowCount(), static_cast<int>(gene.drivers.size()));
        const QString r = page.facts().front();
        QVERIFY2(r.startsWith(QStringLiteral("Pearson r: ")), qPrintable(r));
        QVERIFY(page.facts().filter(QStringLiteral("r, Xpresso")).size() == 1);
    }

    /// Nothing that a person does with 20,000 genes may be felt: the window draws and does nothing else. So
    /// the measure is how long this machine takes to make all its figures anew and to draw them, thrice.
    /// As many as an annotation has, under three models, beside the list of them.
    void manyGenesAreSmooth() {
        GenomePage page(*m_session, *m_genome);
        QWidget window;
        GeneListPanel panel(*m_session, *m_genome, &window);
        GeneListFilter& filter = panel.filter();
        panel.table().sortByColumn(GeneListModel::QColumn, Qt::AscendingOrder);
        panel.resize(300, 800);
        window.resize(300, 800);
        window.show();
        page.resize(1150, 800);
        page.show();
        std::vector<ModelGenes> models = inventGenes(27'280);
        models.push_back(models.back());
        models.back().model = "Borzoi";
        const QString study = writePublished(models, "many");
        QVERIFY(open(study));
        QTest::qWait(300); // the figures are there, and laid out
        Watchdog watchdog;
        const auto act = [&](const char* what, auto work) {
            watchdog.phase(what);
            work();
            QVERIFY(waitUntil([&] { return !m_jobs->isBusy(); }));
            QTest::qWait(50);
        };
        std::vector<size_t> rows(5000);
        std::iota(rows.begin(), rows.end(), 0);
        act("first key", [&] { m_genome->setFilter(QStringLiteral("r < 0")); });
        act("next key", [&] { m_genome->setFilter(QStringLiteral("r < 0.1")); });
        act("condition", [&] { m_genome->setFilter(QStringLiteral("q < 0.05 and r < -0.2")); });
        act("brush", [&] { m_genome->select(rows, BrushMode::Replace); });
        act("clear", [&] { m_genome->clearSelection(); });
        act("no condition", [&] { m_genome->setFilter({}); });
        act("null", [&] { m_genome->setNull(NullChoice::Calibrated); });
        act("search", [&] { filter.setSearch(QStringLiteral("GENE12")); });
        watchdog.stop();
        qInfo("longest time without an answer, 27,280 genes under three models, ms: %s",
              watchdog.text().c_str());
        const double drawing = drawingMs(page);
        qInfo("all figures anew, ms: %.1f", drawing);
        QVERIFY2(watchdog.longest().ms < 3 * drawing, watchdog.longest().during.c_str());
    }
};

QTEST_MAIN(TestGenome)
#include "tst_genome.moc"
