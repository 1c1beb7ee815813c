// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/vcf_sites.h"

#include "io/compressed_text.h"
#include "support.h"

#include <fmt/format.h>

using namespace diploscope;
using namespace diploscope::test;

class TestVcfSites : public QObject {
    Q_OBJECT

    TemporaryFolder m_folder;
    const std::vector<std::string> m_contigs{"chr22", "HLA-A*01:01"};
    static constexpr auto head = "##fileformat=VCFv4.2\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n";

    Result<std::vector<Variant>> read(const std::string& text) const {
        writeText(m_folder / "a.vcf", text);
        return readVcfSites(m_folder / "a.vcf", m_contigs);
    }

private Q_SLOTS:
    void whatIsWrittenIsRead() {
        const std::vector<Variant> changes{{"HLA-A*01:01", 6, "A", "AT"},
                                           {"chr22", 99, "A", "G"},
                                           {"chr22", 104, "ACG", "A"},
                                           {"chr22", 119, "AC", "AC"}};
        const std::string text = vcfOfSites({changes[2], changes[0], changes[3], changes[1]},
                                            {{"source", "diploscope"}, {"reference", "a\tb\nc"}});
        QVERIFY(text.starts_with("##fileformat=VCFv4.3\n##source=diploscope\n##reference=a b c\n"));
        QVERIFY(text.find("chr22\t120\t.\tAC\t.\t") != std::string::npos);
        const auto found = read(text);
        DS_VERIFY(found);
        QCOMPARE(*found, changes);
    }

    void recordsOfOthersAreRead() {
        const auto found = read(std::string(head).append("22\t100\trs1\ta\tC,g\t.\tPASS\t.\tGT\t0|1\n\n"
                                                         "22\t103\t.\tTA\tTG\t.\t.\t.\n"));
        DS_VERIFY(found);
        QCOMPARE(*found, (std::vector<Variant>{
                             {"chr22", 99, "A", "C"}, {"chr22", 99, "A", "G"}, {"chr22", 103, "A", "G"}}));
    }

    void whatIsWrongIsSaid_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("word");
        const QByteArray start(head);
        QTest::newRow("no header") << QByteArray("22\t100\t.\tA\tC\t.\t.\t.\n") << QByteArray("no VCF");
        QTest::newRow("no record") << start << QByteArray("no record");
        QTest::newRow("short record") << start + "22\t100\t.\tA\n" << QByteArray("4 columns");
        QTest::newRow("no place") << start + "22\t0\t.\tA\tC\t.\t.\t.\n" << QByteArray("`0`");
        QTest::newRow("beyond all places") << start + "22\t9223372036854775807\t.\tA\tC\t.\t.\t.\n"
                                           << QByteArray("`9223372036854775807`");
        QTest::newRow("symbolic") << start + "22\t100\t.\tA\t<DEL>\t.\t.\t.\n" << QByteArray("<DEL>");
        QTest::newRow("N") << start + "22\t100\t.\tN\tA\t.\t.\t.\n" << QByteArray("`N`");
        QTest::newRow("contig") << start + "7\t100\t.\tA\tC\t.\t.\t.\n" << QByteArray("`7`");
        QByteArray many = start;
        for (size_t i = 0; i <= MostVcfSites; ++i)
            many += "22\t" + QByteArray::number(static_cast<qulonglong>(100 + i)) + "\t.\tA\tC\t.\t.\t.\n";
        QTest::newRow("too many") << many << QByteArray("more than 1000");
        QTest::newRow("too many in a record")
            << start + "22\t100\t.\tA\tC" + QByteArray(",C").repeated(2'000'000) + "\t.\t.\t.\n"
            << QByteArray("more than 1000");
        QTest::newRow("too many copies of a long one")
            << start + "22\t100\t.\t" + QByteArray(1'000'000, 'A') + "\t." + QByteArray(",.").repeated(900) +
                   "\n"
            << QByteArray("bases of alleles");
        QTest::newRow("overflowing") << start + "22\t9223372036854775807\t.\tA\tC\t.\t.\t.\n"
                                     << QByteArray("no place");
        QTest::newRow("beyond any contig") << start + "22\t1099511627777\t.\tA\tC\n"
                                           << QByteArray("no place");
        QTest::newRow("negative") << start + "22\t-5\t.\tA\tC\n" << QByteArray("no place");
        QTest::newRow("not whole") << start + "22\t1e2\t.\tA\tC\n" << QByteArray("no place");
        QTest::newRow("no REF") << start + "22\t100\t.\t\tC\t.\t.\t.\n" << QByteArray("in bases");
        QTest::newRow("no ALT") << start + "22\t100\t.\tA\t\t.\t.\t.\n" << QByteArray("in bases");
        QTest::newRow("an ALT missing") << start + "22\t100\t.\tA\tC,,G\n" << QByteArray("in bases");
        QTest::newRow("blanks for tabs") << start + "22 100 . A C . . .\n" << QByteArray("1 columns");
        QTest::newRow("empty") << QByteArray() << QByteArray("empty");
        QTest::newRow("binary") << QByteArray("BCF\2\2\0\0", 7) << QByteArray("binary");
    }

    void linesMayEndAsTheyDo() {
        const std::string plain = fmt::format("{}22\t100\t.\tA\tC\t.\t.\t.", head);
        std::string windows;
        for (const char byte : fmt::format("{}\n", plain))
            windows.append(byte == '\n' ? "\r\n" : std::string(1, byte));
        for (const std::string& text : {plain, windows, gzipped(plain), bgzipped(plain)}) {
            const auto found = read(text);
            DS_VERIFY(found);
            QCOMPARE(*found, (std::vector<Variant>{{"chr22", 99, "A", "C"}}));
        }
    }
    void whatIsWrongIsSaid() {
        QFETCH(const QByteArray, text);
        QFETCH(const QByteArray, word);
        const auto found = read(text.toStdString());
        QVERIFY(!found);
        QVERIFY2(found.error().what.find(word.toStdString()) != std::string::npos,
                 found.error().what.c_str());
        QVERIFY(found.error().where.find("a.vcf") != std::string::npos);
        QVERIFY(!found.error().remedy.empty());
    }

    void aFileThatIsNotThere() {
        const auto found = readVcfSites(m_folder / "none.vcf", m_contigs);
        QVERIFY(!found && found.error().kind == ErrorKind::NotFound);
    }
};

QTEST_GUILESS_MAIN(TestVcfSites)
#include "tst_vcf_sites.moc"
