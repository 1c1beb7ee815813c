// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/chromosome_pattern.h"
#include "study/recognise.h"
#include "support.h"

#include <SQLiteCpp/SQLiteCpp.h>

using namespace diploscope;
using namespace diploscope::test;

namespace {

std::string modelJson() {
    return R"({"schema": 1, "name": "tiny", "kind": "sequential", "weights": "tiny.safetensors",
        "input": {"length": 100, "tss_index": 50}, "layers": ["flatten", {"linear": {"name": "out", "out": 1}}]})";
}

} // namespace

/// What is no text (folders, databases), several files that are one, and files as others made them.
class TestRecogniseFiles : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void cases_data();
    void cases();
    void foldersAndModels();
    void databases();
    void publishedSaturation();
    void patterns_data();
    void patterns();
    void realFiles_data();
    void realFiles();
};

/// Situations of public reports; the right answers stand in the README of these cases.
void TestRecogniseFiles::cases_data() {
    QTest::addColumn<QString>("file");
    QTest::addColumn<FileKind>("kind");
    QTest::newRow("eqtl.csv") << "eqtl.csv" << FileKind::Eqtl;
    QTest::newRow("tss.csv") << "tss.csv" << FileKind::Annotation;
    QTest::newRow("gtex_caviar.tsv") << "gtex_caviar.tsv" << FileKind::Unknown;
    QTest::newRow("matrixeqtl.tsv") << "matrixeqtl.tsv" << FileKind::Unknown;
    QTest::newRow("hf_folder") << "hf_folder" << FileKind::Model;
}

void TestRecogniseFiles::cases() {
    const std::filesystem::path folder = sharedData() / "../cases/22_recognition";
    if (sharedData().empty() || !std::filesystem::is_directory(folder))
        QSKIP("skipped: no shared cases");
    QFETCH(QString, file);
    QFETCH(FileKind, kind);
    const RecognisedFile found = recognise(folder / file.toStdString());
    QVERIFY2(found.kind == kind, found.description.c_str());
}

void TestRecogniseFiles::foldersAndModels() {
    const TemporaryFolder folder;
    RecognisedFile found = recognise(folder.path());
    QCOMPARE(found.kind, FileKind::Unknown);
    QVERIFY(found.description.starts_with("a folder"));

    writeText(folder / "tiny/model.json", modelJson());
    for (const std::string name : {"tiny", "tiny/", "tiny/model.json"}) {
        found = recognise(folder / name);
        QCOMPARE(found.kind, FileKind::Model);
        QCOMPARE(found.path, folder / "tiny");
        QCOMPARE(found.description, std::string("model tiny (sequential, 100 bp), weights missing"));
    }
    writeText(folder / "hf/config.json", R"({"model_type": "enformer", "dim": 8, "depth": 1})");
    writeText(folder / "hf/model.safetensors", "not yet");
    for (const std::string name : {"hf", "hf/config.json"}) {
        found = recognise(folder / name);
        QCOMPARE(found.kind, FileKind::Model);
        QCOMPARE(found.path, folder / "hf");
    }
    writeText(folder / "bad/model.json", R"({"schema": 1, "nome": "x"})");
    found = recognise(folder / "bad");
    QCOMPARE(found.kind, FileKind::Model);
    QVERIFY(found.problem.has_value());
}

void TestRecogniseFiles::databases() {
    const TemporaryFolder folder;
    {
        SQLite::Database database((folder / "weights.db").string(),
                                  SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
        database.exec("CREATE TABLE weights (rsid, gene, weight, ref_allele, eff_allele)");
        database.exec("CREATE TABLE extra (gene, genename)");
        database.exec("INSERT INTO weights VALUES ('a', 'G1', 1, 'A', 'C'), ('b', 'G1', 1, 'A', 'C')");
        SQLite::Database other((folder / "other.db").string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
        other.exec("CREATE TABLE something (a)");
    }
    RecognisedFile found = recognise(folder / "weights.db");
    QCOMPARE(found.kind, FileKind::PrediXcan);
    QCOMPARE(found.genes, 1);
    QCOMPARE(recognise(folder / "other.db").kind, FileKind::Unknown);
    writeText(folder / "fake.db", std::string("SQLite format 3\0", 16) + "nothing more");
    QCOMPARE(recognise(folder / "fake.db").kind, FileKind::Unknown);
}

/// Known for what it is, and where it goes, as it is no part of a study of people.
void TestRecogniseFiles::publishedSaturation() {
    const TemporaryFolder folder;
    writeText(folder / "s.tsv", "#gene_id\tposition\tbackground\tsequence\toffset\tA\tC\tG\tT\n"
                                "ENSG00000001460\t24417389\treference\tG\t-20\t0.1\t0.2\t0.0\t-0.1\n"
                                "ENSG00000001460\t24417389\treference\tA\t-19\t0.0\t-0.2\t0.3\t-0.1\n");
    const RecognisedFile found = recognise(folder / "s.tsv");
    QCOMPARE(found.kind, FileKind::Saturation);
    QVERIFY2(found.description.find("saturation") != std::string::npos, found.description.c_str());
    QVERIFY(found.problem && found.problem->remedy.find("import published") != std::string::npos);
}

void TestRecogniseFiles::patterns_data() {
    QTest::addColumn<QStringList>("files");
    QTest::addColumn<QStringList>("contigs");
    QTest::addColumn<QString>("pattern");
    QTest::newRow("chr1, chr2") << QStringList{"/d/chr1.vcf.gz", "/d/chr2.vcf.gz"} << QStringList()
                                << "/d/chr{chrom}.vcf.gz";
    QTest::newRow("with X and more numbers")
        << QStringList{"/d/a.v3.chr1.1092.vcf.gz", "/d/a.v3.chrX.1092.vcf.gz"} << QStringList()
        << "/d/a.v3.chr{chrom}.1092.vcf.gz";
    QTest::newRow("bare numbers") << QStringList{"/d/geno_21.bcf", "/d/geno_22.bcf"}
                                  << QStringList{"chr21", "chr22"} << "/d/geno_{chrom}.bcf";
    QTest::newRow("PLINK's X") << QStringList{"/d/geno_22.bcf", "/d/geno_X.bcf"} << QStringList{"22", "23"}
                               << "/d/geno_{chrom}.bcf";
    QTest::newRow("batches, not chromosomes")
        << QStringList{"/d/batch_1.bcf", "/d/batch_2.bcf"} << QStringList{"22", "22"} << "";
    QTest::newRow("other folders") << QStringList{"/d/chr1.bcf", "/e/chr2.bcf"} << QStringList() << "";
    QTest::newRow("one file") << QStringList{"/d/chr1.bcf"} << QStringList() << "";
    QTest::newRow("other cohorts") << QStringList{"/d/a.chr1.bcf", "/d/b.chr2.bcf"} << QStringList() << "";
}

void TestRecogniseFiles::patterns() {
    QFETCH(QStringList, files);
    QFETCH(QStringList, contigs);
    QFETCH(QString, pattern);
    std::vector<std::filesystem::path> paths;
    for (const QString& file : files)
        paths.emplace_back(file.toStdString());
    std::vector<std::vector<std::string>> names;
    for (const QString& contig : contigs)
        names.push_back({contig.toStdString()});
    QCOMPARE(QString::fromStdString(chromosomePattern(paths, names).value_or("")), pattern);
}

void TestRecogniseFiles::realFiles_data() {
    QTest::addColumn<QString>("file");
    QTest::addColumn<FileKind>("kind");
    QTest::addColumn<QString>("description");
    QTest::addColumn<QString>("build");
    const auto row = [](const char* file, FileKind kind, const char* description, const char* build) {
        QTest::newRow(file) << QString::fromLatin1(file) << kind << QString::fromUtf8(description)
                            << QString::fromLatin1(build);
    };
    row("reference/hg19.22.1-22000000.fa.gz", FileKind::Reference, "reference genome, contig 22, 22.0 Mb",
        "GRCh37");
    row("annotation/gencode.v19.annotation.chr22.gtf.gz", FileKind::Annotation,
        "gene annotation (GTF), begins on chr22", "");
    row("genotypes/merged316.chr22_1-22Mb.phased.vcf.gz", FileKind::Genotypes,
        "phased genotypes, 316 people, contig 22", "GRCh37");
    row("genotypes/ldref_eur343.chr22_1-22Mb.unphased.vcf.gz", FileKind::Genotypes,
        "genotypes without phase, 343 people, contig 22", "GRCh37");
    row("expression/geuvadis358.genes.RPKM.chr22.bed.gz", FileKind::Expression,
        "expression (BED), 358 people, not yet logarithms", "");
    row("expression/geuvadis373.genes.normalized.chr22.bed.gz", FileKind::Expression,
        "expression (BED), 373 people, taken for logarithms or normalised", "");
    row("expression/geuvadis358.covariates.pc50.txt.gz", FileKind::Covariates,
        "covariates, 53 covariates x 358 people", "");
    row("predictdb/geuvadis_train216_enet_chr22.db", FileKind::PrediXcan, "PrediXcan weights, 50 genes", "");
    row("genotypes/merged316.chr22_1-22Mb.phased.vcf.gz.tbi", FileKind::Index,
        "a tabix index: found by itself beside its file", "");
    row("reference/hg19.22.1-22000000.fa.gz.gzi", FileKind::Index,
        "an index: found by itself beside its file", "");
    row("genotypes/kg_phase1_samples.tsv", FileKind::Unknown,
        "a table that a study has no place for, with columns `sample`, `family`, `population` and `sex`", "");
    row("../xpresso/xpresso_gm12878.safetensors", FileKind::Unknown,
        "a model's weights: add the folder with its model.json instead", "");
    row("../enformer_parity/small/pytorch_model.bin", FileKind::Unknown,
        "a zip archive: a spreadsheet, or a PyTorch file; save tables as TSV, and add a model by its folder",
        "");
}

void TestRecogniseFiles::realFiles() {
    DS_SKIP_WITHOUT_SHARED_DATA();
    QFETCH(QString, file);
    QFETCH(FileKind, kind);
    QFETCH(QString, description);
    QFETCH(QString, build);
    const RecognisedFile found = recognise(sharedData() / "geuvadis_chr22" / file.toStdString());
    QCOMPARE(QString::fromStdString(found.description), description);
    QCOMPARE(found.kind, kind);
    QCOMPARE(QString::fromStdString(found.build), build);
    if (kind != FileKind::Unknown)
        QVERIFY2(!found.problem, found.problem ? found.problem->message().c_str() : "");
}

QTEST_GUILESS_MAIN(TestRecogniseFiles)
#include "tst_recognise_files.moc"
