// SPDX-License-Identifier: GPL-3.0-or-later
#include "genome/bases.h"
#include "io/compressed_text.h"
#include "io/fasta_reader.h"
#include "support.h"

#include <atomic>
#include <chrono>
#include <thread>
#include <unistd.h>

using namespace diploscope;
namespace fs = std::filesystem;

namespace {

const std::string Small = ">1 first contig\nACGTN\nacgtR\nAC\n>chr2\nGGGGGGG\nTT\n>3\nA\n";

std::vector<std::string> namesIn(const fs::path& folder) {
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(folder))
        names.push_back(entry.path().filename().string());
    std::sort(names.begin(), names.end());
    return names;
}

std::string fetched(const FastaReader& reader, const Region& region) {
    const Result<std::string> bases = reader.fetch(region);
    return bases ? *bases : "error: " + bases.error().message();
}

} // namespace

class TestFastaReader : public QObject {
    Q_OBJECT
private:
    test::TemporaryFolder m_cache;

private Q_SLOTS:
    void initTestCase() { qputenv("XDG_CACHE_HOME", QByteArray::fromStdString(m_cache.path().string())); }

    void fetches_data() {
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<QString>("name");
        std::string crlf;
        for (const char c : Small)
            crlf += c == '\n' ? "\r\n" : std::string(1, c);
        QTest::newRow("plain") << QByteArray::fromStdString(Small) << "a.fa";
        QTest::newRow("plain, CRLF") << QByteArray::fromStdString(crlf) << "a.fa";
        QTest::newRow("plain, no newline at the end")
            << QByteArray::fromStdString(Small).chopped(1) << "a.fa";
        QTest::newRow("bgzip") << QByteArray::fromStdString(test::bgzipped(Small)) << "a.fa.gz";
        QTest::newRow("bgzip in small blocks")
            << QByteArray::fromStdString(test::bgzipped(Small, 7)) << "a.fa.gz";
    }
    void fetches() {
        QFETCH(QByteArray, content);
        QFETCH(QString, name);
        const test::TemporaryFolder folder;
        const fs::path file = folder / name.toStdString();
        test::writeText(file, content.toStdString());
        for (int round = 0; round < 2; ++round) { // builds the index, then finds it
            const auto reader = FastaReader::open(file);
            DS_VERIFY(reader);
            QCOMPARE(reader->contigs(), (std::vector<std::string>{"1", "chr2", "3"}));
            QCOMPARE(reader->contigLength("1"), int64_t(12));
            QCOMPARE(reader->contigLength("2"), int64_t(-1));
            QCOMPARE(fetched(*reader, {"1", 0, 12}), std::string("ACGTNACGTNAC"));
            QCOMPARE(fetched(*reader, {"1", 3, 7}), std::string("TNAC"));
            QCOMPARE(fetched(*reader, {"1", -3, 2}), std::string("NNNAC"));
            QCOMPARE(fetched(*reader, {"1", 10, 15}), std::string("ACNNN"));
            QCOMPARE(fetched(*reader, {"1", -2, 14}), std::string("NNACGTNACGTNACNN"));
            QCOMPARE(fetched(*reader, {"1", -9, -5}), std::string("NNNN"));
            QCOMPARE(fetched(*reader, {"1", 12, 14}), std::string("NN"));
            QCOMPARE(fetched(*reader, {"1", 5, 5}), std::string());
            QCOMPARE(fetched(*reader, {"3", 0, 1}), std::string("A"));
            QCOMPARE(fetched(*reader, {"chr2", 6, 9}), std::string("GTT"));
        }
        const std::string n = name.toStdString();
        QCOMPARE(namesIn(folder.path()), (n == "a.fa" ? std::vector<std::string>{n, n + ".fai"}
                                                      : std::vector<std::string>{n, n + ".fai", n + ".gzi"}));
    }

    /// U of RNA is T; what is none of A, C, G, T, U is N.
    void letters() {
        const test::TemporaryFolder folder;
        test::writeText(folder / "a.fa", ">1\nACGTUacgtuRN-\n");
        const auto reader = FastaReader::open(folder / "a.fa");
        DS_VERIFY(reader);
        QCOMPARE(fetched(*reader, {"1", 0, 13}), std::string("ACGTTACGTTNNN"));
        QCOMPARE(reverseComplement("ACGUu"), std::string("AACGT"));
    }

    void unknownContig() {
        const test::TemporaryFolder folder;
        test::writeText(folder / "a.fa", Small);
        const auto reader = FastaReader::open(folder / "a.fa");
        DS_VERIFY(reader);
        const auto bases = reader->fetch({"2", 0, 4});
        QVERIFY(!bases);
        QCOMPARE(bases.error().kind, ErrorKind::NotFound);
        QVERIFY(QString::fromStdString(bases.error().remedy).contains("chr2"));
    }

    void refuses_data() {
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<QString>("what");
        const auto bytes = [](const std::string& text) { return QByteArray::fromStdString(text); };
        QTest::newRow("empty") << QByteArray() << "empty";
        QTest::newRow("bgzip of nothing") << bytes(test::bgzipped("")) << "empty once decompressed";
        QTest::newRow("gzip") << bytes(test::gzipped(Small)) << "bgzip is needed";
        QTest::newRow("bgzip cut at a block") << bytes(test::bgzipped(Small, 20, false)) << "cut off";
        QTest::newRow("bgzip cut in a block") << bytes(test::bgzipped(Small, 20)).chopped(40) << "cut off";
        QTest::newRow("FASTQ") << bytes("@r1\nACGT\n+\nIIII\n") << "FASTQ";
        QTest::newRow("text") << bytes("gene\tvalue\n") << "not FASTA";
        QTest::newRow("short line inside a contig") << bytes(">1\nACGT\nAC\nACGT\n") << "not as long";
        QTest::newRow("numbers") << bytes(">1\n1ACGTAC\n7ACGTAC\n") << "contig \"1\" holds `1`";
        QTest::newRow("GenBank") << bytes(">a b\nACGT\n>2\n       1 acgtacgtac gtacgtacgt\n      21 acg\n")
                                 << "contig \"2\" holds ` `";
        QTest::newRow("blanks between bases") << bytes(">1\nACG TAC\nACG TAC\n") << "holds ` `";
        QTest::newRow("a zero byte") << bytes(std::string(">1\nACG\0TAC\n", 11)) << "holds `\\";
        QTest::newRow("longer line") << bytes(">1\nACGT\nACGTA\n") << "longer";
    }
    void refuses() {
        QFETCH(QByteArray, content);
        QFETCH(QString, what);
        const test::TemporaryFolder folder;
        test::writeText(folder / "a.fa", content.toStdString());
        const auto reader = FastaReader::open(folder / "a.fa");
        QVERIFY(!reader);
        QCOMPARE(reader.error().kind, ErrorKind::BadInput);
        QVERIFY2(QString::fromStdString(reader.error().what).contains(what),
                 reader.error().message().c_str());
        QVERIFY(QString::fromStdString(reader.error().where).contains("a.fa"));
        QVERIFY(!reader.error().remedy.empty());
        QCOMPARE(namesIn(folder.path()), std::vector<std::string>{"a.fa"}); // nothing left behind
    }

    /// With an index of somebody else's, which counts numbers as bases.
    void numbersUnderAnIndex() {
        const test::TemporaryFolder folder;
        test::writeText(folder / "a.fa", ">1\n1ACGTAC\n7ACGTAC\n");
        test::writeText(folder / "a.fa.fai", "1\t14\t3\t7\t8\n");
        const auto reader = FastaReader::open(folder / "a.fa");
        DS_VERIFY(reader); // its ends are good
        const auto bases = reader->fetch({"1", 0, 14});
        QVERIFY(!bases);
        QCOMPARE(bases.error().kind, ErrorKind::BadInput);
    }

    void missingFileAndFolder() {
        const test::TemporaryFolder folder;
        QCOMPARE(FastaReader::open(folder / "none.fa").error().kind, ErrorKind::NotFound);
        QCOMPARE(FastaReader::open(folder.path()).error().kind, ErrorKind::BadInput);
    }

    void staleIndexIsNotUsed() {
        const test::TemporaryFolder folder;
        const fs::path file = folder / "a.fa";
        const fs::path index = folder / "a.fa.fai";
        test::writeText(file, Small);
        DS_VERIFY(FastaReader::open(file));
        const std::string oldIndex = [&] {
            std::ifstream in(index);
            return std::string(std::istreambuf_iterator<char>(in), {});
        }();
        test::writeText(file, ">1 a longer name than before\nTTTT\nTTTT\n");
        fs::last_write_time(index, fs::last_write_time(file) - std::chrono::hours(1));
        const auto reader = FastaReader::open(file);
        DS_VERIFY(reader);
        QCOMPARE(fetched(*reader, {"1", 0, 9}), std::string("TTTTTTTTN"));
        // The user's file is left as it was; ours is in the cache.
        std::ifstream in(index);
        QCOMPARE(std::string(std::istreambuf_iterator<char>(in), {}), oldIndex);
        QVERIFY(!fs::is_empty(m_cache.path() / "diploscope/indexes"));
    }

    void indexOfAnotherFile_data() {
        QTest::addColumn<QByteArray>("index");
        QTest::addColumn<QString>("what");
        // Such an index is left where it is, and another one built in the cache.
        const QString rebuilt;
        QTest::newRow("contig elsewhere") << QByteArray("1\t12\t7\t5\t6\n") << rebuilt;
        QTest::newRow("other name") << QByteArray("7\t12\t16\t5\t6\n") << rebuilt;
        QTest::newRow("other widths")
            << QByteArray("1\t12\t16\t4\t5\nchr2\t9\t37\t7\t8\n3\t1\t51\t1\t2\n") << rebuilt;
        QTest::newRow("contig too short") << QByteArray("1\t11\t16\t5\t6\n") << rebuilt;
        QTest::newRow("not an index") << QByteArray("hello\n") << rebuilt;
        QTest::newRow("no text at all") << QByteArray("\n") << rebuilt;
        QTest::newRow("negative") << QByteArray("1\t-12\t16\t5\t6\n") << rebuilt;
        QTest::newRow("no line width") << QByteArray("1\t12\t16\t0\t0\n") << rebuilt;
        QTest::newRow("a contig twice") << QByteArray("1\t12\t16\t5\t6\n1\t12\t16\t5\t6\n") << rebuilt;
        QTest::newRow("numbers beyond any file")
            << QByteArray("1\t9223372036854775807\t16\t1\t9223372036854775807\n") << rebuilt;
        // This may be a FASTA that was cut off, which a new index would hide.
        QTest::newRow("longer than the file")
            << QByteArray("1\t12\t16\t5\t6\nchr2\t9\t37\t7\t8\n3\t500\t51\t60\t61\n") << "cut off";
    }
    void indexOfAnotherFile() {
        QFETCH(QByteArray, index);
        QFETCH(QString, what);
        const test::TemporaryFolder folder;
        test::writeText(folder / "a.fa", Small);
        test::writeText(folder / "a.fa.fai", index.toStdString());
        const auto reader = FastaReader::open(folder / "a.fa");
        if (what.isEmpty()) {
            DS_VERIFY(reader);
            QCOMPARE(fetched(*reader, {"1", 0, 12}), std::string("ACGTNACGTNAC"));
            QCOMPARE(fetched(*reader, {"3", 0, 2}), std::string("AN"));
            std::ifstream kept(folder / "a.fa.fai");
            QCOMPARE(QByteArray::fromStdString({std::istreambuf_iterator<char>(kept), {}}), index);
            return;
        }
        QVERIFY(!reader);
        QVERIFY2(QString::fromStdString(reader.error().what).contains(what),
                 reader.error().message().c_str());
        QVERIFY(QString::fromStdString(reader.error().remedy).contains("delete the index"));
    }

    void readOnlyFolderUsesTheCache() {
        const test::TemporaryFolder folder;
        const fs::path inner = folder / "locked";
        test::writeText(inner / "a.fa.gz", test::bgzipped(Small));
        fs::permissions(inner, fs::perms::owner_read | fs::perms::owner_exec);
        const bool locked = access(inner.c_str(), W_OK) != 0;
        const auto reader = FastaReader::open(inner / "a.fa.gz");
        fs::permissions(inner, fs::perms::owner_all);
        DS_VERIFY(reader);
        QCOMPARE(fetched(*reader, {"1", 3, 7}), std::string("TNAC"));
        if (!locked)
            QSKIP("skipped: this user may write everywhere");
        QCOMPARE(namesIn(inner), std::vector<std::string>{"a.fa.gz"});
    }

    void damagedBlockIsAnError() {
        const test::TemporaryFolder folder;
        const fs::path file = folder / "a.fa.gz";
        std::string text = ">1\n";
        for (int i = 0; i < 1000; ++i)
            text += "ACGTACGTACGTACGTACGT\n";
        std::string bytes = test::bgzipped(text);
        test::writeText(file, bytes);
        DS_VERIFY(FastaReader::open(file));
        bytes[bytes.size() / 2] ^= 0x55;
        test::writeText(file, bytes);
        fs::last_write_time(folder / "a.fa.gz.fai", fs::last_write_time(file) + std::chrono::seconds(2));
        fs::last_write_time(folder / "a.fa.gz.gzi", fs::last_write_time(file) + std::chrono::seconds(2));
        const auto reader = FastaReader::open(file);
        DS_VERIFY(reader); // its ends are good
        const auto bases = reader->fetch({"1", 0, 20000});
        QVERIFY(!bases);
        QCOMPARE(bases.error().kind, ErrorKind::BadInput);
    }

    void fromSeveralThreads() {
        const test::TemporaryFolder folder;
        std::string text = ">1\n";
        std::string all;
        for (int i = 0; i < 3000; ++i) {
            std::string line;
            for (int j = 0; j < 50; ++j)
                line += "ACGT"[(i * 7 + j * j) % 4];
            all += line;
            text += line + "\n";
        }
        test::writeText(folder / "a.fa.gz", test::bgzipped(text));
        const auto reader = FastaReader::open(folder / "a.fa.gz");
        DS_VERIFY(reader);
        std::atomic<int> wrong = 0;
        {
            std::vector<std::jthread> threads;
            for (int t = 0; t < 4; ++t)
                threads.emplace_back([&, t] {
                    for (int64_t i = 0; i < 200; ++i) {
                        const int64_t start = (i * 7919 + t * 104729) % 140000;
                        const auto bases = reader->fetch({"1", start, start + 5000});
                        if (!bases || *bases != all.substr(static_cast<size_t>(start), 5000))
                            ++wrong;
                    }
                });
        }
        QCOMPARE(wrong.load(), 0);
    }

    void realReference() {
        DS_SKIP_WITHOUT_SHARED_DATA();
        const auto reader =
            FastaReader::open(test::sharedData() / "geuvadis_chr22/reference/hg19.22.1-22000000.fa.gz");
        DS_VERIFY(reader);
        QCOMPARE(reader->contigs(), std::vector<std::string>{"22"});
        QCOMPARE(reader->contigLength("22"), int64_t(22000000));
        QCOMPARE(fetched(*reader, {"22", 16049990, 16050002}), std::string("NNNNNNNNNNGA"));
        const std::string end = fetched(*reader, {"22", 21999999, 22000002});
        QVERIFY(end[0] != 'N' && end.ends_with("NN"));
        const std::string stretch = fetched(*reader, {"22", 17000000, 17100000});
        QCOMPARE(stretch.find_first_not_of("ACGT"), std::string::npos);
    }
};

QTEST_GUILESS_MAIN(TestFastaReader)
#include "tst_fasta_reader.moc"
