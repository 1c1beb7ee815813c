// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/small_vcf.h"

#include <atomic>
#include <thread>

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
        QCOMPARE((QList<int>{int(matrix->missingAlleles), int(matrix->unphasedHeterozygotes),
                             int(matrix->haploidCalls)}),
                 counts);
    }

    /// Wanted records alone, near ones and such that are sought, as if everything were read and the rest left
    /// out; a deletion that reaches over a wanted position is not wanted.
    void readsPositions() {
        std::string records;
        for (const int position : {100, 150, 200, 60'000, 60'001, 150'000})
            records += record("1 " + std::to_string(position) + " A C 0|1 1|1 0|0");
        records.insert(records.find("1\t60000"),
                       record("1 200 A G 1|0 0|0 0|1") + record("1 59999 ATTT A 1|0 1|0 1|0"));
        const VcfFile file(vcf(records));
        const auto reader = VariantReader::open(file.path());
        DS_VERIFY(reader);
        const Region region{"1", 99, 149'999};
        const auto all = reader->read(region, Everybody, UnphasedRule::Refuse, "");
        DS_VERIFY(all);
        const std::vector<int64_t> wanted{50, 99, 199, 59'999, 149'999}; // the first and last lie outside
        const auto some = reader->readPositions(region, wanted, Everybody);
        DS_VERIFY(some);
        std::vector<size_t> kept;
        for (size_t s = 0; s < all->sites.size(); ++s)
            if (std::binary_search(wanted.begin(), wanted.end(), all->sites[s].position))
                kept.push_back(s);
        QCOMPARE(kept.size(), size_t{4}); // two at 200
        QCOMPARE(some->sites.size(), kept.size());
        for (size_t i = 0; i < kept.size(); ++i) {
            QCOMPARE(some->sites[i].position, all->sites[kept[i]].position);
            QCOMPARE(some->sites[i].alts, all->sites[kept[i]].alts);
            QCOMPARE(row(*some, i), row(*all, kept[i]));
        }
        QVERIFY(reader->readPositions(region, {}, Everybody)->sites.empty());
        QVERIFY(reader->readPositions(region, std::vector<int64_t>{50}, Everybody)->sites.empty());
    }

    void unphasedHeterozygote_data() {
        QTest::addColumn<QString>("genotype");
        QTest::newRow("heterozygote") << "0/1";
        QTest::newRow("two alternates") << "1/2";
        QTest::newRow("half missing") << "./1";
        QTest::newRow("half missing, other side") << "1/.";
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
        QCOMPARE(taken->unphasedHeterozygotes, int64_t(1));
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

    void whatIsNoSequence() {
        const VcfFile file(vcf(record("1 10 A . 0|0 0|0 0|0") + record("1 20 A <DEL> 0|1 0|0 0|0") +
                               record("1 30 A * 0|1 0|0 0|0") + record("1 40 A C,* 0|1 2|0 0|0") +
                               record("1 50 a c 0|1 0|0 0|0") + record("1 60 A N 0|1 0|0 0|0") +
                               record("1 70 G G]1:100] 0|1 0|0 0|0")));
        const auto matrix = file.read();
        DS_VERIFY(matrix);
        QCOMPARE(matrix->sites.size(), size_t(2));
        QCOMPARE(matrix->skippedSymbolic, int64_t(4));
        QCOMPARE(matrix->sites[0].alts, (std::vector<std::string>{"C", "*"}));
        QVERIFY(matrix->sites[0].isSnv(1) && !matrix->sites[0].isSnv(2));
        QCOMPARE(row(*matrix, 0), (std::vector<int>{0, 1, 2, 0, 0, 0}));
        QCOMPARE(matrix->sites[1].ref, std::string("A")); // upper case
        QVERIFY(matrix->sites[1].isSnv(1));
    }

    void tooManyAlleles() {
        std::string alts;
        for (int i = 0; i < 130; ++i)
            alts += (i == 0 ? "A" : ",A") + std::string(static_cast<size_t>(i + 1), 'C');
        const VcfFile file(vcf(record("1 10 A " + alts + " 0|130 0|0 0|0") + record("1 20 A C 0|1 0|0 0|0")));
        const auto matrix = file.read();
        DS_VERIFY(matrix);
        QCOMPARE(matrix->sites.size(), size_t(1));
        QCOMPARE(matrix->skippedSymbolic, int64_t(1));
    }

    void regionByStart() {
        const VcfFile file(vcf(record("1 100 A C 0|1 0|0 0|0") + record("1 101 ACGT A 0|1 0|0 0|0") +
                               record("1 103 G C 1|1 0|0 0|0") + record("1 103 G GT 0|0 1|1 0|0") +
                               record("1 110 A C 0|1 0|0 0|0") + record("1 111 A C 0|1 0|0 0|0")));
        const auto reader = VariantReader::open(file.path());
        DS_VERIFY(reader);
        const auto positions = [&](const Region& region) {
            std::vector<int64_t> found;
            const auto matrix = reader->read(region, Everybody, UnphasedRule::Refuse, "");
            if (matrix)
                for (const Site& site : matrix->sites)
                    found.push_back(site.position + 1);
            return found;
        };
        using Positions = std::vector<int64_t>;
        QCOMPARE(positions({"1", 102, 110}),
                 (Positions{103, 103, 110})); // the deletion at 101 reaches in, but starts before
        QCOMPARE(positions({"1", 99, 101}), (Positions{100, 101}));
        QCOMPARE(positions({"1", -50, 100}), (Positions{100}));
        QCOMPARE(positions({"1", -50, 0}), Positions{});
        QCOMPARE(positions({"1", 500, 400}), Positions{});
        QCOMPARE(positions({"chr1", 109, 5000}), (Positions{110, 111})); // alias, past the end
        QCOMPARE(positions({"2", 0, 1000}), Positions{});                // known, without records
        QCOMPARE(positions({"17", 0, 1000}), Positions{});               // unknown
        QCOMPARE(reader->contigs(), std::vector<std::string>{"1"});
        QCOMPARE(reader->people(), Everybody);
    }

    void referenceIsCompared_data() {
        QTest::addColumn<QString>("ref");
        QTest::addColumn<QString>("alt");
        QTest::addColumn<QString>("fasta"); // of the region 1:100-105
        QTest::addColumn<bool>("fits");
        QTest::newRow("same") << "A"
                              << "C"
                              << "ACGTAC" << true;
        QTest::newRow("lower case REF") << "a"
                                        << "C"
                                        << "ACGTAC" << true;
        QTest::newRow("other base") << "G"
                                    << "C"
                                    << "ACGTAC" << false;
        QTest::newRow("second base") << "AG"
                                     << "A"
                                     << "ACGTAC" << false;
        QTest::newRow("past the region's end") << "ACGTACGGG"
                                               << "A"
                                               << "ACGTAC" << true;
        QTest::newRow("FASTA has N (or an IUPAC code)") << "A"
                                                        << "C"
                                                        << "NCGTAC" << true;
        QTest::newRow("REF has N") << "N"
                                   << "C"
                                   << "ACGTAC" << false;
        QTest::newRow("both N") << "N"
                                << "C"
                                << "NCGTAC" << true;
        QTest::newRow("not asked") << "G"
                                   << "C"
                                   << "" << true;
    }
    void referenceIsCompared() {
        QFETCH(QString, ref);
        QFETCH(QString, alt);
        QFETCH(QString, fasta);
        QFETCH(bool, fits);
        const VcfFile file(
            vcf(record("1 100 " + ref.toStdString() + " " + alt.toStdString() + " 0|1 0|0 0|0")));
        const auto matrix = file.read(UnphasedRule::Refuse, fasta.toStdString(), {"chr1", 99, 105});
        QCOMPARE(matrix.has_value(), fits);
        if (!fits) {
            QCOMPARE(matrix.error().kind, ErrorKind::Mismatch);
            const QString what = QString::fromStdString(matrix.error().what);
            QVERIFY2(what.contains("REF is " + ref) && what.contains("has " + fasta.left(ref.size())),
                     qPrintable(what));
            QVERIFY(QString::fromStdString(matrix.error().where).endsWith("1:100"));
        }
    }

    void noGenotypeFieldIsMissing() {
        const VcfFile file(vcf("1\t100\t.\tA\tC\t.\t.\t.\tDP\t3\t4\t5\n"));
        const auto matrix = file.read();
        DS_VERIFY(matrix);
        QCOMPARE(matrix->missingAlleles, int64_t(6));
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
        QCOMPARE(int64_t(matrix->sites.size()) + matrix->skippedSymbolic, int64_t(3176));

        const auto unphased =
            VariantReader::open((folder / "ldref_eur343.chr22_1-22Mb.unphased.vcf.gz").string());
        DS_VERIFY(unphased);
        const auto refused =
            unphased->read({"22", 0, 22000000}, unphased->people(), UnphasedRule::Refuse, "");
        QCOMPARE(refused.error().kind, ErrorKind::Mismatch);
        const auto listed =
            unphased->read({"22", 0, 22000000}, unphased->people(), UnphasedRule::AsListed, "");
        DS_VERIFY(listed);
        QVERIFY(listed->unphasedHeterozygotes > 0);
    }
};

QTEST_GUILESS_MAIN(TestVariantReader)
#include "tst_variant_reader.moc"
