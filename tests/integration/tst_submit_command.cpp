// SPDX-License-Identifier: GPL-3.0-or-later
// The scripts of a cluster's jobs, run by a stand-in for sbatch: what Slurm would do with them, one after the
// other.
#include "program.h"
#include "results/result_store.h"

#include <set>

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
        return run(QStringList{"submit", m_study, "--slurm"} + more, hasSlurm);
    }
    Run run(const QStringList& arguments, bool hasSlurm = true) const {
        return runIn(environmentOf(hasSlurm), DIPLOSCOPE_PROGRAM, arguments);
    }
    QProcessEnvironment environmentOf(bool hasSlurm) const {
        QProcessEnvironment environment = programEnvironment(m_home / "home");
        environment.insert("SBATCH_LOG", path("sbatch.log"));
        environment.insert("SQUEUE", path("squeue.txt"));
        environment.insert("TMPDIR", path("tmp"));
        if (hasSlurm)
            environment.insert("PATH", path("bin") + ":" + environment.value("PATH"));
        return environment;
    }
    static Run runIn(const QProcessEnvironment& environment, const QString& program,
                     const QStringList& arguments) {
        QProcess process;
        process.setProcessEnvironment(environment);
        process.start(program, arguments);
        process.waitForFinished(300000);
        return {process.exitCode(), QString::fromUtf8(process.readAllStandardOutput()),
                QString::fromUtf8(process.readAllStandardError())};
    }

    void standIn(const std::string& name, const std::string& script) const {
        writeText(m_home / "bin" / name, "#!/bin/sh\n" + script);
        fs::permissions(m_home / "bin" / name, fs::perms::owner_all);
    }
    /// A run of three shards as if submitted, of which nothing has begun.
    void begin(const std::string& folder) const {
        fs::remove_all(m_home / folder);
        const Run written = submit({"--shards", "3", "--dir", path(folder), "--no-submit"});
        QVERIFY2(written.exitCode == 0, qPrintable(written.err));
        writeText(m_home / folder / "jobs.txt", "check 11\nshard 12\nmerge 13\nsummary 14\n");
        for (const char* part : {"ended", "shards", "logs"})
            fs::create_directories(m_home / folder / part);
        writeText(m_home / "squeue.txt", "");
    }
    /// Of one job: how many tasks wait, run, are done, have failed and are gone.
    static QStringList told(const Run& run, const QString& job) {
        for (const QString& line : run.out.split('\n'))
            if (line.startsWith(job + ' '))
                return line.simplified().split(' ').mid(2);
        return {};
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
        standIn("squeue", "cat \"$SQUEUE\"\n");
        standIn("sacct", "echo TIMEOUT\n");
        standIn("scancel", "echo \"$*\" > \"$SQUEUE.cancelled\"\n");
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
        const Run over = run({"jobs", path("all jobs")});
        QVERIFY2(over.exitCode == 0, qPrintable(over.err));
        QCOMPARE(told(over, "shard"), QStringList({"0", "0", "3", "0", "0"}));
        QVERIFY2(over.out.contains("Genes: 8 of 8 done"), qPrintable(over.out));
        for (const auto& left : fs::directory_iterator(m_home / "tmp")) // Qt leaves a folder there
            QVERIFY2(!left.path().filename().string().starts_with("diploscope"), left.path().c_str());
    }

    /// Where anybody may write, others may be there first; what a killed shard left there is its own.
    void scoresAreKeptWhereNobodyElseWrites() {
        begin("own");
        QVERIFY(!QTest::currentTestFailed());
        fs::create_directories(m_home / "own/caches");
        const auto place = [&](const std::string& name) { return m_home / "tmp" / name; };
        const auto makeFolder = [&](const std::string& name, fs::perms access) {
            fs::create_directory(place(name));
            writeText(place(name) / "note.txt", "left");
            fs::permissions(place(name), access);
        };
        fs::create_symlink(m_home / "victim.sqlite", place("diploscope-7-1.sqlite"));
        makeFolder("diploscope-7-1.others", fs::perms::all); // stands in for another user's
        makeFolder("aside", fs::perms::owner_all);
        fs::create_directory_symlink(place("aside"), place("diploscope-7-1.zelink"));
        makeFolder("diploscope-7-1.killed", fs::perms::owner_all);
        makeFolder("diploscope-7-2.killed", fs::perms::owner_all); // another shard's

        QProcessEnvironment job = environmentOf(true);
        job.insert("SLURM_ARRAY_JOB_ID", "7");
        job.insert("SLURM_ARRAY_TASK_ID", "1");
        const Run shard = runIn(job, "sh", {path("own/shard.sh")});
        QVERIFY2(shard.exitCode == 0, qPrintable(shard.err));
        QVERIFY(fs::exists(m_home / "own/caches/1.sqlite"));
        QVERIFY(!fs::exists(m_home / "victim.sqlite"));
        QVERIFY(!fs::exists(place("diploscope-7-1.killed"))); // taken, and gone with the job
        std::set<std::string> left;
        for (const auto& entry : fs::recursive_directory_iterator(m_home / "tmp"))
            if (entry.path().string().find("sqlite") != std::string::npos ||
                entry.path().filename() == "note.txt")
                left.insert(fs::relative(entry.path(), m_home / "tmp").string());
        QVERIFY((left == std::set<std::string>{"aside/note.txt", "diploscope-7-1.others/note.txt",
                                               "diploscope-7-1.sqlite", "diploscope-7-2.killed/note.txt"}));
        for (const char* name : {"diploscope-7-1.others", "aside", "diploscope-7-1.zelink",
                                 "diploscope-7-2.killed", "diploscope-7-1.sqlite"})
            fs::remove_all(place(name));
    }

    void optionsGoToEveryShard() {
        const Run written = submit({"--shards", "2", "--dir", path("options"), "--no-submit", "--",
                                    "--tracks", "0", "--head", "it's a head.csv", "--trust"});
        QCOMPARE(written.exitCode, 1); // a head excludes tracks, as analyze says
        QVERIFY2(written.err.contains("--tracks"), qPrintable(written.err));
        const Run right = submit({"--shards", "2", "--dir", path("options"), "--no-submit", "--model",
                                  "demo-cnn", "--", "--head", "it's a head.csv", "--trust"});
        QVERIFY2(right.exitCode == 0, qPrintable(right.err));
        const QByteArray shard = fileContent(m_home / "options/shard.sh");
        QVERIFY2(shard.contains("--head 'it'\\''s a head.csv' --trust --shard"), shard.constData());
        for (const QStringList& own :
             {QStringList{"--out", "x"}, QStringList{"--threads=3"}, QStringList{"-j3"},
              QStringList{"--nonsense"}, QStringList{"word"}, QStringList{"--help"}}) {
            const Run refused = submit(QStringList{"--shards", "2", "--dir", path("refused"), "--"} + own);
            QVERIFY2(refused.exitCode == 1 && !refused.err.isEmpty(),
                     qPrintable(own.join(' ') + refused.out));
        }
        QVERIFY(!fs::exists(m_home / "refused"));
    }

    void queueAndFilesTellTheState() {
        begin("state");
        QVERIFY(!QTest::currentTestFailed());
        writeText(m_home / "squeue.txt",
                  "11|N/A|PENDING|Resources\n12|1|PENDING|Dependency\n12|2|PENDING|Dependency\n"
                  "12|3|PENDING|Dependency\n13|N/A|PENDING|Dependency\n"
                  "14|N/A|PENDING|Dependency\n99|N/A|RUNNING|None\n");
        Run state = run({"jobs", path("state")});
        QVERIFY2(state.exitCode == 0, qPrintable(state.err));
        QCOMPARE(told(state, "check"), QStringList({"1", "0", "0", "0", "0"}));
        QCOMPARE(told(state, "shard"), QStringList({"3", "0", "0", "0", "0"}));
        QVERIFY2(state.out.contains("check waits: Resources"), qPrintable(state.out));

        writeText(m_home / "state/ended/check", "0\n");
        writeText(m_home / "state/ended/shard-1", "0\n");
        writeText(m_home / "state/shards/1.json", R"({"genes_done": 3, "genes_of": 3})");
        writeText(m_home / "state/shards/2.json", R"({"genes_done": 1, "genes_of": 3})");
        writeText(m_home / "squeue.txt",
                  "12|2|RUNNING|None\n12|3|CONFIGURING|None\n13|N/A|PENDING|Dependency\n"
                  "14|N/A|PENDING|Dependency\n");
        state = run({"jobs", path("state")});
        QCOMPARE(told(state, "shard"), QStringList({"0", "2", "1", "0", "0"}));
        QVERIFY2(state.out.contains("1 of 3 shards done, 2 running") && state.out.contains("Genes: 4 done"),
                 qPrintable(state.out));
        writeText(m_home / "state/shards/3.json",
                  "{\"genes_done\": 0, \"gen"); // being written by somebody else
        QCOMPARE(run({"jobs", path("state")}).exitCode, 0);

        // What left no word was killed, and what waits behind it is taken back.
        writeText(m_home / "squeue.txt", "");
        writeText(m_home / "state/ended/shard-2", "137\n");
        state = run({"jobs", path("state"), "--watch", "--every", "1"});
        QCOMPARE(state.exitCode, 1);
        QCOMPARE(told(state, "shard"), QStringList({"0", "0", "1", "1", "1"}));
        QCOMPARE(told(state, "summary"), QStringList({"0", "0", "0", "0", "1"}));
        QVERIFY2(state.err.contains("shard-2 failed with exit code 137"), qPrintable(state.err));
        fs::remove(m_home / "state/ended/shard-2");
        state = run({"jobs", path("state")});
        QVERIFY2(state.err.contains("shard-2 ended without a word: timeout"), qPrintable(state.err));
    }

    void filesAloneTellWhereSlurmIsNot() {
        begin("alone");
        QVERIFY(!QTest::currentTestFailed());
        standIn("squeue", "echo 'squeue: error: Unable to contact slurm controller' >&2; exit 1\n");
        writeText(m_home / "alone/ended/check", "0");
        writeText(m_home / "alone/shards/2.json", R"({"genes_done": 1, "genes_of": 3})");
        const Run state = run({"jobs", path("alone")});
        standIn("squeue", "cat \"$SQUEUE\"\n");
        QVERIFY2(state.exitCode == 0 && state.err.contains("Unable to contact"), qPrintable(state.err));
        QCOMPARE(told(state, "check"), QStringList({"0", "0", "1", "0", "0"}));
        QCOMPARE(told(state, "shard"), QStringList({"2", "1", "0", "0", "0"}));
    }

    void aRunIsTakenBack() {
        begin("back");
        QVERIFY(!QTest::currentTestFailed());
        // Of a job that has ended Slurm knows nothing more, and scancel would fail.
        writeText(m_home / "squeue.txt", "12|2|RUNNING|None\n13|N/A|PENDING|Dependency\n");
        const Run taken = run({"jobs", path("back"), "--cancel"});
        QVERIFY2(taken.exitCode == 0, qPrintable(taken.err));
        QStringList numbers =
            QString::fromUtf8(fileContent(m_home / "squeue.txt.cancelled")).simplified().split(' ');
        numbers.sort();
        QCOMPARE(numbers, QStringList({"12", "13"}));
    }

    void aFolderHasOneRunAtATime() {
        begin("twice");
        QVERIFY(!QTest::currentTestFailed());
        writeText(m_home / "squeue.txt", "11|N/A|RUNNING|None\n");
        const qint64 submitted = fileContent(m_home / "sbatch.log").size();
        const QByteArray before = fileContent(m_home / "twice/run.json");
        QCOMPARE(submit({"--shards", "5", "--dir", path("twice"), "--no-submit"}).exitCode, 1);
        QCOMPARE(fileContent(m_home / "twice/run.json"), before);
        const Run again = submit({"--shards", "3", "--dir", path("twice")});
        QCOMPARE(again.exitCode, 1);
        QVERIFY2(again.err.contains("--cancel"), qPrintable(again.err));
        QCOMPARE(fileContent(m_home / "sbatch.log").size(), submitted);
    }

    /// Shards of other models or options would make the merge refuse all of them, when the work is done.
    void aFolderIsOfOneSubject() {
        QVERIFY(submit({"--shards", "3", "--dir", path("subject"), "--no-submit"}).exitCode == 0);
        QVERIFY(submit({"--shards", "5", "--time", "1:00:00", "--dir", path("subject"), "--no-submit"})
                    .exitCode == 0);
        const QByteArray before = fileContent(m_home / "subject/shard.sh");
        for (const QStringList& other :
             {QStringList{"--model", "demo-cnn"}, QStringList{"--", "--seed", "3"}}) {
            const Run refused =
                submit(QStringList{"--shards", "3", "--dir", path("subject"), "--no-submit"} + other);
            QVERIFY2(refused.exitCode == 1 && refused.err.contains("another folder"),
                     qPrintable(refused.err));
        }
        QCOMPARE(fileContent(m_home / "subject/shard.sh"), before);
    }

    void foldersThatAreNoRuns() {
        QCOMPARE(run({"jobs", path("nowhere")}).exitCode, 1);
        begin("broken");
        QVERIFY(!QTest::currentTestFailed());
        for (const auto& [file, text] :
             {std::pair("jobs.txt", "check 11\nshard twelve\n"),
              std::pair("run.json", "{\"schema\": 1, \"study\""), std::pair("run.json", "{\"schema\": 9}")}) {
            begin("broken");
            writeText(m_home / "broken" / file, text);
            const Run broken = run({"jobs", path("broken")});
            QVERIFY2(broken.exitCode == 1 && broken.err.contains(file), qPrintable(broken.err));
        }
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
