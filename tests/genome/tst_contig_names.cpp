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

    void canonical() {
        QCOMPARE(canonicalContig("chr22"), std::string("22"));
        QCOMPARE(canonicalContig("chrX"), std::string("X"));
        QCOMPARE(canonicalContig("chrM"), canonicalContig("MT"));
        QCOMPARE(canonicalContig("chrUn_gl000220"), std::string("Un_gl000220"));
    }
};

QTEST_GUILESS_MAIN(TestContigNames)
#include "tst_contig_names.moc"
