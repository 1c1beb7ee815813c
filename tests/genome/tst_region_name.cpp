// SPDX-License-Identifier: GPL-3.0-or-later
#include "genome/region_name.h"

#include "support.h"

using namespace diploscope;
using namespace diploscope::test;

class TestRegionName : public QObject {
    Q_OBJECT

    const std::vector<std::string> m_contigs{"22", "HLA-A*01:01"};

private Q_SLOTS:
    void formsAreRead_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("contig");
        QTest::addColumn<qint64>("start");
        QTest::addColumn<qint64>("end");
        QTest::newRow("plain") << "22:5-10"
                               << "22" << qint64(4) << qint64(10);
        QTest::newRow("one place") << "22:1-1"
                                   << "22" << qint64(0) << qint64(1);
        QTest::newRow("alias and commas") << " chr22:1,005-1,010 "
                                          << "22" << qint64(1004) << qint64(1010);
        QTest::newRow("odd contig") << "HLA-A*01:01:5-10"
                                    << "HLA-A*01:01" << qint64(4) << qint64(10);
        QTest::newRow("as the window writes it") << "22:1,005\u20131,010"
                                                 << "22" << qint64(1004) << qint64(1010);
        QTest::newRow("two dots") << "CHR22:19929000..19931000"
                                  << "22" << qint64(19928999) << qint64(19931000);
        QTest::newRow("M") << "22:19.92M-19.94M"
                           << "22" << qint64(19919999) << qint64(19940000);
        QTest::newRow("k, kb, bp") << "22 : 1.005 K - 2kb"
                                   << "22" << qint64(1004) << qint64(2000);
        QTest::newRow("bp") << "22:7bp - 1Mb"
                            << "22" << qint64(6) << qint64(1000000);
    }
    void formsAreRead() {
        QFETCH(const QString, text);
        QFETCH(const QString, contig);
        QFETCH(const qint64, start);
        QFETCH(const qint64, end);
        const auto found = parseRegion(text.toStdString(), m_contigs);
        DS_VERIFY(found);
        QCOMPARE(*found, (Region{contig.toStdString(), start, end}));
        QCOMPARE(parseRegion(toText(*found), m_contigs).value(), *found);
    }

    void othersAreRefused_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("kind");
        for (const char* text : {"",
                                 "22",
                                 "22:5",
                                 "22:5-",
                                 "22:-5-10",
                                 "22:0-10",
                                 "22:10-5",
                                 "22:5-1e3",
                                 "22:a-b",
                                 "5-10",
                                 "22:1-99999999999999999999",
                                 "22:1-9999999999999",
                                 "22:1-9999999M",
                                 "22:1.5-2",
                                 "22:1.0005k-2k",
                                 "22:1.-2M",
                                 "22:.5M-2M",
                                 ":5-10",
                                 "22:5-10-15",
                                 "22:+5-10",
                                 "22:5-10x",
                                 "22:k-M",
                                 "22:\u0665-\u0669",
                                 "22:5\u00a0-10",
                                 "22:19930274:C:T",
                                 "\u2013",
                                 "..",
                                 "::",
                                 "22:5...10"})
            QTest::newRow(*text == 0 ? "nothing" : text) << text << int(ErrorKind::BadInput);
        QTest::newRow("long") << QString(100'000, u'9') << int(ErrorKind::BadInput);
        QTest::newRow("contig") << "21:5-10" << int(ErrorKind::NotFound);
    }
    void othersAreRefused() {
        QFETCH(const QString, text);
        QFETCH(const int, kind);
        const auto found = parseRegion(text.toStdString(), m_contigs);
        QVERIFY(!found);
        QCOMPARE(int(found.error().kind), kind);
        QVERIFY(!found.error().where.empty() && found.error().where.size() < 100);
        QVERIFY(!found.error().remedy.empty());
    }

    void placesAreRead_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("contig");
        QTest::addColumn<qint64>("first");
        QTest::addColumn<qint64>("last");
        QTest::addColumn<bool>("isRange");
        const auto row = [](const char* text, const char* contig, qint64 first, qint64 last, bool isRange) {
            QTest::newRow(text) << text << contig << first << last << isRange;
        };
        row("22:19,930,274", "22", 19'930'274, 19'930'274, false);
        row("chr22:19.93M", "chr22", 19'930'000, 19'930'000, false);
        row("19930274", "", 19'930'274, 19'930'274, false);
        row("19929000..19931000", "", 19'929'000, 19'931'000, true);
        row("34M-35m", "", 34'000'000, 35'000'000, true);
        row("34-35M", "", 34, 35'000'000, true); // as it is written
        row("5-5", "", 5, 5, true);
        row("22:1099511627776", "22", int64_t{1} << 40, int64_t{1} << 40, false);
    }
    void placesAreRead() {
        QFETCH(const QString, text);
        QFETCH(const QString, contig);
        QFETCH(const qint64, first);
        QFETCH(const qint64, last);
        QFETCH(const bool, isRange);
        const auto found = parsePlace(text.toStdString());
        DS_VERIFY(found);
        QCOMPARE(QString::fromStdString(found->contig), contig);
        QCOMPARE(qint64(found->first), first);
        QCOMPARE(qint64(found->last), last);
        QCOMPARE(found->isRange, isRange);
    }
    void noPlaces() {
        for (const char* text : {"", "GSTM3", "rs123", "22:", "22:0", "0", "1099511627777", "22:A>G", "5-",
                                 "ENSG00000100000", "\u0661", "1e3", "0x10", "-5", "22:-5"})
            QVERIFY2(!parsePlace(text), text);
    }
};

QTEST_GUILESS_MAIN(TestRegionName)
#include "tst_region_name.moc"
