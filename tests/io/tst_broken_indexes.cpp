// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/atomic_file.h"
#include "io/fasta_reader.h"
#include "io/file_heads.h"
#include "io/small_vcf.h"

#include <QProcess>
#include <QStandardPaths>

#include <cstring>
#include <random>

using namespace diploscope;
using namespace diploscope::test;
namespace fs = std::filesystem;

namespace {

/// Two contigs, records a few hundred bp apart: the index has bins of several levels and many blocks.
std::string manyRecords() {
    std::string text = vcf("");
    text.replace(text.find("length=1000"), 11, "length=3000000");
    text.replace(text.find("length=1000"), 11, "length=3000000");
    for (const char* contig : {"1", "2"})
        for (int i = 1; i < 2500; ++i)
            text += record(std::string(contig) + " " + std::to_string(i * 997) + " A C 0|1 0|0 1|1");
    return text;
}

/// One change as damage or malice makes it; the bytes are decompressed, so no checksum helps.
std::string mutated(std::string bytes, std::mt19937& random) {
    const auto below = [&](size_t limit) {
        return std::uniform_int_distribution<size_t>(0, limit - 1)(random);
    };
    const size_t at = below(bytes.size());
    switch (below(7)) {
    case 0: // cut
        return bytes.substr(0, at);
    case 1: // a bit
        bytes[at] = static_cast<char>(bytes[at] ^ (1 << below(8)));
        return bytes;
    case 2: { // a number of four bytes, wherever one may stand
        const std::vector<int32_t> values{-1, 0, 1, 2, 255, 65536, 0x7fffffff, INT32_MIN, 0x10000000};
        const int32_t value = values[below(values.size())];
        std::memcpy(bytes.data() + std::min(at, bytes.size() - 4), &value, 4);
        return bytes;
    }
    case 3: { // counted up or down
        int32_t value = 0;
        const size_t place = std::min(at, bytes.size() - 4) / 4 * 4;
        std::memcpy(&value, bytes.data() + place, 4);
        value = static_cast<int32_t>(static_cast<uint32_t>(value) + (below(2) == 0 ? 1U : ~0U));
        std::memcpy(bytes.data() + place, &value, 4);
        return bytes;
    }
    case 4: // a stretch twice
        return bytes.insert(at, bytes.substr(at, 1 + below(64)));
    case 5: // a stretch left out
        return bytes.erase(at, 1 + below(64));
    default: // a place far behind the end
        std::memset(bytes.data() + std::min(at, bytes.size() - 8), static_cast<int>(below(256)), 8);
        return bytes;
    }
}

/// What a reading gives, in one line: a wrong index must not change it.
std::string sitesOf(const std::string& file) {
    const auto reader = VariantReader::open(file);
    if (!reader)
        return "error: " + reader.error().message();
    std::string found;
    for (const Region& region :
         {Region{"1", 0, 3'000'000}, Region{"2", 500'000, 600'000}, Region{"2", 2'400'000, 9'000'000'000}}) {
        const auto matrix = reader->read(region, Everybody, UnphasedRule::Refuse, "");
        if (!matrix)
            return "error: " + matrix.error().message();
        found += std::to_string(matrix->sites.size()) + " from " +
                 std::to_string(matrix->sites.empty() ? -1 : matrix->sites.front().position) + "; ";
    }
    return found;
}

} // namespace

class TestBrokenIndexes : public QObject {
    Q_OBJECT
private:
    TemporaryFolder m_cache;

    void mutateVariantIndex(const std::string& data, const std::string& suffix, int rounds) {
        const std::string good = sitesOf(data);
        QVERIFY2(good.starts_with("2499 from 996; "), good.c_str());
        const fs::path index = data + suffix;
        QVERIFY(fs::exists(index));
        const std::string bytes = readFileHead(index, size_t{1} << 24)->bytes;
        std::mt19937 random(20261126);
        for (int round = 0; round < rounds; ++round) {
            writeText(index, bgzipped(mutated(bytes, random)));
            const std::string found = sitesOf(data);
            QVERIFY2(found == good, (std::to_string(round) + ": " + found).c_str());
        }
    }

private Q_SLOTS:
    void initTestCase() { qputenv("XDG_CACHE_HOME", QByteArray::fromStdString(m_cache.path().string())); }

    void tabix() {
        const VcfFile file(manyRecords());
        mutateVariantIndex(file.path(), ".tbi", 400);
    }

    void csi() {
        if (QStandardPaths::findExecutable("bcftools").isEmpty())
            QSKIP("skipped: no bcftools");
        const VcfFile file(manyRecords());
        const TemporaryFolder folder;
        const QString bcf = QString::fromStdString((folder / "a.bcf").string());
        QCOMPARE(
            QProcess::execute("bcftools", {"view", "-Ob", "-o", bcf, QString::fromStdString(file.path())}),
            0);
        mutateVariantIndex(bcf.toStdString(), ".csi", 400);
    }

    void ofAnotherFile_data() {
        QTest::addColumn<QByteArray>("other");
        const auto bytes = [](const std::string& text) { return QByteArray::fromStdString(text); };
        const std::string text = manyRecords();
        QTest::newRow("the same in other blocks") << bytes(bgzipped(text, 3000));
        QTest::newRow("longer") << bytes(bgzipped(text + record("2 2999999 A C 0|1 0|0 1|1")));
        QTest::newRow("shorter") << bytes(bgzipped(text.substr(0, text.size() / 2 / 4000 * 4000)));
    }
    void ofAnotherFile() {
        QFETCH(QByteArray, other);
        const VcfFile file(manyRecords());
        const std::string good = sitesOf(file.path());
        const TemporaryFolder folder;
        writeText(folder / "b.vcf.gz", other.toStdString());
        DS_VERIFY(VariantReader::open((folder / "b.vcf.gz").string()));
        fs::copy_file(folder / "b.vcf.gz.tbi", file.path() + ".tbi", fs::copy_options::overwrite_existing);
        QCOMPARE(sitesOf(file.path()), good);
    }

    void fasta_data() {
        QTest::addColumn<QString>("suffix");
        QTest::newRow("fai") << ".fai";
        QTest::newRow("gzi") << ".gzi";
    }
    /// Of 300 changed indexes none ends the program or gives other bases.
    void fasta() {
        QFETCH(QString, suffix);
        const TemporaryFolder folder;
        const fs::path file = folder / "a.fa.gz";
        std::string text;
        for (const char* name : {"1", "2", "3"}) {
            text += std::string(">") + name + " a contig\n";
            for (int line = 0; line < 300; ++line) {
                for (int i = 0; i < 60; ++i)
                    text += "ACGT"[(line * 7 + i * i + name[0]) % 4];
                text += '\n';
            }
        }
        writeText(file, bgzipped(text));
        const auto basesOf = [&]() -> std::string {
            const auto reader = FastaReader::open(file);
            if (!reader)
                return "error: " + reader.error().message();
            std::string all;
            for (const char* name : {"1", "2", "3"}) {
                const auto bases = reader->fetch({name, 100, 18100});
                all += bases ? *bases : "error: " + bases.error().message();
            }
            return all;
        };
        const std::string good = basesOf();
        QCOMPARE(good.size(), size_t(3 * 18000));
        const fs::path index = file.string() + suffix.toStdString();
        const std::string bytes = *readWholeFile(index);
        std::mt19937 random(20261126);
        int errors = 0;
        for (int round = 0; round < 300; ++round) {
            writeText(index, mutated(bytes, random));
            const std::string found = basesOf();
            errors += found.starts_with("error: ") ? 1 : 0;
            // A FASTA that ends before its index does may be cut off, which is said.
            QVERIFY2(found == good || found.find("cut off") != std::string::npos,
                     (std::to_string(round) + ": " + found.substr(0, 300)).c_str());
        }
        QVERIFY2(errors < 100, std::to_string(errors).c_str());
        // What is no index at all is no reason to refuse the file.
        for (const std::string& broken :
             {std::string(), std::string("not an index\n"), bytes.substr(0, bytes.size() / 2)}) {
            writeText(index, broken);
            QVERIFY2(basesOf() == good, basesOf().substr(0, 300).c_str());
        }
    }

    void ofAnotherCompression() {
        const TemporaryFolder folder;
        std::string text = ">1\n";
        for (int i = 0; i < 5000; ++i)
            text += "ACGTACGTACGTACGTACGT\n";
        writeText(folder / "a.fa.gz", bgzipped(text, 4000));
        writeText(folder / "b.fa.gz", bgzipped(text, 3000));
        DS_VERIFY(FastaReader::open(folder / "b.fa.gz"));
        for (const char* suffix : {".fai", ".gzi"})
            fs::copy_file(folder / (std::string("b.fa.gz") + suffix),
                          folder / (std::string("a.fa.gz") + suffix));
        const auto reader = FastaReader::open(folder / "a.fa.gz");
        DS_VERIFY(reader);
        const auto bases = reader->fetch({"1", 90'000, 90'010});
        DS_VERIFY(bases);
        QCOMPARE(*bases, std::string("ACGTACGTAC"));
    }

    void publicCases() {
        DS_SKIP_WITHOUT_SHARED_DATA();
        const fs::path folder = sharedData() / "../cases/bytes";
        if (!fs::exists(folder))
            QSKIP("skipped: no shared cases");
        const auto reader =
            FastaReader::open(folder / "gzi_of_another_compression_of_the_same_FASTA-f.fa.gz");
        DS_VERIFY(reader);
        const std::string contig = reader->contigs().front();
        DS_VERIFY(reader->fetch({contig, 0, reader->contigLength(contig)}));
        const auto variants = VariantReader::open((folder / "tbi_cut_inside-v.vcf.gz").string());
        DS_VERIFY(variants);
        DS_VERIFY(variants->read({variants->contigs().front(), 0, 100'000'000}, variants->people(),
                                 UnphasedRule::AsListed, ""));
        const auto bcf = VariantReader::open((folder / "04-bcf-without-contig-lines.bcf").string());
        QVERIFY(!bcf);
        QVERIFY2(QString::fromStdString(bcf.error().what).contains("contig line"),
                 bcf.error().message().c_str());
    }
};

QTEST_GUILESS_MAIN(TestBrokenIndexes)
#include "tst_broken_indexes.moc"
