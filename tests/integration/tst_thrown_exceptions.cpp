// SPDX-License-Identifier: GPL-3.0-or-later
// What a library throws in the middle of a command ends that command as an error, and not the program.
#include "program.h"

#include "study/small_study.h"

#include <QDir>

using namespace diploscope::test;

class TestThrownExceptions : public QObject {
    Q_OBJECT

    TemporaryFolder m_folder;
    QString m_study;

    [[nodiscard]] QString path(const char* name) const {
        return QString::fromStdString((m_folder / name).string());
    }

private Q_SLOTS:
    void initTestCase() {
#ifdef DIPLOSCOPE_SANITIZED
        QSKIP("skipped: a sanitizer has to be loaded before all else");
#endif
        m_study = QString::fromStdString(SmallStudy().write(m_folder).string());
        // With its indexes made, and nothing wrong.
        const Run good = runProgram(m_folder.path(), {"check", m_study});
        QVERIFY2(good.exitCode == 0, qPrintable(good.out + good.err));
    }

    void commandsEndWithAnError_data() {
        QTest::addColumn<QStringList>("arguments");
        const auto row = [](const char* name, const QStringList& arguments) {
            QTest::newRow(name) << arguments;
        };
        row("check", {"check", m_study});
        row("analyze", {"analyze", m_study, "--genes", "all", "--model", "demo-cnn", "--out", path("out")});
        row("a gene", {"analyze", m_study, "--gene", "GENEA", "--model", "demo-cnn", "--out", path("out")});
        row("susie", {"susie", m_study, "--gene", "GENEA", "--out", path("s.tsv")});
        row("train", {"train", m_study, "--architecture", "simple-cnn", "--out", path("trained")});
        row("simulate", {"simulate", "--out", path("made"), "--people", "20", "--genes", "2"});
    }
    void commandsEndWithAnError() {
        QFETCH(QStringList, arguments);
        QProcessEnvironment environment = programEnvironment(m_folder.path());
        environment.insert("LD_PRELOAD", DIPLOSCOPE_THROWING);
        QProcess process;
        process.setProcessEnvironment(environment);
        process.start(DIPLOSCOPE_PROGRAM, arguments);
        QVERIFY(process.waitForFinished(120000));
        const QByteArray said = process.readAllStandardError();
        QCOMPARE(process.exitStatus(), QProcess::NormalExit);
        QVERIFY2(process.exitCode() == 1, said);
        QVERIFY2(said.contains("diploscope: "), said);
        QVERIFY2(said.contains("thrown by a test") || said.contains("needs more memory than there is"), said);
        // It is in the log, and no crash.
        QVERIFY(fileContent(m_folder / "cache/diploscope/log/diploscope.log").contains("error: "));
        QVERIFY(QDir(path("cache/diploscope/log")).entryList({"*crash*"}).isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestThrownExceptions)
#include "tst_thrown_exceptions.moc"
