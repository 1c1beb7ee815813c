// SPDX-License-Identifier: GPL-3.0-or-later
#include "genome/contig_names.h"
#include "support.h"

using namespace diploscope;

class TestContigNames : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void matches_data() {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QStringList>("available");
        QTest::addColumn<QString>("expected"); // empty = none
        QTest::newRow("itself") << "22" << QStringList{"21", "22"} << "22";
        QTest::newRow("itself before its alias") << "22" << QStringList{"chr22", "22"} << "22";
        QTest::newRow("with chr") << "22" << QStringList{"chr2", "chr22"} << "chr22";
        QTest::newRow("without chr") << "chr22" << QStringList{"2", "22"} << "22";
        QTest::newRow("capital Chr") << "Chr22" << QStringList{"22"} << "22";
        QTest::newRow("no prefix match") << "2" << QStringList{"chr22", "chr20"} << "";
        QTest::newRow("chrM is MT") << "chrM" << QStringList{"1", "MT"} << "MT";
        QTest::newRow("MT is chrM") << "MT" << QStringList{"chr1", "chrM"} << "chrM";
        QTest::newRow("M is MT") << "M" << QStringList{"MT"} << "MT";
        QTest::newRow("scaffold") << "GL000192.1" << QStringList{"GL000192.1"} << "GL000192.1";
        QTest::newRow("a contig called chr") << "chr" << QStringList{"", "1"} << "";
        QTest::newRow("small letters") << "chrx" << QStringList{"1", "X"} << "X";
        QTest::newRow("capital CHR") << "CHR7" << QStringList{"chr7"} << "chr7";
        QTest::newRow("MT is chrMT") << "MT" << QStringList{"chrMT"} << "chrMT";
        QTest::newRow("RefSeq, GRCh37")
            << "22" << QStringList{"NC_000021.8", "NC_000022.10"} << "NC_000022.10";
        QTest::newRow("RefSeq, GRCh38") << "NC_000022.11" << QStringList{"chr21", "chr22"} << "chr22";
        QTest::newRow("RefSeq, of two builds")
            << "NC_000007.13" << QStringList{"NC_000007.14"} << "NC_000007.14";
        QTest::newRow("RefSeq, X") << "chrX" << QStringList{"NC_000023.11"} << "NC_000023.11";
        QTest::newRow("RefSeq, Y") << "NC_000024.9" << QStringList{"X", "Y"} << "Y";
        QTest::newRow("RefSeq, MT") << "chrM" << QStringList{"NC_012920.1"} << "NC_012920.1";
        QTest::newRow("RefSeq, a version of neither build") << "22" << QStringList{"NC_000022.9"} << "";
        QTest::newRow("RefSeq, of a mouse") << "1" << QStringList{"NC_000067.7"} << "";
        QTest::newRow("GenBank") << "CM000684.2" << QStringList{"22"} << "22";
        QTest::newRow("GenBank, first and last")
            << "1" << QStringList{"CM000686.1", "CM000663.1"} << "CM000663.1";
        QTest::newRow("GenBank, of a mouse") << "1" << QStringList{"CM000994.3"} << "";
        QTest::newRow("RefSeq to GenBank") << "NC_000024.10" << QStringList{"CM000686.2"} << "CM000686.2";
        QTest::newRow("PLINK's X") << "chrX" << QStringList{"22", "23", "24"} << "23";
        QTest::newRow("PLINK's Y") << "24" << QStringList{"chrX", "chrY"} << "chrY";
        QTest::newRow("PLINK's MT") << "chrM" << QStringList{"25", "26"} << "26";
        QTest::newRow("an autosome 23") << "chrX" << QStringList{"23", "24", "38"} << "";
        QTest::newRow("an autosome 23 beside X") << "chr23" << QStringList{"X", "23"} << "23";
        QTest::newRow("nothing there") << "22" << QStringList{} << "";
    }
    void matches() {
        QFETCH(QString, name);
        QFETCH(QStringList, available);
        QFETCH(QString, expected);
        std::vector<std::string> names;
        for (const QString& one : available)
            names.push_back(one.toStdString());
        const auto found = matchingContig(name.toStdString(), names);
        QCOMPARE(QString::fromStdString(found.value_or("")), expected);
        QCOMPARE(found.has_value(), !expected.isEmpty());
    }

    void severalNames() {
        const std::vector<std::string> names{"chr22", "21", "22", "NC_000022.10", "CM000685.1"};
        QCOMPARE(matchingContigs("22", names), (std::vector<std::string>{"chr22", "22", "NC_000022.10"}));
        QCOMPARE(matchingContigs("chrX", names), std::vector<std::string>{"CM000685.1"});
        QVERIFY(matchingContigs("1", names).empty());
        // PLINK keeps the pseudo-autosomal part of X apart.
        QCOMPARE(matchingContigs("chrX", {"22", "23", "24", "25"}), (std::vector<std::string>{"23", "25"}));
        QCOMPARE(matchingContigs("chrX", {"22", "X", "XY"}), (std::vector<std::string>{"X", "XY"}));
    }

    void canonical() {
        QCOMPARE(canonicalContig("chr22"), std::string("22"));
        QCOMPARE(canonicalContig("chrX"), std::string("X"));
        QCOMPARE(canonicalContig("chrM"), canonicalContig("MT"));
        QCOMPARE(canonicalContig("chrUn_gl000220"), std::string("Un_gl000220"));
    }
};

QTEST_GUILESS_MAIN(TestContigNames)
#include "tst_contig_names.moc"
