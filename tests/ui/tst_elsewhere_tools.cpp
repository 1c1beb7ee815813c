// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/scores_elsewhere.h"
#include "demo_home.h"
#include "io/text_reader.h"
#include "tools_window.h"
#include "views/elsewhere_tools.h"
#include "workflow/scored_model.h"

#include <QAction>
#include <QTest>

#include <optional>

using namespace diploscope;
using namespace diploscope::ui;
using namespace diploscope::test;

/// The window sends sequences out and takes scores in.
class TestElsewhereTools : public QObject {
    Q_OBJECT

private:
    DemoHome m_home;
    std::optional<ToolsWindow<ElsewhereTools>> m_at;

private Q_SLOTS:
    void initTestCase() { DS_VERIFY(m_home.makeDemo()); }
    void init() { m_at.emplace(); }
    void cleanup() { m_at.reset(); }

    void aGeneGoesOutAndComesBack() {
        QVERIFY(!m_at->actions->writeSequences->isEnabled());
        QVERIFY(!m_at->actions->readScores->isEnabled());
        const std::filesystem::path far = m_home / "far";
        std::filesystem::create_directories(far);
        writeText(far / "model.json", R"({"schema": 1, "name": "Far", "kind": "elsewhere", "version": "1",
                                         "input": {"length": 2001, "tss_index": 1000}})");
        m_at->session.openStudy(m_home.study());
        QVERIFY(waitUntil([&] { return m_at->session.model().predictor() && !m_at->jobs.isBusy(); }));
        m_at->session.chooseModel(QString::fromStdString(far.string()));
        QVERIFY(waitUntil([&] {
            return m_at->session.model().predictor() && m_at->session.model().name() == "Far" &&
                   !m_at->jobs.isBusy();
        }));
        QVERIFY(m_at->actions->writeSequences->isEnabled());
        QVERIFY(m_at->actions->readScores->isEnabled());
        m_at->session.showGene(QString::fromStdString(m_at->session.study()->genes().front().gene.id));
        QVERIFY(waitUntil([&] { return m_at->session.shown().error() && !m_at->jobs.isBusy(); }));
        QCOMPARE(m_at->session.shown().error()->kind, ErrorKind::NotFound);

        const std::filesystem::path folder = m_home / "to_score";
        m_at->tools->writeSequences(false, folder);
        QVERIFY(m_at->told(1));
        const auto sequences = SequenceFolder::read(folder);
        DS_VERIFY(sequences);
        QCOMPARE(sequences->genes.size(), size_t{1});
        auto list = TextReader::open(folder / "sequences.tsv");
        DS_VERIFY(list);
        std::string table = "sequence\tscore\n";
        std::string_view line;
        int64_t row = 0;
        QVERIFY(*list->next(line));
        while (*list->next(line))
            table += std::string(line.substr(0, 32)) + "\t" + std::to_string(++row) + "\n";
        QVERIFY(row > 2);
        writeText(folder / "scores.tsv", table);
        m_at->tools->readScores(folder);
        QVERIFY(waitUntil([&] {
            return m_at->session.shown().report() && m_at->session.shown().report()->complete &&
                   !m_at->jobs.isBusy();
        }));
        QCOMPARE(m_at->session.shown().report()->referenceScore, 1.0);

        m_at->tools->readScores(m_home / "nothing");
        QVERIFY(m_at->told(3));

        // What has a score is not asked for again.
        m_at->messages->clear();
        m_at->tools->writeSequences(false, m_home / "rest");
        QVERIFY(m_at->told(1));
        QVERIFY(!std::filesystem::exists(m_home / "rest"));
    }

    /// A command that reads the scores later comes to the window's score, whatever the study asks.
    void whatGoesOutSaysTheModelsOwnScore() {
        m_at->session.openStudy(m_home.makeShiftedStudy());
        QVERIFY(waitUntil([&] { return m_at->session.model().predictor() && !m_at->jobs.isBusy(); }));
        QCOMPARE(m_at->session.model().score()->shifts, 1);
        m_at->session.model().ask({});
        QVERIFY(
            waitUntil([&] { return m_at->session.model().score()->shifts == 0 && !m_at->jobs.isBusy(); }));
        m_at->tools->writeSequences(true, m_home / "own score");
        QVERIFY(m_at->told(1));
        const auto sequences = SequenceFolder::read(m_home / "own score");
        DS_VERIFY(sequences);
        const auto opened = openScoredModel(
            {.place = sequences->place, .score = sequences->asked, .study = &m_at->session.study()->file()});
        DS_VERIFY(opened);
        QCOMPARE(opened->score.shifts, 0);
    }
};

QTEST_MAIN(TestElsewhereTools)
#include "tst_elsewhere_tools.moc"
