// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/bigwig_bytes.h"
#include "io/compressed_text.h"
#include "study/build_guess.h"
#include "study/recognise.h"
#include "study/small_study.h"

#include <QTest>

using namespace diploscope;
using namespace diploscope::test;

namespace {

const std::string Gtf =
    "##description: evidence-based annotation of the human genome (GRCh38), version 44\n" +
    SmallStudy::gtf("ENSG00000100001.2", "GENEA", "chr22", 20'001, 25'000, '+');

std::string vcf(const std::string& genotypes) {
    return "##fileformat=VCFv4.2\n##contig=<ID=22,length=50818468>\n"
           "##FORMAT=<ID=GT,Number=1,Type=String,Description=\"Genotype\">\n"
           "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tHG1\tHG2\n"
           "22\t1000\t.\tA\tC\t.\tPASS\t.\tGT\t" +
           genotypes + "\n";
}

/// Rows of a table of numbers: `name` + 1, 2, ...
std::string rows(const std::string& name, int rowCount, int columns, double unit = 1) {
    std::string text;
    for (int row = 1; row <= rowCount; ++row) {
        text += name + std::to_string(row);
        for (int i = 0; i < columns; ++i)
            text += '\t' + std::to_string(unit * (row + i));
        text += '\n';
    }
    return text;
}

} // namespace

class TestRecognise : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void text_data();
    void text();
    void facts();
    void damaged();
    void tracks();
    void saysWhatReadersSay();
    void builds();
    void longLinesAreNotReadToTheirEnd();
};

void TestRecognise::text_data() {
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("content");
    QTest::addColumn<FileKind>("kind");
    QTest::addColumn<QString>("says"); // part of the description
    const auto row = [](const char* tag, const char* name, const std::string& content, FileKind kind,
                        const char* says) {
        QTest::newRow(tag) << QString::fromLatin1(name) << QString::fromStdString(content) << kind
                           << QString::fromUtf8(says);
    };
    row("FASTA under a strange name", "genome.txt", ">22 dna\nNNNNACGT\n", FileKind::Reference, "contig 22");
    row("proteins", "p.fa", ">P1\nMKLEQ\n", FileKind::Unknown, "not of DNA");
    row("plain VCF", "a.txt", vcf("0|1\t1|0"), FileKind::Genotypes, "phased genotypes, 2 people, contig 22");
    row("unphased VCF", "a.vcf", vcf("0/1\t1|0"), FileKind::Genotypes, "only part of them phased");
    row("GTF", "genes", Gtf, FileKind::Annotation, "GTF");
    row("GFF3", "genes", "##gff-version 3\n1\tx\tgene\t5\t9\t.\t-\t.\tID=gene:G1;Name=A\n",
        FileKind::Annotation, "GFF3");
    row("GFF3 with CRLF", "genes", "##gff-version 3\r\n1\tx\tgene\t5\t9\t.\t-\t.\tID=G1\r\n",
        FileKind::Annotation, "GFF3");
    row("TSS table", "genes.tsv", "gene_id\tgene_name\tchrom\ttss\tstrand\nG1\tA\t1\t5\t+\n",
        FileKind::Annotation, "1 gene");
    row("BED of expression", "x.bed", SmallStudy().expression, FileKind::Expression, "6 people");
    row("BED with more columns", "x.bed",
        "#chr\tstart\tend\tgene\tlength\tstrand\tA\tB\n22\t1\t2\tENSG00000215270.3\t1049\t+\t0.78\t1.6\n",
        FileKind::Expression, "2 people");
    row("BED between spaces", "x.bed", "#chr start end gene A B\n22 1 2 ENSG00000215270.3 0.78 1.6\n",
        FileKind::Expression, "BED), 2 people");
    row("BED behind comments with tabs", "x.bed", "##by\tme\n#at\t9\n" + SmallStudy().expression,
        FileKind::Expression, "6 people");
    row("BED, blank behind the hash", "x.bed",
        "# of 2020\n# chr\tstart\tend\tgene\tA\tB\n22\t1\t2\tENSG00000215270.3\t0.78\t1.6\n",
        FileKind::Expression, "BED), 2 people");
    row("GTF below the names of its columns", "genes",
        "# seqname\tsource\tfeature\tstart\tend\tscore\tstrand\tframe\tattribute\n" +
            Gtf.substr(Gtf.find('\n') + 1),
        FileKind::Annotation, "GTF");
    row("people x genes of PLINK", "x.tsv",
        "#FID\tIID\tENSG00000000001\tENSG00000000002\tENSG00000000003\n0\tA\t1\t2\t3\n0\tB\t1\t2\t3\n",
        FileKind::Expression, "people x genes), 3 genes, 2 people");
    row("people of PLINK", "x.tsv", "#FID\tIID\tSEX\n0\tA\t1\n0\tB\t2\n", FileKind::Unknown, "PLINK");
    row("covariates of PLINK", "x.cov", "#FID IID SEX PC1\n0 A 1 0.5\n0 B 2 0.1\n", FileKind::Covariates,
        "2 covariates x 2 people");
    row("BED of regions", "x.bed", "#chr\tstart\tend\tname\n22\t1\t2\tpeak\n", FileKind::Track,
        "track (BED), begins on 22");
    row("BED with a score", "x.bed", "#chr\tstart\tend\tname\tscore\n22\t1\t2\tpeak\t7\n", FileKind::Track,
        "track (BED)");
    row("BED without names", "x.bed", "chr22\t1\t2\nchrX\t3\t9\n", FileKind::Track,
        "track (BED), begins on chr22");
    row("BED between spaces, one row", "x.bed", "22 1 2 peak 0 +\n", FileKind::Track, "track (BED)");
    row("bedGraph behind its track line", "x", "track type=bedGraph name=\"a\"\nchr22 1 2 0.5\nchr22 2 9 1\n",
        FileKind::Track, "track (bedGraph)");
    row("narrowPeak", "x.narrowPeak", "chr22\t10\t90\tp\t100\t.\t5.5\t3\t2\t40\n", FileKind::Track,
        "track (narrowPeak)");
    row("people with numbers for names", "x.tsv", "gene\t1001\t1002\t1003\n" + rows("ENSG0000000000", 9, 3),
        FileKind::Expression, "3 people");
    row("VCF without people", "sites.vcf",
        "##fileformat=VCFv4.2\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n22\t1000\trs1\tA\tC\t.\t.\t.\n",
        FileKind::Track, "track (VCF sites), begins on 22");
    row("transcripts alone", "x.gtf",
        "22\tx\ttranscript\t5\t90\t.\t+\t.\tgene_id \"G\"; transcript_id \"T\";\n"
        "22\tx\texon\t5\t20\t.\t+\t.\tgene_id \"G\"; transcript_id \"T\";\n",
        FileKind::Track, "track (transcripts), begins on 22");
    row("MEME", "m.txt",
        "MEME version 4\n\nALPHABET= ACGT\n\nMOTIF M1 one\nletter-probability matrix: alength= 4 w= 2\n"
        "0.7 0.1 0.1 0.1\n0.25 0.25 0.25 0.25\n",
        FileKind::Motifs, "1 motif");
    row("JASPAR", "m.pfm",
        ">MA1.1 A\n1 2\n3 4\n5 6\n7 8\n>MA2.1 B\nA [ 1 2 ]\nC [ 3 4 ]\nG [ 5 6 ]\nT [ 7 8 ]\n",
        FileKind::Motifs, "2 motifs");
    row("chain", "hg19ToHg38.over.chain", "chain 1 chr1 100 + 0 20 chr1 100 + 0 20 1\n20\n", FileKind::Chain,
        "chain file");
    row("chain behind comments", "x.txt", "## a\n#b\n\nchain 1 chr1 100 + 0 20 chr1 100 + 0 20 1\n20\n",
        FileKind::Chain, "lifted");
    row("GCT", "x.gct",
        "#1.2\n2\t2\nName\tDescription\tA\tB\n"
        "G1\tx\t1\t2\nG2\ty\t3\t4\n",
        FileKind::Expression, "GCT");
    row("genes x people by ids", "x.tsv", "id\tA\tB\n" + rows("ENSG0000000000", 9, 2), FileKind::Expression,
        "2 people");
    row("genes x people without corner", "x.tsv", "A\tB\n" + rows("ENSG0000000000", 9, 2),
        FileKind::Expression, "2 people");
    row("people x genes", "x.csv",
        "sample,ENSG00000000001,ENSG00000000002,ENSG00000000003\nA,1,2,3\nB,1,2,3\n", FileKind::Expression,
        "people x genes), 3 genes, 2 people");
    row("symbols, many rows", "x.tsv", "gene\tA\tB\tC\n" + rows("SYM", 300, 3), FileKind::Expression,
        "could be covariates");
    row("covariates by name", "x.tsv", "id\tA\tB\tC\n" + rows("InferredCov", 5, 3), FileKind::Covariates,
        "5 covariates x 3 people");
    row("covariates between spaces", "x.txt", "id A B\nsome/path_PC1 1 2\nsome/path_PC2 3 4\n",
        FileKind::Covariates, "2 covariates x 2 people");
    row("few unnamed rows", "x.tsv", "id\tA\tB\tC\tD\n" + rows("row", 3, 4), FileKind::Covariates,
        "or expression of few genes");
    row("covariates turned", "x.tsv", "id\tPC1\tPC2\tsex\nA\t1\t2\t0\nB\t2\t3\t1\n", FileKind::Covariates,
        "people in rows");
    row("sample map", "x.tsv", "HG1\tNA1\nHG2\tNA2\nHG3\tNA3\n", FileKind::SampleMap, "3 pairs");
    row("sample map with sexes", "x.tsv", "HG1\tNA1\tmale\nHG2\tNA2\tNA\n", FileKind::SampleMap, "2 pairs");
    row("sample map with sexes and a header", "x.tsv",
        "genotypes\texpression\tsex\nHG1\tNA1\t1\nHG2\tNA2\t2\n", FileKind::SampleMap, "3 pairs");
    row("sample map of one pair", "x.tsv", "HG1 NA1\n", FileKind::SampleMap, "1 pair");
    row("one person's expression", "x.tsv", "gene\tHG1\n" + rows("ENSG0000000000", 5, 1),
        FileKind::Expression, "1 person");
    row("two columns, a group", "x.tsv", "HG1\tGBR\nHG2\tGBR\nHG3\tFIN\n", FileKind::Unknown, "no place for");
    row("people's description", "x.tsv", "sample\tfamily\tpopulation\tsex\nHG1\tF1\tGBR\tmale\n",
        FileKind::Unknown, "`sample`, `family`");
    row("fine mapping", "x.tsv", "phenotype_id\tvariant_id\tpip\taf\tcs_id\nG\tv\t0.5\t0.1\t1\n",
        FileKind::FineMapping, "fine mapping");
    row("eQTL", "x.tsv",
        "variant_id\tgene_id\ttss_distance\tpval_nominal\tslope\tslope_se\n22_1_A_C\tG\t5\t0.1\t0.1\t0.1\n",
        FileKind::Eqtl, "eQTL");
    row("haplotype counts of phASER", "x.txt",
        "contig\tstart\tstop\tname\taCount\tbCount\ttotalCount\tlog2_aFC\tgw_phased\tbam\n"
        "22\t1\t9\tENSG00000000001.1\t12\t7\t19\t0.7\t1\tHG1\n",
        FileKind::HaplotypeCounts, "haplotype counts, a row a gene and person");
    row("haplotype counts, matrix", "x.bed",
        "#contig\tstart\tstop\tname\tHG1\tHG2\n22\t1\t9\tENSG00000000001.1\t12|7\t0|0\n",
        FileKind::HaplotypeCounts, "haplotype counts, genes x people");
    row("genotypes of a table are no counts", "x.tsv", "snp\tHG1\tHG2\nrs1\t0/1\t0/0\n", FileKind::Unknown,
        "");
    row("eQTL, CSV", "x.csv", "phenotype_id,variant_id,pval_nominal,slope,slope_se\nG,22_1_A_C,0.1,0.1,0.1\n",
        FileKind::Eqtl, "eQTL");
    row("eQTL without p, which no reader takes", "x.tsv",
        "variant_id\tgene_id\ttss_distance\tslope\tslope_se\nv\tG\t5\t0.1\t0.1\n", FileKind::Unknown,
        "results of a statistic");
    row("Matrix eQTL", "x.tsv",
        "SNP\tgene\tbeta\tt-stat\tp-value\tFDR\n" + rows("22_1_A_C\tENSG0000000000", 4, 4), FileKind::Unknown,
        "results of a statistic");
    row("GTEx CAVIAR", "x.tsv",
        "TISSUE\tGENE\teQTL\tCHROM\tPOS\tProbability\nWB\tENSG00000000001.3\t22_4\t22\t4\t0.3\n",
        FileKind::Unknown, "no place for");
    row("differential expression", "x.csv",
        "gene,baseMean,log2FoldChange,lfcSE,stat,pvalue,padj\nENSG00000000001,1,2,3,4,0.1,0.2\n",
        FileKind::Unknown, "results of a statistic");
    row("TSS table, CSV", "genes.csv", "gene_id,gene_name,chrom,tss,strand\nG1,A,1,5,+\n",
        FileKind::Annotation, "1 gene");
    row("GTEx's GCT of one tissue", "x.gct",
        "#1.2\n2\t2\nid\tName\tDescription\tA\tB\n0\tG1\tx\t1\t2\n1\tG2\ty\t3\t4\n", FileKind::Expression,
        "GCT), 2 people");
    row("trailing tabs", "x.tsv", "Geneid\tA\tB\nENSG00000000001\t1\t2\t\nENSG00000000002\t1\t2\t\n",
        FileKind::Expression, "2 people");
    row("unnamed last column", "x.tsv", "Geneid\tA\tB\nENSG00000000001\t1\t2\t3\n", FileKind::Unknown,
        "no place for");
    row("study file", "my.study.json", R"({"schema": 1, "name": "mine", "expression": "x"})", FileKind::Study,
        "“mine”");
    row("other JSON", "x.json", R"({"a": 1})", FileKind::Unknown, "neither a study nor a model");
    row("broken JSON", "x.json", R"({"a": )", FileKind::Unknown, "JSON with an error");
    row("reads", "x.fq", "@read1\nACGT\n+\nIIII\n", FileKind::Unknown, "sequencing reads");
    row("prose", "README", "This is text.\n\nMore of it.\n", FileKind::Unknown, "");
    row("index of a FASTA", "genome.fa.fai", "22\t100\t4\t60\t61\n", FileKind::Index, "by itself");
    row("header only", "x.tsv", "gene\tA\tB\n", FileKind::Unknown, "without a data row");
    row("comments only", "x.tsv", "# a\n# b\n", FileKind::Unknown, "comments only");
}

void TestRecognise::text() {
    QFETCH(QString, name);
    QFETCH(QString, content);
    QFETCH(FileKind, kind);
    QFETCH(QString, says);
    const TemporaryFolder folder;
    const std::string text = content.toStdString();
    writeText(folder / name.toStdString(), text);
    // The same content under every compression, and under a name that tells nothing.
    std::vector<std::filesystem::path> files{folder / name.toStdString()};
    if (kind != FileKind::Index && kind != FileKind::Study) {
        files.push_back(folder / "thing");
        writeText(files.back(), text);
        files.push_back(folder / "thing.gz");
        writeText(files.back(), gzipped(text));
        files.push_back(folder / "thing.bgz");
        writeText(files.back(), bgzipped(text));
    }
    for (const auto& file : files) {
        const RecognisedFile found = recognise(file);
        QVERIFY2(found.kind == kind, (file.string() + ": " + found.description).c_str());
        QVERIFY2(QString::fromStdString(found.description).contains(says), found.description.c_str());
        QVERIFY(!found.description.empty());
        QCOMPARE(found.path, file);
    }
}

void TestRecognise::facts() {
    const TemporaryFolder folder;
    writeThrough("bgzip", folder / "a.vcf.gz", vcf("0|1\t1|0"));
    RecognisedFile found = recognise(folder / "a.vcf.gz");
    QCOMPARE(found.people, 2);
    QCOMPARE(found.phased, true);
    QCOMPARE(found.contigs, std::vector<std::string>{"22"});
    QVERIFY(!found.contigsAreComplete);
    QCOMPARE(found.build, std::string("GRCh38")); // by the length of 22
    QVERIFY(!found.problem);

    writeText(folder / "plain.vcf", vcf("0/1\t1/0"));
    found = recognise(folder / "plain.vcf");
    QCOMPARE(found.phased, false);
    QVERIFY(found.problem.has_value());
    QVERIFY(found.problem->remedy.find("bgzip") != std::string::npos);

    writeText(folder / "genes.gtf", Gtf);
    QCOMPARE(recognise(folder / "genes.gtf").build, std::string("GRCh38"));

    writeText(folder / "counts.tsv", "gene\tA\tB\n" + rows("ENSG0000000000", 9, 2, 100));
    QCOMPARE(recognise(folder / "counts.tsv").transform, ExpressionTransform::Log2Plus1);
    writeText(folder / "logs.tsv", "gene\tA\tB\n" + rows("ENSG0000000000", 9, 2, -0.5));
    QCOMPARE(recognise(folder / "logs.tsv").transform, ExpressionTransform::None);
    QCOMPARE(recognise(folder / "logs.tsv").genes, 9);

    writeText(folder / "hg19.fa", ">22\nACGT\n");
    QCOMPARE(recognise(folder / "hg19.fa").build, std::string("GRCh37"));
    writeText(folder / "hg19.fa", ">22\nACGT\n>X\nAC\n");
    writeText(folder / "hg19.fa.fai", "22\t4\t4\t4\t5\nX\t2\t12\t2\t3\n");
    found = recognise(folder / "hg19.fa");
    QCOMPARE(found.contigs, (std::vector<std::string>{"22", "X"}));
    QCOMPARE(found.description, std::string("reference genome, contigs 22, X, 0.000 Mb"));

    writeText(folder / "many.tsv", "id\tA\tB\tC\tD\n" + rows("row", 3, 4));
    QCOMPARE(recognise(folder / "many.tsv").otherKinds, std::vector<FileKind>{FileKind::Expression});
}

void TestRecognise::damaged() {
    const TemporaryFolder folder;
    const auto check = [&](const std::filesystem::path& file, FileKind kind, const char* words) {
        const RecognisedFile found = recognise(file);
        QVERIFY2(found.kind == kind, found.description.c_str());
        QVERIFY2(found.problem.has_value(), found.description.c_str());
        QVERIFY2(found.problem->what.find(words) != std::string::npos, found.problem->what.c_str());
    };
    check(folder / "absent", FileKind::Unknown, "does not exist");
    writeText(folder / "empty.bed", "");
    check(folder / "empty.bed", FileKind::Unknown, "empty");
    writeText(folder / "empty.gz", gzipped(""));
    check(folder / "empty.gz", FileKind::Unknown, "empty once decompressed");
    writeText(folder / "cut.gtf.gz", bgzipped(Gtf, 4000, false));
    check(folder / "cut.gtf.gz", FileKind::Annotation, "cut off");
    writeText(folder / "cut.vcf.gz", bgzipped(vcf("0|1\t1|0"), 4000, false));
    check(folder / "cut.vcf.gz", FileKind::Genotypes, "cut off");
    writeText(folder / "broken.gz", gzipped(Gtf).substr(0, 20));
    check(folder / "broken.gz", FileKind::Unknown, "damaged");
    writeText(folder / "header.vcf", "##fileformat=VCFv4.2\n#CHROM\tPOS\n");
    QCOMPARE(recognise(folder / "header.vcf").kind, FileKind::Genotypes);
    QVERIFY(recognise(folder / "header.vcf").problem.has_value());
    writeText(folder / "random.gz", gzipped(std::string("\1\2\0\3binary", 10)));
    const RecognisedFile binary = recognise(folder / "random.gz");
    QCOMPARE(binary.kind, FileKind::Unknown);
    QCOMPARE(binary.description, std::string("binary data of no known format"));
    QCOMPARE(recognise("").kind, FileKind::Unknown);
    QCOMPARE(recognise("/dev/null").kind, FileKind::Unknown);
}

/// What their readers say of them: signals, and those that cannot be used as they are.
void TestRecognise::tracks() {
    const TemporaryFolder folder;
    std::string bytes = bigWig({{"22", 900}}, {fixedStep(0, 0, 1, 1, {1, 2})}).bytes;
    writeText(folder / "a.bw", bytes);
    const RecognisedFile signal = recognise(folder / "a.bw");
    QCOMPARE(signal.kind, FileKind::Track);
    QCOMPARE(signal.track, TrackFormat::BigWig);
    QVERIFY(!signal.problem);
    writeText(folder / "cut.bw", bytes.substr(0, 40));
    QVERIFY(recognise(folder / "cut.bw").problem.has_value());
    writeText(folder / "a.bw.gz", gzipped(bytes));
    const RecognisedFile compressed = recognise(folder / "a.bw.gz");
    QCOMPARE(compressed.kind, FileKind::Unknown);
    QVERIFY2(compressed.description.find("decompress") != std::string::npos, compressed.description.c_str());
    put(bytes, 0, uint32_t{0x8789F2EB});
    writeText(folder / "a.bb", bytes);
    const RecognisedFile bed = recognise(folder / "a.bb");
    QCOMPARE(bed.kind, FileKind::Unknown);
    QVERIFY2(bed.description.find("bigBed") != std::string::npos, bed.description.c_str());

    writeText(folder / "cut.bed.gz", bgzipped("22\t1\t2\n", 4000, false));
    const RecognisedFile cut = recognise(folder / "cut.bed.gz");
    QCOMPARE(cut.kind, FileKind::Track);
    QVERIFY(cut.problem.has_value());
    writeText(folder / "scaffolds.bed", "scaffold_7\t1\t2\n"); // its name says it
    QCOMPARE(recognise(folder / "scaffolds.bed").kind, FileKind::Track);
    writeText(folder / "scaffolds", "scaffold_7\t1\t2\n");
    QVERIFY(recognise(folder / "scaffolds").kind != FileKind::Track);
    writeText(folder / "bad.meme",
              "MEME version 4\nMOTIF M\nletter-probability matrix: alength= 4 w= 1\n0.5 0.9 0 0\n");
    const RecognisedFile motifs = recognise(folder / "bad.meme");
    QCOMPARE(motifs.kind, FileKind::Motifs);
    QVERIFY(motifs.problem.has_value());
    // Genes with exons are an annotation, whose transcripts could be drawn.
    writeText(folder / "both.gtf",
              Gtf + "chr22\tx\texon\t20001\t20100\t.\t+\t.\tgene_id \"ENSG00000100001.2\"; "
                    "transcript_id \"T\";\n");
    QCOMPARE(recognise(folder / "both.gtf").kind, FileKind::Annotation);
    QCOMPARE(recognise(folder / "both.gtf").track, TrackFormat::Transcripts);
}

/// Files known here are those that are read: what a reader refuses has its words.
void TestRecognise::saysWhatReadersSay() {
    const TemporaryFolder folder;
    const auto problemOf = [&](const char* name, const std::string& text) {
        writeText(folder / name, text);
        const RecognisedFile found = recognise(folder / name);
        return found.problem ? found.problem->what : std::string();
    };
    QCOMPARE(problemOf("good.tsv", "gene_id\tA\nENSG00000000001\t1\n"), std::string());
    QVERIFY(problemOf("twice.tsv", "gene_id\tA\nENSG00000000001\t1\nENSG00000000001\t2\n")
                .find("more than once") != std::string::npos);
    QVERIFY(problemOf("inf.tsv", "gene_id\tA\tB\nENSG00000000001\tinf\t1\n").find("finite") !=
            std::string::npos);
    QVERIFY(problemOf("sizes.gct", "#1.2\n3\t1\nName\tDescription\tA\nG1\tx\t1\n").find("announces 3") !=
            std::string::npos);
    QVERIFY(problemOf("genes.gtf", Gtf + Gtf).find("second time") != std::string::npos);
    QVERIFY(problemOf("pcs.tsv", "id\tA\tA\nPC1\t1\t2\n").find("more than once") != std::string::npos);
    writeText(folder / "plain.fa.gz", gzipped(">22\nACGT\n"));
    QVERIFY(recognise(folder / "plain.fa.gz").problem.has_value());
}

void TestRecognise::builds() {
    QCOMPARE(buildOfText("ucsc.hg19.fasta"), std::string("GRCh37"));
    QCOMPARE(buildOfText("human_g1k_v37.fa"), std::string("GRCh37"));
    QCOMPARE(buildOfText("##reference=GRCh38.p13"), std::string("GRCh38"));
    QCOMPARE(buildOfText("lifted from hg19 to hg38"), std::string());
    QCOMPARE(buildOfText("sub37.txt"), std::string());
    QCOMPARE(buildOfText("hg190"), std::string());
}

void TestRecognise::longLinesAreNotReadToTheirEnd() {
    const TemporaryFolder folder;
    std::string text = "gene";
    for (int i = 0; i < 100'000; ++i)
        text += "\tperson" + std::to_string(i);
    text += "\nENSG00000000001";
    for (int i = 0; i < 100'000; ++i)
        text += "\t1";
    writeText(folder / "wide.tsv", text + "\n");
    QCOMPARE(recognise(folder / "wide.tsv").people, 100'000);
    // One line of 100 MB: what is seen of it suffices for an answer, and quickly.
    std::ofstream(folder / "line.txt") << std::string(100'000'000, 'A');
    QBENCHMARK_ONCE {
        QCOMPARE(recognise(folder / "line.txt").kind, FileKind::Unknown);
    }
}

QTEST_GUILESS_MAIN(TestRecognise)
#include "tst_recognise.moc"
