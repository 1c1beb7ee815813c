// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/small_vcf.h"

using namespace diploscope;
using namespace diploscope::test;

/// Which records are read, and what of their places and alleles: beside the genotypes of tst_variant_reader.
class TestVariantSites : public QObject {
    Q_OBJECT
private:
    TemporaryFolder m_cache;

private Q_SLOTS:
    void initTestCase() { qputenv("XDG_CACHE_HOME", QByteArray::fromStdString(m_cache.path().string())); }

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
        // An SNV behind padding is found by its own position, also where the record starts before the
        // stretch.
        const VcfFile padded(
            vcf(record("1 100 ACGTA ACGTC,A 0|1 1|2 0|0") + record("1 102 G T 1|1 0|0 0|0")));
        const auto paddedReader = VariantReader::open(padded.path());
        DS_VERIFY(paddedReader);
        const auto behind =
            paddedReader->readPositions({"1", 103, 104}, std::vector<int64_t>{103}, Everybody);
        DS_VERIFY(behind);
        QCOMPARE(behind->sites.size(), size_t(1));
        QCOMPARE(behind->sites[0].position, int64_t(99));
        QVERIFY(paddedReader->readPositions({"1", 102, 103}, std::vector<int64_t>{102}, Everybody)
                    ->sites.empty());
        QVERIFY(reader->readPositions(region, {}, Everybody)->sites.empty());
        QVERIFY(reader->readPositions(region, std::vector<int64_t>{50}, Everybody)->sites.empty());
    }

    void tooManyAlleles() {
        std::string alts;
        for (int i = 0; i < 130; ++i)
            alts += (i == 0 ? "A" : ",A") + std::string(static_cast<size_t>(i + 1), 'C');
        const VcfFile file(vcf(record("1 10 A " + alts + " 0|130 0|0 0|0") + record("1 20 A C 0|1 0|0 0|0")));
        const auto matrix = file.read();
        DS_VERIFY(matrix);
        QCOMPARE(matrix->sites.size(), size_t(1));
        QCOMPARE(matrix->counts, GenotypeCounts{.tooMany = 1});
    }

    /// Of a change that is listed twice, the first is read, however the second one is written.
    void duplicates_data() {
        QTest::addColumn<QStringList>("records");
        QTest::addColumn<QList<QList<int>>>("expected"); // alleles of A, B, C, by kept record
        QTest::addColumn<int>("count");
        QTest::addColumn<QString>("id"); // of the first
        using Rows = QList<QList<int>>;
        const QList first{0, 1, 0, 0, 1, 1};
        QTest::newRow("the same record")
            << QStringList{"10 rs1 A C 0|1 0|0 1|1", "10 rs1 A C 0|1 0|0 1|1"} << Rows{first} << 1 << "rs1";
        QTest::newRow("other genotypes and id")
            << QStringList{"10 rs1 A C 0|1 0|0 1|1", "10 rs2 A C 1|1 0/1 0|0"} << Rows{first} << 1
            << "rs1;rs2";
        QTest::newRow("three times") << QStringList{"10 . A C 0|1 0|0 1|1", "10 . A C 0|1 0|0 1|1",
                                                    "10 . A C 0|1 0|0 1|1"}
                                     << Rows{first} << 2 << "";
        QTest::newRow("padded") << QStringList{"10 . AT CT 0|1 0|0 1|1", "10 . A C 1|1 0|0 0|0"}
                                << Rows{first} << 1 << "";
        QTest::newRow("behind padding, with another between")
            << QStringList{"10 . TTA TTC 0|1 0|0 1|1", "11 . T G 0|0 1|1 0|0", "12 . A C 1|1 0|0 0|0"}
            << Rows{first, {0, 0, 1, 1, 0, 0}} << 1 << "";
        QTest::newRow("beside a new allele") << QStringList{"10 . A C 0|1 0|0 1|1", "10 . A C,G 1|2 0|2 1|1"}
                                             << Rows{first, {0, 2, 0, 2, 0, 0}} << 1 << "";
        QTest::newRow("split from one with several")
            << QStringList{"10 . A C,G 0|1 0|2 1|1", "10 . A G 1|1 1|1 0|0"} << Rows{{0, 1, 0, 2, 1, 1}} << 1
            << "";
        QTest::newRow("deletions") << QStringList{"10 . ATT A 0|1 0|0 1|1", "10 . ATTC AC 1|1 0|0 0|0"}
                                   << Rows{first} << 1 << "";
        QTest::newRow("twice in one record")
            << QStringList{"10 . A C,c 0|2 0|0 1|2"} << Rows{first} << 1 << "";
        QTest::newRow("other alleles of one place")
            << QStringList{"10 . A C 0|1 0|0 1|1", "10 . A G 0|0 1|1 0|0", "10 . A AC 1|0 0|0 0|0"}
            << Rows{first, {0, 0, 1, 1, 0, 0}, {1, 0, 0, 0, 0, 0}} << 0 << "";
    }
    void duplicates() {
        QFETCH(QStringList, records);
        QFETCH(QList<QList<int>>, expected);
        QFETCH(int, count);
        QFETCH(QString, id);
        std::string text;
        for (const QString& line : records) {
            QStringList fields = line.split(' ');
            const QString name = fields.takeAt(1);
            const QString plain = QString::fromStdString(record("1 " + fields.join(' ').toStdString()));
            text += QString(plain).replace("\t.\t" + fields[1], "\t" + name + "\t" + fields[1]).toStdString();
        }
        const VcfFile file(vcf(text));
        const auto matrix = file.read(UnphasedRule::AsListed);
        DS_VERIFY(matrix);
        QCOMPARE(matrix->sites.size(), static_cast<size_t>(expected.size()));
        for (size_t s = 0; s < matrix->sites.size(); ++s) {
            const std::vector<int> alleles = row(*matrix, s);
            QCOMPARE(QList<int>(alleles.begin(), alleles.end()), expected[static_cast<qsizetype>(s)]);
        }
        QCOMPARE(matrix->counts.duplicates, int64_t(count));
        QCOMPARE(QString::fromStdString(matrix->sites[0].id), id);
    }

    void regionByOverlap() {
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
                 (Positions{101, 103, 103, 110})); // the deletion at 101 reaches in
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
                                   << "ACGTAC" << true;
        QTest::newRow("REF has an IUPAC code that fits") << "AY"
                                                         << "GY"
                                                         << "ACGTAC" << true;
        QTest::newRow("REF has an IUPAC code that does not fit") << "AR"
                                                                 << "GR"
                                                                 << "ACGTAC" << false;
        QTest::newRow("starts before the region, fits in it") << "GGACG"
                                                              << "G"
                                                              << "..ACGTAC" << true;
        QTest::newRow("starts before the region, differs in it") << "GGATG"
                                                                 << "G"
                                                                 << "..ACGTAC" << false;
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
        const int64_t before = fasta.count('.');
        fasta.remove('.');
        const auto matrix =
            file.read(UnphasedRule::Refuse, fasta.toStdString(), {"chr1", 99 + before, 105 + before});
        QCOMPARE(matrix.has_value(), fits);
        if (fits) {
            QCOMPARE(matrix->counts.unknownReference, int64_t(fasta.startsWith('N') && ref != "N"));
            QCOMPARE(matrix->counts.unknownRef, int64_t(ref == "N"));
        }
        if (!fits) {
            QCOMPARE(matrix.error().kind, ErrorKind::Mismatch);
            const QString what = QString::fromStdString(matrix.error().what);
            const QString there = ref.mid(static_cast<qsizetype>(before));
            QVERIFY2(what.contains("REF is " + there) && what.contains("has " + fasta.left(there.size())),
                     qPrintable(what));
            QVERIFY(QString::fromStdString(matrix.error().where).endsWith("1:100"));
        }
    }
};

QTEST_GUILESS_MAIN(TestVariantSites)
#include "tst_variant_sites.moc"
