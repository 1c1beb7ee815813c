// SPDX-License-Identifier: GPL-3.0-or-later
// What the program itself leaves behind when it crashes: a note that says which libraries it ran with.
#include "integration/program.h"

#include <QDir>
#include <QRegularExpression>

#include <sys/resource.h>

#include <csignal>

using namespace diploscope::test;

namespace {

/// Ends the program by a signal once it has computed something. \return its note, empty: none
QString noteOf(const TemporaryFolder& home, const QStringList& arguments) {
    QProcess process;
    process.setProcessEnvironment(programEnvironment(home.path()));
    process.setChildProcessModifier([] {
        const rlimit none{0, 0};
        setrlimit(RLIMIT_CORE, &none);
    });
    process.start(DIPLOSCOPE_PROGRAM, arguments);
    QString said;
    while (process.state() != QProcess::NotRunning && !said.contains("...")) { // the first stage
        process.waitForFinished(50);
        said += QString::fromUtf8(process.readAllStandardError());
    }
    if (process.processId() > 0)
        kill(static_cast<pid_t>(process.processId()), SIGABRT);
    process.waitForFinished(60000);
    const QDir folder(QString::fromStdString((home / "cache/diploscope/log").string()));
    const QStringList notes = folder.entryList({QStringLiteral("crash-*.txt")});
    return notes.size() == 1 ? QString(fileContent(folder.filePath(notes[0]).toStdString())) : QString();
}

} // namespace

class TestCrashNote : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
        QSKIP("skipped: sanitizers have handlers of their own");
#endif
    }

    /// From the start, what the program is linked with; LibTorch and the BLAS once they are there.
    void namesTheLibraries() {
        const TemporaryFolder home;
        const QString note = noteOf(home, {"bench", "forward", "--model", "demo-enformer", "--random-weights",
                                           "--plain-sequences", "100000"});
        QVERIFY2(note.startsWith("Diploscope "), qPrintable(note));
        for (const char* part :
             {"\\nlibraries: .*htslib \\d+\\.\\d", "\\nlibraries: .*SQLite 3\\.\\d+",
              "\\nstarted: ", "\\n(OpenBLAS \\d|another BLAS)", "\\nLibTorch \\d+\\.\\d+.*, (no )?oneDNN",
              "\\nsignal: SIGABRT", "\\nstack, innermost first:\\n.*diploscope"})
            QVERIFY2(note.contains(QRegularExpression(part)), qPrintable(part + ("\n" + note)));
        QVERIFY2(!note.contains("Qt "), qPrintable(note)); // which only what draws loads
    }

    void knowsNoLibTorchThatIsNotLoaded() {
        const TemporaryFolder home;
        const QString note = noteOf(home, {"simulate", "--people", "3000", "--genes", "2000", "--out",
                                           QString::fromStdString((home / "demo").string())});
        QVERIFY2(note.contains("\nlibraries: ") && note.contains("simulate --people 3000"), qPrintable(note));
        QVERIFY2(!note.contains("LibTorch") && !note.contains("BLAS"), qPrintable(note));
    }
};

QTEST_GUILESS_MAIN(TestCrashNote)
#include "tst_crash_note.moc"
