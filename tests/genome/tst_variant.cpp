// SPDX-License-Identifier: GPL-3.0-or-later
#include "genome/variant.h"
#include "genome/variant_name.h"
#include "support.h"
using namespace diploscope;

class TestVariant : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void equalIsTheSameVariant() {
        const Variant variant{"22", 119, "A", "G"};
        QVERIFY(variant == trimmedVariant("22", 118, "CA", "CG"));
        QVERIFY(variant == trimmedVariant("22", 118, "CAT", "CGT"));
        for (const Variant& other : {Variant{"21", 119, "A", "G"}, Variant{"22", 120, "A", "G"},
                                     Variant{"22", 119, "C", "G"}, Variant{"22", 119, "A", "T"}})
            QVERIFY(variant != other);
    }

    /// Of a deletion and an insertion the anchor stays.
    void indelsKeepTheirAnchor() {
        QVERIFY((trimmedVariant("1", 9, "CAT", "CT") == Variant{"1", 9, "CA", "C"}));
        QVERIFY((trimmedVariant("1", 9, "C", "CAT") == Variant{"1", 9, "C", "CAT"}));
    }

    void isWrittenFromOne() {
        QCOMPARE(toText(Variant{"22", 119, "A", "G"}), std::string("22:120 A>G"));
        QCOMPARE(toText(Variant{"22", 119, {}, {}}), std::string("22:120"));
        QCOMPARE(toName(Variant{"chr22", 119, "CA", "C"}), std::string("chr22:120:CA:C"));
    }

    void isReadAsPeopleTypeIt_data() {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("expected");
        QTest::newRow("as it is written") << "22:120 A>G"
                                          << "22:120 A>G";
        QTest::newRow("with colons") << "chr22:120:A:G"
                                     << "chr22:120 A>G";
        QTest::newRow("nothing before REF") << "22:120A>G"
                                            << "22:120 A>G";
        QTest::newRow("a colon before REF") << "22:120:A>G"
                                            << "22:120 A>G";
        QTest::newRow("room everywhere") << "  22 : 120  A > G "
                                         << "22:120 A>G";
        QTest::newRow("out of a table") << "22\t120\tA\tG"
                                        << "22:120 A>G";
        QTest::newRow("with an arrow") << "chr1:109,741,163 G→T"
                                       << "chr1:109741163 G>T";
        QTest::newRow("small letters") << "22:120 a>g"
                                       << "22:120 A>G";
        QTest::newRow("of gnomAD") << "22-120-A-G"
                                   << "22:120 A>G";
        QTest::newRow("of GTEx") << "chr22_120_A_G_b38"
                                 << "chr22:120 A>G";
        QTest::newRow("a scaffold") << "chr1_KI270706v1_random:120 A>G"
                                    << "chr1_KI270706v1_random:120 A>G";
        QTest::newRow("a deletion") << "22:120 CA>C"
                                    << "22:120 CA>C";
        QTest::newRow("shared bases") << "22:119 CA>CG"
                                      << "22:120 A>G";
    }
    void isReadAsPeopleTypeIt() {
        QFETCH(QString, typed);
        QFETCH(QString, expected);
        const auto variant = parseVariant(typed.toStdString());
        DS_VERIFY(variant);
        QCOMPARE(QString::fromStdString(toText(*variant)), expected);
        QVERIFY(parseVariant(toText(*variant)).value() == *variant);
        QVERIFY(parseVariant(toName(*variant)).value() == *variant);
    }

    void theContigIsTheReferences() {
        const std::vector<std::string> contigs{"chr21", "chr22"};
        const auto variant = parseVariant("22:120 A>G", contigs);
        DS_VERIFY(variant);
        QCOMPARE(variant->contig, std::string("chr22"));
        const auto unknown = parseVariant("9:120 A>G", contigs);
        QVERIFY(!unknown && unknown.error().kind == ErrorKind::NotFound);
        QVERIFY(unknown.error().what.find("`9`") != std::string::npos);
        QVERIFY(unknown.error().what.find("`chr22`") != std::string::npos);
    }

    void whatIsNoVariantIsRefused_data() {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("why");
        QTest::newRow("nothing") << ""
                                 << "place and two alleles";
        QTest::newRow("a place alone") << "22:120"
                                       << "place and two alleles";
        QTest::newRow("one allele") << "22:120 A"
                                    << "place and two alleles";
        QTest::newRow("no ALT") << "22:120 A>"
                                << "place and two alleles";
        QTest::newRow("no REF") << "22:120 >G"
                                << "place and two alleles";
        QTest::newRow("no contig") << ":120 A>G"
                                   << "place and two alleles";
        QTest::newRow("no place") << "22:x A>G"
                                  << "place and two alleles";
        QTest::newRow("place 0") << "22:0 A>G"
                                 << "place and two alleles";
        QTest::newRow("negative") << "22:-5 A>G"
                                  << "";
        QTest::newRow("beyond all contigs") << "22:9999999999999999999 A>G"
                                            << "place and two alleles";
        QTest::newRow("an rsid") << "rs1332018"
                                 << "rsid";
        QTest::newRow("N") << "22:120 A>N"
                           << "A, C, G and T";
        QTest::newRow("a symbol") << "22:120 A><DEL>"
                                  << "";
        QTest::newRow("no change") << "22:120 A>A"
                                   << "the same";
    }
    void whatIsNoVariantIsRefused() {
        QFETCH(QString, typed);
        QFETCH(QString, why);
        const auto variant = parseVariant(typed.toStdString());
        QVERIFY2(!variant, qPrintable(typed));
        QVERIFY(variant.error().kind == ErrorKind::BadInput);
        QVERIFY2(variant.error().what.find(why.toStdString()) != std::string::npos,
                 variant.error().what.c_str());
        QVERIFY(variant.error().where.find(typed.toStdString()) != std::string::npos);
        QVERIFY(variant.error().remedy.find("22:120 A>G") != std::string::npos);
    }

    /// Of errors: what is short stays as it is.
    void longAllelesAreShortInErrors() {
        const Variant small{"22", 119, "A", "ACGT"};
        QCOMPARE(toText(withShortAlleles(small)), toText(small));
        const Variant large{"22", 119, std::string(60, 'A'), std::string(5000, 'C')};
        QCOMPARE(withShortAlleles(large).ref, large.ref);
        QCOMPARE(withShortAlleles(large).alt, std::string(20, 'C') + "… (5000 bases)");
    }
};

QTEST_GUILESS_MAIN(TestVariant)
#include "tst_variant.moc"
