// SPDX-License-Identifier: GPL-3.0-or-later
// Where nothing more can be written: a full disk behind stdout or stderr, closed streams, a limit on the size
// of files. What is lost is told, and the exit code says so.
#include "program.h"
#include "study/small_study.h"

#include <csignal>

using namespace diploscope::test;
namespace fs = std::filesystem;

namespace {

QString textOf(const fs::path& path) {
    return QString::fromStdString(path.string());
}

/// The program in a shell, with what stands before it ("ulimit -f 8;") and behind it ("> /dev/full").
Run runInShell(const fs::path& home, const QStringList& arguments, const QString& before,
               const QString& behind) {
    QProcess process;
    process.setProcessEnvironment(programEnvironment(home));
    process.start("bash",
                  QStringList{"-c", before + R"( exec "$0" "$@" )" + behind, DIPLOSCOPE_PROGRAM} + arguments);
    process.waitForFinished(120000);
    return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1,
            QString::fromUtf8(process.readAllStandardOutput()),
            QString::fromUtf8(process.readAllStandardError())};
}

} // namespace

class TestLostOutput : public QObject {
    Q_OBJECT

    TemporaryFolder m_folder;

    Run runInto(const QString& target, const QStringList& arguments) const {
        return runInShell(m_folder / "home", arguments, {}, target);
    }
    QString study() const { return textOf(m_folder / "small.study.json"); }

private Q_SLOTS:
    void initTestCase() { (void)SmallStudy().write(m_folder); }

    void fullDisk_data() {
        QTest::addColumn<QStringList>("arguments");
        QTest::newRow("--help") << QStringList{"--help"};
        QTest::newRow("--version") << QStringList{"--version"};
        for (const char* command :
             {"check", "analyze", "summary", "score", "predixcan", "susie", "models", "simulate", "train",
              "head", "import", "bench", "cache", "info", "columns"})
            QTest::newRow(qPrintable(QString("%1 --help").arg(command))) << QStringList{command, "--help"};
        for (const char* command : {"check", "check --json", "models", "info", "info --json", "columns"}) {
            QStringList arguments = QString(command).split(' ');
            if (arguments.front() == "check")
                arguments << study();
            QTest::newRow(command) << arguments;
        }
    }
    void fullDisk() {
        QFETCH(QStringList, arguments);
        const Run whole = runProgram(m_folder / "home", arguments);
        QVERIFY2(!whole.out.isEmpty(), qPrintable(whole.err));
        const Run lost = runInto("> /dev/full", arguments);
        QVERIFY2(lost.exitCode == 1, qPrintable(QString::number(lost.exitCode) + lost.err));
        for (const char* part :
             {"could not be written: No space left on device", "standard output", "        do  Free space"})
            QVERIFY2(lost.err.contains(part), qPrintable(lost.err));
        QCOMPARE(lost.err.count("No space left"), 1);
    }

    /// What is printed on the way is lost, and what is computed is not.
    void fullDiskEndsNoWork() {
        const QStringList simulate{
            "simulate", "--genes", "4", "--people", "80", "--out", textOf(m_folder / "demo")};
        const Run made = runInto("> /dev/full", simulate);
        QVERIFY2(made.exitCode == 1 && made.err.contains("No space left"), qPrintable(made.err));
        const QString demo = textOf(m_folder / "demo/demo.study.json");
        QVERIFY(fs::exists(demo.toStdString()));
        const Run analysed = runInto(
            "> /dev/full", {"analyze", demo, "--quiet", "--genes", "all", "--out", textOf(m_folder / "out")});
        QVERIFY2(analysed.exitCode == 1 && analysed.err.contains("No space left"), qPrintable(analysed.err));
        QVERIFY(fs::exists(m_folder / "out/genes.tsv"));
        for (const QStringList& more : {QStringList{}, QStringList{"--json"}}) {
            const Run shown = runInto("> /dev/full", QStringList{"summary", demo} + more);
            QVERIFY2(shown.exitCode == 1 && shown.err.contains("No space left"), qPrintable(shown.err));
        }
    }

    /// Nobody can be told then; the exit code still is the command's.
    void errorsThatCannotBeTold() {
        for (const char* target : {"2> /dev/full", "2>&-"}) {
            QCOMPARE(runInto(target, {"check", "/nowhere/x.study.json"}).exitCode, 1);
            QCOMPARE(runInto(target, {"analyse"}).exitCode, 2);
            QCOMPARE(runInto(target, {"--version"}).exitCode, 0);
        }
    }

    void closedOutput() {
        const Run lost = runInto(">&-", {"models"});
        QVERIFY2(lost.exitCode == 1 && lost.err.contains("could not be written"), qPrintable(lost.err));
        // Nor does it land in the first file that was opened.
        QVERIFY(!fileContent(m_folder / "home/cache/diploscope/log/diploscope.log").contains("demo-cnn  "));
        for (const char* out : {"open", "closed"}) {
            const Run made = runInto(
                out == std::string("closed") ? ">&-" : "",
                {"simulate", "--genes", "4", "--people", "80", "--out", textOf(m_folder / out / "demo")});
            QCOMPARE(made.exitCode, out == std::string("closed") ? 1 : 0);
        }
        for (const auto& entry : fs::directory_iterator(m_folder / "open/demo"))
            if (entry.is_regular_file())
                QCOMPARE(fileContent(m_folder / "closed/demo" / entry.path().filename().string()),
                         fileContent(entry.path()));
    }

    void limitOnFileSizes() {
        const Run over =
            runInShell(m_folder / "other home",
                       {"simulate", "--genes", "4", "--people", "80", "--out", textOf(m_folder / "large")},
                       "ulimit -f 8;", {});
        QVERIFY2(over.exitCode == 1, qPrintable(QString::number(over.exitCode) + over.err));
        QVERIFY2(over.err.contains("cannot be written") && over.err.contains("        do  Check free space"),
                 qPrintable(over.err));
        QVERIFY(!fs::exists(m_folder / "large"));
        const Run small = runInShell(m_folder / "other home", {"check", "--json", study()}, "ulimit -f 8;",
                                     "> " + textOf(m_folder / "check.json"));
        QVERIFY2(small.exitCode == 0 || small.exitCode == 1, qPrintable(small.err));
    }
};

QTEST_GUILESS_MAIN(TestLostOutput)
#include "tst_lost_output.moc"
