// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/random_access_file.h"
#include "support.h"

#include <sys/stat.h>

#include <thread>
#include <vector>

using namespace diploscope;
using namespace diploscope::test;

class TestRandomAccessFile : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsAtPlaces() {
        const TemporaryFolder folder;
        writeText(folder / "file", "0123456789");
        const auto file = RandomAccessFile::open(folder / "file");
        DS_VERIFY(file);
        QCOMPARE(file->size(), int64_t{10});
        std::string bytes(3, ' ');
        QVERIFY(file->read(4, bytes));
        QCOMPARE(bytes, std::string("456"));
        QVERIFY(file->read(0, bytes));
        QCOMPARE(bytes, std::string("012"));
        QVERIFY(file->read(10, {}));
        QVERIFY(!file->read(8, bytes)); // one too few
        QVERIFY(!file->read(100, bytes));
    }

    /// A mapped file would end the process here.
    void isCutOffMeanwhile() {
        const TemporaryFolder folder;
        writeText(folder / "file", std::string(100'000, 'x'));
        const auto file = RandomAccessFile::open(folder / "file");
        DS_VERIFY(file);
        std::filesystem::resize_file(folder / "file", 10);
        std::string bytes(10, ' ');
        QVERIFY(!file->read(90'000, bytes));
        QVERIFY(file->read(0, bytes));
        std::filesystem::remove(folder / "file");
        QVERIFY(file->read(0, bytes)); // it is there as long as it is open
    }

    void severalThreads() {
        const TemporaryFolder folder;
        std::string text;
        for (int i = 0; i < 10'000; ++i)
            text += static_cast<char>('a' + i % 26);
        writeText(folder / "file", text);
        const auto file = RandomAccessFile::open(folder / "file");
        DS_VERIFY(file);
        std::vector<int> wrong(4, 0);
        std::vector<std::thread> threads;
        for (size_t t = 0; t < wrong.size(); ++t)
            threads.emplace_back([&, t] {
                std::string bytes(97, ' ');
                for (size_t at = t; at + bytes.size() <= text.size(); at += 31)
                    wrong[t] += !file->read(static_cast<int64_t>(at), bytes) ||
                                bytes != text.substr(at, bytes.size());
            });
        for (std::thread& thread : threads)
            thread.join();
        QCOMPARE(wrong, std::vector<int>(4, 0));
    }

    void whatIsNoFile() {
        const TemporaryFolder folder;
        QCOMPARE(RandomAccessFile::open(folder / "none").error().kind, ErrorKind::NotFound);
        QCOMPARE(RandomAccessFile::open(folder.path()).error().kind, ErrorKind::BadInput);
        QCOMPARE(mkfifo((folder / "pipe").c_str(), 0600), 0);
        QCOMPARE(RandomAccessFile::open(folder / "pipe").error().kind,
                 ErrorKind::BadInput); // and does not wait
    }

    void moves() {
        const TemporaryFolder folder;
        writeText(folder / "a", "aa");
        writeText(folder / "b", "bbb");
        RandomAccessFile one = RandomAccessFile::open(folder / "a").value();
        one = RandomAccessFile::open(folder / "b").value();
        const RandomAccessFile two = std::move(one);
        QCOMPARE(two.size(), int64_t{3});
        std::string bytes(3, ' ');
        QVERIFY(two.read(0, bytes));
        QCOMPARE(bytes, std::string("bbb"));
    }
};

QTEST_GUILESS_MAIN(TestRandomAccessFile)
#include "tst_random_access_file.moc"
