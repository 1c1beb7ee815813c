// SPDX-License-Identifier: GPL-3.0-or-later
// What several records, or a file's own way of writing, say of one genotype: duplicates that complete or
// contradict each other, phase sets that are text.
#include "io/small_vcf.h"

using namespace diploscope;
using namespace diploscope::test;

namespace {

const std::string Columns = "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tA\tB\tC\n";

std::string header(const std::string& formats) {
    return "##fileformat=VCFv4.2\n##contig=<ID=1>\n"
           "##FORMAT=<ID=GT,Number=1,Type=String,Description=\"g\">\n" +
           formats + Columns;
}

} // namespace

class TestGenotypeRecords : public QObject {
    Q_OBJECT
private:
    TemporaryFolder m_cache;

private Q_SLOTS:
    void initTestCase() { qputenv("XDG_CACHE_HOME", QByteArray::fromStdString(m_cache.path().string())); }

    /// Of a change that is listed twice the first record counts; what it does not know is taken from the
    /// other one, and who is another there is told.
    void duplicatesAreCompared_data() {
        using Rows = QList<QList<int>>;
        QTest::addColumn<QStringList>("records");
        QTest::addColumn<Rows>("expected");     // alleles of A, B, C, by kept record
        QTest::addColumn<QList<int>>("counts"); // missing, filled, differing
        QTest::addColumn<QList<bool>>("other");
        const QList<bool> nobody;
        QTest::newRow("the same") << QStringList{"10 A C 0|1 0|0 1|1", "10 A C 0|1 0|0 1|1"}
                                  << Rows{{0, 1, 0, 0, 1, 1}} << QList{0, 0, 0} << nobody;
        QTest::newRow("two cohorts, one below the other")
            << QStringList{"10 A C 0|1 .|. ./.", "10 A C .|. 1|0 1|1"} << Rows{{0, 1, 1, 0, 1, 1}}
            << QList{0, 4, 0} << nobody;
        QTest::newRow("both missing") << QStringList{"10 A C 0|1 .|. 0|0", "10 A C .|. .|. 0|0"}
                                      << Rows{{0, 1, -1, -1, 0, 0}} << QList{2, 0, 0} << nobody;
        QTest::newRow("half missing")
            << QStringList{"10 A C 0|. .|1 .|0", "10 A C 0|1 1|1 1|1"} << Rows{{0, 1, 1, 1, -1, 0}}
            << QList{1, 2, 1} << QList{false, false, true};
        QTest::newRow("others") << QStringList{"10 A C 0|1 0|0 1|1", "10 A C 0|1 0|1 0|1"}
                                << Rows{{0, 1, 0, 0, 1, 1}} << QList{0, 0, 2} << QList{false, true, true};
        QTest::newRow("other haplotypes, one behind padding")
            << QStringList{"10 AT CT 0|1 0|0 0|0", "10 A C 1|0 0|0 0|0"} << Rows{{0, 1, 0, 0, 0, 0}}
            << QList{0, 0, 1} << QList{true, false, false};
        QTest::newRow("without phase, in another order")
            << QStringList{"10 A C 0/1 1/1 0/0", "10 A C 1/0 1/1 0/0"} << Rows{{0, 1, 1, 1, 0, 0}}
            << QList{0, 0, 0} << nobody;
        QTest::newRow("split from one with several")
            << QStringList{"10 A C,G 0|2 .|. 1|1", "10 A C 0|0 1|0 1|1", "10 A G 0|1 0|1 0|0"}
            << Rows{{0, 2, 1, 2, 1, 1}} << QList{0, 2, 0} << nobody;
        QTest::newRow("not the one of two") << QStringList{"10 A C,G 0|2 .|. 1|1", "10 A C 0|0 1|0 1|1"}
                                            << Rows{{0, 2, 1, -1, 1, 1}} << QList{1, 1, 0} << nobody;
        QTest::newRow("each of two, one after the other")
            << QStringList{"10 A C,G .|. .|. 0|2", "10 A C 1|0 0|0 0|0", "10 A G 0|0 0|1 0|1"}
            << Rows{{1, 0, 0, 2, 0, 2}} << QList{0, 4, 0} << nobody;
        QTest::newRow("each of two, half and behind padding")
            << QStringList{"10 AT CT,GT .|1 0|. .|.", "10 A G 0|0 0|0 .|0", "10 A C 0|1 0|1 0|0"}
            << Rows{{0, 1, 0, 1, -1, 0}} << QList{1, 3, 0} << nobody;
        QTest::newRow("one of two, twice")
            << QStringList{"10 A C,G .|. 0|2 1|1", "10 A C 0|0 0|0 1|1", "10 A C 0|0 0|0 1|1"}
            << Rows{{-1, -1, 0, 2, 1, 1}} << QList{2, 0, 0} << nobody;
        QTest::newRow("one of two, beside `*`") << QStringList{"10 A C,* .|. 0|2 1|1", "10 A C 0|0 0|0 1|1"}
                                                << Rows{{0, 0, 0, 2, 1, 1}} << QList{0, 2, 0} << nobody;
        QTest::newRow("not the one, then that one")
            << QStringList{"10 A C,G .|. 0|0 1|1", "10 A C 0|0 0|0 1|1", "10 A C 1|0 0|0 1|1",
                           "10 A G 0|1 0|0 0|0"}
            << Rows{{0, 2, 0, 0, 1, 1}} << QList{0, 2, 1} << QList{true, false, false};
        QTest::newRow("several behind split ones")
            << QStringList{"10 A C 0|0 .|. 1|1", "10 A G 0|1 .|. 0|0", "10 A C,G 0|2 1|2 1|1"}
            << Rows{{0, 0, 1, 0, 1, 1}, {0, 1, 0, 1, 0, 0}} << QList{0, 4, 0} << nobody;
        QTest::newRow("beside a new allele")
            << QStringList{"10 A C .|. 0|0 1|1", "10 A C,G 1|2 0|2 0|1"}
            << Rows{{1, 0, 0, 0, 1, 1}, {0, 2, 0, 2, 0, 0}} << QList{0, 2, 1} << QList{false, false, true};
        QTest::newRow("three times") << QStringList{"10 A C .|. .|. 1|1", "10 A C 0|1 .|. 1|1",
                                                    "10 A C 1|1 1|0 1|1"}
                                     << Rows{{0, 1, 1, 0, 1, 1}} << QList{0, 4, 1}
                                     << QList{true, false, false};
    }
    void duplicatesAreCompared() {
        QFETCH(QStringList, records);
        QFETCH(QList<QList<int>>, expected);
        QFETCH(QList<int>, counts);
        QFETCH(QList<bool>, other);
        std::string text;
        for (const QString& line : records)
            text += record("1 " + line.toStdString());
        const auto matrix = VcfFile(vcf(text)).read(UnphasedRule::AsListed);
        DS_VERIFY(matrix);
        QCOMPARE(matrix->sites.size(), static_cast<size_t>(expected.size()));
        for (size_t s = 0; s < matrix->sites.size(); ++s) {
            const std::vector<int> alleles = row(*matrix, s);
            QCOMPARE(QList<int>(alleles.begin(), alleles.end()), expected[static_cast<qsizetype>(s)]);
        }
        const GenotypeCounts& found = matrix->counts;
        QCOMPARE(
            (QList<int>{int(found.missingAlleles), int(found.filledAlleles), int(found.differingDuplicates)}),
            counts);
        QCOMPARE(QList<bool>(matrix->otherInDuplicates.begin(), matrix->otherInDuplicates.end()), other);
    }

    /// A duplicate that starts behind the first record is kept for sequences, of whom both give the change.
    void repeatsAreKept_data() {
        using Rows = QList<QList<int>>;
        QTest::addColumn<QStringList>("records");
        QTest::addColumn<Rows>("expected"); // alleles of A, B, C, by kept record
        QTest::addColumn<int>("sitesBefore");
        QTest::addColumn<QList<int>>("repeat"); // alleles of A, B, C; empty: none
        const QList<int> none;
        QTest::newRow("at the same place")
            << QStringList{"10 A C 0|1 0|0 1|1", "10 A C 0|1 0|0 1|1", "10 AT CT 0|1 0|0 1|1"}
            << Rows{{0, 1, 0, 0, 1, 1}} << 0 << none;
        QTest::newRow("behind padding, with another between")
            << QStringList{"10 TTA TTC 0|1 0|0 1|1", "11 T G 1|0 0|0 0|0", "12 A C 0|1 0|0 1|1"}
            << Rows{{0, 1, 0, 0, 1, 1}, {1, 0, 0, 0, 0, 0}} << 2 << QList{0, 1, 0, 0, 1, 1};
        QTest::newRow("other genotypes") << QStringList{"10 TTA TTC 0|1 1|0 1|1", "12 A C 1|1 0|1 0|1"}
                                         << Rows{{0, 1, 1, 0, 1, 1}} << 1 << QList{0, 1, 0, 0, 0, 1};
        QTest::newRow("nobody in both") << QStringList{"10 TTA TTC 0|1 0|0 0|0", "12 A C 0|0 0|1 1|1"}
                                        << Rows{{0, 1, 0, 0, 0, 0}} << 0 << none;
        QTest::newRow("missing in one of them") << QStringList{"10 TTA TTC 1|. .|. 1|1", "12 A C 1|1 0|1 .|1"}
                                                << Rows{{1, 1, 0, 1, 1, 1}} << 1 << QList{1, 1, 0, 1, 0, 1};
        QTest::newRow("beside a new allele")
            << QStringList{"10 TTA TTC 0|1 0|0 1|1", "12 A G,C 1|2 0|1 2|2"}
            << Rows{{0, 1, 0, 0, 1, 1}, {1, 0, 0, 1, 0, 0}} << 1 << QList{0, 2, 0, 0, 2, 2};
        QTest::newRow("without phase, in another order")
            << QStringList{"10 TTA TTC 0/1 1/1 0/1", "12 A C 1/0 0/1 0/1"} << Rows{{0, 1, 1, 1, 0, 1}} << 1
            << QList{0, 1, 0, 0, 0, 1};
    }
    void repeatsAreKept() {
        QFETCH(QStringList, records);
        QFETCH(QList<QList<int>>, expected);
        QFETCH(int, sitesBefore);
        QFETCH(QList<int>, repeat);
        std::string text;
        for (const QString& line : records)
            text += record("1 " + line.toStdString());
        const auto matrix = VcfFile(vcf(text)).read(UnphasedRule::AsListed);
        DS_VERIFY(matrix);
        QCOMPARE(matrix->sites.size(), static_cast<size_t>(expected.size()));
        for (size_t s = 0; s < matrix->sites.size(); ++s) {
            const std::vector<int> alleles = row(*matrix, s);
            QCOMPARE(QList<int>(alleles.begin(), alleles.end()), expected[static_cast<qsizetype>(s)]);
        }
        QCOMPARE(matrix->repeats.size(), size_t(repeat.empty() ? 0 : 1));
        if (repeat.empty())
            return;
        const AlleleMatrix::Repeat& found = matrix->repeats.front();
        QCOMPARE(found.sitesBefore, static_cast<size_t>(sitesBefore));
        QCOMPARE(found.site.position, int64_t(11));
        QCOMPARE(QList<int>(found.alleles.begin(), found.alleles.end()), repeat);
    }

    /// Its padding becomes part of a sequence.
    void repeatsAreComparedWithTheReference() {
        const VcfFile file(vcf(record("1 10 TTA TTC 0|1 0|0 0|0") + record("1 11 GA GC 0|1 0|0 0|0")));
        const auto wrong = file.read(UnphasedRule::Refuse, "AAAAAAAAATTAC");
        QVERIFY(!wrong);
        QCOMPARE(wrong.error().kind, ErrorKind::Mismatch);
        QVERIFY2(QString::fromStdString(wrong.error().where).endsWith("1:11"),
                 wrong.error().message().c_str());
    }

    /// A record without GT knows nobody's genotype.
    void fillsARecordWithoutGenotypes() {
        const auto matrix =
            VcfFile(vcf("1\t10\t.\tA\tC\t.\t.\t.\tDP\t3\t4\t5\n" + record("1 10 A C 0|1 0|0 1|1"))).read();
        DS_VERIFY(matrix);
        QCOMPARE(row(*matrix, 0), (std::vector<int>{0, 1, 0, 0, 1, 1}));
        QCOMPARE(matrix->counts,
                 (GenotypeCounts{.withoutGenotypes = 1, .filledAlleles = 6, .duplicates = 1}));
    }

    /// What is not taken as listed from a record of its own is not from a duplicate either.
    void unphasedDuplicatesFillNothingUnasked() {
        const VcfFile file(vcf(record("1 10 A C .|. 0|1 .|.") + record("1 10 A C 0/1 0/1 1/1")));
        const auto refused = file.read();
        DS_VERIFY(refused); // the first record has no unphased genotype
        QCOMPARE(row(*refused, 0), (std::vector<int>{-1, -1, 0, 1, 1, 1}));
        QCOMPARE(refused->counts, (GenotypeCounts{.missingAlleles = 2, .filledAlleles = 2, .duplicates = 1}));
        const auto listed = file.read(UnphasedRule::AsListed);
        DS_VERIFY(listed);
        QCOMPARE(row(*listed, 0), (std::vector<int>{0, 1, 0, 1, 1, 1}));
        QCOMPARE(listed->counts,
                 (GenotypeCounts{.unphasedHeterozygotes = 1, .filledAlleles = 4, .duplicates = 1}));
    }

    /// PS is a whole number by the standard, text in many files, and need not be declared.
    void phaseSets_data() {
        QTest::addColumn<QString>("declared");
        QTest::addColumn<QString>("one");
        QTest::addColumn<QString>("two");
        const QString line = "##FORMAT=<ID=PS,Number=1,Type=%1,Description=\"p\">\n";
        QTest::newRow("integer") << line.arg("Integer") << "100"
                                 << "200";
        QTest::newRow("text that is a number") << line.arg("String") << "100"
                                               << "200";
        QTest::newRow("text") << line.arg("String") << "PATMAT"
                              << "PATMAT2";
        QTest::newRow("text of another length") << line.arg("String") << "1_1000_A_G"
                                                << "7";
        QTest::newRow("float") << line.arg("Float") << "100"
                               << "200.5";
        QTest::newRow("not declared") << QString() << "100"
                                      << "200";
    }
    void phaseSets() {
        QFETCH(QString, declared);
        QFETCH(QString, one);
        QFETCH(QString, two);
        QString text = QString::fromStdString(header(declared.toStdString())) +
                       "1\t100\t.\tA\tC\t.\t.\t.\tGT:PS\t0|1:ONE\t0|1:ONE\t1|1:ONE\n"
                       "1\t200\t.\tA\tC\t.\t.\t.\tGT:PS\t1|0:ONE\t0|1:TWO\t0|1:TWO\n"
                       "1\t300\t.\tA\tC\t.\t.\t.\tGT:PS\t1|1:TWO\t0|1:TWO\t0|0:.\n";
        const auto matrix = VcfFile(text.replace("ONE", one).replace("TWO", two).toStdString()).read();
        DS_VERIFY(matrix);
        QCOMPARE(matrix->severalPhaseSets, (std::vector<bool>{false, true, false}));
        QCOMPARE(matrix->counts, GenotypeCounts{.severalPhaseSets = 1});
    }

    /// What is filled from a record that says nothing about phase is of no other set.
    void phaseSetsOfDuplicates() {
        const std::string ps = "##FORMAT=<ID=PS,Number=1,Type=Integer,Description=\"p\">\n";
        const auto matrix = VcfFile(header(ps) + "1\t100\t.\tA\tC,G\t.\t.\t.\tGT:PS\t.|.:.\t.|.:.\t.|.:.\n"
                                                 "1\t100\t.\tA\tC\t.\t.\t.\tGT:PS\t1|0:7\t1|0:7\t0|0:.\n"
                                                 "1\t100\t.\tA\tG\t.\t.\t.\tGT:PS\t0|0:.\t0|1:8\t0|0:.\n")
                                .read();
        DS_VERIFY(matrix);
        QCOMPARE(row(*matrix, 0), (std::vector<int>{1, 0, 1, 2, 0, 0}));
        QCOMPARE(matrix->severalPhaseSets, (std::vector<bool>{false, true, false}));
    }

    /// Who is without one is of the set that a file without PS is all of, whatever PS is declared as.
    void someWithoutPhaseSets_data() {
        QTest::addColumn<QString>("declared");
        QTest::newRow("text") << "##FORMAT=<ID=PS,Number=1,Type=String,Description=\"p\">\n";
        QTest::newRow("float") << "##FORMAT=<ID=PS,Number=1,Type=Float,Description=\"p\">\n";
        QTest::newRow("not declared") << "";
    }
    void someWithoutPhaseSets() {
        QFETCH(QString, declared);
        const VcfFile file(header(declared.toStdString()) +
                           "1\t100\t.\tA\tC\t.\t.\t.\tGT\t0|1\t0|1\t1|1\n"
                           "1\t200\t.\tA\tC\t.\t.\t.\tGT:PS\t0|1:200\t0|1:.\t0|1:200\n");
        const auto matrix = file.read();
        DS_VERIFY(matrix);
        QCOMPARE(matrix->severalPhaseSets, (std::vector<bool>{true, false, false}));
    }
};

QTEST_GUILESS_MAIN(TestGenotypeRecords)
#include "tst_genotype_records.moc"
