// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/study_check.h"

#include <functional>

using namespace diploscope;
using namespace diploscope::test;
namespace fs = std::filesystem;

using Spoil = std::function<void(SmallStudy&)>;
Q_DECLARE_METATYPE(Spoil)

/// What is no study, or not one that can be analysed: one problem each, with its place and its remedy.
class TestStudyRefusals : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { keepCachesIn(m_cache); }

    void refuses_data() {
        QTest::addColumn<Spoil>("spoil");
        QTest::addColumn<int>("kind");
        QTest::addColumn<QString>("where");
        QTest::addColumn<QString>("what");
        QTest::addColumn<QString>("remedy");
        const auto row = [](const char* name, ErrorKind kind, const char* where, const char* what,
                            const char* remedy, Spoil spoil) {
            QTest::newRow(name) << spoil << int(kind) << QString(where) << QString(what) << QString(remedy);
        };
        row("nobody in common", ErrorKind::Mismatch, "expression.bed", "`HG1`", "sample_map",
            [](SmallStudy& s) {
                s.people = "A1\tA2\tA3\tA4\tA5\tA6";
                s.expression = replaced(s.expression, "HG", "`HG1`");
            });
        row("ids with an ending", ErrorKind::Mismatch, "expression.bed", "No person has both",
            "`HGX1` may be `HGX1.1.M_1`", [](SmallStudy& s) {
                s.people = replaced(s.people, "HG", "HGX");
                s.expression = replaced(s.expression, "HG7", "HGX1.1.M_1");
            });
        row("map of other people", ErrorKind::Mismatch, "map.tsv", "No person has both", "first column",
            [](SmallStudy& s) { s.sampleMap = "HG2\tX2\nHG3\tX3\n"; });
        row("map with four columns", ErrorKind::BadInput, "map.tsv, line 2", "two ids", "tab",
            [](SmallStudy& s) { s.sampleMap = "HG2\tHG2\nHG3\tHG3\tmale\t1\n"; });
        row("map with another third column", ErrorKind::BadInput, "map.tsv, line 2", "`HG3` is no sex",
            "female", [](SmallStudy& s) { s.sampleMap = "HG2\tHG2\nHG3\tHG3\tHG3\n"; });
        row("map with an id twice", ErrorKind::BadInput, "map.tsv, line 2", "`HG2`", "one line",
            [](SmallStudy& s) { s.sampleMap = "HG2\tHG2\nHG2\tHG3\n"; });
        row("other species", ErrorKind::Mismatch, "expression.bed", "`MUSG01.2`", "species",
            [](SmallStudy& s) { s.expression = replaced(s.expression, "ENSG", "MUSG"); });
        row("ambiguous symbol", ErrorKind::Mismatch, "expression.bed", "`TWIN (ENSG04, ENSG05)`", "gene id",
            [](SmallStudy& s) { s.expression = replaced(s.expression, "ENSG03", "TWIN"); });
        row("gene twice by version", ErrorKind::Mismatch, "expression.bed", "`ENSG01.2 and ENSG01.5`",
            "one row", [](SmallStudy& s) { s.expression = replaced(s.expression, "ENSG03", "ENSG01.5"); });
        row("gene twice by symbol", ErrorKind::Mismatch, "expression.bed", "`ENSG01.2 and GENEA`", "one row",
            [](SmallStudy& s) { s.expression = replaced(s.expression, "ENSG03", "GENEA"); });
        row("annotation of other contigs", ErrorKind::Mismatch, "genes.gtf", "`chr7`", "build",
            [](SmallStudy& s) {
                s.annotation = replaced(s.annotation, "chr22", "chr7");
                s.expression = replaced(s.expression, "\n22", "\n7");
            });
        row("genotypes of other contigs", ErrorKind::Mismatch, "genotypes.vcf.gz", "`21`", "build",
            [](SmallStudy& s) { s.genotypeContig = "21"; });
        row("reference too short for every gene", ErrorKind::Mismatch, "genes.gtf", "3 beyond the end",
            "build", [](SmallStudy& s) { s.bases.resize(15'000); });
        row("another build", ErrorKind::Mismatch, "genotypes.vcf.gz", "another REF", "another genome build",
            [](SmallStudy& s) {
                s.genotypes = s.vcf();
                s.bases = SmallStudy::randomBases(s.bases.size(), 2);
            });
        row("a few wrong REFs", ErrorKind::Mismatch, "genotypes.vcf.gz", "22:20000 REF", "bcftools norm",
            [](SmallStudy& s) {
                s.genotypes = s.vcf();
                s.bases[19'999] = s.bases[19'999] == 'T' ? 'G' : 'T';
            });
        row("REF and ALT swapped", ErrorKind::Mismatch, "genotypes.vcf.gz", "another REF", "swapped",
            [](SmallStudy& s) {
                SmallStudy other = s;
                other.bases = replaced(other.bases, "A", "C"); // so that every ALT is A
                s.genotypes = other.vcf();
                s.bases.assign(s.bases.size(), 'A');
            });
        row("unphased", ErrorKind::Mismatch, "genotypes.vcf.gz, first near 22:", "not phased", "as-listed",
            [](SmallStudy& s) { s.genotypeRow = "0/0\t0/1\t1/0\t1/1\t0/0\t0/1"; });
        // A record every 500 bases up to 100 kb, of which 159 lie within 20 kb of the three TSSs.
        row("no GT", ErrorKind::BadInput, "genotypes.vcf.gz",
            "None of 159 sampled genotype records has genotypes (GT). The", "DS",
            [](SmallStudy& s) { s.genotypes = withDosages(s, 1); });
        row("every other record without GT", ErrorKind::BadInput, "genotypes.vcf.gz",
            "80 of 159 sampled genotype records have no genotypes (GT). The header also declares `DS`", "DS",
            [](SmallStudy& s) { s.genotypes = withDosages(s, 2); });
        row("nothing but missing genotypes", ErrorKind::BadInput, "genotypes.vcf.gz",
            "sampled genotype records has genotypes (GT).", "phased genotypes",
            [](SmallStudy& s) { s.genotypeRow = "./.\t./.\t./.\t./.\t./.\t./."; });
        row("annotation of another build", ErrorKind::Mismatch, "genes.gtf", "GRCh38.p14", "correct `build`",
            [](SmallStudy& s) {
                s.build = "hg19";
                s.annotation = "#!genome-build GRCh38.p14\n" + s.annotation;
            });
        row("expression counted on another build", ErrorKind::Mismatch, "expression.bed",
            "4 of 4 genes lie elsewhere", "different genome builds", [](SmallStudy& s) {
                s.expression = replaced(replaced(s.expression, "22\t20000\t20001", "22\t90000\t90001"),
                                        "22\t60000\t60001", "22\t1\t2");
                s.expression = replaced(replaced(s.expression, "22\t44999\t45000", "21\t44999\t45000"),
                                        "X\t500\t501", "X\t50000\t50001");
            });
        row("covariates lack a person", ErrorKind::Mismatch, "covariates.tsv", "`HG6`", "Add these people",
            [](SmallStudy& s) { s.covariates = "id\tHG2\tHG3\tHG4\tHG5\nsex\t0\t1\t0\t1\n"; });
        row("more covariates than people", ErrorKind::Mismatch, "covariates.tsv",
            "3 covariates are too many for 5", "fewer covariates", [](SmallStudy& s) {
                s.covariates =
                    "id\tHG2\tHG3\tHG4\tHG5\tHG6\na\t0\t1\t0\t1\t0\nb\t1\t1\t0\t0\t0\nc\t1\t5\t2\t7\t3\n";
            });
        row("covariates one field longer", ErrorKind::BadInput, "covariates.tsv, line 2", "7 columns",
            "Name every column",
            [](SmallStudy& s) { s.covariates = "id\tHG2\tHG3\tHG4\tHG5\tHG6\nsex\t0\t1\t0\t1\t0\t1\n"; });
        row("expression one field longer", ErrorKind::BadInput, "expression.bed, line 2", "6 columns",
            "Name every column", [](SmallStudy& s) {
                s.expression = "Geneid\tHG2\tHG3\tHG4\tHG5\nENSG01\t1\t2\t3\t4\t5\nENSG02\t1\t2\t3\t4\t5\n";
            });
        row("covariates on their side", ErrorKind::Mismatch, "covariates.tsv", "no covariates", "side",
            [](SmallStudy& s) {
                s.covariates = "id\tsex\tage\nHG2\t0\t1\nHG3\t0\t1\nHG4\t0\t1\nHG5\t0\t1\nHG6\t0\t1\n";
            });
        row("log of a negative", ErrorKind::BadInput, "expression.bed, gene ENSG01.2, person HG2", "-1",
            "none", [](SmallStudy& s) {
                s.expression = replaced(s.expression, "ENSG01.2\t1", "ENSG01.2\t-1");
                s.extra = R"(, "expression_transform": "log2p1")";
            });
        row("expression ragged", ErrorKind::BadInput, "expression.bed, line 2",
            "9 columns, but the header has 10", "header",
            [](SmallStudy& s) { s.expression = replaced(s.expression, "ENSG01.2\t1\t", "ENSG01.2\t"); });
        row("expression empty", ErrorKind::BadInput, "expression.bed", "empty", "finished",
            [](SmallStudy& s) { s.expression.clear(); });
        row("annotation cut off", ErrorKind::BadInput, "genes.gtf, line 6", "columns", "get it again",
            [](SmallStudy& s) { s.annotation.resize(s.annotation.size() - 50); });
        row("no genotype near a gene", ErrorKind::Mismatch, "genotypes.vcf.gz", "No genotype record",
            "region", [](SmallStudy& s) {
                s.bases = SmallStudy::randomBases(400'000, 1);
                s.annotation = replaced(replaced(replaced(s.annotation, "20001\t25000", "320001\t325000"),
                                                 "40001\t45000", "340001\t345000"),
                                        "60001\t65000", "360001\t365000");
                s.expression = "gene_id\tHG2\tHG3\nENSG01\t1\t2\nENSG02\t1\t2\nENSG03\t1\t2\n";
                SmallStudy few = s;
                few.bases.resize(50'000);
                s.genotypes = few.vcf();
            });
    }
    void refuses() {
        QFETCH(Spoil, spoil);
        QFETCH(int, kind);
        QFETCH(QString, where);
        QFETCH(QString, what);
        QFETCH(QString, remedy);
        const TemporaryFolder folder;
        SmallStudy small;
        spoil(small);
        const StudyCheck check = openStudy(small.write(folder));
        QVERIFY(!check.study);
        QVERIFY2(check.problems.size() == 1, allOf(check).c_str()); // and nothing that merely follows from it
        const Error& problem = check.problems.front();
        QCOMPARE(int(problem.kind), kind);
        QVERIFY2(problem.where.find(where.toStdString()) != std::string::npos, problem.where.c_str());
        QVERIFY2(problem.what.find(what.toStdString()) != std::string::npos, problem.what.c_str());
        QVERIFY2(problem.remedy.find(remedy.toStdString()) != std::string::npos, problem.remedy.c_str());
        QVERIFY(!problem.remedy.empty());
    }

    /// A gene all of whose records lack GT is refused, where the sample met others.
    void refusesAGeneWithoutGenotypes() {
        const TemporaryFolder folder;
        SmallStudy small;
        small.genotypes = small.vcf();
        const std::string dosages = withDosages(small, 1);
        for (size_t position = 19'000; position <= 21'000; position += 500) {
            const std::string start = "\n22\t" + std::to_string(position) + "\t";
            const auto lineOf = [&](const std::string& text) {
                const size_t at = text.find(start) + 1;
                return std::pair(at, text.find('\n', at) - at);
            };
            const auto [to, length] = lineOf(small.genotypes);
            const auto [from, other] = lineOf(dosages);
            small.genotypes.replace(to, length, dosages.substr(from, other));
        }
        const StudyCheck check = openStudy(small.write(folder));
        QVERIFY2(check.study, allOf(check).c_str());
        const auto window =
            check.study->window(check.study->genes()[0].gene, {2000, 1000, StrandRule::Forward});
        DS_VERIFY(window);
        const auto alleles = check.study->alleles(*window);
        QVERIFY(!alleles);
        QVERIFY2(alleles.error().what.find("has genotypes (GT)") != std::string::npos,
                 alleles.error().message().c_str());
        QVERIFY(alleles.error().where.find("22:19001-21000") != std::string::npos);
    }

    /// A file of a study opened as one: what it is, and where a study is made of it.
    void opensNoStudy_data() {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QString>("says");
        QTest::addColumn<bool>("isPart");
        QTest::newRow("VCF") << "genotypes.vcf.gz"
                             << "genotypes" << true;
        QTest::newRow("FASTA") << "reference.fa"
                               << "reference genome" << true;
        QTest::newRow("BED") << "expression.bed"
                             << "expression (BED)" << true;
        QTest::newRow("GTF") << "genes.gtf"
                             << "gene annotation" << true;
        QTest::newRow("prose") << "notes.txt"
                               << "text" << false;
        QTest::newRow("folder") << "."
                                << "a folder" << false;
    }
    void opensNoStudy() {
        QFETCH(QString, file);
        QFETCH(QString, says);
        QFETCH(bool, isPart);
        const TemporaryFolder folder;
        (void)SmallStudy().write(folder);
        writeText(folder / "notes.txt", "Dear old diary,\n\nnothing to day.\n");
        const StudyCheck check = openStudy(folder / file.toStdString());
        QVERIFY(!check.study);
        QCOMPARE(check.problems.size(), size_t(1));
        QVERIFY2(check.problems[0].what.find("no study file, but ") != std::string::npos,
                 allOf(check).c_str());
        QVERIFY2(check.problems[0].what.find(says.toStdString()) != std::string::npos, allOf(check).c_str());
        QCOMPARE(check.isPart, isPart);
        QCOMPARE(check.problems[0].remedy.find("assistant") != std::string::npos, isPart);
    }

    void refusesMissingFiles_data() {
        QTest::addColumn<QString>("file");
        for (const char* file :
             {"reference.fa", "genes.gtf", "genotypes.vcf.gz", "expression.bed", "covariates.tsv", "map.tsv"})
            QTest::newRow(file) << QString(file);
    }
    void refusesMissingFiles() {
        QFETCH(QString, file);
        const TemporaryFolder folder;
        SmallStudy small;
        small.covariates = "id\tHG2\tHG3\tHG4\tHG5\tHG6\nsex\t0\t1\t0\t1\t0\n";
        small.sampleMap = "HG2\tHG2\nHG3\tHG3\nHG4\tHG4\nHG5\tHG5\n";
        const fs::path study = small.write(folder);
        fs::remove(folder / file.toStdString());
        const StudyCheck check = openStudy(study);
        QVERIFY(!check.study);
        QVERIFY2(check.problems.size() == 1, allOf(check).c_str());
        QCOMPARE(check.problems[0].kind, ErrorKind::NotFound);
        QVERIFY(check.problems[0].where.find(file.toStdString()) != std::string::npos);
        QVERIFY2(check.problems[0].remedy.find('`') != std::string::npos,
                 check.problems[0].remedy.c_str()); // the key
    }

    /// Problems of different files do not hide each other.
    void reportsAllAtOnce() {
        const TemporaryFolder folder;
        SmallStudy small;
        small.genotypeRow = "0/0\t0/1\t1/0\t1/1\t0/0\t0/1";
        small.expression = replaced(small.expression, "0.5", "half");
        small.annotation = small.annotation + small.annotation;
        small.covariates = "id\tHG2\nsex\tfemale\n";
        small.extra = R"(, "models": ["nowhere"], "eqtl": ["e.tsv"])";
        const StudyCheck check = openStudy(small.write(folder));
        QVERIFY(!check.study);
        const std::string text = allOf(check);
        for (const char* part : {"half", "second time", "female", "not phased"})
            QVERIFY2(text.find(part) != std::string::npos, (part + (":\n" + text)).c_str());
        QCOMPARE(check.problems.size(), size_t(4));
        QCOMPARE(check.leftOut.size(), size_t(2)); // these stop nothing, and are told all the same
    }

    void stops() {
        const TemporaryFolder folder;
        std::stop_source source;
        RunContext context;
        context.stop = source.get_token();
        context.onProgress = [&](const Progress&) { source.request_stop(); };
        const StudyCheck check = openStudy(SmallStudy().write(folder), context);
        QVERIFY(!check.study);
        QCOMPARE(check.problems.size(), size_t(1));
        QCOMPARE(check.problems[0].kind, ErrorKind::Cancelled);
    }

private:
    const TemporaryFolder m_cache;
};

QTEST_GUILESS_MAIN(TestStudyRefusals)
#include "tst_study_refusals.moc"
