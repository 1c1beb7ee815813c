// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/scores_elsewhere.h"
#include "demo_home.h"
#include "io/text_reader.h"
#include "views/elsewhere_tools.h"
#include "views/message_stack.h"
#include "views/window_actions.h"
#include "waiting.h"

#include <QAction>
#include <QTest>

using namespace diploscope;
using namespace diploscope::ui;
using namespace diploscope::test;

/// The window sends sequences out and takes scores in.
class TestElsewhereTools : public QObject {
    Q_OBJECT

private:
    DemoHome m_home;
    std::unique_ptr<QWidget> m_window;
    std::unique_ptr<JobRunner> m_jobs;
    std::unique_ptr<Session> m_session;
    WindowActions* m_actions = nullptr;
    MessageStack* m_messages = nullptr;
    ElsewhereTools* m_tools = nullptr;

private Q_SLOTS:
    void initTestCase() { DS_VERIFY(m_home.makeDemo()); }
    void init() {
        m_window = std::make_unique<QWidget>();
        m_jobs = std::make_unique<JobRunner>();
        m_session = std::make_unique<Session>(*m_jobs);
        m_actions = new WindowActions(m_window.get());
        m_messages = new MessageStack(m_window.get());
        m_tools = new ElsewhereTools(*m_session, *m_actions, *m_messages, m_window.get());
    }
    void cleanup() {
        m_window.reset();
        m_session.reset();
        m_jobs.reset();
    }

    void aGeneGoesOutAndComesBack() {
        QVERIFY(!m_actions->writeSequences->isEnabled());
        QVERIFY(!m_actions->readScores->isEnabled());
        const std::filesystem::path far = m_home / "far";
        std::filesystem::create_directories(far);
        writeText(far / "model.json", R"({"schema": 1, "name": "Far", "kind": "elsewhere", "version": "1",
                                         "input": {"length": 2001, "tss_index": 1000}})");
        m_session->openStudy(m_home.study());
        QVERIFY(waitUntil([&] { return m_session->model().predictor() && !m_jobs->isBusy(); }));
        m_session->chooseModel(QString::fromStdString(far.string()));
        QVERIFY(waitUntil([&] {
            return m_session->model().predictor() && m_session->model().name() == "Far" && !m_jobs->isBusy();
        }));
        QVERIFY(m_actions->writeSequences->isEnabled());
        QVERIFY(m_actions->readScores->isEnabled());
        m_session->showGene(QString::fromStdString(m_session->study()->genes().front().gene.id));
        QVERIFY(waitUntil([&] { return m_session->shown().error() && !m_jobs->isBusy(); }));
        QCOMPARE(m_session->shown().error()->kind, ErrorKind::NotFound);

        const std::filesystem::path folder = m_home / "to_score";
        m_tools->writeSequences(false, folder);
        QVERIFY(waitUntil([&] { return m_messages->count() == 1 && !m_jobs->isBusy(); }));
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
        m_tools->readScores(folder);
        QVERIFY(waitUntil([&] {
            return m_session->shown().report() && m_session->shown().report()->complete && !m_jobs->isBusy();
        }));
        QCOMPARE(m_session->shown().report()->referenceScore, 1.0);

        m_tools->readScores(m_home / "nothing");
        QVERIFY(waitUntil([&] { return m_messages->count() == 3 && !m_jobs->isBusy(); }));
    }
};

QTEST_MAIN(TestElsewhereTools)
#include "tst_elsewhere_tools.moc"
