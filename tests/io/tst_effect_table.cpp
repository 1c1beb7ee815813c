// SPDX-License-Identifier: GPL-3.0-or-later
// Tables of effects: good ones in every form, and each way in which one can be wrong, with line and remedy.
#include "io/files.h"
#include "support.h"

#include "io/effect_table.h"

using namespace diploscope;
using namespace diploscope::test;

namespace {

const std::string Four = "chrom\tpos\tref\talt\tgene\tscore\n";

} // namespace

class TestEffectTable : public QObject {
    Q_OBJECT

private:
    TemporaryFolder m_folder;

    Result<EffectTable> read(const std::string& text, const std::vector<std::string>& scores = {"score"}) {
        writeText(m_folder / "effects.tsv", text);
        return EffectTable::read(m_folder / "effects.tsv", scores);
    }

private Q_SLOTS:
    void forms_data() {
        QTest::addColumn<QString>("text");
        const auto add = [](const char* name, const char* text) { QTest::newRow(name) << QString(text); };
        add("four columns", "chrom\tpos\tref\talt\tgene\tscore\nchr22\t101\tA\tG\tENSG01.7\t0.5\n");
        add("other names, in capitals, commas",
            "CHR,POSITION,REF,ALT,GENE_ID,score\n22,101,a,g,ENSG01,0.5\n");
        add("an id with colons", "variant_id\tgene\tscore\n22:101:A:G\tENSG01\t0.5\n");
        add("an id as GTEx has it", "gene\tvariant\tscore\nENSG01\tchr22_101_A_G_b38\t0.5\n");
        add("shared bases", "chrom\tpos\tref\talt\tgene\tscore\n22\t100\tTAC\tTGC\tENSG01\t0.5\n");
        add("Windows line ends", "chrom\tpos\tref\talt\tgene\tscore\r\n22\t101\tA\tG\tENSG01\t0.5\r\n");
        add("the effect of REF",
            "chrom\tpos\tref\talt\teffect_allele\tgene\tscore\n22\t101\tA\tG\tA\tENSG01\t-0.5\n");
        add("a VCF's INFO", "##fileformat=VCFv4.2\n##INFO=<ID=score,Number=A,Type=Float,Description=\"e\">\n"
                            "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n"
                            "chr22\t101\trs1\tA\tG\t.\tPASS\tDP=3;GENE=ENSG01.4;myscore=7;score=0.5\n");
        add("the same row twice",
            "chrom\tpos\tref\talt\tgene\tscore\n22\t101\tA\tG\tENSG01\t0.5\n22\t101\tA\tG\tENSG01\t0.5\n");
    }

    void forms() {
        QFETCH(QString, text);
        const auto table = read(text.toStdString());
        DS_VERIFY(table);
        QCOMPARE(table->geneCount(), size_t{1});
        const auto* gene = table->find("ENSG01", "");
        QVERIFY(gene != nullptr && table->find("ENSG02", "") == nullptr);
        QCOMPARE(gene->rows.size(), size_t{1});
        QCOMPARE(gene->repeated, table->rowsRead() - 1);
        QCOMPARE(gene->reference, std::vector<double>{0});
        const EffectTable::Row& row = gene->rows.front();
        QCOMPARE(std::string(table->contigOf(row)), std::string("22"));
        QCOMPARE(row.position, int64_t{100});
        const TrimmedAlleles alleles = table->allelesOf(row);
        QVERIFY(alleles.ref == "A" && alleles.alt == "G" && alleles.position == 100);
        QCOMPARE(table->scoresOf(row)[0], 0.5);
    }

    /// A gene is looked for by its id first: a symbol may be another gene's id.
    void genesByIdThenBySymbol() {
        const auto table = read(Four + "22\t101\tA\tG\tENSG01\t1\n22\t101\tA\tG\tABC\t2\n");
        DS_VERIFY(table);
        QCOMPARE(table->scoresOf(table->find("ENSG01", "ABC")->rows[0])[0], 1.0);
        QCOMPARE(table->scoresOf(table->find("ENSG09", "ABC")->rows[0])[0], 2.0);
        QVERIFY(table->find("ENSG09", "") == nullptr);
    }

    void severalScoresWithTheirReferences() {
        const auto table = read("variant_id\tgene\tliver\tliver_reference\tlung\n22:101:A:G\tG1\t1\t7\t-2\n"
                                "22:99:A:G\tG1\t3\t7\t-4\n",
                                {"lung", "liver"});
        DS_VERIFY(table);
        const auto* gene = table->find("G1", "");
        QCOMPARE(gene->reference, (std::vector<double>{0, 7}));
        QCOMPARE(gene->rows[0].position, int64_t{98}); // by position, whatever the order
        QCOMPARE(table->scoresOf(gene->rows[0])[0], -4.0);
        QCOMPARE(table->scoresOf(gene->rows[0])[1], 3.0);
    }

    /// A value an ALT, and the reference's score.
    void recordsOfSeveralAlleles() {
        const std::string head = "##fileformat=VCFv4.2\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n";
        const auto table = read(head + "22\t101\t.\tA\tG,AT\t.\t.\tE=1,-2;GENE=G1;E_reference=5\n", {"E"});
        DS_VERIFY(table);
        const auto* gene = table->find("G1", "");
        QCOMPARE(gene->rows.size(), size_t{2});
        QCOMPARE(gene->reference, std::vector<double>{5});
        for (const EffectTable::Row& row : gene->rows)
            QCOMPARE(table->scoresOf(row)[0], table->allelesOf(row).alt == "G" ? 1.0 : -2.0);
        for (const char* info : {"GENE=G1", "E=1;GENE=G1", "E=1,x;GENE=G1", "E=1,nan;GENE=G1", "E=1,2"}) {
            const auto bad = read(head + "22\t101\t.\tA\tG,AT\t.\t.\t" + info + "\n", {"E"});
            QVERIFY2(!bad && bad.error().where.ends_with("line 3"), info);
        }
    }

    void bgzippedOnes() {
        writeThrough("bgzip", m_folder / "effects.tsv.gz", Four + "22\t101\tA\tG\tENSG01\t0.5\n");
        DS_VERIFY(EffectTable::read(m_folder / "effects.tsv.gz", {"score"}));
    }

    void badOnes_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("what");
        QTest::addColumn<QString>("where");
        const auto add = [](const char* name, const std::string& text, const char* what, const char* where) {
            QTest::newRow(name) << QString::fromStdString(text) << QString(what) << QString(where);
        };
        add("no gene", "chrom\tpos\tref\talt\tscore\n1\t2\tA\tC\t1\n", "needs a column of genes", "line 1");
        add("no variant", "gene\tscore\nG\t1\n", "needs columns that name variants", "line 1");
        add("no score", "variant\tgene\teffect\n1:2:A:C\tG\t1\n", "the column of scores `score`", "line 1");
        add("no row", Four, "has a header but no row", "effects.tsv");
        add("ragged", Four + "22\t101\tA\tG\tG1\n", "", "line 2");
        add("NaN", Four + "22\t101\tA\tG\tG1\tNaN\n", "`NaN` in column `score` is no number", "line 2");
        add("infinite", Four + "22\t101\tA\tG\tG1\tinf\n", "is not finite", "line 2");
        add("text", Four + "22\t101\tA\tG\tG1\tmuch\n", "`much`", "line 2");
        add("an rsid", "variant\tgene\tscore\nrs12\tG1\t1\n", "`rs12` does not say", "line 2");
        add("no gene in a row", Four + "22\t101\tA\tG\t\t1\n", "names no gene", "line 2");
        add("equal alleles", Four + "22\t101\tA\tA\tG1\t1\n", "is no change of bases", "line 2");
        add("no alleles", Four + "22\t101\tA\t<DEL>\tG1\t1\n", "is no change of bases", "line 2");
        add("place 0", Four + "22\t0\tA\tG\tG1\t1\n", "is no change of bases", "line 2");
        add("no place", Four + "22\there\tA\tG\tG1\t1\n", "`here`", "line 2");
        add("two values", Four + "22\t101\tA\tG\tENSG01\t1\n22\t100\tCA\tCG\tENSG01.2\t2\n",
            "has two effects on ENSG01", "line 3");
        add("two references", "variant\tgene\tscore\tscore_reference\n1:2:A:C\tG\t1\t3\n1:3:A:C\tG\t1\t4\n",
            "The reference's score of G is 4 here and 3", "line 3");
        add("effect allele", "variant\tgene\tscore\teffect_allele\n1:2:A:C\tG\t1\tT\n",
            "The effect allele `T` is neither", "line 2");
    }

    /// Whichever record of a gene tells the reference's score.
    void aReferenceStandsInAnyRecord() {
        const std::string head = "##fileformat=VCFv4.2\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n";
        const std::string without = "E=1;GENE=G1\n", with = "E=2;GENE=G1;E_reference=4\n";
        for (const bool isFirst : {true, false}) {
            const auto table = read(head + "22\t101\t.\tA\tG\t.\t.\t" + (isFirst ? with : without) +
                                        "22\t103\t.\tA\tG\t.\t.\t" + (isFirst ? without : with),
                                    {"E"});
            DS_VERIFY(table);
            QCOMPARE(table->find("G1", "")->reference.front(), 4.0);
        }
    }

    void badOnes() {
        QFETCH(QString, text);
        QFETCH(QString, what);
        QFETCH(QString, where);
        const auto table = read(text.toStdString());
        QVERIFY(!table);
        QCOMPARE(table.error().kind, ErrorKind::BadInput);
        QVERIFY2(QString::fromStdString(table.error().what).contains(what), table.error().what.c_str());
        QVERIFY2(table.error().where.ends_with(where.toStdString()), table.error().where.c_str());
        QVERIFY(!table.error().remedy.empty());
    }

    void cutOff() {
        std::string rows = Four;
        for (int i = 0; i < 20'000; ++i)
            rows +=
                "22\t" + std::to_string(i + 1) + "\tA\tG\tG1\t0." + std::to_string(i * 7919 % 100'000) + "\n";
        writeThrough("gzip", m_folder / "cut.tsv.gz", rows);
        const auto size = std::filesystem::file_size(m_folder / "cut.tsv.gz");
        std::filesystem::resize_file(m_folder / "cut.tsv.gz", size / 2);
        const auto table = EffectTable::read(m_folder / "cut.tsv.gz", {"score"});
        QVERIFY(!table);
        QCOMPARE(table.error().kind, ErrorKind::BadInput);
    }
};

QTEST_GUILESS_MAIN(TestEffectTable)
#include "tst_effect_table.moc"
