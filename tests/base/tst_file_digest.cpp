// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/file_digest.h"

#include "base/atomic_file.h"
#include "support.h"

#include <chrono>

using namespace diploscope;
using namespace diploscope::test;
namespace fs = std::filesystem;

class TestFileDigest : public QObject {
    Q_OBJECT

private:
    /// Changes one byte, and puts the time of change back.
    static void spoil(const fs::path& file) {
        const auto time = fs::last_write_time(file);
        std::string text = readWholeFile(file).value();
        text[text.size() / 2] = static_cast<char>(text[text.size() / 2] + 1);
        writeText(file, text);
        fs::last_write_time(file, time);
    }
    static size_t filesIn(const fs::path& folder) {
        std::error_code none;
        return static_cast<size_t>(std::distance(fs::directory_iterator(folder, none), {}));
    }

private Q_SLOTS:
    void isOfTheBytes() {
        const TemporaryFolder folder;
        const std::string text(9'000'000, 'x'); // more than is read at a time
        writeText(folder / "a", text);
        writeText(folder / "b", text);
        writeText(folder / "empty", "");
        QVERIFY(digestOfFile(folder / "a").value() == digestOf(text));
        QVERIFY(digestOfFile(folder / "b").value() == digestOf(text));
        QVERIFY(digestOfFile(folder / "empty").value() == digestOf(""));
        spoil(folder / "b");
        QVERIFY(digestOfFile(folder / "b").value() != digestOf(text));
        QCOMPARE(digestOfFile(folder / "none").error().kind, ErrorKind::NotFound);
        QCOMPARE(digestOfFile(folder.path()).error().kind, ErrorKind::BadInput);
        std::stop_source stop;
        stop.request_stop();
        QCOMPARE(digestOfFile(folder / "a", {stop.get_token(), {}, {}}).error().kind, ErrorKind::Cancelled);
    }

    void freshFileIsNotRemembered() {
        const TemporaryFolder folder;
        writeText(folder / "a", "some text");
        const Digest before = rememberedDigestOfFile(folder / "a", folder / "memory", {}, 1).value();
        QCOMPARE(filesIn(folder / "memory"), size_t{0});
        spoil(folder / "a");
        QVERIFY(rememberedDigestOfFile(folder / "a", folder / "memory", {}, 1).value() != before);
    }

    void settledFileIsReadOnce() {
        const TemporaryFolder folder;
        const auto file = folder / "a", memory = folder / "memory";
        writeText(file, "some text");
        QTest::qWait(3100); // until its times cannot stay the same under other content
        const Digest digest = rememberedDigestOfFile(file, memory, {}, 1).value();
        QCOMPARE(filesIn(memory), size_t{1});
        const auto entry = fs::directory_iterator(memory)->path();
        QVERIFY(rememberedDigestOfFile(file, memory, {}, 1).value() == digest);
        // That it is not read again shows by a memory that is wrong.
        std::string text = readWholeFile(entry).value();
        const std::string right = text;
        text[text.size() - 2] = text[text.size() - 2] == '0' ? '1' : '0';
        writeText(entry, text);
        QVERIFY(rememberedDigestOfFile(file, memory, {}, 1).value() != digest);
        // Moved with its folder it is known still; of broken memories nothing is believed.
        writeText(entry, right);
        fs::create_directory(folder / "x");
        fs::rename(file, folder / "x/b");
        for (const std::string& broken : {std::string("x"), std::string(), right.substr(0, right.size() - 4),
                                          right.substr(0, right.size() - 3) + "zz\n"}) {
            writeText(entry, broken);
            QVERIFY(rememberedDigestOfFile(folder / "x/b", memory, {}, 1).value() == digest);
        }
        writeText(entry, right);
        // With the time of change put back: the system's own tells.
        spoil(folder / "x/b");
        QVERIFY(rememberedDigestOfFile(folder / "x/b", memory, {}, 1).value() != digest);
        // A clock that was put back: no time in the future counts as settled.
        fs::last_write_time(folder / "x/b", fs::file_time_type::clock::now() + std::chrono::hours(5));
        fs::remove_all(memory);
        DS_VERIFY(rememberedDigestOfFile(folder / "x/b", memory, {}, 1));
        QCOMPARE(filesIn(memory), size_t{0});
    }

    void smallFilesAreNotRemembered() {
        const TemporaryFolder folder;
        writeText(folder / "a", "some text");
        QTest::qWait(3100);
        DS_VERIFY(rememberedDigestOfFile(folder / "a", folder / "memory"));
        QVERIFY(!fs::exists(folder / "memory"));
    }

    void memoryThatCannotBeWrittenIsNoError() {
        const TemporaryFolder folder;
        writeText(folder / "a", "some text");
        writeText(folder / "memory", "a file, no folder");
        QTest::qWait(3100);
        QVERIFY(rememberedDigestOfFile(folder / "a", folder / "memory", {}, 1).value() ==
                digestOf("some text"));
    }
};

QTEST_GUILESS_MAIN(TestFileDigest)
#include "tst_file_digest.moc"
