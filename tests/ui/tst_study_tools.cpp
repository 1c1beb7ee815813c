// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/effect_background.h"
#include "demo_home.h"
#include "io/predixcan_database.h"
#include "viewmodels/snv_details.h"
#include "views/message_stack.h"
#include "views/study_tools.h"
#include "views/window_actions.h"
#include "waiting.h"

#include <QAction>
#include <QSignalSpy>
#include <QTest>

using namespace diploscope;
using namespace diploscope::ui;
using namespace diploscope::test;

/// What the window makes anew of a study's files.
class TestStudyTools : public QObject {
    Q_OBJECT

private:
    DemoHome m_home;
    std::unique_ptr<QWidget> m_window;
    std::unique_ptr<JobRunner> m_jobs;
    std::unique_ptr<Session> m_session;
    WindowActions* m_actions = nullptr;
    MessageStack* m_messages = nullptr;
    StudyTools* m_tools = nullptr;

    bool open(const QString& study) {
        m_session->openStudy(study);
        return waitUntil([&] { return m_session->study() && !m_jobs->isBusy(); });
    }

private Q_SLOTS:
    void initTestCase() { DS_VERIFY(m_home.makeDemo()); }
    void init() {
        m_window = std::make_unique<QWidget>();
        m_jobs = std::make_unique<JobRunner>();
        m_session = std::make_unique<Session>(*m_jobs);
        m_actions = new WindowActions(m_window.get());
        m_messages = new MessageStack(m_window.get());
        m_tools = new StudyTools(*m_session, *m_actions, *m_messages, m_window.get());
    }
    void cleanup() {
        m_window.reset();
        m_session.reset();
        m_jobs.reset();
    }

    void nothingIsOfferedWithoutAStudy() {
        QVERIFY(!m_actions->trainPredixcan->isEnabled());
        QVERIFY(!m_actions->fitHead->isEnabled());
        QVERIFY(m_actions->importPublished->isEnabled());
    }

    void effectsAreHeldAgainstCommonOnes() {
        QVERIFY(!m_actions->measureBackground->isEnabled());
        QVERIFY(open(m_home.study()));
        QVERIFY(waitUntil([&] { return m_session->model().predictor() && !m_jobs->isBusy(); }));
        QVERIFY(m_actions->measureBackground->isEnabled());
        m_session->showGene(QString::fromStdString(m_session->study()->genes().front().gene.id));
        const auto report = [&] { return m_session->shown().report(); };
        QVERIFY(waitUntil([&] { return report() && report()->complete && !m_jobs->isBusy(); }));
        QVERIFY(!report()->background);
        m_tools->measureBackground(60);
        QVERIFY(waitUntil(
            [&] { return report() && report()->complete && report()->background && !m_jobs->isBusy(); }));
        QVERIFY(report()->background->count() >= 60);
        const SnvDetails details = snvDetails(*report(), 0);
        const auto says = [](const SnvDetails::Row& row) {
            return row.value.contains(QStringLiteral("from the TSS")) &&
                   row.value.startsWith(QStringLiteral("larger than"));
        };
        QVERIFY(std::any_of(details.rows.begin(), details.rows.end(), says));
        QCOMPARE(m_messages->count(), 1);
    }

    void trainedModelsAreNamedByTheStudy() {
        QVERIFY(open(m_home.study()));
        QVERIFY(m_actions->trainPredixcan->isEnabled());
        const std::filesystem::path file = m_home / "own.db";
        QSignalSpy ready(m_tools, &StudyTools::studyReady);
        m_tools->trainPredixcan(file);
        QVERIFY(waitUntil([&] { return ready.size() == 1; }));
        QVERIFY(!readPredixcan(file)->trainedOn.empty());
        QVERIFY(open(ready.front().front().toString()));
        const auto& named = m_session->study()->file().predixcan;
        QVERIFY(std::find(named.begin(), named.end(), file) != named.end());

        // The people it was trained on are no test: what the cross-validation found is shown.
        m_session->results().analyzeAll();
        QVERIFY(waitUntil(
            [&] { return m_session->results().rows().size() == DemoHome::genes && !m_jobs->isBusy(); }));
        const PredixcanDatabase database = *readPredixcan(file);
        int compared = 0;
        for (const PredixcanGene& gene : database.genes) {
            const auto row =
                m_session->results().rows().value(QString::fromStdString(splitGeneId(gene.id).id));
            if (row && row->predixcanR && *row->predixcanR == std::sqrt(*gene.performanceR2))
                ++compared;
        }
        QVERIFY(compared > 0);
    }

    void headIsFittedAndUsed() {
        simulate::SimulationOptions options;
        options.folder = m_home / "forty";
        options.people = 20;
        options.genes = 40;
        DS_VERIFY(simulate::simulateStudy(options, {}));
        QVERIFY(open(QString::fromStdString((options.folder / "demo.study.json").string())));
        m_session->chooseModel(QStringLiteral("demo-enformer"));
        QVERIFY(waitUntil([&] { return m_session->model().predictor() && !m_jobs->isBusy(); }));
        QVERIFY(m_actions->fitHead->isEnabled());
        const std::filesystem::path csv = m_home / "head.csv";
        QSignalSpy score(m_session.get(), &Session::scoreChanged);
        m_tools->fitHead(csv);
        QVERIFY(waitUntil([&] { return !m_jobs->isBusy(); }));
        QVERIFY(std::filesystem::exists(csv));
        QCOMPARE(score.size(), 1);
        QCOMPARE(m_session->model().request().head, csv);
    }

    void publishedTablesBecomeAStudy() {
        const QByteArray shared = qgetenv("DIPLOSCOPE_SHARED_DATA");
        const std::filesystem::path tables = std::filesystem::path(shared.toStdString()) / "published";
        if (!std::filesystem::exists(tables / "SupplementaryTable1.tsv"))
            QSKIP("SKIPPED: the published tables are not there (DIPLOSCOPE_SHARED_DATA)");
        QSignalSpy ready(m_tools, &StudyTools::studyReady);
        const auto name = [&](const char* file) { return QString::fromStdString((tables / file).string()); };
        m_tools->importPublished({name("MeanGeXPredFineTuned.txt"), name("SupplementaryTable2.half.tsv"),
                                  name("tss_attribution_stats.txt"), name("SupplementaryTable1.tsv"),
                                  name("driver_saturation.half.tsv.gz")},
                                 m_home / "published");
        QVERIFY(waitUntil([&] { return ready.size() == 1; }));
        QVERIFY(open(ready.front().front().toString()));
        QVERIFY(m_session->isPublished());
        QCOMPARE(m_session->genes().all().size(), size_t{6820});
        QCOMPARE(m_session->published().names().size(), 3);
        QVERIFY(m_session->study()->file().saturation && m_session->study()->file().tssStatistics);
        QVERIFY(!m_actions->trainPredixcan->isEnabled());
    }

    void failuresAreTold() {
        QSignalSpy ready(m_tools, &StudyTools::studyReady);
        m_tools->importPublished({QString::fromStdString((m_home / "none.tsv").string())},
                                 m_home / "nothing");
        QVERIFY(waitUntil([&] { return !m_jobs->isBusy(); }));
        QVERIFY(ready.isEmpty());
        QVERIFY(!std::filesystem::exists(m_home / "nothing"));
    }
};

QTEST_MAIN(TestStudyTools)
#include "tst_study_tools.moc"
