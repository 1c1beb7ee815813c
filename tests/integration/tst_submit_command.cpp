// SPDX-License-Identifier: GPL-3.0-or-later
// The scripts of a cluster's jobs, run by a stand-in for sbatch: what Slurm would do with them, one after the
// other.
#include "program.h"
#include "results/result_store.h"

using namespace diploscope;
using namespace diploscope::test;
namespace fs = std::filesystem;

class TestSubmitCommand : public QObject {
    Q_OBJECT

private:
    TemporaryFolder m_home;
    QString m_study;

    QString path(const std::string& name) const { return QString::fromStdString((m_home / name).string()); }
    Run submit(const QStringList& more, bool hasSlurm = true) const {
        QProcess process;
        QProcessEnvironment environment = programEnvironment(m_home / "home");
        environment.insert("SBATCH_LOG", path("sbatch.log"));
        environment.insert("TMPDIR", path("tmp"));
        if (hasSlurm)
            environment.insert("PATH", path("bin") + ":" + environment.value("PATH"));
        process.setProcessEnvironment(environment);
        process.start(DIPLOSCOPE_PROGRAM, QStringList{"submit", m_study, "--slurm"} + more);
        process.waitForFinished(300000);
        return {process.exitCode(), QString::fromUtf8(process.readAllStandardOutput()),
                QString::fromUtf8(process.readAllStandardError())};
    }

private Q_SLOTS:
    void initTestCase() {
        // A place that a careless script would take for several words.
        const Run made = runProgram(
            m_home / "home", {"simulate", "--out", path("it's a demo"), "--people", "80", "--genes", "8"});
        QVERIFY2(made.exitCode == 0, qPrintable(made.err));
        m_study = path("it's a demo/demo.study.json");
        fs::create_directories(m_home / "bin");
        fs::copy_file(fixture("integration/sbatch.sh"), m_home / "bin/sbatch");
        fs::permissions(m_home / "bin/sbatch", fs::perms::owner_all);
        fs::create_directories(m_home / "tmp");
    }

    void scriptsAreOnlyWritten() {
        const Run written = submit({"--shards", "3", "--gres", "gpu:1", "--device", "cuda", "--partition",
                                    "long", "--dir", path("jobs"), "--no-submit"},
                                   false);
        QVERIFY2(written.exitCode == 0, qPrintable(written.err));
        const QByteArray shard = fileContent(m_home / "jobs/shard.sh");
        for (const char* line :
             {"#SBATCH --array=1-3\n", "#SBATCH --gres=gpu:1\n", "#SBATCH --partition=long\n",
              "#SBATCH --cpus-per-task=4\n", "#SBATCH --output=logs/shard-%a.log\n", "--device cuda"})
            QVERIFY2(shard.contains(line), line);
        const QByteArray merge = fileContent(m_home / "jobs/merge.sh");
        QVERIFY(!merge.contains("--gres"));
        QVERIFY(merge.contains("s a demo/demo.study.json'")); // whose store is where the program finds it
        QVERIFY(!merge.contains("*.sqlite"));                 // no shard of an earlier division
        QVERIFY(!fs::exists(m_home / "jobs/shards"));
    }

    void jobsComeToOneRun() {
        const Run done = submit({"--shards", "3", "--threads", "1", "--dir", path("all jobs")});
        QVERIFY2(done.exitCode == 0, qPrintable(done.err));
        const QStringList calls = QString::fromUtf8(fileContent(m_home / "sbatch.log")).trimmed().split('\n');
        QCOMPARE(calls.size(), qsizetype{4});
        QCOMPARE(calls[0], QString("--parsable check.sh"));
        QVERIFY2(calls[1].contains("--dependency=afterok:1 ") && calls[1].endsWith("shard.sh"),
                 qPrintable(calls[1]));
        QVERIFY(calls[3].contains("--dependency=afterok:3 ") && calls[3].endsWith("summary.sh"));

        const Run whole = runProgram(m_home / "home", {"analyze", m_study, "--genes", "all", "--store",
                                                       path("one.sqlite"), "--quiet"});
        QVERIFY2(whole.exitCode == 0, qPrintable(whole.err));
        auto merged = ResultStore::openExisting(ResultStore::fileOf(m_study.toStdString()));
        auto one = ResultStore::openExisting(m_home / "one.sqlite");
        DS_VERIFY(merged);
        DS_VERIFY(one);
        QCOMPARE(one->contents()->front().genes.size(), size_t{8});
        QVERIFY(merged->contents()->front().genes == one->contents()->front().genes);
        QVERIFY(fileContent(m_home / "all jobs/summary.txt").contains("8"));
        QCOMPARE(jsonFile(m_home / "all jobs/shards/2.json")["state"].toString(), QString("done"));
        QVERIFY(fs::exists(m_home / "all jobs/caches/3.sqlite"));
        for (const auto& left : fs::directory_iterator(m_home / "tmp")) // Qt leaves a folder there
            QVERIFY2(!left.path().filename().string().starts_with("diploscope"), left.path().c_str());
    }

    void failureIsSaid() {
        writeText(m_home / "empty.txt", "NOGENE\n");
        const Run failed = submit(
            {"--shards", "2", "--genes", path("empty.txt"), "--retries", "1", "--dir", path("failing")});
        QCOMPARE(failed.exitCode, 1);
        QCOMPARE(failed.err.count("No gene of the annotation"), 2); // once more, and no more
        const Run absent = submit({"--shards", "2", "--dir", path("absent")}, false);
        if (QStandardPaths::findExecutable("sbatch").isEmpty())
            QVERIFY2(absent.exitCode == 1 && absent.err.contains("--no-submit"), qPrintable(absent.err));
    }
};

QTEST_GUILESS_MAIN(TestSubmitCommand)
#include "tst_submit_command.moc"
