// SPDX-License-Identifier: GPL-3.0-or-later
#include "genome/builds.h"
#include "support.h"

using namespace diploscope;

class TestBuilds : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void knowsNames_data() {
        QTest::addColumn<std::string>("name");
        QTest::addColumn<std::string>("expected");
        for (const char* name : {"GRCh37", "hg19", "b37", "hs37d5", "grch37.p13"})
            QTest::newRow(name) << std::string(name) << std::string("GRCh37");
        for (const char* name : {"GRCh38", "hg38", "GRCh38.p14"})
            QTest::newRow(name) << std::string(name) << std::string("GRCh38");
        for (const char* name : {"", "GRCm39", "T2T-CHM13v2.0", "simulated"})
            QTest::addRow("other: %s", name) << std::string(name) << std::string();
    }
    void knowsNames() {
        QFETCH(std::string, name);
        QFETCH(std::string, expected);
        QCOMPARE(knownBuild(name).value_or(""), expected);
    }

    void knowsLengths() {
        QCOMPARE(buildOfContig("22", 51304566).value_or(""), std::string("GRCh37"));
        QCOMPARE(buildOfContig("chr22", 50818468).value_or(""), std::string("GRCh38"));
        QCOMPARE(buildOfContig("chrX", 155270560).value_or(""), std::string("GRCh37"));
        QVERIFY(!buildOfContig("22", 22000000)); // cut out
        QVERIFY(!buildOfContig("21", 51304566)); // the length of another one
        QVERIFY(!buildOfContig("GL000192.1", 51304566));
    }
};

QTEST_GUILESS_MAIN(TestBuilds)
#include "tst_builds.moc"
