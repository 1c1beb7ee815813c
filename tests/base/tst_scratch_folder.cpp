// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/scratch_folder.h"

#include "support.h"

#include <optional>

using namespace diploscope;
using namespace diploscope::test;
namespace fs = std::filesystem;

class TestScratchFolder : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void goesWithItsOwner() {
        const TemporaryFolder parent;
        fs::path where;
        {
            auto made = ScratchFolder::make("test", parent.path());
            DS_VERIFY(made);
            where = made->path();
            QCOMPARE(where.parent_path(), parent.path());
            QVERIFY(where.filename().string().starts_with("diploscope-test-"));
            writeText(where / "within/file.txt", "text");
            std::optional<ScratchFolder> owner(std::move(*made));
            QCOMPARE(owner->path(), where);
            QVERIFY(fs::exists(where / "within/file.txt"));
            const auto other = ScratchFolder::make("test", parent.path());
            DS_VERIFY(other);
            QVERIFY(other->path() != where);
            owner.reset();
            QVERIFY(!fs::exists(where));
            QVERIFY(fs::is_directory(other->path()));
        }
        QVERIFY(fs::is_empty(parent.path()));
    }

    void liesAmongTemporaryFiles() {
        const auto made = ScratchFolder::make("test");
        DS_VERIFY(made);
        QVERIFY(fs::equivalent(made->path().parent_path(), fs::temp_directory_path()));
        QCOMPARE(fs::status(made->path()).permissions(), fs::perms::owner_all); // nobody else's to read
    }

    void nowhereToBeMade() {
        const TemporaryFolder parent;
        const auto made = ScratchFolder::make("test", parent / "absent");
        QVERIFY(!made);
        QCOMPARE(made.error().kind, ErrorKind::Io);
        QVERIFY(made.error().remedy.find("TMPDIR") != std::string::npos);
    }
};

QTEST_GUILESS_MAIN(TestScratchFolder)
#include "tst_scratch_folder.moc"
