// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/annotation_reader.h"
#include "io/files.h"
#include "support.h"

using namespace diploscope;
using namespace diploscope::test;

namespace {

/// "22:1-10,21-30" of a gene's exons.
std::string exonsOf(const Gene& gene) {
    std::string text;
    for (const Region& exon : gene.exons)
        text += (text.empty() ? "" : " ") + toText(exon);
    return text;
}

std::string describe(const Annotation& annotation) {
    std::string text;
    for (const Gene& gene : annotation.genes())
        text += gene.id + "|" + gene.version + "|" + gene.name + "|" + gene.type + "|" + toText(gene.region) +
                "|" + strandSymbol(gene.strand) + "|" + exonsOf(gene) + "\n";
    return text;
}

} // namespace

class TestAnnotationReader : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void reads_data() {
        QTest::addColumn<std::string>("text");
        QTest::addColumn<std::string>("expected");
        const std::string gencode =
            "##description: evidence-based annotation\n"
            "chr22\tHAVANA\tgene\t101\t400\t.\t-\t.\tgene_id \"ENSG01.4\"; gene_type \"lincRNA\"; gene_name "
            "\"AB;C\"; level 2;\n"
            "chr22\tHAVANA\ttranscript\t101\t400\t.\t-\t.\tgene_id \"ENSG01.4\"; transcript_id \"T1\";\n"
            "chr22\tHAVANA\texon\t101\t200\t.\t-\t.\tgene_id \"ENSG01.4\"; transcript_id \"T1\"; gene_name "
            "\"AB;C\";\n"
            "chr22\tHAVANA\texon\t301\t400\t.\t-\t.\tgene_id \"ENSG01.4\"; transcript_id \"T1\";\n"
            "chr22\tHAVANA\texon\t151\t250\t.\t-\t.\tgene_id \"ENSG01.4\"; transcript_id \"T2\";\n"
            "chr22\tHAVANA\tCDS\t1\t9\t.\t-\t.\tgene_id \"ENSG01.4\";\n"
            "chrY\tHAVANA\tgene\t5\t9\t.\t+\t.\tgene_id \"ENSG01.4_PAR_Y\"; gene_type \"lincRNA\"; gene_name "
            "\"AB;C\";\n";
        const std::string gencodeExpected =
            "ENSG01|4|AB;C|lincRNA|chr22:101-400|-|chr22:101-250 chr22:301-400\n"
            "ENSG01_PAR_Y|4|AB;C|lincRNA|chrY:5-9|+|\n";
        QTest::newRow("GENCODE GTF") << gencode << gencodeExpected;
        std::string windows;
        for (const char letter : gencode)
            windows += letter == '\n' ? "\r\n" : std::string(1, letter);
        QTest::newRow("windows line ends") << windows << gencodeExpected;
        QTest::newRow("Ensembl GTF, exons before their gene")
            << std::string(
                   "#!genome-build GRCh38\n"
                   "22\thavana\texon\t11\t20\t.\t+\t.\tgene_id \"ENSG02\"; gene_version \"5\"; exon_version "
                   "\"1\";\n"
                   "22\thavana\tgene\t11\t50\t.\t+\t.\tgene_id \"ENSG02\"; gene_version \"5\"; gene_source "
                   "\"havana\"; gene_biotype \"protein_coding\";\n")
            << std::string("ENSG02|5|ENSG02|protein_coding|22:11-50|+|22:11-20\n");
        QTest::newRow("GENCODE GFF3")
            << std::string("##gff-version 3\n"
                           "chr22\tH\tgene\t1\t90\t.\t+\t.\tID=ENSG01.4;gene_id=ENSG01.4;gene_type=lincRNA;"
                           "gene_name=A%2CB\n"
                           "chr22\tH\ttranscript\t1\t90\t.\t+\t.\tID=T1;Parent=ENSG01.4;gene_id=ENSG01.4\n"
                           "chr22\tH\texon\t1\t30\t.\t+\t.\tID=exon:1;Parent=T1;gene_id=ENSG01.4\n"
                           "chr22\tH\texon\t31\t60\t.\t+\t.\tID=exon:2;Parent=T1;gene_id=ENSG01.4\n")
            << std::string("ENSG01|4|A,B|lincRNA|chr22:1-90|+|chr22:1-60\n");
        QTest::newRow("Ensembl GFF3, exons by Parent, ncRNA_gene")
            << std::string("##gff-version 3\n"
                           "22\tensembl\tncRNA_gene\t1\t90\t.\t-\t.\tID=gene:ENSG03;Name=N1;biotype=snoRNA;"
                           "gene_id=ENSG03;version=2\n"
                           "22\tensembl\tsnoRNA\t1\t90\t.\t-\t.\tID=transcript:T3;Parent=gene:ENSG03\n"
                           "22\tensembl\texon\t11\t30\t.\t-\t.\tParent=transcript:T3;Name=E1\n"
                           "22\tensembl\tthree_prime_UTR\t11\t12\t.\t-\t.\tParent=transcript:T3\n"
                           "###\n"
                           "22\tensembl\tpseudogene\t200\t210\t.\t+\t.\tID=gene:ENSG04;gene_id=ENSG04\n"
                           "22\tensembl\tpseudogene\t200\t210\t.\t+\t.\tID=transcript:T4;Parent=gene:ENSG04\n"
                           "22\tensembl\texon\t201\t205\t.\t+\t.\tParent=transcript:T4\n"
                           "##FASTA\n>22\nACGT\n")
            << std::string(
                   "ENSG03|2|N1|snoRNA|22:1-90|-|22:11-30\nENSG04||ENSG04||22:200-210|+|22:201-205\n");
        QTest::newRow("NCBI GFF3")
            << std::string("##gff-version 3\n"
                           "NC_000022.10\tRefSeq\tregion\t1\t500\t.\t+\t.\tID=NC_000022.10:1..500\n"
                           "NC_000022.10\tBestRefSeq\tgene\t1\t90\t.\t+\t.\tID=gene-ABC;Name=ABC;gene_"
                           "biotype=protein_coding\n"
                           "NC_000022.10\tBestRefSeq\tmRNA\t1\t90\t.\t+\t.\tID=rna-1;Parent=gene-ABC\n"
                           "NC_000022.10\tBestRefSeq\texon\t1\t9\t.\t+\t.\tID=exon-1;Parent=rna-1\n")
            << std::string("ABC||ABC|protein_coding|NC_000022.10:1-90|+|NC_000022.10:1-9\n");
        const std::string aligned = "ENSG01|4|AB|lincRNA|22:1-9|+|22:1-9\n";
        const auto gtf = [](const std::string& attributes) {
            return "22\tx\tgene\t1\t9\t.\t+\t.\t" + attributes + "\n22\tx\texon\t1\t9\t.\t+\t.\t" +
                   attributes + "\n";
        };
        QTest::newRow("GTF with two blanks")
            << gtf("gene_id  \"ENSG01.4\";  gene_name  \"AB\"; gene_type   \"lincRNA\";") << aligned;
        QTest::newRow("GTF with tabs")
            << gtf("gene_id\t\"ENSG01.4\";\tgene_name\t\"AB\";\tgene_type \"lincRNA\"") << aligned;
        QTest::newRow("GTF without blanks")
            << gtf("gene_id\"ENSG01.4\";gene_name\"AB\";gene_type\"lincRNA\";") << aligned;
        QTest::newRow("GTF without quotes or semicolons")
            << gtf("gene_id  ENSG01.4 ;gene_type \"lincRNA\" gene_name \"AB\"") << aligned;
        QTest::newRow("GTF with keys in a value")
            << gtf("note \"no gene_id ENSG05; gene_name X\"; gene_id \"ENSG01.4\"; gene_name \"AB\"; "
                   "gene_type \"lincRNA\";")
            << aligned;
        QTest::newRow("GTF with an equals sign behind a tab")
            << gtf("gene_id\t\"ENSG01.4\"; note\t\"a=b\"; gene_name \"AB\"; gene_type \"lincRNA\";")
            << aligned;
        QTest::newRow("GFF3 with quotes and blanks")
            << gtf("ID=\"ENSG01.4\"; gene_id = \"ENSG01.4\"; gene_name=\"AB\"; gene_type=lincRNA") << aligned;
        QTest::newRow("TSV")
            << std::string(
                   "gene_id\tgene_name\tchrom\ttss\tstrand\nENSG01.2\tA\t22\t101\t+\nENSG02\t\t22\t200\t-\n")
            << std::string("ENSG01|2|A||22:101-101|+|\nENSG02||ENSG02||22:200-200|-|\n");
        QTest::newRow("blank behind the hash")
            << std::string("# gene_id\tgene_name\tchrom\ttss\tstrand\nENSG01.2\tA\t22\t101\t+\n"
                           "ENSG02\t\t22\t200\t-\n")
            << std::string("ENSG01|2|A||22:101-101|+|\nENSG02||ENSG02||22:200-200|-|\n");
        QTest::newRow("CSV with trailing commas")
            << std::string(
                   "gene_id,gene_name,chrom,tss,strand,\nENSG01.2,A,22,101,+,\n,,,,,\nENSG02,,22,200,-,\n")
            << std::string("ENSG01|2|A||22:101-101|+|\nENSG02||ENSG02||22:200-200|-|\n");
        QTest::newRow("TSV with R's quotes")
            << std::string("\"gene_id\"\t\"gene_name\"\t\"chrom\"\t\"tss\"\t\"strand\"\n"
                           "\"ENSG01.2\"\t\"A\"\t\"22\"\t101\t\"+\"\n")
            << std::string("ENSG01|2|A||22:101-101|+|\n");
        QTest::newRow("genes without a strand are left out")
            << std::string(
                   "22\tx\tgene\t1\t9\t.\t.\t.\tgene_id \"G1\";\n22\tx\tgene\t11\t19\t.\t+\t.\tgene_id "
                   "\"G2\";\n22\tx\tgene\t21\t29\t.\t?\t.\tgene_id \"G3\";\n")
            << std::string("G2||G2||22:11-19|+|\n");
        QTest::newRow("one id on X and Y")
            << std::string(
                   "chrX\tx\tgene\t1\t9\t.\t+\t.\tgene_id \"SHOX\";\nchrY\tx\tgene\t11\t19\t.\t+\t.\tgene_id "
                   "\"SHOX\";\n")
            << std::string("SHOX||SHOX||chrX:1-9|+|\nSHOX_PAR_Y||SHOX||chrY:11-19|+|\n");
        QTest::newRow("Latin-1, and as GFF3 writes it")
            << std::string("22\tx\tgene\t1\t9\t.\t+\t.\tID=G1;gene_id=G1;gene_name=A%"
                           "E9\n22\tx\tgene\t11\t19\t.\t+\t.\tID=G2;"
                           "gene_id=G2;gene_name=B\xE9\n")
            << std::string("G1||A\xEF\xBF\xBD||22:1-9|+|\nG2||B\xEF\xBF\xBD||22:11-19|+|\n");
        QTest::newRow("TSV of other order, comment and no symbols")
            << std::string("# made by hand\nstrand\ttss\tremark\tchrom\tgene_id\n-\t101\tx\tchr1\tG1\n")
            << std::string("G1||G1||chr1:101-101|-|\n");
    }
    void reads() {
        QFETCH(std::string, text);
        QFETCH(std::string, expected);
        const TemporaryFolder folder;
        writeText(folder / "plain.txt", text);
        writeThrough("gzip", folder / "text.gz", text);
        for (const char* name : {"plain.txt", "text.gz"}) {
            const auto annotation = readAnnotation(folder / name);
            DS_VERIFY(annotation);
            QCOMPARE(describe(*annotation), expected);
        }
    }

    void knowsDeclaredBuild_data() {
        QTest::addColumn<std::string>("head");
        QTest::addColumn<std::string>("expected");
        QTest::newRow("GENCODE")
            << std::string("##description: evidence-based annotation of the human genome (GRCh38), "
                           "version 44 (Ensembl 110)\n##provider: GENCODE\n")
            << std::string("GRCh38");
        QTest::newRow("Ensembl") << std::string("#!genome-build GRCh37.p13\n#!genome-version GRCh37\n")
                                 << std::string("GRCh37.p13");
        QTest::newRow("nothing said") << std::string("##gff-version 3\n") << std::string();
    }
    void knowsDeclaredBuild() {
        QFETCH(std::string, head);
        QFETCH(std::string, expected);
        const TemporaryFolder folder;
        writeText(folder / "a.gtf", head + "22\tx\tgene\t1\t9\t.\t+\t.\tgene_id \"G1\";\n");
        const auto annotation = readAnnotation(folder / "a.gtf");
        DS_VERIFY(annotation);
        QCOMPARE(annotation->declaredBuild(), expected);
    }

    void refuses_data() {
        QTest::addColumn<std::string>("text");
        QTest::addColumn<QString>("where");
        QTest::addColumn<QString>("what");
        const auto row = [](const char* name, const std::string& text, const char* where, const char* what) {
            QTest::newRow(name) << text << QString(where) << QString(what);
        };
        const std::string good = "22\tx\tgene\t1\t9\t.\t+\t.\tgene_id \"G1\";\n";
        row("comments only", "# a\n## b\n", "a.gtf", "comments only");
        row("prose", "gene list of my study\n", "line 1", "neither a GTF or GFF3");
        row("BED", "22\t1\t9\tG1\t0\t+\n", "line 1", "neither a GTF or GFF3");
        row("TSV without TSS", "gene_id\tchrom\tstrand\nG1\t22\t+\n", "line 1", "`tss`");
        row("cut off in a record", good + "22\tx\tgene\t11\t", "line 2", "columns instead of 9");
        row("start after end", good + "22\tx\tgene\t30\t29\t.\t+\t.\tgene_id \"G2\";\n", "line 2",
            "22:30-29");
        row("start 0", good + "22\tx\texon\t0\t9\t.\t+\t.\tgene_id \"G1\";\n", "line 2", "22:0-9");
        row("text position", good + "22\tx\tgene\tfirst\t9\t.\t+\t.\tgene_id \"G2\";\n", "line 2", "first");
        row("no strand", good + "22\tx\tgene\t1\t9\t.\tx\t.\tgene_id \"G2\";\n", "line 2", "strand");
        row("no id", good + "22\tx\tgene\t1\t9\t.\t+\t.\tgene_name \"G2\";\n", "line 2", "gene_id");
        row("exon of nothing", good + "22\tx\texon\t1\t9\t.\t+\t.\texon_number 1;\n", "line 2",
            "names no gene");
        row("duplicate id", good + good, "line 2", "line 1 has it first");
        row("duplicate id, other version",
            "22\tx\tgene\t1\t9\t.\t+\t.\tgene_id \"ENSG1.1\";\n22\tx\tgene\t1\t9\t.\t+\t.\tgene_id "
            "\"ENSG1.2\";\n",
            "line 2", "ENSG1.2");
        row("no gene record", "22\tx\ttranscript\t1\t9\t.\t+\t.\tgene_id \"G1\";\n", "a.gtf",
            "no gene record");
        const std::string head = "gene_id\tgene_name\tchrom\ttss\tstrand\n";
        row("TSV ragged", head + "G1\tA\t22\t5\n", "line 2", "4 columns, but the header has 5");
        row("TSV text position", head + "G1\tA\t22\tfive\t+\n", "line 2", "`five`");
        row("TSV position 0", head + "G1\tA\t22\t0\t+\n", "line 2", "`0`");
        row("TSV strand", head + "G1\tA\t22\t5\tplus\n", "line 2", "`plus`");
        row("TSV nameless", head + "\tA\t22\t5\t+\n", "line 2", "no gene");
        row("TSV duplicate", head + "G1\tA\t22\t5\t+\nG1\tA\t22\t5\t+\n", "line 3", "line 2 has it first");
        row("TSV header only", head, "a.gtf", "no gene");
    }
    void refuses() {
        QFETCH(std::string, text);
        QFETCH(QString, where);
        QFETCH(QString, what);
        const TemporaryFolder folder;
        writeText(folder / "a.gtf", text);
        const auto annotation = readAnnotation(folder / "a.gtf");
        QVERIFY(!annotation);
        QCOMPARE(annotation.error().kind, ErrorKind::BadInput);
        QVERIFY2(annotation.error().where.find(where.toStdString()) != std::string::npos,
                 annotation.error().where.c_str());
        QVERIFY2(annotation.error().what.find(what.toStdString()) != std::string::npos,
                 annotation.error().what.c_str());
        QVERIFY(!annotation.error().remedy.empty());
    }

    void refusesFiles() {
        const TemporaryFolder folder;
        QCOMPARE(readAnnotation(folder / "none.gtf").error().kind, ErrorKind::NotFound);
        writeText(folder / "empty.gtf", "");
        QCOMPARE(readAnnotation(folder / "empty.gtf").error().kind, ErrorKind::BadInput);
        std::string text;
        for (int i = 0; i < 20000; ++i)
            text += "22\tx\tgene\t" + std::to_string(i + 1) + "\t99999\t.\t+\t.\tgene_id \"G" +
                    std::to_string(i) + "\";\n";
        writeThrough("gzip", folder / "cut.gtf.gz", text);
        cutTo(folder / "cut.gtf.gz", -1000);
        const auto cut = readAnnotation(folder / "cut.gtf.gz");
        QVERIFY(!cut);
        QCOMPARE(cut.error().kind, ErrorKind::BadInput);
    }

    void readsGencode() {
        DS_SKIP_WITHOUT_SHARED_DATA();
        const auto annotation =
            readAnnotation(sharedData() / "geuvadis_chr22/annotation/gencode.v19.annotation.chr22.gtf.gz");
        DS_VERIFY(annotation);
        QCOMPARE(annotation->genes().size(), size_t(1206));
        const auto gene = annotation->find("LA16c-4G1.3");
        DS_VERIFY(gene);
        QCOMPARE((*gene)->id, std::string("ENSG00000233866"));
        QCOMPARE((*gene)->version, std::string("1"));
        QCOMPARE(toText((*gene)->region), std::string("chr22:16062157-16063236"));
        QCOMPARE(exonsOf(**gene), std::string("chr22:16062157-16062316 chr22:16062811-16063236"));
        for (const Gene& one : annotation->genes()) {
            QVERIFY(!one.exons.empty());
            QCOMPARE(one.exons.front().start, one.region.start);
            QCOMPARE(one.exons.back().end, one.region.end);
        }
    }
};

QTEST_GUILESS_MAIN(TestAnnotationReader)
#include "tst_annotation_reader.moc"
