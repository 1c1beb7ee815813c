// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/expression_reader.h"
#include "io/expression_told.h"
#include "io/files.h"
#include "io/text_reader.h"
#include "support.h"

#include <cmath>
#include <limits>

using namespace diploscope;
using namespace diploscope::test;

namespace {
using Names = std::vector<std::string>;
const Names Known{"HG1", "HG2", "HG3"};
const double Missing = std::numeric_limits<double>::quiet_NaN();

/// What is read line by line says the same, the first time and from what was kept of it.
void compareLineByLine(const std::filesystem::path& file) {
    const TemporaryFolder cache;
    const ExpressionRequest request = requestOf(Known);
    for (int round = 0; round < 2; ++round)
        QCOMPARE(toldOfRows(ExpressionRows::open(file, request, cache.path(), {}, 1)),
                 toldOfMatrix(file, request));
}
} // namespace

class TestExpressionReader : public QObject {
    Q_OBJECT

private Q_SLOTS:
    /// All tables say the same: genes A (1 2 3) and B (4 NA 6) of people HG1, HG2, HG3.
    void recognises_data() {
        QTest::addColumn<std::string>("text");
        QTest::addColumn<std::string>("layout");
        const auto row = [](const char* name, const char* layout, const char* text) {
            QTest::newRow(name) << std::string(text) << std::string(layout);
        };
        row("tensorQTL BED", "BED",
            "#chr\tstart\tend\tphenotype_"
            "id\tHG1\tHG2\tHG3\n22\t9\t10\tA\t1\t2\t3\n22\t19\t20\tB\t4\tNA\t6\n");
        row("GEUVADIS BED", "BED",
            "#Chr\tstart\tend\tTargetID\tHG1\tHG2\tHG3\n22\t9\t10\tA\t1\t2\t3\n22\t19\t20\tB\t4\tNaN\t6\n");
        row("BED with length and strand", "BED",
            "#chr\tstart\tend\tgene\tlength\tstrand\tHG1\tHG2\tHG3\n22\t9\t10\tA\t500\t+\t1\t2\t3\n"
            "22\t19\t20\tB\t700\t.\t4\t\t6\n");
        row("QTLtools BED", "BED",
            "#Chr\tstart\tend\tpid\tgid\tstrand\tHG1\tHG2\tHG3\n22\t9\t10\tA\tgroup\t+\t1\t2\t3\n"
            "22\t19\t20\tB\tgroup\t-\t4\tnan\t6\n");
        row("BED with a text column of unknown name", "BED",
            "#chrom\tstart\tend\tgene_id\tremark\tHG1\tHG2\tHG3\n22\t9\t10\tA\tx\t1\t2\t3\n"
            "22\t19\t20\tB\ty\t4\t.\t6\n");
        row("windows line ends", "BED",
            "#chr\tstart\tend\tphenotype_"
            "id\tHG1\tHG2\tHG3\r\n22\t9\t10\tA\t1\t2\t3\r\n22\t19\t20\tB\t4\tNA\t6\r\n");
        row("GCT", "GCT 1.2",
            "#1.2\n2\t3\nName\tDescription\tHG1\tHG2\tHG3\nA\tfirst gene\t1\t2\t3\nB\tNA\t4\tNA\t6\n");
        row("genes in rows, TSV", "genes x people table",
            "gene_id\tHG1\tHG2\tHG3\nA\t1\t2\t3\nB\t4\tNA\t6\n");
        row("genes in rows, CSV with quotes", "genes x people table",
            "\"\",\"HG1\",\"HG2\",\"HG3\"\n\"A\",1,2,3\n\"B\",4,NA,6\n");
        row("R's write.table", "genes x people table",
            "\"HG1\" \"HG2\" \"HG3\"\n\"A\" 1 2 3\n\"B\" 4 NA 6\n");
        row("symbol and id", "genes x people table",
            "gene_name\tgene_id\tHG1\tHG2\tHG3\nx\tA\t1\t2\t3\ny\tB\t4\tNA\t6\n");
        row("people in rows, TSV", "people x genes table",
            "sample\tA\tB\nHG1\t1\t4\nHG2\t2\tNA\nHG3\t3\t6\n");
        row("people in rows, CSV with their sex", "people x genes table",
            "sample,sex,A,B\nHG1,male,1,4\nHG2,female,2,\nHG3,male,3,6\n");
        row("R's write.table, tabs, last value missing", "genes x people table",
            "HG1\tHG2\tHG3\nA\t1\t2\t3\nB\t4\t\t6\n");
        row("trailing tabs in rows", "genes x people table",
            "Geneid\tHG1\tHG2\tHG3\nA\t1\t2\t3\t\nB\t4\tNA\t6\t\n");
        row("trailing tab in some rows", "genes x people table",
            "Geneid\tHG1\tHG2\tHG3\nA\t1\t2\t3\nB\t4\tNA\t6\t\n");
        row("trailing commas everywhere", "genes x people table",
            "gene_id,HG1,HG2,HG3,,\nA,1,2,3,,\nB,4,NA,6,,\n,,,,,\n");
        row("trailing commas in rows", "genes x people table", "gene_id,HG1,HG2,HG3\nA,1,2,3,\nB,4,,6,\n");
        row("BED with trailing tabs", "BED",
            "#chr\tstart\tend\tphenotype_id\tHG1\tHG2\tHG3\n22\t9\t10\tA\t1\t2\t3\t\n"
            "22\t19\t20\tB\t4\tNA\t6\t\n");
        row("GTEx's GCT of one tissue", "GCT 1.2",
            "#1.2\n2\t3\nid\tName\tDescription\tHG1\tHG2\tHG3\n0\tA\tfirst\t1\t2\t3\n1\tB\tNA\t4\tNA\t6\n");
        row("GCT with trailing tabs and spaces", "GCT 1.2",
            "#1.2\n2\t3\t\t\nName\tDescription\tHG1\tHG2\tHG3 \nA \tfirst\t1\t2\t3\t\nB\tNA\t4\tNA\t 6\n");
        row("spaces, byte order mark, windows line ends", "genes x people table",
            "\xEF\xBB\xBFgene_id\tHG1 \t HG2\tHG3 \r\nA\t1\t2\t3 \r\nB\t4\tNA\t6\r\n");
        row("BED with spaces", "BED",
            "#chr start  end phenotype_id HG1 HG2 HG3\n22 9 10 A 1 2 3\n22 19 20 B 4 NA 6\n");
        row("BED with commas", "BED",
            "#Chr,start,end,gene_id,HG1,HG2,HG3\n22,9,10,A,1,2,3\n22,19,20,B,4,,6\n");
        row("BED behind comments with tabs", "BED",
            "##made\tby a pipeline\n#release\t5\n#chr\tstart\tend\tgene_id\tHG1\tHG2\tHG3\n"
            "22\t9\t10\tA\t1\t2\t3\n22\t19\t20\tB\t4\tNA\t6\n");
        row("comments with tabs", "genes x people table",
            "##made\tby\ta\tpipeline\n#made\tby\n\ngene_id\tHG1\tHG2\tHG3\nA\t1\t2\t3\nB\t4\tNA\t6\n");
        row("a comment as long as the header", "genes x people table",
            "#made\tby\ta\tpipeline\ngene_id\tHG1\tHG2\tHG3\nA\t1\t2\t3\nB\t4\tNA\t6\n");
        row("a comment before R's header", "genes x people table",
            "#made\tby\nHG1\tHG2\tHG3\nA\t1\t2\t3\nB\t4\tNA\t6\n");
        row("a sentence on contigs", "genes x people table",
            "#chr 22 alone\ngene_id\tHG1\tHG2\tHG3\nA\t1\t2\t3\nB\t4\tNA\t6\n");
        row("header with a hash", "genes x people table",
            "#gene_id\tHG1\tHG2\tHG3\nA\t1\t2\t3\nB\t4\tNA\t6\n");
        row("header with a hash before an unknown title", "genes x people table",
            "#feature\tHG1\tHG2\tHG3\nA\t1\t2\t3\nB\t4\tNA\t6\n");
        row("PLINK, one family id for all", "people x genes table",
            "#FID\tIID\tA\tB\n0\tHG1\t1\t4\n0\tHG2\t2\tNA\n0\tHG3\t3\t6\n");
        row("PLINK with spaces", "people x genes table",
            "FID IID A B\nHG1 HG1 1 4\nHG2 HG2 2 NA\nHG3 HG3 3 6\n");
        row("PLINK 2", "people x genes table",
            "#IID\tSID\tA\tB\nHG1\t0\t1\t4\nHG2\t0\t2\tNA\nHG3\t0\t3\t6\n");
        row("BED, blank behind the hash", "BED",
            "# made\tby\n# chr\tstart\tend\tgene_id\tHG1\tHG2\tHG3\n22\t9\t10\tA\t1\t2\t3\n"
            "22\t19\t20\tB\t4\tNA\t6\n");
        row("blank behind the hash, last value missing", "genes x people table",
            "#  gene_id\tHG1\tHG2\tHG3\nA\t1\t2\t3\nB\t4\t\t6\n");
        row("blank behind the hash before an unknown title, CRLF", "genes x people table",
            "# feature\tHG1\tHG2\tHG3\r\nA\t1\t2\t3\r\nB\t4\tNA\t6\r\n");
        row("blanks everywhere", "genes x people table", "# gene HG1 HG2 HG3\nA 1 2 3\nB 4 NA 6\n");
        row("a sentence as long as the header", "genes x people table",
            "# gene expression of people\n# sample of\t3\t4\t5\n"
            "gene_id\tHG1\tHG2\tHG3\nA\t1\t2\t3\nB\t4\tNA\t6\n");
        row("comment and blank lines", "genes x people table",
            "# made by a pipeline\n\ngene_id\tHG1\tHG2\tHG3\n\nA\t1\t2\t3\nB\t4\tNA\t6\n\n");
    }
    void recognises() {
        QFETCH(std::string, text);
        QFETCH(std::string, layout);
        const TemporaryFolder folder;
        writeText(folder / "table.txt", text);
        const auto matrix = readExpression(folder / "table.txt", Known);
        DS_VERIFY(matrix);
        QCOMPARE(matrix->layout, layout);
        QCOMPARE(matrix->genes, (Names{"A", "B"}));
        QCOMPARE(matrix->people, Known);
        QCOMPARE(matrix->values.rows(), 2);
        QCOMPARE(matrix->values.cols(), 3);
        QCOMPARE(matrix->values(0, 2), 3.0);
        QCOMPARE(matrix->values(1, 0), 4.0);
        QVERIFY(std::isnan(matrix->values(1, 1)));
        compareLineByLine(folder / "table.txt");
    }

    /// METHODS 17: only a person at the header's beginning shows that the corner was left out. Everything
    /// else that is one field longer would give each person the next one's value.
    void cornerOfPeopleInRows() {
        const TemporaryFolder folder;
        writeText(folder / "t.tsv", "ENSG01\tENSG02\nHG1\t1\t4\nHG2\t2\tNA\n");
        const auto turned = readExpression(folder / "t.tsv", Known);
        DS_VERIFY(turned);
        QCOMPARE(turned->genes, (Names{"ENSG01", "ENSG02"}));
        QCOMPARE(turned->values(1, 0), 4.0);
    }

    /// Expression of people who have no genotypes stands before the first known person: still people.
    void keepsUnknownPeople() {
        const TemporaryFolder folder;
        writeText(folder / "t.bed", "#chr\tstart\tend\tphenotype_id\tXX\tHG1\tYY\n22\t9\t10\tA\t1\t2\t3\n");
        const auto matrix = readExpression(folder / "t.bed", Known);
        DS_VERIFY(matrix);
        QCOMPARE(matrix->people, (Names{"XX", "HG1", "YY"}));
    }

    /// A person may be called like a describing column; what is known wins.
    void knownPeopleWin() {
        const TemporaryFolder folder;
        writeText(folder / "t.tsv", "gene_id\tlength\tHG1\nA\t1\t2\n");
        const auto described = readExpression(folder / "t.tsv", Known);
        DS_VERIFY(described);
        QCOMPARE(described->people, (Names{"HG1"}));
        const auto person = readExpression(folder / "t.tsv", {"length"});
        DS_VERIFY(person);
        QCOMPARE(person->people, (Names{"length", "HG1"}));
    }

    void readsCompressed() {
        const TemporaryFolder folder;
        writeThrough("bgzip", folder / "t.bed.gz",
                     "#chr\tstart\tend\tphenotype_id\tHG1\n22\t9\t10\tA\t1.5\n");
        const auto matrix = readExpression(folder / "t.bed.gz");
        DS_VERIFY(matrix);
        QCOMPARE(matrix->values(0, 0), 1.5);
    }

    void refuses_data() {
        QTest::addColumn<std::string>("text");
        QTest::addColumn<QString>("where");
        QTest::addColumn<QString>("what");
        const auto row = [](const char* name, const char* text, const char* where, const char* what) {
            QTest::newRow(name) << std::string(text) << QString(where) << QString(what);
        };
        row("no row", "gene_id\tHG1\n", "t.txt", "no data row");
        row("comments only", "# a\n# b\n", "t.txt", "comments only");
        row("one column", "gene_id\nA\n", "line 1", "one column");
        row("BED too narrow", "#chr\tstart\tend\tgene\n22\t1\t2\tA\n", "t.txt", "4 columns");
        row("no person", "gene_id\tgene_name\nA\tx\n", "t.txt", "`gene_id`");
        row("first row short", "#chr\tstart\tend\tgene\tHG1\n22\t1\n", "line 2", "2 columns");
        row("first row shorter than its id", "x\ty\tgene_id\tHG1\nA\n", "line 2", "1 columns");
        row("spaces for a header", "   \nA 1\n", "line 1", "one column");
        row("ragged, short", "gene_id\tHG1\tHG2\nA\t1\t2\nB\t1\n", "line 3",
            "2 columns, but the header has 3");
        row("ragged, long", "gene_id\tHG1\tHG2\nA\t1\t2\nB\t1\t2\t3\n", "line 3",
            "4 columns, but the header has 3");
        row("unnamed last column", "gene_id\tHG1\tHG2\nA\t1\t2\t3\nB\t1\t2\t3\n", "line 2",
            "header is `gene_id`, `HG1`, `HG2`; the row is `A`, `1`, `2`, `3`");
        row("unnamed last column of some rows", "gene_id\tHG1\tHG2\t\nA\t1\t2\t\nB\t1\t2\t3\n", "line 3",
            "4 columns, but the header has 3");
        row("corner of a stranger", "XX\tHG1\tHG2\nA\t1\t2\t3\n", "line 2",
            "4 columns, but the header has 3");
        row("corner left out, value missing", "HG1\tHG2\tHG3\nA\t1\t2\n", "line 2", "begins with `HG1`");
        row("corner left out, rows of numbers", "HG1\tHG2\n5.09\t1\t2\n", "line 2", "3 columns");
        row("BED one longer", "#chr\tstart\tend\tgene\tHG1\n22\t1\t2\tA\t1\t2\n", "line 2",
            "6 columns, but the header has 5");
        row("BED whose contig is a person", "#chr\tstart\tend\tgene\tHG1\nHG2\t22\t1\t2\tA\t1\n", "line 2",
            "6 columns");
        row("GCT one longer", "#1.2\n1\t1\nName\tDescription\tHG1\nA\tx\t1\t2\n", "line 4",
            "4 columns, but the header has 3");
        row("nameless column", "gene_id\tHG1\t\tHG2\nA\t1\t2\t3\n", "t.txt", "Column 3");
        row("eQTL results", "phenotype_id,variant_id,pval_nominal,slope,slope_se\nA,22_1_A_C,0.1,1,2\n",
            "t.txt", "`pval_nominal`");
        row("differential expression", "gene\tbaseMean\tlog2FoldChange\tpadj\nA\t1\t2\t3\n", "t.txt",
            "no expression");
        row("BED with spaces, text", "#chr start end gene HG1\n22 1 2 A low\n", "line 2, column 5 (HG1)",
            "`low` is not a finite number, for `A`");
        row("comments alone", "##a\tb\n#made\n\n", "t.txt", "comments only");
        row("text", "gene_id\tHG1\tHG2\nA\t1\t2\nB\t1\tlow\n", "line 3, column 3 (HG2)", "`low`");
        row("decimal comma", "gene_id\tHG1\nA\t1\nB\t1,5\n", "line 3, column 2 (HG1)", "`1,5`");
        row("infinite", "gene_id\tHG1\nA\tinf\n", "line 2, column 2 (HG1)", "`inf`");
        row("duplicate gene", "gene_id\tHG1\nA\t1\nB\t2\nA\t3\n", "t.txt", "gene `A`");
        row("duplicate person", "gene_id\tHG1\tHG1\nA\t1\t2\n", "t.txt", "person `HG1`");
        row("duplicate person in rows", "sample\tA\nHG1\t1\nHG1\t2\n", "t.txt", "`HG1`");
        row("BED start no number", "#chr\tstart\tend\tgene\tHG1\n22\tx\t2\tA\t1\n", "line 2", "`x`");
        row("BED end before start", "#chr\tstart\tend\tgene\tHG1\n22\t3\t2\tA\t1\n", "line 2", "`3` to `2`");
        row("nameless gene", "gene_id\tHG1\n\t1\n", "line 2", "no name");
        row("GCT without sizes", "#1.2\nName\tDescription\tHG1\nA\tx\t1\n", "line 2", "Name");
        row("GCT cut off", "#1.2\n2\t1\nName\tDescription\tHG1\nA\tx\t1\n", "t.txt", "announces 2 genes");
        row("GCT of other columns", "#1.2\n1\t1\nId\tHG1\nA\t1\n", "line 3", "`Name`");
    }
    void refuses() {
        QFETCH(std::string, text);
        QFETCH(QString, where);
        QFETCH(QString, what);
        const TemporaryFolder folder;
        writeText(folder / "t.txt", text);
        const auto matrix = readExpression(folder / "t.txt", Known);
        QVERIFY(!matrix);
        QCOMPARE(matrix.error().kind, ErrorKind::BadInput);
        QVERIFY2(matrix.error().where.find(where.toStdString()) != std::string::npos,
                 matrix.error().where.c_str());
        QVERIFY2(matrix.error().what.find(what.toStdString()) != std::string::npos,
                 matrix.error().what.c_str());
        QVERIFY(!matrix.error().remedy.empty());
        compareLineByLine(folder / "t.txt");
    }

    void refusesFiles() {
        const TemporaryFolder folder;
        QCOMPARE(readExpression(folder / "none.bed").error().kind, ErrorKind::NotFound);
        writeText(folder / "empty.bed", "");
        QCOMPARE(readExpression(folder / "empty.bed").error().kind, ErrorKind::BadInput);
        std::string text = "gene_id\tHG1\n";
        for (int i = 0; i < 50000; ++i)
            text += "gene" + std::to_string(i) + "\t" + std::to_string(i % 977) + "\n";
        writeThrough("gzip", folder / "cut.tsv.gz", text);
        cutTo(folder / "cut.tsv.gz", -2000);
        const auto cut = readExpression(folder / "cut.tsv.gz");
        QVERIFY(!cut);
        QCOMPARE(cut.error().kind, ErrorKind::BadInput);
        QVERIFY(cut.error().where.find("cut.tsv.gz") != std::string::npos);
        writeText(folder / "three.gct", "#1.3\n1\t1\t0\t0\nid\tHG1\nA\t1\n");
        QCOMPARE(readExpression(folder / "three.gct").error().kind, ErrorKind::Unsupported);
    }

    void transformsLog2() {
        ExpressionMatrix matrix{{"A"}, {"HG1", "HG2", "HG3"}, Eigen::MatrixXd(1, 3), {}};
        matrix.values << 0.0, 7.0, Missing;
        DS_VERIFY(transformExpression(matrix, ExpressionTransform::Log2Plus1));
        QCOMPARE(matrix.values(0, 0), 0.0);
        QCOMPARE(matrix.values(0, 1), 3.0);
        QVERIFY(std::isnan(matrix.values(0, 2)));
        matrix.values(0, 1) = -0.5;
        const auto refused = transformExpression(matrix, ExpressionTransform::Log2Plus1);
        QVERIFY(!refused);
        QCOMPARE(refused.error().kind, ErrorKind::BadInput);
        QCOMPARE(refused.error().where, std::string("gene A, person HG2"));
        QVERIFY(!refused.error().remedy.empty());
    }

    /// Against SciPy: tests/reference/rank_normal.py. Ties and missing values are among the rows.
    void transformsRankNormal() {
        auto reader = TextReader::open(fixture("reference/rank_normal.tsv"));
        DS_VERIFY(reader);
        std::vector<std::vector<double>> rows;
        std::vector<std::string_view> fields;
        for (std::string_view line; *reader->next(line);) {
            if (line.starts_with('#'))
                continue;
            splitFields(line, '\t', fields);
            rows.emplace_back();
            for (const std::string_view field : fields) {
                rows.back().emplace_back();
                QVERIFY(parseNumber(field, rows.back().back()));
            }
        }
        QVERIFY(rows.size() >= 8);
        for (size_t i = 0; i < rows.size(); i += 2) {
            ExpressionMatrix matrix;
            const auto count = Eigen::Index(rows[i].size());
            matrix.values.resize(1, count);
            for (Eigen::Index j = 0; j < count; ++j)
                matrix.values(0, j) = rows[i][size_t(j)];
            DS_VERIFY(transformExpression(matrix, ExpressionTransform::RankNormal));
            for (Eigen::Index j = 0; j < count; ++j) {
                const double expected = rows[i + 1][size_t(j)];
                const double value = matrix.values(0, j);
                QVERIFY(std::isnan(expected) ? std::isnan(value) : std::abs(value - expected) < 1e-6);
            }
        }
    }

    void readsRealFiles() {
        DS_SKIP_WITHOUT_SHARED_DATA();
        const auto folder = sharedData() / "geuvadis_chr22/expression";
        const auto rpkm = readExpression(folder / "geuvadis358.genes.RPKM.chr22.bed.gz", {"HG00099"});
        DS_VERIFY(rpkm);
        QCOMPARE(rpkm->genes.size(), size_t(608));
        QCOMPARE(rpkm->people.size(), size_t(358));
        QCOMPARE(rpkm->genes[0], std::string("ENSG00000215270.3"));
        QCOMPARE(rpkm->positions.size(), size_t(608));
        QCOMPARE(rpkm->positions[0], (Region{"22", 16122719, 16122720}));
        QCOMPARE(rpkm->people[0], std::string("HG00096"));
        QCOMPARE(rpkm->values(0, 0), 0.7878783927);
        const auto normalised = readExpression(folder / "geuvadis373.genes.normalized.chr22.bed.gz");
        DS_VERIFY(normalised);
        QCOMPARE(normalised->genes.size(), size_t(364));
        QCOMPARE(normalised->people.size(), size_t(373));
    }
};

QTEST_GUILESS_MAIN(TestExpressionReader)
#include "tst_expression_reader.moc"
