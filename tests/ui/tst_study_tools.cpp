// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/effect_background.h"
#include "demo_home.h"
#include "io/predixcan_database.h"
#include "tools_window.h"
#include "viewmodels/snv_details.h"
#include "views/study_tools.h"

#include <QAction>
#include <QSignalSpy>
#include <QTest>

#include <optional>

using namespace diploscope;
using namespace diploscope::ui;
using namespace diploscope::test;

/// What the window makes anew of a study's files.
class TestStudyTools : public QObject {
    Q_OBJECT

private:
    DemoHome m_home;
    std::optional<ToolsWindow<StudyTools>> m_at;

private Q_SLOTS:
    void initTestCase() { DS_VERIFY(m_home.makeDemo()); }
    void init() { m_at.emplace(); }
    void cleanup() { m_at.reset(); }

    void nothingIsOfferedWithoutAStudy() {
        QVERIFY(!m_at->actions->trainPredixcan->isEnabled());
        QVERIFY(!m_at->actions->fitHead->isEnabled());
        QVERIFY(m_at->actions->importPublished->isEnabled());
    }

    void effectsAreHeldAgainstCommonOnes() {
        QVERIFY(!m_at->actions->measureBackground->isEnabled());
        QVERIFY(m_at->open(m_home.study()));
        QVERIFY(waitUntil([&] { return m_at->session.model().predictor() && !m_at->jobs.isBusy(); }));
        QVERIFY(m_at->actions->measureBackground->isEnabled());
        m_at->session.showGene(QString::fromStdString(m_at->session.study()->genes().front().gene.id));
        const auto report = [&] { return m_at->session.shown().report(); };
        QVERIFY(waitUntil([&] { return report() && report()->complete && !m_at->jobs.isBusy(); }));
        QVERIFY(!report()->background);
        m_at->tools->measureBackground(60);
        QVERIFY(waitUntil(
            [&] { return report() && report()->complete && report()->background && !m_at->jobs.isBusy(); }));
        QVERIFY(report()->background->count() >= 60);
        const SnvDetails details = snvDetails(*report(), 0);
        const auto says = [](const SnvDetails::Row& row) {
            return row.value.contains(QStringLiteral("from the TSS")) &&
                   row.value.startsWith(QStringLiteral("larger than"));
        };
        QVERIFY(std::any_of(details.rows.begin(), details.rows.end(), says));
        QCOMPARE(m_at->messages->count(), 1);
    }

    void trainedModelsAreNamedByTheStudy() {
        QVERIFY(m_at->open(m_home.study()));
        QVERIFY(m_at->actions->trainPredixcan->isEnabled());
        const std::filesystem::path file = m_home / "own.db";
        QSignalSpy ready(m_at->tools, &StudyTools::studyReady);
        m_at->tools->trainPredixcan(file);
        QVERIFY(waitUntil([&] { return ready.size() == 1; }));
        QVERIFY(!readPredixcan(file)->trainedOn.empty());
        QVERIFY(m_at->open(ready.front().front().toString()));
        const auto& named = m_at->session.study()->file().predixcan;
        QVERIFY(std::find(named.begin(), named.end(), file) != named.end());

        // The people it was trained on are no test: what the cross-validation found is shown.
        m_at->session.results().analyzeAll();
        QVERIFY(waitUntil([&] {
            return m_at->session.results().rows().size() == DemoHome::genes && !m_at->jobs.isBusy();
        }));
        const PredixcanDatabase database = *readPredixcan(file);
        int compared = 0;
        for (const PredixcanGene& gene : database.genes) {
            const auto row =
                m_at->session.results().rows().value(QString::fromStdString(splitGeneId(gene.id).id));
            if (row && row->predixcanR && *row->predixcanR == std::sqrt(*gene.performanceR2))
                ++compared;
        }
        QVERIFY(compared > 0);
    }

    /// A chain file for tables of another build, without an editor.
    void filesAreAdded() {
        QVERIFY(!m_at->actions->addFiles->isEnabled());
        QVERIFY(m_at->open(m_home.study()));
        QVERIFY(m_at->actions->addFiles->isEnabled());
        const std::filesystem::path chain = m_home / "lift.chain";
        writeText(chain, "chain 10 chr22 100000 + 0 900 chr22 100000 + 50 950 1\n900\n\n");
        QSignalSpy ready(m_at->tools, &StudyTools::studyReady);
        const QStringList files{QString::fromStdString(chain.string())};
        m_at->tools->addFiles(files);
        QVERIFY(waitUntil([&] { return ready.size() == 1; }));
        QVERIFY(m_at->open(ready.front().front().toString()));
        QCOMPARE(m_at->session.study()->file().chains, (std::vector<std::filesystem::path>{chain}));
        m_at->tools->addFiles(files); // again
        QVERIFY(m_at->told(2));
        m_at->tools->addFiles({m_home.study()}); // which is none
        QVERIFY(m_at->told(3));
        QCOMPARE(ready.size(), 1);
    }

    void headIsFittedAndUsed() {
        simulate::SimulationOptions options;
        options.folder = m_home / "forty";
        options.people = 20;
        options.genes = 40;
        DS_VERIFY(simulate::simulateStudy(options, {}));
        QVERIFY(m_at->open(QString::fromStdString((options.folder / "demo.study.json").string())));
        m_at->session.chooseModel(QStringLiteral("demo-enformer"));
        QVERIFY(waitUntil([&] { return m_at->session.model().predictor() && !m_at->jobs.isBusy(); }));
        QVERIFY(m_at->actions->fitHead->isEnabled());
        const std::filesystem::path csv = m_home / "head.csv";
        QSignalSpy score(&m_at->session, &Session::scoreChanged);
        m_at->tools->fitHead(csv);
        QVERIFY(waitUntil([&] { return !m_at->jobs.isBusy(); }));
        QVERIFY(std::filesystem::exists(csv));
        QCOMPARE(score.size(), 1);
        QCOMPARE(m_at->session.model().request().head, csv);
    }

    void publishedTablesBecomeAStudy() {
        const QByteArray shared = qgetenv("DIPLOSCOPE_SHARED_DATA");
        const std::filesystem::path tables = std::filesystem::path(shared.toStdString()) / "published";
        if (!std::filesystem::exists(tables / "SupplementaryTable1.tsv"))
            QSKIP("SKIPPED: the published tables are not there (DIPLOSCOPE_SHARED_DATA)");
        QSignalSpy ready(m_at->tools, &StudyTools::studyReady);
        const auto name = [&](const char* file) { return QString::fromStdString((tables / file).string()); };
        m_at->tools->importPublished({name("MeanGeXPredFineTuned.txt"), name("SupplementaryTable2.half.tsv"),
                                      name("tss_attribution_stats.txt"), name("SupplementaryTable1.tsv"),
                                      name("driver_saturation.half.tsv.gz")},
                                     m_home / "published");
        QVERIFY(waitUntil([&] { return ready.size() == 1; }));
        QVERIFY(m_at->open(ready.front().front().toString()));
        QVERIFY(m_at->session.isPublished());
        QCOMPARE(m_at->session.genes().all().size(), size_t{6820});
        QCOMPARE(m_at->session.published().names().size(), 3);
        QVERIFY(m_at->session.study()->file().saturation && m_at->session.study()->file().tssStatistics);
        QVERIFY(!m_at->actions->trainPredixcan->isEnabled());
    }

    void failuresAreTold() {
        QSignalSpy ready(m_at->tools, &StudyTools::studyReady);
        m_at->tools->importPublished({QString::fromStdString((m_home / "none.tsv").string())},
                                     m_home / "nothing");
        QVERIFY(waitUntil([&] { return !m_at->jobs.isBusy(); }));
        QVERIFY(ready.isEmpty());
        QVERIFY(!std::filesystem::exists(m_home / "nothing"));
    }
};

QTEST_MAIN(TestStudyTools)
#include "tst_study_tools.moc"
