// SPDX-License-Identifier: GPL-3.0-or-later
// What was computed is there again: after copies, moves, touches, kills, full disks; and nothing else is.
#include "analysed_study.h"

#include <QElapsedTimer>
#include <QRegularExpression>

#include <chrono>
#include <csignal>
#include <random>
#include <sys/resource.h>
#include <sys/stat.h>
#include <thread>
#include <unistd.h>

using namespace diploscope;
using namespace diploscope::test;
namespace fs = std::filesystem;
using nlohmann::json;

class TestKeptResults : public QObject {
    Q_OBJECT

private:
    TemporaryFolder m_folder;

    fs::path home() const { return m_folder / "home"; }
    Run run(const QStringList& arguments) const { return runProgram(home(), arguments); }
    Run analyze(const fs::path& study, const QStringList& more = {"--genes", "all"}) const {
        return run(QStringList{"analyze", textOf(study), "--quiet", "--out", textOf(m_folder / "out")} +
                   more);
    }
    Run summary(const fs::path& study, const QStringList& more = {}) const {
        return run(QStringList{"summary", textOf(study)} + more);
    }
    QJsonObject numbers(const fs::path& study, const QStringList& more = {}) const {
        return QJsonDocument::fromJson(summary(study, more + QStringList{"--json"}).out.toUtf8()).object();
    }
    /// A study of three genes with a model, in a folder of its own, analysed. \return the study file
    fs::path analysed(const std::string& name) const {
        const fs::path study = writeStudyWithModel(m_folder / name);
        const Run first = analyze(study);
        if (first.exitCode != 0)
            qFatal("%s", qPrintable(first.err));
        return study;
    }

private Q_SLOTS:
    void movedStudyKeepsItsResults_data() {
        QTest::addColumn<QString>("how");
        for (const char* how : {"cp -rp", "cp -r", "mv", "touch", "ln -s folder", "ln -s study"})
            QTest::newRow(how) << how;
    }
    void movedStudyKeepsItsResults() {
        QFETCH(QString, how);
        const std::string name = "from " + how.toStdString();
        fs::path study = analysed(name);
        const QJsonObject before = numbers(study);
        QCOMPARE(before["n_genes"].toInt(), 3);
        QCOMPARE(before["run_standing"].toString(), QString("current"));
        const fs::path other = m_folder / ("to " + how.toStdString());
        if (how.startsWith("cp")) {
            QCOMPARE(QProcess::execute("cp", {how.mid(3), textOf(study.parent_path()), textOf(other)}), 0);
            study = other / study.filename();
        } else if (how == "mv") {
            fs::rename(study.parent_path(), other);
            study = other / study.filename();
        } else if (how == "touch") {
            for (const auto& entry : fs::recursive_directory_iterator(study.parent_path()))
                QCOMPARE(QProcess::execute("touch", {"-d", "2001-01-01", textOf(entry.path())}), 0);
        } else if (how == "ln -s folder") {
            fs::create_directory_symlink(study.parent_path(), other);
            study = other / study.filename();
        } else {
            fs::create_directory(other);
            for (const auto& entry : fs::directory_iterator(study.parent_path()))
                if (entry.path().extension() != ".sqlite")
                    fs::create_symlink(entry.path(), other / entry.path().filename());
            study = other / study.filename();
        }
        QCOMPARE(numbers(study), before);
        const Run again = analyze(study);
        QVERIFY2(again.exitCode == 0 && again.out.contains("3 of 3 genes were stored already"),
                 qPrintable(again.out + again.err));
        QCOMPARE(numbers(study), before);
    }

    void changedStudyKeepsAndMarks() {
        const fs::path study = analysed("changed");
        const QJsonObject before = numbers(study);
        const fs::path expression = study.parent_path() / "expression.bed";
        const QByteArray text = fileContent(expression);
        QByteArray changed = text;
        changed[changed.indexOf("0.5")] = '1';
        writeText(expression, changed.toStdString());

        const Run none = summary(study);
        QCOMPARE(none.exitCode, 1);
        for (const char* part : {"no results of the study as it is now", "run 1:", "3 genes",
                                 "another state of the study (`expression` differs)", "--run N"})
            QVERIFY2(none.err.contains(part), qPrintable(none.err));
        QJsonObject asked = numbers(study, {"--run", "1"});
        QCOMPARE(asked["run_standing"].toString(), QString("other_state"));
        QCOMPARE(asked["mean_r"], before["mean_r"]);
        QVERIFY(summary(study, {"--run", "1"}).err.contains("another state of the study"));

        // One gene anew: shown for what it is, the others offered.
        QCOMPARE(analyze(study, {"--gene", "GENEA"}).exitCode, 0);
        const Run now = summary(study);
        QVERIFY2(now.out.contains("of the study as it is") && now.out.contains("Genes       1,"),
                 qPrintable(now.out + now.err));
        QVERIFY2(now.out.contains("Also kept   run 1:"), qPrintable(now.out));

        writeText(expression, text.toStdString());
        QCOMPARE(numbers(study), before);
    }

    void otherOptionsHideNothing() {
        const fs::path study = analysed("options");
        const QJsonObject before = numbers(study);
        QCOMPARE(analyze(study, {"--gene", "GENEA", "--seed", "7"}).exitCode, 0);
        QCOMPARE(numbers(study), before);
        const Run now = summary(study);
        QVERIFY2(now.out.contains("of 2 such runs the one with most genes"), qPrintable(now.out));
        QVERIFY2(now.out.contains("with other `statistics.seed`"), qPrintable(now.out));
        QCOMPARE(numbers(study, {"--run", "2"})["n_genes"].toInt(), 1);
        QCOMPARE(summary(study, {"--run", "3"}).exitCode, 1);
    }

    /// What is stored needs no computing; that its files are those in the folder is another matter.
    void filesAreOfTheRunThatWroteThem() {
        const fs::path study = analysed("files");
        const QByteArray first = fileContent(m_folder / "out/GENEA.report.json");
        QVERIFY(first.contains("\"run_key\""));
        QCOMPARE(analyze(study, {"--genes", "all", "--seed", "7"}).exitCode, 0);
        const QByteArray seeded = fileContent(m_folder / "out/GENEA.report.json");
        QVERIFY(seeded != first);
        const Run again = analyze(study);
        QVERIFY2(again.exitCode == 0 && !again.out.contains("stored already"), qPrintable(again.out));
        QCOMPARE(fileContent(m_folder / "out/GENEA.report.json"), first);
        QVERIFY(analyze(study).out.contains("3 of 3 genes were stored already"));
    }

    void oneGeneAndAllGenesLeaveTheSameRows() {
        const fs::path study = analysed("rows");
        fs::remove(study.parent_path() / "small.results.sqlite");
        QCOMPARE(analyze(study, {"--gene", "GENEA", "--gene", "GENEC"}).exitCode, 0);
        QCOMPARE(numbers(study)["n_genes"].toInt(), 2);
        const Run all = analyze(study);
        QVERIFY2(all.out.contains("2 of 3 genes were stored already"), qPrintable(all.out));
    }

    void studiesOfOneFolderAreApart() {
        const fs::path study = analysed("twins");
        const QJsonObject before = numbers(study);
        QJsonObject file = jsonFile(study);
        file["expression_transform"] = "log2p1";
        const fs::path other = study.parent_path() / "other.study.json";
        // Of this name the results lie in the same file.
        const fs::path shared = study.parent_path() / "small.json";
        for (const fs::path& twin : {other, shared})
            writeText(twin, QJsonDocument(file).toJson().toStdString());
        QVERIFY(summary(other).err.contains("no results yet"));
        QVERIFY(summary(shared).err.contains("`expression_transform` differs"));
        for (const fs::path& twin : {other, shared}) {
            QCOMPARE(analyze(twin).exitCode, 0);
            QVERIFY(numbers(twin)["mean_r"] != before["mean_r"]);
        }
        QCOMPARE(numbers(study), before);
    }

    /// Its fp64 shortcut is right and its whole fp32 pass is not: nobody can tell, so nothing counts.
    void failedSelfCheckFailsAgain() {
        const fs::path study = analysed("overflow");
        const fs::path model = study.parent_path() / "overflowing";
        const json layers = json::parse(R"(["flatten", {"linear": {"name": "a", "out": 4}},
                                           {"linear": {"name": "b", "out": 1}}])");
        writeModel(model, sequentialModel(layers, 1000));
        std::vector<NamedTensor> weights = randomTensors(parseNetwork(layers, 1000).value(), 1);
        for (NamedTensor& tensor : weights)
            for (double& weight : tensor.values)
                weight *= 1e25;
        QVERIFY(writeSafetensors(model / "weights.safetensors", weights));
        const auto analyse = [&](const QStringList& more) {
            return analyze(study, QStringList{"--model", textOf(model), "--self-check", "1"} + more);
        };
        for (int i = 0; i < 2; ++i) {
            const Run refused = analyse({"--gene", "GENEA"});
            QCOMPARE(refused.exitCode, 1);
            QVERIFY2(refused.err.contains("Do not use these scores"), qPrintable(refused.err));
            QVERIFY2(!refused.out.contains("r ="), qPrintable(refused.out));
        }
        QCOMPARE(analyse({"--genes", "all"}).exitCode, 1);
        QCOMPARE(
            analyze(study, {"--model", textOf(model), "--self-check", "off", "--gene", "GENEA"}).exitCode, 1);
        const Run info = run({"cache", "info"});
        QVERIFY2(info.out.contains("refuted 3 windows"), qPrintable(info.out));
        QCOMPARE(numbers(study)["n_genes"].toInt(), 3); // of the other model
    }

    /// As a kill leaves it, in a file of an older schema, beside a study whose files are elsewhere.
    void sharedStoreWithAHotJournal_data() {
        QTest::addColumn<bool>("readOnly");
        QTest::newRow("may be written to") << false;
        QTest::newRow("may not") << true;
    }
    void sharedStoreWithAHotJournal() {
        QFETCH(bool, readOnly);
        DS_SKIP_WITHOUT_SHARED_DATA();
        const fs::path given = sharedData() / "../cases/bytes/09-hot-journal";
        if (!fs::exists(given))
            QSKIP("skipped: no shared cases");
        chmod(m_folder.path().c_str(), 0755);
        const fs::path folder = m_folder / (readOnly ? "closed" : "hot");
        fs::copy(given, folder);
        for (const auto& entry : fs::directory_iterator(folder))
            chmod(entry.path().c_str(), readOnly ? 0444 : 0644);
        chmod(folder.c_str(), readOnly ? 0555 : 0755);
        fs::create_directories(m_folder / "nobody");
        chmod((m_folder / "nobody").c_str(), 0777);
        const Run shown =
            runPrepared(m_folder / "nobody", {"summary", textOf(folder / "demo.study.json")}, [&] {
                if (readOnly && geteuid() == 0 && (setgid(65534) != 0 || setuid(65534) != 0))
                    _exit(77);
            });
        chmod(folder.c_str(), 0755);
        if (shown.exitCode == 77)
            QSKIP("Rights cannot be given up here");
        QVERIFY2(shown.exitCode == 0, qPrintable(shown.err));
        QVERIFY2(shown.out.contains("Genes       60,"), qPrintable(shown.out));
        QVERIFY2(shown.out.contains("not known"), qPrintable(shown.out));
    }

    void fullDiskIsAnErrorAndLosesNothing() {
        const fs::path study = analysed("full");
        const QJsonObject before = numbers(study);
        // One page more than the results have now.
        const auto size = fs::file_size(study.parent_path() / "small.results.sqlite");
        const Run full = runPrepared(home(),
                                     {"analyze", textOf(study), "--quiet", "--genes", "all", "--seed", "7",
                                      "--out", textOf(m_folder / "full out")},
                                     [size] {
                                         signal(SIGXFSZ, SIG_IGN);
                                         const rlimit limit{size + 4096, size + 4096};
                                         if (setrlimit(RLIMIT_FSIZE, &limit) != 0)
                                             _exit(77);
                                     });
        if (full.exitCode == 77)
            QSKIP("No limit can be set here");
        QCOMPARE(full.exitCode, 1);
        // Which of the files meets the limit first is no matter; what to do is said.
        QVERIFY2(full.err.contains("cannot be used") && full.err.contains("        do  "),
                 qPrintable(full.err));
        QCOMPARE(numbers(study), before);
        QCOMPARE(analyze(study, {"--genes", "all", "--seed", "7"}).exitCode, 0);
    }

    void readOnlyStudyKeepsItsResultsElsewhere() {
        chmod(m_folder.path().c_str(), 0755);
        const fs::path study = analysed("readonly");
        const fs::path store = study.parent_path() / "small.results.sqlite";
        fs::remove(store);
        fs::create_directories(m_folder / "nobody2");
        chmod((m_folder / "nobody2").c_str(), 0777);
        const auto asNobody = [&](const fs::path& asked, const QStringList& arguments) {
            chmod(asked.parent_path().c_str(), 0555);
            const Run run = runPrepared(m_folder / "nobody2", arguments, [] {
                if (geteuid() == 0 && (setgid(65534) != 0 || setuid(65534) != 0))
                    _exit(77);
            });
            chmod(asked.parent_path().c_str(), 0755);
            return run;
        };
        const Run first = asNobody(study, {"analyze", textOf(study), "--quiet", "--genes", "all", "--out",
                                           textOf(m_folder / "nobody2/out")});
        if (first.exitCode == 77)
            QSKIP("Rights cannot be given up here");
        QVERIFY2(first.exitCode == 0, qPrintable(first.err));
        QVERIFY(!fs::exists(store));
        const fs::path moved = m_folder / "readonly moved";
        fs::rename(study.parent_path(), moved);
        const Run shown =
            asNobody(moved / "small.study.json", {"summary", textOf(moved / "small.study.json"), "--json"});
        QVERIFY2(shown.out.contains("\"n_genes\": 3"), qPrintable(shown.out + shown.err));
    }

    /// One's own results begin with those that others stored, which may be read only.
    void resultsOfOthersAreGoneOnWith() {
        chmod(m_folder.path().c_str(), 0755);
        const fs::path study = analysed("others");
        const fs::path store = study.parent_path() / "small.results.sqlite";
        const QByteArray before = fileContent(store);
        fs::create_directories(m_folder / "nobody3");
        chmod((m_folder / "nobody3").c_str(), 0777);
        chmod(store.c_str(), 0444);
        chmod(study.parent_path().c_str(), 0555);
        const auto asNobody = [&](const QStringList& arguments) {
            return runPrepared(m_folder / "nobody3", arguments, [] {
                if (geteuid() == 0 && (setgid(65534) != 0 || setuid(65534) != 0))
                    _exit(77);
            });
        };
        const Run first = asNobody({"analyze", textOf(study), "--quiet", "--gene", "GENEA", "--seed", "7",
                                    "--out", textOf(m_folder / "nobody3/out")});
        const Run shown = asNobody({"summary", textOf(study)});
        chmod(study.parent_path().c_str(), 0755);
        chmod(store.c_str(), 0644);
        if (first.exitCode == 77)
            QSKIP("Rights cannot be given up here");
        QVERIFY2(first.exitCode == 0 && !first.err.contains("not kept"), qPrintable(first.err));
        QVERIFY2(shown.out.contains("Genes       3,") && shown.out.contains("Also kept   run 2:"),
                 qPrintable(shown.out + shown.err));
        QCOMPARE(fileContent(store), before);
    }

    /// `analyze --genes all`, killed again and again: no result store that cannot be opened, no gene lost
    /// that was there, and in the end the tables of a run that nobody killed.
    void killsAtRandomMomentsLoseNothing() {
        const Run made =
            run({"simulate", "--genes", "12", "--people", "80", "--out", textOf(m_folder / "demo")});
        QVERIFY2(made.exitCode == 0, qPrintable(made.err));
        const fs::path study = m_folder / "demo/demo.study.json";
        const auto arguments = [&](const std::string& out) {
            return QStringList{"analyze", textOf(study),         "--quiet", "--genes", "all",
                               "--out",   textOf(m_folder / out)};
        };
        QElapsedTimer timer;
        timer.start();
        QCOMPARE(run(arguments("whole")).exitCode, 0);
        const auto whole = static_cast<unsigned>(std::max<qint64>(50, timer.elapsed()));
        const QByteArray genes = fileContent(m_folder / "whole/genes.tsv");
        fs::remove(m_folder / "demo/demo.results.sqlite");
        fs::remove_all(home() / "cache");

        std::mt19937 random(7);
        int known = 0, kills = 0;
        for (int round = 0; round < 20; ++round) {
            QProcess process;
            process.setProcessEnvironment(programEnvironment(home()));
            process.start(DIPLOSCOPE_PROGRAM, arguments("killed"));
            QVERIFY(process.waitForStarted());
            // Each goes on where the one before was killed, and the last has little left to do.
            std::this_thread::sleep_for(
                std::chrono::milliseconds(random() % std::max<decltype(whole)>(1, whole / 5)));
            process.kill();
            process.waitForFinished();
            kills += process.exitStatus() == QProcess::CrashExit;
            if (!fs::exists(m_folder / "demo/demo.results.sqlite"))
                continue;
            const Run shown = summary(study, {"--json"});
            if (shown.exitCode != 0) {
                QVERIFY2(known == 0 && (shown.err.contains("no results yet") || shown.err.contains("empty")),
                         qPrintable(shown.err));
                continue;
            }
            const int now = QJsonDocument::fromJson(shown.out.toUtf8()).object()["n_genes"].toInt();
            QVERIFY2(now >= known, qPrintable(QString("%1 of %2 genes").arg(now).arg(known)));
            known = now;
        }
        QVERIFY(kills > 5);
        const Run last = run(arguments("killed"));
        QVERIFY2(last.exitCode == 0, qPrintable(last.err));
        QCOMPARE(fileContent(m_folder / "killed/genes.tsv"), genes);
        for (const auto& entry : fs::directory_iterator(m_folder / "whole"))
            QCOMPARE(fileContent(m_folder / "killed" / entry.path().filename().string()),
                     fileContent(entry.path()));
    }
};

QTEST_GUILESS_MAIN(TestKeptResults)
#include "tst_kept_results.moc"
