// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/atomic_file.h"
#include "support.h"

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

    void twoWritersDoNotMeet() {
        const TemporaryFolder folder;
        auto one = AtomicFile::create(folder / "file.txt");
        auto two = AtomicFile::create(folder / "file.txt");
        DS_VERIFY(one);
        DS_VERIFY(two);
        QVERIFY(one->temporaryPath() != two->temporaryPath());
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
