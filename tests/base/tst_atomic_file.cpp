// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/atomic_file.h"
#include "support.h"

#include <chrono>
#include <csignal>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace diploscope;
using namespace diploscope::test;
namespace fs = std::filesystem;

class TestAtomicFile : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void writesAndReads() {
        const TemporaryFolder folder;
        const std::string text("a\0b\n", 4);
        DS_VERIFY(writeFileAtomically(folder / "new/deep/file.txt", text));
        const auto back = readWholeFile(folder / "new/deep/file.txt");
        DS_VERIFY(back);
        QCOMPARE(*back, text);
        QCOMPARE(std::distance(fs::directory_iterator(folder / "new/deep"), {}), 1);
    }

    void replacesAtOnce() {
        const TemporaryFolder folder;
        writeText(folder / "file.txt", "old");
        auto file = AtomicFile::create(folder / "file.txt");
        DS_VERIFY(file);
        QCOMPARE(file->temporaryPath().parent_path(), folder.path()); // a rename cannot cross file systems
        QCOMPARE(file->temporaryPath().extension(), fs::path(".txt"));
        writeText(file->temporaryPath(), "new");
        QCOMPARE(*readWholeFile(folder / "file.txt"), std::string("old"));
        DS_VERIFY(file->commit());
        QCOMPARE(*readWholeFile(folder / "file.txt"), std::string("new"));
        QCOMPARE(std::distance(fs::directory_iterator(folder.path()), {}), 1);
    }

    void dropsWithoutTrace() {
        const TemporaryFolder folder;
        {
            auto file = AtomicFile::create(folder / "file.txt");
            DS_VERIFY(file);
            writeText(file->temporaryPath(), "half");
            const AtomicFile moved = std::move(*file); // the moved-from one must not remove or keep anything
            QVERIFY(fs::exists(moved.temporaryPath()));
        }
        QVERIFY(fs::is_empty(folder.path()));
    }

    void leftoversOfKilledProgramsGo() {
        const TemporaryFolder folder;
        const auto make = [&](const std::string& name, int hours) {
            writeText(folder / name, "half");
            fs::last_write_time(folder / name, fs::file_time_type::clock::now() - std::chrono::hours(hours));
            return folder / name;
        };
        const std::string living = std::to_string(getpid());
        const auto ended = make(".GENE.people.999999999-3.tmp.tsv", 2); // no system counts that far
        const std::vector<fs::path> kept{make(".GENE.people.999999999-4.tmp.tsv", 0), // on another machine?
                                         make(".GENE.people." + living + "-1.tmp.tsv", 2),
                                         make("GENE.people.999999999-3.tmp.tsv", 2),
                                         make(".notes.tmp.tsv", 2)};
        removeAbandonedTemporaries(folder.path());
        removeAbandonedTemporaries(folder / "none");
        QVERIFY(!fs::exists(ended));
        for (const fs::path& file : kept)
            QVERIFY2(fs::exists(file), file.c_str());
    }

    /// A limit on the size of files, which is to a program what a full disk is.
    void fullDiskLeavesTheOldFile() {
        const TemporaryFolder folder;
        writeText(folder / "file.txt", "old");
        const pid_t child = fork();
        if (child == 0) {
            signal(SIGXFSZ, SIG_IGN);
            const rlimit limit{1000, 1000};
            if (setrlimit(RLIMIT_FSIZE, &limit) != 0)
                _exit(77);
            const auto written = writeFileAtomically(folder / "file.txt", std::string(100'000, 'x'));
            _exit(!written && written.error().kind == ErrorKind::Io ? 0 : 1);
        }
        int status = 0;
        QCOMPARE(waitpid(child, &status, 0), child);
        if (WEXITSTATUS(status) == 77)
            QSKIP("No limit can be set here");
        QCOMPARE(WEXITSTATUS(status), 0);
        QCOMPARE(*readWholeFile(folder / "file.txt"), std::string("old"));
        QCOMPARE(std::distance(fs::directory_iterator(folder.path()), {}), 1);
    }

    void twoWritersDoNotMeet() {
        const TemporaryFolder folder;
        auto one = AtomicFile::create(folder / "file.txt");
        auto two = AtomicFile::create(folder / "file.txt");
        DS_VERIFY(one);
        DS_VERIFY(two);
        QVERIFY(one->temporaryPath() != two->temporaryPath());
    }

    /// As root, a program that put a file in the place of /dev/stdout would end it for everybody.
    void linksStayAndDevicesAreRefused() {
        const TemporaryFolder folder;
        writeText(folder / "real", "old");
        fs::create_symlink(folder / "real", folder / "link");
        DS_VERIFY(writeFileAtomically(folder / "link", "new"));
        QVERIFY(fs::is_symlink(folder / "link"));
        QCOMPARE(readWholeFile(folder / "real").value(), std::string("new"));
        QCOMPARE(mkfifo((folder / "pipe").c_str(), 0600), 0);
        const auto refused = writeFileAtomically(folder / "pipe", "text");
        QVERIFY(!refused && refused.error().where == (folder / "pipe").string());
        QVERIFY(fs::is_fifo(folder / "pipe"));
    }

    void refuses() {
        const TemporaryFolder folder;
        writeText(folder / "file", "x");
        const auto below = writeFileAtomically(folder / "file/below.txt", "y");
        QVERIFY(!below);
        QCOMPARE(below.error().kind, ErrorKind::Io);
        QVERIFY(!below.error().remedy.empty());
        fs::create_directory(folder / "taken");
        writeText(folder / "taken/inside", "x");
        const auto over = writeFileAtomically(folder / "taken", "y");
        QVERIFY(!over);
        QCOMPARE(over.error().kind, ErrorKind::Io);
        QCOMPARE(std::distance(fs::directory_iterator(folder.path()), {}), 2); // no temporary file left

        QCOMPARE(readWholeFile(folder / "none").error().kind, ErrorKind::NotFound);
        QCOMPARE(readWholeFile(folder / "taken").error().kind, ErrorKind::BadInput);
    }
};

QTEST_GUILESS_MAIN(TestAtomicFile)
#include "tst_atomic_file.moc"
