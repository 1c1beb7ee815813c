// SPDX-License-Identifier: GPL-3.0-or-later
// What a terminal and the log may see, how large the log grows, and what a crash leaves behind.
#include "base/atomic_file.h"
#include "base/crash_note.h"
#include "base/log.h"
#include "base/terminal_text.h"
#include "support.h"

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <fcntl.h>
#include <memory>
#include <stdexcept>
#include <thread>

using namespace diploscope;
using namespace diploscope::test;
namespace fs = std::filesystem;

namespace {

/// Runs `work` in a child process without a core file. \return how it ended
int inChild(void (*work)()) {
    const pid_t child = fork();
    if (child == 0) {
        const rlimit none{0, 0};
        setrlimit(RLIMIT_CORE, &none);
        dup2(open("/dev/null", O_WRONLY), STDERR_FILENO);
        writeNoteOnCrash("Diploscope 7, of a test");
        work();
        _exit(0);
    }
    int status = 0;
    waitpid(child, &status, 0);
    return status;
}

void readNothing() {
    const volatile int* nowhere = nullptr;
    [[maybe_unused]] const int value = *nowhere;
}

} // namespace

Q_DECLARE_METATYPE(void (*)())

class TestLog : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() {
        m_home = std::make_unique<TemporaryFolder>();
        qputenv("XDG_CACHE_HOME", QByteArray::fromStdString(m_home->path().string()));
    }
    void terminalsAreSafe_data();
    void terminalsAreSafe();
    void linesAreLinesAndFilesRotate();
    void crashesLeaveANote_data();
    void crashesLeaveANote();
    void whatIsLoadedLaterIsInTheNote();
    void notesAreToldOnce();

private:
    std::unique_ptr<TemporaryFolder> m_home;
};

void TestLog::terminalsAreSafe_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("shown");
    const auto row = [](const char* name, const QByteArray& text, const QByteArray& shown) {
        QTest::newRow(name) << text << shown;
    };
    row("plain", "GSTM3 p = 1e-9", "GSTM3 p = 1e-9");
    row("other alphabets", "Müller-Gen 遺伝子 🧬", "Müller-Gen 遺伝子 🧬");
    row("window title", "\x1b]0;gone\x07", "\\u001b]0;gone\\u0007");
    row("newline", "a\nb\r\tc", "a\\u000ab\\u000d\\u0009c");
    row("C1, as UTF-8",
        "a\xC2\x9B"
        "31m",
        "a\\u009b31m");
    row("C1, as a byte",
        "a\x9B"
        "31m",
        "a\\x9b31m");
    row("Latin-1", "caf\xE9", "caf\\xe9");
    row("right to left",
        "gene\xE2\x80\xAE"
        "fdp.exe",
        "gene\\u202efdp.exe");
    row("isolates", "\xE2\x81\xA6x\xE2\x81\xA9", "\\u2066x\\u2069");
    row("too long an encoding", "\xC0\x9B", "\\xc0\\x9b");
    row("half a surrogate", "\xED\xA0\x80", "\\xed\\xa0\\x80");
    row("cut off", "a\xE2\x80", "a\\xe2\\x80");
    row("DEL", "a\x7F", "a\\u007f");
}

void TestLog::terminalsAreSafe() {
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, shown);
    QCOMPARE(QByteArray::fromStdString(terminalText(text.toStdString())), shown);
    QCOMPARE(terminalText("a\n\tb\x1b", true), std::string("a\n\tb\\u001b"));
}

void TestLog::linesAreLinesAndFilesRotate() {
    logLine("early", "before the start");
    QVERIFY(!fs::exists(logFile()));
    startLog();
    logLine("test", "two\nlines \x1b[31m");
    logError({ErrorKind::Cancelled, "Stopped on request.", {}, {}});
    logError({ErrorKind::Io, "The file cannot be written.", "/x", "Check space."});
    const std::string text = readWholeFile(logFile()).value();
    QCOMPARE(std::count(text.begin(), text.end(), '\n'), 2);
    QVERIFY2(text.find("test: two\\u000alines \\u001b[31m\n") != std::string::npos, text.c_str());
    QVERIFY(text.find("error: /x: The file cannot be written. Check space.") != std::string::npos);
    QVERIFY(text.find("Stopped") == std::string::npos);

    const std::string kilobyte(1000, 'x');
    for (int i = 0; i < 7000; ++i)
        logLine("test", kilobyte);
    uintmax_t bytes = 0;
    int files = 0;
    for (const auto& entry : fs::directory_iterator(logFolder())) {
        ++files;
        bytes += entry.file_size();
        QVERIFY(entry.file_size() <= (1U << 20) + 2000);
    }
    QCOMPARE(files, 4);
    QVERIFY(bytes > 3'000'000);
    logLine("test", "the last");
    QVERIFY(readWholeFile(logFile())->ends_with("the last\n"));
}

void TestLog::crashesLeaveANote_data() {
    QTest::addColumn<void (*)()>("work");
    QTest::addColumn<int>("signal");
    QTest::addColumn<QString>("says");
    QTest::newRow("no address") << &readNothing << SIGSEGV << "SIGSEGV";
    QTest::newRow("abort") << +[] { std::abort(); } << SIGABRT << "SIGABRT";
    QTest::newRow("arithmetic") << +[] { raise(SIGFPE); } << SIGFPE << "SIGFPE";
    QTest::newRow("bus") << +[] { raise(SIGBUS); } << SIGBUS << "SIGBUS";
    QTest::newRow("an exception in a thread") << +[] {
        std::thread([] { throw std::runtime_error("nobody's exception"); }).join();
    } << SIGABRT << "nobody's exception";
}

void TestLog::crashesLeaveANote() {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    QSKIP("skipped: sanitizers have handlers of their own");
#endif
    using Work = void (*)();
    QFETCH(Work, work);
    QFETCH(int, signal);
    QFETCH(QString, says);
    const int status = inChild(work);
    QVERIFY(WIFSIGNALED(status));
    QCOMPARE(WTERMSIG(status), signal);
    const std::vector<fs::path> notes = crashNotes();
    QCOMPARE(notes.size(), size_t{1});
    const QString note = QString::fromStdString(readWholeFile(notes[0]).value());
    QVERIFY2(note.startsWith("Diploscope 7, of a test\nstarted: "), qPrintable(note));
    QVERIFY2(note.contains(says), qPrintable(note));
    const QString stack = note.section("innermost first:\n", 1);
    QVERIFY2(stack.count('\n') >= 3 && stack.contains("tst_log"), qPrintable(note));
}

void TestLog::whatIsLoadedLaterIsInTheNote() {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    QSKIP("skipped: sanitizers have handlers of their own");
#endif
    inChild(+[] {
        addToCrashNote("LibTorch 7.0\nof a test");
        for (int i = 0; i < 100; ++i)
            std::thread([] { addToCrashNote("of a thread, until all is full"); }).join();
        std::abort();
    });
    const QString note = QString::fromStdString(readWholeFile(crashNotes().at(0)).value());
    QVERIFY2(note.startsWith("Diploscope 7, of a test\nstarted: "), qPrintable(note));
    const QString later = note.section('\n', 2).section("\nsignal: SIGABRT", 0, 0);
    QVERIFY2(later.startsWith("LibTorch 7.0\\u000aof a test\nof a thread"), qPrintable(note));
    // Whole lines, as many as there is room for.
    QVERIFY2(later.endsWith("\nof a thread, until all is full"), qPrintable(note));
    QCOMPARE(later.count("\nof a thread"), (1024 - 28) / 31);
    QVERIFY2(note.contains("innermost first:\n"), qPrintable(note));
}

void TestLog::notesAreToldOnce() {
    QVERIFY(takeNewCrashNotes().empty());
    writeText(logFolder() / "crash-20260101-000000-1.txt", "first");
    writeText(logFolder() / "crash-20260102-000000-1.txt", "second");
    const std::vector<fs::path> notes = takeNewCrashNotes();
    QCOMPARE(notes.size(), size_t{2});
    QCOMPARE(notes[0].filename().string(), std::string("crash-20260102-000000-1.txt"));
    QVERIFY(takeNewCrashNotes().empty());
    writeText(logFolder() / "crash-20260103-000000-1.txt", "third");
    QCOMPARE(takeNewCrashNotes().size(), size_t{1});
    QCOMPARE(crashNotes().size(), size_t{3});
}

QTEST_APPLESS_MAIN(TestLog)
#include "tst_log.moc"
