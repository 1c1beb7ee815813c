// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/checksum.h"
#include "support.h"

#include <set>

using namespace diploscope;
using namespace diploscope::test;

class TestChecksum : public QObject {
    Q_OBJECT

private Q_SLOTS:
    /// The digest is part of every cache key on disk: it may never change.
    /// -H2`.
    void digestIsStable_data() {
        QTest::addColumn<std::string>("text");
        QTest::addColumn<std::string>("expected");
        QTest::newRow("empty") << std::string() << std::string("99aa06d3014798d86001c324468d497f");
        QTest::newRow("abc") << std::string("abc") << std::string("06b05ab6733a618578af5f94892f3950");
    }
    void digestIsStable() {
        QFETCH(std::string, text);
        QFETCH(std::string, expected);
        QCOMPARE(toHex(digestOf(text)), expected);
    }

    /// In pieces of any size it is the same.
    void digestOfPieces() {
        std::string text;
        for (int i = 0; i < 5000; ++i)
            text += std::to_string(i);
        for (const size_t size : {size_t{1}, size_t{7}, size_t{256}, text.size()}) {
            DigestOfPieces pieces;
            for (size_t at = 0; at < text.size(); at += size)
                pieces.add(std::string_view(text).substr(at, size));
            QVERIFY(pieces.digest() == digestOf(text));
        }
        QVERIFY(DigestOfPieces().digest() == digestOf(""));
    }

    void digestTellsApart() {
        std::set<std::string> seen;
        std::string sequence(300, 'A');
        for (size_t i = 0; i < sequence.size(); ++i) {
            std::string edited = sequence;
            edited[i] = 'C';
            seen.insert(toHex(digestOf(edited)));
        }
        QCOMPARE(seen.size(), sequence.size());
        QVERIFY(digestOf(std::string_view("a\0", 2)) != digestOf("a"));
    }

    /// FIPS 180-2 examples, and one that is longer than the reader's buffer.
    void sha256_data() {
        QTest::addColumn<std::string>("text");
        QTest::addColumn<std::string>("expected");
        QTest::newRow("empty") << std::string()
                               << std::string(
                                      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        QTest::newRow("abc") << std::string("abc")
                             << std::string(
                                    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        QTest::newRow("three million a")
            << std::string(3000000, 'a')
            << std::string("2a152c894398719c0570f83fac34ac03a0f6e8e474b995c2403aa5434f7b9dd4");
    }
    void sha256() {
        QFETCH(std::string, text);
        QFETCH(std::string, expected);
        const TemporaryFolder folder;
        writeText(folder / "file", text);
        const auto sum = sha256OfFile(folder / "file");
        DS_VERIFY(sum);
        QCOMPARE(*sum, expected);
    }

    void refuses() {
        const TemporaryFolder folder;
        const auto missing = sha256OfFile(folder / "none");
        QVERIFY(!missing);
        QCOMPARE(missing.error().kind, ErrorKind::NotFound);
        QVERIFY(!missing.error().remedy.empty());
        QVERIFY(!sha256OfFile(folder.path())); // a folder opens, but cannot be read
    }
};

QTEST_GUILESS_MAIN(TestChecksum)
#include "tst_checksum.moc"
