// SPDX-License-Identifier: GPL-3.0-or-later
// `--timing`: where a command's time went.
#include "program.h"

#include <cmath>
#include <map>
#include <string>

using namespace diploscope::test;

namespace {

/// The table at the end of what was told: seconds of each stage. Empty where it is not there, or not last.
std::map<std::string, double> stagesOf(const QString& told) {
    std::map<std::string, double> stages;
    const QStringList lines = told.split(QLatin1Char('\n'), Qt::SkipEmptyParts);
    bool isTable = false;
    for (const QString& line : lines) {
        const QStringList words = line.split(QLatin1Char(' '), Qt::SkipEmptyParts);
        if (words.value(0) == QLatin1String("stage")) {
            isTable = true;
            continue;
        }
        if (isTable)
            stages[words.value(0).toStdString()] = words.value(1).toDouble();
    }
    if (lines.isEmpty() || !lines.last().startsWith(QLatin1String("whole")))
        return {};
    return stages;
}

} // namespace

class TestTiming : public QObject {
    Q_OBJECT

private:
    TemporaryFolder m_folder;
    QString m_study;
    QString m_gene;

    QString path(const std::string& name) const { return QString::fromStdString((m_folder / name).string()); }
    Run run(const QStringList& arguments) const { return runProgram(m_folder.path(), arguments); }
    Run analyze(const std::string& out, const QStringList& more) const {
        return run(QStringList{"analyze", m_study, "--out", path(out), "--quiet", "--no-cache"} + more);
    }

private Q_SLOTS:
    void initTestCase() {
        const Run made = run({"simulate", "--out", path("demo")});
        QVERIFY2(made.exitCode == 0, qPrintable(made.err));
        QVERIFY2(!made.err.contains("processor s"), qPrintable(made.err));
        m_study = path("demo/demo.study.json");
        m_gene = QString::fromStdString(tableFile(m_folder / "demo/truth.genes.tsv").front().at("gene_name"));
    }

    void stagesAreToldOnStderrAndNothingElseChanges() {
        const Run plain = analyze("plain", {"--gene", m_gene});
        QVERIFY2(plain.exitCode == 0, qPrintable(plain.err));
        QVERIFY2(plain.err.isEmpty(), qPrintable(plain.err));
        const Run timed = analyze("timed", {"--gene", m_gene, "--timing"});
        QCOMPARE(timed.exitCode, 0);
        QCOMPARE(QString(timed.out).replace("timed", "plain"), plain.out);
        QCOMPARE(fileContent(m_folder / ("timed/" + m_gene.toStdString() + ".people.tsv")),
                 fileContent(m_folder / ("plain/" + m_gene.toStdString() + ".people.tsv")));
        QVERIFY2(timed.err.startsWith("stage  "), qPrintable(timed.err)); // the first and last thing told
        auto stages = stagesOf(timed.err);
        for (const char* stage :
             {"read", "sequences", "model", "self-check", "statistics", "store", "other", "whole"})
            QVERIFY2(stages.contains(stage), qPrintable(QString(stage) + "\n" + timed.err));
        QVERIFY(!stages.contains("draw"));
        double sum = 0;
        for (const auto& [stage, seconds] : stages)
            sum += stage == "whole" ? 0 : seconds;
        QVERIFY2(std::abs(sum - stages["whole"]) < 0.01, qPrintable(timed.err));
        QVERIFY2(stages["other"] < 0.5 * stages["whole"], qPrintable(timed.err));
    }

    void severalThreads() {
        writeText(m_folder / "genes.txt", m_gene.toStdString());
        const Run timed = analyze("all", {"--genes", "all", "--threads", "2", "--timing"});
        QVERIFY2(timed.exitCode == 0, qPrintable(timed.err));
        auto stages = stagesOf(timed.err);
        QVERIFY2(stages["statistics"] > 0, qPrintable(timed.err));
        double sum = 0;
        for (const auto& [stage, seconds] : stages)
            sum += stage == "whole" ? 0 : seconds;
        QVERIFY2(std::abs(sum - stages["whole"]) < 0.01, qPrintable(timed.err));
    }

    void otherCommands() {
        const Run check = run({"check", m_study, "--timing"});
        QCOMPARE(check.exitCode, 0);
        QVERIFY2(stagesOf(check.err).contains("read"), qPrintable(check.err));
        const Run below = run({"cache", "info", "--timing"}); // a command below one
        QCOMPARE(below.exitCode, 0);
        QVERIFY2(stagesOf(below.err).contains("whole"), qPrintable(below.err));
        const Run failed = run({"check", path("nowhere.study.json"), "--timing"});
        QCOMPARE(failed.exitCode, 1);
        QVERIFY2(stagesOf(failed.err).contains("whole"), qPrintable(failed.err)); // behind what is wrong
        const Run help = run({"analyze", "--help"});
        QVERIFY(help.out.contains("--timing"));
    }
};

QTEST_GUILESS_MAIN(TestTiming)
#include "tst_timing.moc"
