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
        for (const char* text : {"", "22", "22:5", "22:5-", "22:-5-10", "22:0-10", "22:10-5", "22:5-1e3",
                                 "22:a-b", "5-10", "22:1-99999999999999999999", "22:1-9999999999999"})
            QTest::newRow(*text == 0 ? "nothing" : text) << text << int(ErrorKind::BadInput);
        QTest::newRow("contig") << "21:5-10" << int(ErrorKind::NotFound);
    }
    void othersAreRefused() {
        QFETCH(const QString, text);
        QFETCH(const int, kind);
        const auto found = parseRegion(text.toStdString(), m_contigs);
        QVERIFY(!found);
        QCOMPARE(int(found.error().kind), kind);
        QVERIFY(!found.error().where.empty() && !found.error().remedy.empty());
    }
};

QTEST_GUILESS_MAIN(TestRegionName)
#include "tst_region_name.moc"
