// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/small_vcf.h"

#include <atomic>
#include <thread>
#include <tuple>

using namespace diploscope;
using namespace diploscope::test;
namespace fs = std::filesystem;

class TestVariantReader : public QObject {
    Q_OBJECT
private:
    TemporaryFolder m_cache;

private Q_SLOTS:
    void initTestCase() { qputenv("XDG_CACHE_HOME", QByteArray::fromStdString(m_cache.path().string())); }

    void genotypes_data() {
        QTest::addColumn<QString>("genotypes");
        QTest::addColumn<QList<int>>("expected");
        QTest::addColumn<QList<int>>("counts"); // missing, unphased, haploid
        QTest::newRow("phased") << "0|1 1|0 1|1" << QList{0, 1, 1, 0, 1, 1} << QList{0, 0, 0};
        QTest::newRow("second and third allele")
            << "2|1 0|3 3|3" << QList{2, 1, 0, 3, 3, 3} << QList{0, 0, 0};
        QTest::newRow("missing") << ".|. ./. 0|1" << QList{-1, -1, -1, -1, 0, 1} << QList{4, 0, 0};
        QTest::newRow("missing, one dot") << ". . 0|1" << QList{-1, -1, -1, -1, 0, 1} << QList{4, 0, 0};
        QTest::newRow("half missing, phased")
            << ".|1 1|. 0|." << QList{-1, 1, 1, -1, 0, -1} << QList{3, 0, 0};
        QTest::newRow("half missing, unphased reference")
            << "./0 0/. 0/0" << QList{-1, 0, 0, -1, 0, 0} << QList{2, 0, 0};
        QTest::newRow("unphased homozygotes") << "1/1 0/0 2/2" << QList{1, 1, 0, 0, 2, 2} << QList{0, 0, 0};
        QTest::newRow("haploid") << "1 0 0|1" << QList{1, 1, 0, 0, 0, 1} << QList{0, 0, 2};
        QTest::newRow("VCF 4.4, phased") << "|0|1 |1|0 |2|3" << QList{0, 1, 1, 0, 2, 3} << QList{0, 0, 0};
        QTest::newRow("VCF 4.4, others beside")
            << "|0|1 0|1 /1/1" << QList{0, 1, 0, 1, 1, 1} << QList{0, 0, 0};
        QTest::newRow("VCF 4.4, haploid and missing")
            << "|1 /0 |.|." << QList{1, 1, 0, 0, -1, -1} << QList{2, 0, 2};
        QTest::newRow("all haploid") << "1 0 2" << QList{1, 1, 0, 0, 2, 2} << QList{0, 0, 3};
    }
    void genotypes() {
        QFETCH(QString, genotypes);
        QFETCH(QList<int>, expected);
        QFETCH(QList<int>, counts);
        const VcfFile file(vcf(record("1 100 A C,G,T " + genotypes.toStdString())));
        const auto matrix = file.read();
        DS_VERIFY(matrix);
        QCOMPARE(matrix->sites.size(), size_t(1));
        QCOMPARE(matrix->sites[0].position, int64_t(99));
        QCOMPARE(matrix->sites[0].id, std::string());
        const std::vector<int> alleles = row(*matrix, 0);
        QCOMPARE(QList<int>(alleles.begin(), alleles.end()), expected);
        QCOMPARE((QList<int>{int(matrix->counts.missingAlleles), int(matrix->counts.unphasedHeterozygotes),
                             int(matrix->counts.haploidCalls)}),
                 counts);
    }

    void unphasedHeterozygote_data() {
        QTest::addColumn<QString>("genotype");
        QTest::newRow("heterozygote") << "0/1";
        QTest::newRow("two alternates") << "1/2";
        QTest::newRow("half missing") << "./1";
        QTest::newRow("half missing, other side") << "1/.";
        QTest::newRow("VCF 4.4") << "/0/1";
        QTest::newRow("VCF 4.4, first allele unphased") << "/0|1";
        QTest::newRow("VCF 4.4, second allele unphased") << "|0/1";
    }
    void unphasedHeterozygote() {
        QFETCH(QString, genotype);
        const VcfFile file(vcf(record("1 50 A C,G 0|0 0|0 0|1") +
                               record("1 100 A C,G 0|0 " + genotype.toStdString() + " 0|1")));
        const auto refused = file.read();
        QVERIFY(!refused);
        QCOMPARE(refused.error().kind, ErrorKind::Mismatch);
        QVERIFY2(QString::fromStdString(refused.error().what).contains("genotype of B "),
                 refused.error().message().c_str());
        QVERIFY2(QString::fromStdString(refused.error().where).endsWith("1:100"),
                 refused.error().message().c_str());
        QVERIFY(QString::fromStdString(refused.error().remedy).contains("as-listed"));
        const auto taken = file.read(UnphasedRule::AsListed);
        DS_VERIFY(taken);
        QCOMPARE(taken->counts.unphasedHeterozygotes, int64_t(1));
        QCOMPARE(taken->sites.size(), size_t(2));
    }

    void unaskedPeopleMayBeUnphased() {
        const VcfFile file(vcf(record("1 100 A C 0/1 0|1 1|1")));
        const auto reader = VariantReader::open(file.path());
        DS_VERIFY(reader);
        const auto matrix = reader->read({"1", 0, 1000}, {"C", "B"}, UnphasedRule::Refuse, "");
        DS_VERIFY(matrix);
        QCOMPARE(matrix->people, (std::vector<std::string>{"C", "B"}));
        QCOMPARE(row(*matrix, 0), (std::vector<int>{1, 1, 0, 1})); // in the order asked for, not the file's
    }

    /// Heterozygous in two phase sets; a homozygote says nothing, nor does what an unphased one has.
    void phaseSets() {
        const std::string header =
            "##fileformat=VCFv4.2\n##contig=<ID=1>\n##FORMAT=<ID=GT,Number=1,Type=String,Description=\"g\">\n"
            "##FORMAT=<ID=PS,Number=1,Type=Integer,Description=\"p\">\n"
            "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tA\tB\tC\n";
        const VcfFile file(header + "1\t100\t.\tA\tC\t.\t.\t.\tGT:PS\t0|1:100\t0|1:100\t1|1:100\n"
                                    "1\t200\t.\tA\tC\t.\t.\t.\tGT:PS\t1|0:100\t0|1:200\t0|1:200\n"
                                    "1\t300\t.\tA\tC\t.\t.\t.\tGT:PS\t1|1:300\t0|1:300\t0|0:.\n");
        const auto matrix = file.read();
        DS_VERIFY(matrix);
        QCOMPARE(matrix->severalPhaseSets, (std::vector<bool>{false, true, false}));
        QCOMPARE(matrix->counts, GenotypeCounts{.severalPhaseSets = 1});
        const auto first = file.read(UnphasedRule::Refuse, "", {"1", 0, 150});
        DS_VERIFY(first);
        QCOMPARE(first->severalPhaseSets, (std::vector<bool>(3, false)));
        // Some with, some without: those without are of one set.
        const VcfFile mixed(header + "1\t100\t.\tA\tC\t.\t.\t.\tGT:PS\t0|1:100\t0|1:.\t0|1:.\n"
                                     "1\t200\t.\tA\tC\t.\t.\t.\tGT\t0|1\t0|1\t1|1\n");
        const auto some = mixed.read();
        DS_VERIFY(some);
        QCOMPARE(some->severalPhaseSets, (std::vector<bool>{true, false, false}));
        QVERIFY(VcfFile(vcf(record("1 100 A C 0|1 0|0 0|0"))).read()->severalPhaseSets.empty());
    }

    void whatIsNoSequence() {
        const VcfFile file(vcf(record("1 10 A . 0|0 0|0 0|0") + record("1 20 A <DEL> 0|1 0|0 0|0") +
                               record("1 30 A * 0|1 0|0 0|0") + record("1 40 A C,* 0|1 2|0 0|0") +
                               record("1 50 a c 0|1 0|0 0|0") + record("1 60 A N 0|1 0|0 0|0") +
                               record("1 70 G G]1:100] 0|1 0|0 0|0")));
        const auto matrix = file.read();
        DS_VERIFY(matrix);
        QCOMPARE(matrix->sites.size(), size_t(2));
        QCOMPARE(matrix->counts, (GenotypeCounts{.symbolic = 2, .spanning = 2, .unknownAlt = 1}));
        QCOMPARE(matrix->sites[0].alts, (std::vector<std::string>{"C", "*"}));
        QVERIFY(matrix->sites[0].isSnv(1) && !matrix->sites[0].isSnv(2));
        QCOMPARE(row(*matrix, 0), (std::vector<int>{0, 1, 2, 0, 0, 0}));
        QCOMPARE(matrix->sites[1].ref, std::string("A")); // upper case
        QVERIFY(matrix->sites[1].isSnv(1));
    }

    void noGenotypeFieldIsMissing() {
        const VcfFile file(vcf("1\t100\t.\tA\tC\t.\t.\t.\tDP\t3\t4\t5\n"));
        const auto matrix = file.read();
        DS_VERIFY(matrix);
        QCOMPARE(matrix->counts, (GenotypeCounts{.missingAlleles = 6, .withoutGenotypes = 1}));
        QCOMPARE(row(*matrix, 0), (std::vector<int>(6, -1)));
    }

    void people() {
        const VcfFile file(vcf(record("1 100 A C 0|1 0|0 1|1"), "A,x\t^B\tC"));
        const auto reader = VariantReader::open(file.path());
        DS_VERIFY(reader);
        const Region region{"1", 0, 1000};
        const auto odd = reader->read(region, {"C", "A,x"}, UnphasedRule::Refuse, "");
        DS_VERIFY(odd);
        QCOMPARE(row(*odd, 0), (std::vector<int>{1, 1, 0, 1}));
        const auto none = reader->read(region, {}, UnphasedRule::Refuse, "");
        DS_VERIFY(none);
        QCOMPARE(none->sites.size(), size_t(1));
        QVERIFY(none->alleles.empty());
        QCOMPARE(reader->read(region, {"D"}, UnphasedRule::Refuse, "").error().kind, ErrorKind::NotFound);
        QCOMPARE(reader->read(region, {"C", "C"}, UnphasedRule::Refuse, "").error().kind,
                 ErrorKind::BadInput);
    }

    /// Genotypes that are the reference are read several at once: wherever others stand among them.
    void amongReferences() {
        std::string people = "P0";
        for (int p = 1; p < 11; ++p)
            people += "\tP" + std::to_string(p);
        std::string records;
        std::vector<std::vector<int>> expected;
        for (int other = 0; other < 11; ++other)
            for (const auto& [genotype, first, second] :
                 {std::tuple{"0|1", 0, 1}, {"1|0", 1, 0}, {".|0", -1, 0}, {"0|.", 0, -1}, {"0/0", 0, 0}}) {
                std::string fields = "1 " + std::to_string(100 + expected.size()) + " A C";
                for (int p = 0; p < 11; ++p)
                    fields += std::string(" ") + (p == other ? genotype : "0|0");
                records += record(fields);
                expected.emplace_back(22);
                expected.back()[2 * size_t(other)] = first;
                expected.back()[2 * size_t(other) + 1] = second;
            }
        const VcfFile file(vcf(records, people));
        const auto reader = VariantReader::open(file.path());
        DS_VERIFY(reader);
        std::vector<std::string> turned(reader->people().rbegin(), reader->people().rend());
        const Region region{"1", 0, 1000};
        const auto matrix = reader->read(region, reader->people(), UnphasedRule::Refuse, "");
        const auto other = reader->read(region, turned, UnphasedRule::Refuse, "");
        DS_VERIFY(matrix);
        DS_VERIFY(other);
        QCOMPARE(matrix->counts, (GenotypeCounts{.missingAlleles = 22}));
        for (size_t s = 0; s < expected.size(); ++s) {
            QCOMPARE(row(*matrix, s), expected[s]);
            for (size_t p = 0; p < 11; ++p)
                QCOMPARE(int(other->allele(s, 2 * p)), expected[s][2 * (10 - p)]);
        }
    }

    void cancelled() {
        const VcfFile file(vcf(record("1 100 A C 0|1 0|0 1|1")));
        const auto reader = VariantReader::open(file.path());
        DS_VERIFY(reader);
        std::stop_source stop;
        stop.request_stop();
        RunContext stopped;
        stopped.stop = stop.get_token();
        const auto matrix = reader->read({"1", 0, 1000}, Everybody, UnphasedRule::Refuse, "", stopped);
        QCOMPARE(matrix.error().kind, ErrorKind::Cancelled);
    }

    void fromSeveralThreads() {
        std::string records;
        for (int i = 1; i < 900; ++i)
            records += record("1 " + std::to_string(i) + " A C " + (i % 2 == 0 ? "0|1" : "1|0") + " 0|0 1|1");
        const VcfFile file(vcf(records));
        const auto reader = VariantReader::open(file.path());
        DS_VERIFY(reader);
        std::atomic<int> wrong = 0;
        {
            std::vector<std::jthread> threads;
            for (int t = 0; t < 4; ++t)
                threads.emplace_back([&, t] {
                    for (int i = 0; i < 50; ++i) {
                        const int64_t start = (t * 37 + i * 11) % 700;
                        const auto matrix =
                            reader->read({"1", start, start + 100}, {"A"}, UnphasedRule::Refuse, "");
                        if (!matrix || matrix->sites.size() != 100 ||
                            matrix->allele(0, 0) != ((start + 1) % 2 == 0 ? 0 : 1))
                            ++wrong;
                    }
                });
        }
        QCOMPARE(wrong.load(), 0);
    }

    void realGenotypes() {
        DS_SKIP_WITHOUT_SHARED_DATA();
        const fs::path folder = sharedData() / "geuvadis_chr22/genotypes";
        const auto reader = VariantReader::open((folder / "merged316.chr22_1-22Mb.phased.vcf.gz").string());
        DS_VERIFY(reader);
        QCOMPARE(reader->people().size(), size_t(316));
        const auto matrix = reader->read({"chr22", 0, 22000000}, reader->people(), UnphasedRule::Refuse, "");
        DS_VERIFY(matrix);
        // 3,176 records, one of them `<DEL>`.
        QCOMPARE(matrix->sites.size(), size_t(3175));
        QCOMPARE(matrix->counts, GenotypeCounts{.symbolic = 1});

        const auto unphased =
            VariantReader::open((folder / "ldref_eur343.chr22_1-22Mb.unphased.vcf.gz").string());
        DS_VERIFY(unphased);
        const auto refused =
            unphased->read({"22", 0, 22000000}, unphased->people(), UnphasedRule::Refuse, "");
        QCOMPARE(refused.error().kind, ErrorKind::Mismatch);
        const auto listed =
            unphased->read({"22", 0, 22000000}, unphased->people(), UnphasedRule::AsListed, "");
        DS_VERIFY(listed);
        QVERIFY(listed->counts.unphasedHeterozygotes > 0);
    }
};

QTEST_GUILESS_MAIN(TestVariantReader)
#include "tst_variant_reader.moc"
