// SPDX-License-Identifier: GPL-3.0-or-later
// A study folder whose model is a command: nothing runs it unasked, and asked it is a model like others.
#include "experiment_demo.h"

#include <QJsonArray>

#include <cmath>

using namespace diploscope::test;

class TestProgramCommand : public QObject {
    Q_OBJECT

private:
    ExperimentDemo m_demo;

    [[nodiscard]] QStringList filesOf(const std::string& name) const {
        QStringList files;
        for (const auto& entry : std::filesystem::directory_iterator(m_demo.folder / name))
            files.append(QString::fromStdString(entry.path().filename().string()));
        files.sort();
        return files;
    }
    /// Into NAME.out.
    [[nodiscard]] Run analysed(const QString& model, const QStringList& options = {}) const {
        const std::string name = std::filesystem::path(model.toStdString()).filename().string();
        return runProgram(m_demo.folder.path(),
                          QStringList{"analyze", m_demo.study, "--gene", m_demo.gene, "--model", model,
                                      "--out", m_demo.path(name + ".out"), "--quiet"} +
                              options);
    }
    void writeModel(const std::string& name, const QJsonArray& command) const {
        const QJsonObject model{{"schema", 1},       {"name", QString::fromStdString(name)},
                                {"kind", "program"}, {"command", command},
                                {"version", "1"},    {"input", m_demo.input()}};
        writeText(m_demo.folder / name / "model.json", QJsonDocument(model).toJson().toStdString());
    }

private Q_SLOTS:
    void initTestCase() {
        const QString wrong = m_demo.make();
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
        writeModel("hostile", {"sh", "-c", "touch ran; echo gone > ../ran"});
    }

    void nothingRunsUnasked_data() {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<bool>("opens");
        const QString study = m_demo.study, model = m_demo.path("hostile"), gene = m_demo.gene;
        const QString out = m_demo.path("out");
        QTest::newRow("check") << QStringList{"check", m_demo.path("demo/hostile.study.json")} << false;
        QTest::newRow("show") << QStringList{"models", "show", model} << false;
        QTest::newRow("test") << QStringList{"models", "test", model} << true;
        QTest::newRow("analyze") << QStringList{"analyze", study, "--gene", gene,
                                                "--model", model, "--out",  out}
                                 << true;
        QTest::newRow("figure") << QStringList{"figure", study,      "--gene", gene,    "--model",
                                               model,    "--figure", "ism",    "--out", out + ".svg"}
                                << true;
        QTest::newRow("audit") << QStringList{"audit",   study, "--gene", gene,
                                              "--model", model, "--out",  out + ".tsv"}
                               << true;
        QTest::newRow("bench") << QStringList{"bench", "forward", "--model", model} << true;
    }
    void nothingRunsUnasked() {
        QFETCH(QStringList, arguments);
        QFETCH(bool, opens);
        QJsonObject study = jsonFile(m_demo.study.toStdString());
        study["models"] = QJsonArray{m_demo.path("hostile")};
        writeText(m_demo.folder / "demo/hostile.study.json", QJsonDocument(study).toJson().toStdString());
        const Run run = runProgram(m_demo.folder.path(), arguments);
        QCOMPARE(filesOf("hostile"), QStringList{"model.json"});
        QVERIFY(!std::filesystem::exists(m_demo.folder / "ran"));
        if (!opens)
            return;
        QCOMPARE(run.exitCode, 1);
        QVERIFY2(run.err.contains("sh -c 'touch ran; echo gone > ../ran'"), qPrintable(run.err));
        QVERIFY2(run.err.contains("--trust"), qPrintable(run.err));
    }

    /// What ends without a hello is told, and no study is the worse for it.
    void whatIsNoModel() {
        writeModel("mute", {"sh", "-c", "echo I am no model >&2; exit 4"});
        const Run run = analysed(m_demo.path("mute"), {"--trust"});
        QCOMPARE(run.exitCode, 1);
        QVERIFY2(run.err.contains("ended with exit code 4. The last that it said on stderr: I am no model"),
                 qPrintable(run.err));
        const Run tested = runProgram(m_demo.folder.path(), {"models", "test", m_demo.path("mute")});
        QCOMPARE(tested.exitCode, 1);
        QVERIFY2(tested.out.contains("FAIL"), qPrintable(tested.out));
    }

    /// A run that is killed leaves no program behind, and what it had scored is not asked again.
    void killedRun() {
        writeModel("slow", {"python3", "program.py", "slow", "2048"});
        QJsonObject model = jsonFile(m_demo.folder / "slow/model.json");
        model["output"] = QJsonObject{{"bin_count", 2}, {"track_count", 3}};
        model["batch_size"] = 4;
        writeText(m_demo.folder / "slow/model.json", QJsonDocument(model).toJson().toStdString());
        std::filesystem::copy_file(fixture("engines/fixtures/program.py"), m_demo.folder / "slow/program.py");
        const auto asked = [&] {
            int64_t sequences = 0;
            for (const QByteArray& line : fileContent(m_demo.folder / "asked").split('\n'))
                sequences += line.toInt();
            return sequences;
        };
        QProcess process;
        process.setProcessEnvironment(programEnvironment(m_demo.folder.path()));
        process.start(DIPLOSCOPE_PROGRAM,
                      {"analyze", m_demo.study, "--genes", "all", "--model", m_demo.path("slow"), "--out",
                       m_demo.path("slow.out"), "--quiet", "--trust"});
        QTRY_VERIFY_WITH_TIMEOUT(asked() >= 16, 60'000);
        const QByteArray pid = fileContent(m_demo.folder / "pids").split('\n').front();
        process.kill();
        process.waitForFinished();
        QTRY_VERIFY(fileContent("/proc/" + pid.toStdString() + "/cmdline").isEmpty());
        const int64_t before = asked();
        const auto all = [&](const QStringList& options) {
            return runProgram(m_demo.folder.path(),
                              QStringList{"analyze", m_demo.study, "--genes", "all", "--model",
                                          m_demo.path("slow"), "--out", m_demo.path("slow.out"), "--quiet"} +
                                  options);
        };
        const Run again = all({});
        QVERIFY2(again.exitCode == 0, qPrintable(again.err));
        const int64_t both = asked();
        const Run anew = all({"--no-cache", "--store", m_demo.path("anew.sqlite")});
        QVERIFY2(anew.exitCode == 0, qPrintable(anew.err));
        const int64_t whole = asked() - both;
        QVERIFY(before < whole);
        QVERIFY2(both <= whole + 8,
                 qPrintable(QString("%1 + %2 of %3").arg(before).arg(both - before).arg(whole)));
    }

    /// The example without PyTorch, on the demo: the scores of the native model, for which it need not be
    /// asked twice.
    void isAModelLikeOthers() {
        QProcess python;
        qputenv("PATH", "/usr/bin:" + qgetenv("PATH"));
        python.start("python3", {"-c", "import numpy"});
        if (!python.waitForFinished() || python.exitCode() != 0)
            QSKIP("skipped: python3 has no numpy");
        const Run tested = runProgram(m_demo.folder.path(), {"models", "test", "program-jax", "--trust"});
        QVERIFY2(tested.exitCode == 0, qPrintable(tested.out + tested.err));
        QVERIFY(tested.out.contains("pass  determinism"));
        const auto scoresBy = [&](const QString& model) {
            const Run run = analysed(model);
            if (run.exitCode != 0)
                qWarning("%s", qPrintable(run.err));
            return m_demo.table(model.toStdString() + ".out/" + m_demo.gene.toStdString() + ".variants.tsv");
        };
        const auto ours = scoresBy("demo-cnn"), theirs = scoresBy("program-jax");
        QVERIFY(!ours.empty());
        QCOMPARE(theirs.size(), ours.size());
        for (size_t i = 0; i < ours.size(); ++i) {
            QVERIFY(std::abs(std::stod(theirs[i].at("ism")) - std::stod(ours[i].at("ism"))) <= 1e-5);
            QCOMPARE(theirs[i].at("driver"), ours[i].at("driver"));
        }
    }
};

QTEST_GUILESS_MAIN(TestProgramCommand)
#include "tst_program_command.moc"
