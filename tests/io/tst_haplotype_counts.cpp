// SPDX-License-Identifier: GPL-3.0-or-later
// Haplotype counts as phASER writes them, and what can be wrong with them.
#include "io/files.h"
#include "support.h"

#include "io/haplotype_counts.h"

using namespace diploscope;
using namespace diploscope::test;

namespace {

const QString Long = QStringLiteral(
    "contig\tstart\tstop\tname\taCount\tbCount\ttotalCount\tlog2_aFC\tn_variants\tvariants\tgw_phased\tbam\n"
    "22\t10\t90\tENSG01.4\t12\t7\t19\t0.7\t2\t22_20_A_C,22_30_G_T\t1\tHG1\n"
    "22\t10\t90\tENSG01.4\t3\t9\t12\t-1.4\t1\t22_20_A_C\t1\tHG2\n"
    "22\t10\t90\tENSG01.4\t5\t6\t11\t-0.2\t1\t22_20_A_C\t0\tHG3\n"
    "22\t10\t90\tENSG01.4\t0\t0\t0\tNaN\t0\t\t0\tHG4\n"
    "22\t100\t190\tENSG02.1\t0\t30\t30\t-4\t1\t22_120_A_C\t1\tHG1\n");

} // namespace

class TestHaplotypeCounts : public QObject {
    Q_OBJECT

    TemporaryFolder m_folder;

    Result<HaplotypeCounts> read(const QString& text,
                                 const std::unordered_map<std::string, std::string>& wanted = {}) {
        writeText(m_folder / "counts.tsv", text.toStdString());
        return HaplotypeCounts::read(m_folder / "counts.tsv", wanted);
    }
    /// "HG1 12|7, HG2 3|9"
    static QString toText(const HaplotypeCounts& table, const std::string& gene) {
        QStringList counts;
        for (const HaplotypeCounts::Count& count : table.find(gene))
            counts << QStringLiteral("%1 %2|%3")
                          .arg(QString::fromStdString(table.people()[count.person]))
                          .arg(count.a)
                          .arg(count.b);
        return counts.join(QStringLiteral(", "));
    }

private Q_SLOTS:
    void layouts_data() {
        QTest::addColumn<QString>("text");
        QTest::newRow("phASER, a row a gene and person") << Long;
        QTest::newRow("matrix")
            << "#contig\tstart\tstop\tname\tHG1\tHG2\tHG3\n22\t10\t90\tENSG01.4\t12|7\t3|9\t0|0\n"
               "22\t100\t190\tENSG02.1\t0|30\t0|0\t.\n";
        QTest::newRow("CRLF, commas, other names")
            << "gene_id,HG1,HG2,HG3\r\nENSG01.4,12|7,3|9,NA\r\nENSG02.1,0|30,,\r\n";
        QTest::newRow("nobody has a count of the first gene")
            << "name\tHG1\tHG2\nENSG07\tNA\tNA\nENSG01\t12|7\t3|9\nENSG02\t0|30\tNA\n";
    }
    void layouts() {
        QFETCH(QString, text);
        const auto table = read(text, {{"ENSG01", "ENSG01"}, {"ENSG02", "ENSG02"}});
        DS_VERIFY(table);
        QCOMPARE(toText(*table, "ENSG01"), QStringLiteral("HG1 12|7, HG2 3|9"));
        QCOMPARE(toText(*table, "ENSG02"), QStringLiteral("HG1 0|30"));
        QCOMPARE(toText(*table, "ENSG09"), QString());
        QCOMPARE(table->geneCount(), int64_t{2});
    }

    /// Which of two haplotypes is the first one is told by the genotypes' phase alone.
    void phaseOfItsOwnIsCounted() {
        const auto table = read(Long);
        QCOMPARE(table->ownPhase(), int64_t{1});
        QCOMPARE(table->rowsRead(), int64_t{5});
        QString without = Long;
        without.replace(QStringLiteral("gw_phased"), QStringLiteral("other"));
        QCOMPARE(toText(*read(without), "ENSG01"), QStringLiteral("HG1 12|7, HG2 3|9, HG3 5|6"));
    }

    void genesByName() {
        const auto table = read(QStringLiteral("name\tHG1\nABC\t9|1\nXYZ\t1|9\n"), {{"ABC", "ENSG01"}});
        QCOMPARE(toText(*table, "ENSG01"), QStringLiteral("HG1 9|1"));
        QCOMPARE(table->geneCount(), int64_t{1});
    }

    void compressed() {
        for (const char* program : {"gzip", "bgzip"}) {
            const auto file = m_folder / (std::string(program) + ".tsv.gz");
            writeThrough(QString::fromLatin1(program), file, Long.toStdString());
            const auto table = HaplotypeCounts::read(file);
            DS_VERIFY(table);
            QCOMPARE(table->geneCount(), int64_t{2});
            cutTo(file, -20);
            QCOMPARE(HaplotypeCounts::read(file).error().kind, ErrorKind::BadInput);
        }
    }

    void badOnes_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("what");
        QTest::addColumn<QString>("where");
        const auto row = [](const char* name, const QString& text, const char* what, const char* where) {
            QTest::newRow(name) << text << QString(what) << QString(where);
        };
        row("empty", "", "", "counts.tsv");
        row("no row", "name\tHG1\n", "no row", "counts.tsv");
        row("other columns", "name\tHG1\nENSG01\tmany\n", "none of a table of haplotype counts",
            "counts.tsv");
        row("ragged", "name\tHG1\tHG2\nENSG01\t1|2\t3|4\nENSG02\t1|2\n", "", "line 3");
        row("no pair", "name\tHG1\nENSG01\t1|2\nENSG02\t3\n", "`3` of HG1", "line 3");
        row("negative", "name\tHG1\nENSG01\t1|2\nENSG02\t-3|4\n", "`-3|4` of HG1", "line 3");
        row("too large", "name\tHG1\nENSG01\t1|2\nENSG02\t3|4294967296\n", "4294967296", "line 3");
        row("gene twice", "name\tHG1\nENSG01.1\t1|2\nENSG01.2\t3|4\n", "ENSG01 has two counts", "counts.tsv");
        row("person twice", "name\tHG1\tHG1\nENSG01\t1|2\t3|4\n", "HG1 has two columns", "counts.tsv");
        QString text = Long;
        row("long, twice", text.replace("HG2", "HG1"), "ENSG01 has two counts of HG1", "counts.tsv");
        text = Long;
        row("long, part of a read", text.replace("\t3\t9\t", "\t3.5\t9\t"), "`3.5` under `aCount`", "line 3");
    }
    void badOnes() {
        QFETCH(QString, text);
        QFETCH(QString, what);
        QFETCH(QString, where);
        const auto table = read(text);
        QVERIFY(!table);
        QCOMPARE(table.error().kind, ErrorKind::BadInput);
        QVERIFY2(QString::fromStdString(table.error().what).contains(what), table.error().what.c_str());
        QVERIFY2(QString::fromStdString(table.error().where).contains(where), table.error().where.c_str());
        QVERIFY(!table.error().remedy.empty());
    }

    void notThere() {
        QCOMPARE(HaplotypeCounts::read(m_folder / "none.tsv").error().kind, ErrorKind::NotFound);
        QCOMPARE(checkHaplotypeCounts(m_folder / "none.tsv").error().kind, ErrorKind::NotFound);
    }
};

QTEST_GUILESS_MAIN(TestHaplotypeCounts)
#include "tst_haplotype_counts.moc"
