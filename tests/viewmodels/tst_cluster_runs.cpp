// SPDX-License-Identifier: GPL-3.0-or-later
#include "integration/program.h"
#include "ui/demo_home.h"
#include "ui/waiting.h"
#include "viewmodels/cluster_runs.h"
#include "viewmodels/session.h"
#include "workflow/analyze_options.h"

#include <QSignalSpy>
#include <QTest>

using namespace diploscope;
using namespace diploscope::ui;
using namespace diploscope::test;
namespace fs = std::filesystem;

/// A cluster's runs as the window has them, on stand-ins for Slurm's commands.
class TestClusterRuns : public QObject {
    Q_OBJECT

private:
    DemoHome m_home;

    fs::path cancelled() const { return m_home / "cancelled.txt"; }
    void standIn(const std::string& name, const std::string& script) const {
        writeText(m_home / "bin" / name, "#!/bin/sh\n" + script);
        fs::permissions(m_home / "bin" / name, fs::perms::owner_all);
    }
    ClusterRequest request(const Session& session, const std::string& folder) const {
        ClusterRequest request;
        request.study = session.study()->file().path;
        request.folder = m_home / folder;
        request.program = DIPLOSCOPE_PROGRAM;
        request.models = {session.model().choice().toStdString()};
        request.options = analyzeOptions(session.model().request(), session.settings().statistics,
                                         session.settings().selfCheckEvery);
        request.shards = 2;
        request.threads = 1;
        return request;
    }
    /// Runs all genes on the cluster, and looks for them as the window does. \param file the study's
    void runAll(Session& session, JobRunner& jobs, const QString& file, const std::string& folder) const {
        QVERIFY(session.results().rows().isEmpty());
        ClusterRuns runs(jobs, std::chrono::milliseconds(20));
        QSignalSpy done(&runs, &ClusterRuns::done), failed(&runs, &ClusterRuns::failed);
        runs.run(request(session, folder));
        QCOMPARE(runs.watched().size(), qsizetype{1});
        QVERIFY(waitUntil([&] { return !done.isEmpty() || !failed.isEmpty(); }));
        QVERIFY2(failed.isEmpty(),
                 failed.isEmpty() ? "" : failed.front().front().value<Error>().message().c_str());
        QCOMPARE(done.front().at(1).toString(), file);
        QVERIFY(runs.watched().isEmpty());
        session.results().lookAgain();
        QVERIFY(waitUntil([&] { return session.results().rows().size() == DemoHome::genes; }));
    }
    /// A run that the cluster has, and never ends.
    void beginEndless(const std::string& folder) const {
        DS_VERIFY(writeSlurmScripts({.study = m_home.study().toStdString(),
                                     .folder = m_home / folder,
                                     .program = DIPLOSCOPE_PROGRAM,
                                     .shards = 2}));
        writeText(m_home / folder / "jobs.txt", "check 11\nshard 12\nmerge 13\nsummary 14\n");
        standIn("squeue", "printf "
                          "'11|N/A|RUNNING|None\\n12|1|PENDING|Dependency\\n13|N/A|PENDING|Dependency\\n14|N/"
                          "A|PENDING|Dependency\\n'\n");
        fs::remove(cancelled());
    }

private Q_SLOTS:
    void initTestCase() {
        DS_VERIFY(m_home.makeDemo());
        fs::create_directories(m_home / "bin");
        fs::copy_file(fixture("integration/sbatch.sh"), m_home / "bin/sbatch");
        fs::permissions(m_home / "bin/sbatch", fs::perms::owner_all);
        standIn("scancel", "echo \"$*\" > '" + cancelled().string() + "'\n");
        standIn("sacct", "exit 1\n");
        qputenv("SBATCH_LOG", QByteArray::fromStdString((m_home / "sbatch.log").string()));
        qputenv("PATH", QByteArray::fromStdString((m_home / "bin").string()) + ":" + qgetenv("PATH"));
    }

    /// Whatever is set in the window, the shards' rows are its own.
    void resultsComeUnderTheWindowsSettings() {
        standIn("squeue", "");
        JobRunner jobs;
        Session session(jobs);
        Session::Settings settings;
        settings.statistics.driverMethod = DriverMethod::Backward;
        settings.statistics.nullPredictors = 77;
        settings.statistics.resamples = 12;
        settings.statistics.seed = 3;
        settings.statistics.fineMapping = false;
        settings.selfCheckEvery = 9;
        session.applySettings(settings);
        session.openStudy(m_home.study());
        QVERIFY(waitUntil([&] { return session.model().predictor() != nullptr; }));
        session.model().ask({.shifts = 1, .reverseComplement = true});
        QVERIFY(waitUntil([&] { return session.model().score()->shifts == 1 && !jobs.isBusy(); }));
        runAll(session, jobs, m_home.study(), "all");
    }

    /// Of the study's shifts, which the window does not want, no shard hears.
    void resultsComeUnderTheModelsOwnScore() {
        standIn("squeue", "");
        const QString study = m_home.makeShiftedStudy();
        JobRunner jobs;
        Session session(jobs);
        session.openStudy(study);
        QVERIFY(waitUntil([&] { return session.model().predictor() != nullptr; }));
        QCOMPARE(session.model().score()->shifts, 1);
        session.model().ask({});
        QVERIFY(waitUntil([&] { return session.model().score()->shifts == 0 && !jobs.isBusy(); }));
        runAll(session, jobs, study, "own score");
    }

    void scriptsAloneAreWritten() {
        JobRunner jobs;
        ClusterRuns runs(jobs);
        QSignalSpy written(&runs, &ClusterRuns::written);
        ClusterRequest request;
        request.study = m_home.study().toStdString();
        request.folder = m_home / "scripts";
        request.program = DIPLOSCOPE_PROGRAM;
        request.shards = 2;
        runs.run(request, false);
        QVERIFY(written.wait());
        QVERIFY(fs::exists(m_home / "scripts/submit.sh"));
        QVERIFY(!fs::exists(m_home / "scripts/jobs.txt"));
    }

    void toStopTheJobIsToTakeTheRunBack() {
        beginEndless("endless");
        QVERIFY(!QTest::currentTestFailed());
        JobRunner jobs;
        ClusterRuns runs(jobs, std::chrono::milliseconds(20));
        QSignalSpy takenBack(&runs, &ClusterRuns::takenBack);
        runs.watch(m_home / "endless");
        QVERIFY(waitUntil([&] { return jobs.jobs().front().stage == "check runs"; }));
        QSignalSpy refused(&runs, &ClusterRuns::failed);
        runs.watch(m_home / "endless");
        QCOMPARE(refused.size(), qsizetype{1});
        jobs.cancel(jobs.jobs().front().id);
        QVERIFY(takenBack.wait());
        QStringList numbers = QString::fromUtf8(fileContent(cancelled())).simplified().split(' ');
        numbers.sort();
        QCOMPARE(numbers, QStringList({"11", "12", "13", "14"}));
        QVERIFY(runs.watched().isEmpty());
    }

    void aWindowThatClosesLeavesTheRun() {
        beginEndless("left");
        QVERIFY(!QTest::currentTestFailed());
        {
            JobRunner jobs;
            ClusterRuns runs(jobs, std::chrono::milliseconds(20));
            runs.watch(m_home / "left");
            QVERIFY(waitUntil([&] { return jobs.jobs().front().stage == "check runs"; }));
            runs.leave();
            jobs.cancelAll();
            QVERIFY(waitUntil([&] { return !jobs.isBusy(); }));
            QCOMPARE(runs.watched().size(), qsizetype{1}); // which the next window reads
            runs.watch(m_home / "elsewhere");
        } // and without a word
        QVERIFY(!fs::exists(cancelled()));
    }

    void whatFailsIsTold() {
        beginEndless("failing");
        QVERIFY(!QTest::currentTestFailed());
        fs::create_directories(m_home / "failing/ended");
        writeText(m_home / "failing/ended/check", "1\n");
        standIn("squeue", "");
        JobRunner jobs;
        ClusterRuns runs(jobs, std::chrono::milliseconds(20));
        QSignalSpy failed(&runs, &ClusterRuns::failed);
        runs.watch(m_home / "failing");
        QVERIFY(failed.wait());
        QVERIFY(failed.front().front().value<Error>().what.find("check failed with exit code 1") !=
                std::string::npos);
        runs.watch(m_home / "nowhere");
        QVERIFY(failed.wait());
        QVERIFY(runs.watched().isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestClusterRuns)
#include "tst_cluster_runs.moc"
