// SPDX-License-Identifier: GPL-3.0-or-later
// Tables of predictions, in every layout, and what can be wrong with them.
#include "io/files.h"
#include "support.h"

#include "io/prediction_table.h"

#include <cmath>

using namespace diploscope;
using namespace diploscope::test;

class TestPredictionTable : public QObject {
    Q_OBJECT

private:
    TemporaryFolder m_folder;
    const std::vector<std::string> m_people{"HG2", "HG9", "HG1"};

    Result<PredictionTable> read(const std::string& text, const std::string& name = "predictions.tsv") {
        writeText(m_folder / name, text);
        return PredictionTable::open(m_folder / name, m_folder / "cache");
    }

private Q_SLOTS:
    void layouts_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("haplotypes");
        const auto add = [](const char* name, const char* text, bool haplotypes = false) {
            QTest::newRow(name) << QString(text) << haplotypes;
        };
        add("genes x people", "gene\tHG1\tHG2\tHG3\nENSG02.1\t7\t8\t9\nENSG01.3\t1.5\t-2\t4\n");
        add("commas", "gene,HG1,HG2,HG3\nENSG01.3,1.5,-2,4\n");
        add("people x genes", "sample\tENSG02\tENSG01.3\nHG3\t9\t4\nHG1\t7\t1.5\nHG2\t8\t-2\n");
        add("GCT", "#1.2\n1\t3\nName\tDescription\tHG1\tHG2\tHG3\nENSG01.3\tA\t1.5\t-2\t4\n");
        add("BED", "#chr\tstart\tend\tphenotype_id\tHG1\tHG2\tHG3\n22\t1\t2\tENSG01.3\t1.5\t-2\t4\n");
        add("long",
            "sample\tgene\tvalue\nHG1\tENSG01.3\t1.5\nHG3\tENSG01\t4\nHG2\tENSG01\t-2\nHG2\tENSG02\t1\n");
        add("long, CRLF, other order",
            "value,gene_id,sample\r\n1.5,ENSG01,HG1\r\n-2,ENSG01,HG2\r\n4,ENSG01,HG3\r\n");
        add("haplotypes",
            "sample\tgene\thap1\thap2\nHG1\tENSG01\t1\t2\nHG2\tENSG01\t-4\t0\nHG3\tENSG01\t1\t2\n", true);
    }

    void layouts() {
        QFETCH(QString, text);
        QFETCH(bool, haplotypes);
        const auto table = read(text.toStdString());
        DS_VERIFY(table);
        const auto found = table->find("ENSG01", "A", m_people);
        DS_VERIFY(found);
        QCOMPARE(found->predicted(0), -2.0);
        QVERIFY(std::isnan(found->predicted(1)));
        QCOMPARE(found->predicted(2), 1.5);
        QCOMPARE(found->others, int64_t{1});
        QCOMPARE(std::isnan(found->haplotypes(0, 0)), !haplotypes);
        if (haplotypes)
            QVERIFY(found->haplotypes(0, 0) == -4 && found->haplotypes(2, 1) == 2);
    }

    void genesBySymbol() {
        const auto table = read("gene\tHG1\tHG2\nABC\t1\t2\nENSG01\t3\t4\n");
        QCOMPARE(table->find("ENSG01", "ABC", m_people)->predicted(0), 4.0);
        QCOMPARE(table->find("ENSG07", "ABC", m_people)->predicted(0), 2.0);
    }

    void whatIsNotThereIsSaid() {
        const auto table = read("gene\tHG1\tHG2\nENSG01.1\t1\t2\nENSG01.2\t1\t2\nENSG02\t3\tNA\n");
        DS_VERIFY(table);
        QCOMPARE(table->find("ENSG09", "ABC", m_people).error().kind, ErrorKind::NotFound);
        QVERIFY(table->find("ENSG09", "ABC", m_people).error().what.find("ABC (ENSG09)") !=
                std::string::npos);
        QVERIFY(table->find("ENSG01", "", m_people).error().what.find("several versions") !=
                std::string::npos);
        QVERIFY(std::isnan(table->find("ENSG02", "", m_people)->predicted(0)));
        const std::vector<std::string> strangers{"NA1", "NA2"};
        const auto nobody = table->find("ENSG02", "", strangers);
        QCOMPARE(nobody.error().kind, ErrorKind::NotFound);
        QVERIFY(nobody.error().what.find("none of the study's 2 people") != std::string::npos);
        QVERIFY(nobody.error().where.ends_with("predictions.tsv"));
    }

    void badOnes_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("what");
        QTest::addColumn<QString>("where");
        const auto add = [](const char* name, const char* text, const char* what, const char* where) {
            QTest::newRow(name) << QString(text) << QString(what) << QString(where);
        };
        add("ragged", "gene\tHG1\tHG2\nENSG01\t1\n", "", "line 2");
        add("text", "gene\tHG1\tHG2\nENSG01\t1\tmuch\n", "much", "line 2");
        add("gene twice", "gene\tHG1\tHG2\nENSG01\t1\t2\nENSG01\t1\t3\n", "ENSG01", "predictions.tsv");
        add("long, text", "sample\tgene\tvalue\nHG1\tENSG01\tx\n", "`x` in column `value`", "line 2");
        add("long, infinite", "sample\tgene\tvalue\nHG1\tENSG01\tinf\n", "is not finite", "line 2");
        add("long, nobody", "sample\tgene\tvalue\n\tENSG01\t1\n", "does not name", "line 2");
        add("long, twice", "sample\tgene\tvalue\nHG1\tENSG01\t1\nHG1\tENSG01.2\t2\n",
            "Two rows tell of ENSG01 in HG1: 1 and 2", "predictions.tsv");
        add("long, no row", "sample\tgene\tvalue\n", "no row", "predictions.tsv");
    }

    void badOnes() {
        QFETCH(QString, text);
        QFETCH(QString, what);
        QFETCH(QString, where);
        const auto table = read(text.toStdString());
        QVERIFY(!table);
        QCOMPARE(table.error().kind, ErrorKind::BadInput);
        QVERIFY2(QString::fromStdString(table.error().what).contains(what), table.error().what.c_str());
        QVERIFY2(QString::fromStdString(table.error().where).contains(where), table.error().where.c_str());
        QVERIFY(!table.error().remedy.empty());
    }

    /// Of a large one a gene's line is read, and it is the one that was checked.
    void largeOnesAreReadByLine() {
        std::string text = "gene";
        for (int p = 0; p < 400; ++p)
            text += "\tP" + std::to_string(p);
        text += '\n';
        for (int gene = 0; gene < 2000; ++gene) {
            text += "G" + std::to_string(gene);
            for (int p = 0; p < 400; ++p)
                text += "\t" + std::to_string(gene + 0.5 * p).substr(0, 6);
            text += '\n';
        }
        const auto table = read(text, "large.tsv");
        DS_VERIFY(table);
        const std::vector<std::string> people{"P399", "P2"};
        QCOMPARE(table->find("G1999", "", people)->predicted(1), 2000.0);
        text[text.find("\nG7\t") + 5] = '9';
        writeText(m_folder / "large.tsv", text);
        QCOMPARE(table->find("G7", "", people).error().kind, ErrorKind::Mismatch);
    }
};

QTEST_GUILESS_MAIN(TestPredictionTable)
#include "tst_prediction_table.moc"
