// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/study_check.h"

#include <QElapsedTimer>

#include <algorithm>
#include <cmath>

using namespace diploscope;
using namespace diploscope::test;
namespace fs = std::filesystem;

/// A study as it is opened: its people, genes, windows and values.
class TestStudy : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { keepCachesIn(m_cache); }

    void opens() {
        const TemporaryFolder folder;
        const StudyCheck check = openStudy(SmallStudy().write(folder));
        QVERIFY2(check.study, allOf(check).c_str());
        QVERIFY(check.problems.empty());
        const Study& study = *check.study;

        QCOMPARE(study.people(), (std::vector<std::string>{"HG2", "HG3", "HG4", "HG5", "HG6"}));
        QCOMPARE(study.genes().size(), size_t(3));
        QCOMPARE(study.genes()[0].gene.id, std::string("ENSG01"));
        QCOMPARE(study.genes()[1].gene.id, std::string("ENSG02")); // genome order, not the file's
        QCOMPARE(study.genes()[1].gene.region.contig, std::string("22"));
        QCOMPARE(study.covariates().rows(), 5);
        QCOMPARE(study.covariates().cols(), 0);

        const Eigen::VectorXd observed = study.observed(study.genes()[2]).value();
        QCOMPARE(observed.size(), 5);
        QCOMPARE(observed[0], 0.5);
        QVERIFY(std::isnan(observed[1]));
        QCOMPARE(observed[4], 3.5);

        const StudyNote* notGenotyped = noteOf(check, "people", "no genotypes");
        QVERIFY(notGenotyped != nullptr);
        QCOMPARE(notGenotyped->items, (std::vector<std::string>{"HG7"}));
        const StudyNote* notMeasured = noteOf(check, "people", "no expression");
        QVERIFY(notMeasured != nullptr);
        QCOMPARE(notMeasured->items, (std::vector<std::string>{"HG1"}));
        const StudyNote* version = noteOf(check, "gene ids");
        QVERIFY(version != nullptr);
        QCOMPARE(version->items, (std::vector<std::string>{"ENSG02.7 (annotation: .1)"}));
        const StudyNote* contigs = noteOf(check, "contigs");
        QVERIFY(contigs != nullptr);
        QCOMPARE(contigs->items, (std::vector<std::string>{"chr22 = 22"}));
        const StudyNote* unknown = noteOf(check, "genes", "not in the annotation");
        QVERIFY(unknown != nullptr);
        QCOMPARE(unknown->items, (std::vector<std::string>{"ENSG09.1"}));
        QVERIFY(noteOf(check, "genes", "1 gene on contigs that the reference lacks") != nullptr);
        QVERIFY(noteOf(check, "genes", "2 genes of the annotation without expression") != nullptr);
        QVERIFY(noteOf(check, "genotypes", "all phased") != nullptr);
        QVERIFY(noteOf(check, "expression", "1 value missing") != nullptr);
    }

    void findsGenes() {
        const TemporaryFolder folder;
        const StudyCheck check = openStudy(SmallStudy().write(folder));
        QVERIFY2(check.study, allOf(check).c_str());
        for (const char* name : {"ENSG02", "ENSG02.99", "GENEB", "geneb"}) {
            const auto gene = check.study->findGene(name);
            DS_VERIFY(gene);
            QCOMPARE((*gene)->gene.id, std::string("ENSG02"));
        }
        const auto silent = check.study->findGene("ENSG04");
        QVERIFY(!silent);
        QCOMPARE(silent.error().kind, ErrorKind::NotFound);
        QVERIFY(silent.error().what.find("is in the annotation") != std::string::npos);
        const auto unknown = check.study->findGene("GENEX");
        QVERIFY(!unknown);
        QCOMPARE(unknown.error().kind, ErrorKind::NotFound);
        QVERIFY(unknown.error().remedy.find("GENEA") != std::string::npos);
        QCOMPARE(check.study->findGene("TWIN").error().kind, ErrorKind::Mismatch);
    }

    /// The window and its alleles, with a flank, on both strands and both strand rules.
    void makesWindows() {
        const TemporaryFolder folder;
        const SmallStudy small;
        const StudyCheck check = openStudy(small.write(folder));
        QVERIFY2(check.study, allOf(check).c_str());
        const Study& study = *check.study;
        const Gene& forward = study.genes()[0].gene;
        const Gene& reverse = study.genes()[1].gene;
        const auto window = study.window(forward, {1000, 300, StrandRule::Forward}, 50);
        DS_VERIFY(window);
        QCOMPARE(window->region, (Region{"22", 19'700, 20'700}));
        QCOMPARE(window->tssOffset, int64_t(300));
        QVERIFY(!window->reversed);
        QCOMPARE(window->context, small.bases.substr(19'650, 1100));
        const auto own = study.window(reverse, {1000, 300, StrandRule::Gene});
        DS_VERIFY(own);
        QVERIFY(own->reversed);
        QCOMPARE(own->region.start + own->tssOffset, int64_t(44'999));
        QCOMPARE(own->tssOffset, int64_t(699));
        // A gene as the annotation has it, contig `chr22`, gives the same window.
        const auto annotated =
            study.window(**study.annotation().find("GENEA"), {1000, 300, StrandRule::Forward}, 50);
        DS_VERIFY(annotated);
        QCOMPARE(annotated->region, window->region);

        const auto alleles = study.alleles(*window);
        DS_VERIFY(alleles);
        QCOMPARE(alleles->people, study.people());
        QCOMPARE(alleles->sites.size(), size_t(2)); // 1-based 20,000 and 20,500
        QCOMPARE(alleles->sites[0].position, int64_t(19'999));
        QCOMPARE(int(alleles->allele(0, 1)), 1); // HG2 is 0|1
        QCOMPARE(int(alleles->allele(0, 2)), 1); // HG3 is 1|0
        const auto pastEnd = study.window(forward, {100'000, 90'000, StrandRule::Forward});
        DS_VERIFY(pastEnd);
        QCOMPARE(pastEnd->context.substr(0, 3), std::string("NNN"));
        DS_VERIFY(study.alleles(*pastEnd));
    }

    void appliesOptions() {
        const TemporaryFolder folder;
        SmallStudy small;
        small.extra = R"(, "expression_transform": "log2p1", "options": {"unphased": "as-listed"})";
        small.genotypeRow = "0/0\t0/1\t1/0\t1/1\t0/0\t0/1";
        small.covariates =
            "id\tHG7\tHG6\tHG5\tHG4\tHG3\tHG2\nsex\t7\t6\t5\t4\t3\t2\nage\t70\t60\t50\t40\t30\t20\n";
        const StudyCheck check = openStudy(small.write(folder));
        QVERIFY2(check.study, allOf(check).c_str());
        QCOMPARE(check.study->observed(check.study->genes()[0]).value()[2], 2.0); // log2(3 + 1)
        QCOMPARE(check.study->covariates().rows(), 5);
        QCOMPARE(check.study->covariates()(0, 0), 2.0); // HG2, whatever the file's order
        QCOMPARE(check.study->covariates()(4, 1), 60.0);
        const StudyNote* genotypes = noteOf(check, "genotypes");
        QVERIFY(genotypes != nullptr);
        QVERIFY(genotypes->text.find("unphased") != std::string::npos);
        const auto window =
            check.study->window(check.study->genes()[0].gene, {2000, 1000, StrandRule::Forward});
        DS_VERIFY(window);
        const auto alleles = check.study->alleles(*window);
        DS_VERIFY(alleles);
        QVERIFY(alleles->counts.unphasedHeterozygotes > 0);
    }

    /// METHODS 17: the person without genotypes, and a negative value of hers, change nobody's value.
    void transformsOverPeopleAnalysed() {
        const TemporaryFolder folder;
        SmallStudy small;
        small.expression =
            replaced(small.expression, "ENSG01.2\t1\t2\t3\t4\t5\t6", "ENSG01.2\t1\t3\t2\t5\t4\t-6");
        small.extra = R"(, "expression_transform": "rank-normal")";
        const StudyCheck ranked = openStudy(small.write(folder));
        QVERIFY2(ranked.study, allOf(ranked).c_str());
        const Eigen::VectorXd z = ranked.study->observed(ranked.study->genes()[0]).value();
        // scipy.stats.norm.ppf(numpy.array([1, 3, 2, 5, 4]) / 6)
        const double expected[] = {-0.967421566101701, 0, -0.430727299295457, 0.967421566101701,
                                   0.430727299295457};
        for (Eigen::Index i = 0; i < 5; ++i)
            QVERIFY(std::abs(z[i] - expected[i]) < 1e-12);
        small.extra = R"(, "expression_transform": "log2p1")";
        const StudyCheck logs = openStudy(small.write(folder));
        QVERIFY2(logs.study, allOf(logs).c_str());
        QCOMPARE(logs.study->observed(logs.study->genes()[0]).value()[1], 2.0);
    }

    /// Situations of public reports; the right answers stand in the README of these cases.
    void opensCases_data() {
        QTest::addColumn<std::string>("study");
        QTest::addColumn<int>("genes");
        for (const char* name :
             {"00_control", "01_shifted_expression", "02_crash_non_utf8_symbol", "05_gtex_gct_with_id",
              "06_gencode_lift37_ids", "07_brace_in_path/run{1}", "18_eqtl_catalogue_exon_trait"})
            QTest::newRow(name) << std::string(name) << 4;
        QTest::newRow("17_one_unstranded_gene") << std::string("17_one_unstranded_gene") << 4; // and a fifth
    }
    void opensCases() {
        const fs::path cases = sharedData() / "../cases";
        if (sharedData().empty() || !fs::is_directory(cases))
            QSKIP("skipped: no shared cases");
        QFETCH(std::string, study);
        QFETCH(int, genes);
        const StudyCheck check = openStudy(cases / study / "t.study.json");
        QVERIFY2(check.study, allOf(check).c_str());
        QCOMPARE(int(check.study->genes().size()), genes);
        const auto gene = check.study->findGene("GENA");
        if (study.starts_with("02")) {
            const auto& all = check.study->genes();
            QVERIFY(std::any_of(all.begin(), all.end(), [](const StudyGene& one) {
                return one.gene.name.find("\xEF\xBF\xBD") != std::string::npos;
            }));
        }
        DS_VERIFY(gene);
        // The control's values, which every case has in its own way.
        std::ifstream expected(cases / "01_shifted_expression/expected_observed_GENA.tsv");
        std::string person, value;
        expected >> person >> value;
        const Eigen::VectorXd observed = check.study->observed(**gene).value();
        for (size_t i = 0; expected >> person >> value; ++i) {
            QCOMPARE(check.study->people()[i], person);
            QCOMPARE(observed[Eigen::Index(i)], std::stod(value));
        }
    }

    void opensRealStudies_data() {
        QTest::addColumn<std::string>("genotypes");
        QTest::addColumn<std::string>("expression");
        QTest::addColumn<int>("people");
        QTest::addColumn<int>("genes");
        QTest::addColumn<QString>("problem");
        const std::string rpkm = "geuvadis358.genes.RPKM.chr22.bed.gz";
        const std::string normalised = "geuvadis373.genes.normalized.chr22.bed.gz";
        QTest::newRow("316 phased, 358 RPKM")
            << std::string("merged316.chr22_1-22Mb.phased.vcf.gz") << rpkm << 316 << 97 << "";
        QTest::newRow("1,092 phased, 358 RPKM")
            << std::string("kg_phase1_thin.chr22.1092.phased.vcf.gz") << rpkm << 330 << 97 << "";
        QTest::newRow("1,092 phased, 373 normalised")
            << std::string("kg_phase1_thin.chr22.1092.phased.vcf.gz") << normalised << 344 << 63
            << "cannot be taken of";
        QTest::newRow("343 unphased, 358 RPKM")
            << std::string("ldref_eur343.chr22_1-22Mb.unphased.vcf.gz") << rpkm << 0 << 0 << "not phased";
    }
    void opensRealStudies() {
        DS_SKIP_WITHOUT_SHARED_DATA();
        QFETCH(std::string, genotypes);
        QFETCH(std::string, expression);
        QFETCH(int, people);
        QFETCH(int, genes);
        QFETCH(QString, problem);
        const fs::path data = sharedData() / "geuvadis_chr22";
        const TemporaryFolder folder;
        StudyFile file;
        file.name = "GEUVADIS chr22";
        file.build = "GRCh37";
        file.reference = data / "reference/hg19.22.1-22000000.fa.gz";
        file.annotation = data / "annotation/gencode.v19.annotation.chr22.gtf.gz";
        file.genotypes = (data / "genotypes" / genotypes).string();
        file.expression = data / "expression" / expression;
        file.transform = ExpressionTransform::Log2Plus1;
        DS_VERIFY(writeStudyFile(file, folder / "real.study.json"));
        QElapsedTimer timer;
        timer.start();
        const StudyCheck check = openStudy(folder / "real.study.json");
        QVERIFY2(timer.elapsed() < 3000,
                 "opening the study is to take less than a second on an idle machine");
        if (!problem.isEmpty()) {
            QVERIFY(!check.study);
            QCOMPARE(check.problems.size(), size_t(1));
            QVERIFY2(QString::fromStdString(check.problems[0].what).contains(problem),
                     check.problems[0].what.c_str());
            return;
        }
        QVERIFY2(check.study, allOf(check).c_str());
        QCOMPARE(int(check.study->people().size()), people);
        QCOMPARE(int(check.study->genes().size()), genes);
        QVERIFY(check.study->observed(check.study->genes()[0]).value().allFinite());
    }

private:
    const TemporaryFolder m_cache;
};

QTEST_GUILESS_MAIN(TestStudy)
#include "tst_study.moc"
