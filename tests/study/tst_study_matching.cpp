// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/study_check.h"

using namespace diploscope;
using namespace diploscope::test;
namespace fs = std::filesystem;

/// How what files call things is matched, and what is told of it.
class TestStudyMatching : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { keepCachesIn(m_cache); }

    void mapsSamples() {
        const TemporaryFolder folder;
        SmallStudy small;
        small.people = "a\tb\tc\td\te\tf";
        small.sampleMap = "genotype_id\texpression_id\nc\tHG2\na\tHG6\nf\tHG7\ne\tHG3\t\nq\tHG99\n";
        small.covariates = "id\ta\tc\tf\te\nx\t1\t3\t6\t4\n"; // by genotype id
        const StudyCheck check = openStudy(small.write(folder));
        QVERIFY2(check.study, allOf(check).c_str());
        QCOMPARE(check.study->people(), (std::vector<std::string>{"a", "c", "e", "f"}));
        const Eigen::VectorXd observed = check.study->observed(check.study->genes()[0]).value();
        QCOMPARE(observed[0], 5.0); // HG6
        QCOMPARE(observed[1], 1.0);
        QCOMPARE(observed[3], 6.0);
        QCOMPARE(check.study->covariates()(1, 0), 3.0);
        const StudyNote* map = noteOf(check, "sample map");
        QVERIFY(map != nullptr);
        QCOMPARE(map->items, (std::vector<std::string>{"q = HG99"}));
    }

    /// X is 23 in PLINK's files, and no gene of it lies elsewhere.
    void plinksNumbers() {
        const TemporaryFolder folder;
        SmallStudy small;
        small.expression = replaced(small.expression, "X\t500\t501", "23\t500\t501");
        const StudyCheck check = openStudy(small.write(folder));
        QVERIFY2(check.study, allOf(check).c_str());
        QVERIFY(noteOf(check, "genes", "lie elsewhere") == nullptr);
    }

    /// Every file may name contigs in its own way; inside the program the reference's name counts.
    void matchesContigNames_data() {
        QTest::addColumn<std::string>("reference");
        QTest::addColumn<std::string>("genotypes");
        for (const char* reference : {"22", "chr22"})
            for (const char* genotypes : {"22", "chr22"})
                QTest::addRow("reference %s, genotypes %s", reference, genotypes)
                    << std::string(reference) << std::string(genotypes);
        QTest::newRow("RefSeq reference") << std::string("NC_000022.11") << std::string("chr22");
        QTest::newRow("RefSeq genotypes") << std::string("chr22") << std::string("NC_000022.10");
        QTest::newRow("GenBank and RefSeq") << std::string("CM000684.2") << std::string("NC_000022.11");
    }
    void matchesContigNames() {
        QFETCH(std::string, reference);
        QFETCH(std::string, genotypes);
        const TemporaryFolder folder;
        SmallStudy small;
        small.contig = reference;
        small.genotypeContig = genotypes;
        const StudyCheck check = openStudy(small.write(folder));
        QVERIFY2(check.study, allOf(check).c_str());
        QCOMPARE(check.study->genes()[0].gene.region.contig, reference);
        const auto window =
            check.study->window(check.study->genes()[0].gene, {2000, 1000, StrandRule::Forward});
        DS_VERIFY(window);
        const auto alleles = check.study->alleles(*window);
        DS_VERIFY(alleles);
        QCOMPARE(alleles->sites.size(), size_t(4));
        const bool renamed = noteOf(check, "contigs", "genotype file") != nullptr;
        QCOMPARE(renamed, reference != genotypes);
    }

    void matchesSymbols() {
        const TemporaryFolder folder;
        SmallStudy small;
        small.expression = "symbol\tHG2\tHG3\tHG4\nGENEC\t1\t2\t3\nGENEA\t4\t5\t6\n";
        const StudyCheck check = openStudy(small.write(folder));
        QVERIFY2(check.study, allOf(check).c_str());
        QCOMPARE(check.study->genes().size(), size_t(2));
        QCOMPARE(check.study->observed(check.study->genes()[0]).value()[0], 4.0);
        QVERIFY(noteOf(check, "gene ids", "2 genes found by symbol") != nullptr);
    }

    /// Expression with people in rows is told by the genotypes' people.
    void turnsExpression() {
        const TemporaryFolder folder;
        SmallStudy small;
        small.expression = "sample\tENSG01\tENSG02\nHG6\t1\t2\nHG2\t3\t4\nHG3\t5\t6\n";
        const StudyCheck check = openStudy(small.write(folder));
        QVERIFY2(check.study, allOf(check).c_str());
        QCOMPARE(check.study->people(), (std::vector<std::string>{"HG2", "HG3", "HG6"}));
        QCOMPARE(check.study->observed(check.study->genes()[1]).value()[0], 4.0);
    }

    /// Latin-1 in the names of a gene and of a person: both are found in all files, and shown as UTF-8.
    void takesOtherBytes() {
        const TemporaryFolder folder;
        SmallStudy small;
        small.annotation = replaced(small.annotation, "GENEA",
                                    "GEN\xC9"
                                    "A");
        small.people = replaced(small.people, "HG2", "Jos\xE9");
        small.expression = replaced(small.expression, "HG2", "Jos\xE9");
        const StudyCheck check = openStudy(small.write(folder));
        QVERIFY2(check.study, allOf(check).c_str());
        QCOMPARE(check.study->people().front(), std::string("Jos\xEF\xBF\xBD"));
        QCOMPARE(check.study->genes().front().gene.name, std::string("GEN\xEF\xBF\xBD"
                                                                     "A"));
        const auto window =
            check.study->window(check.study->genes()[0].gene, {2000, 1000, StrandRule::Forward});
        DS_VERIFY(window);
        const auto alleles = check.study->alleles(*window);
        DS_VERIFY(alleles);
        QCOMPARE(int(alleles->allele(0, 1)), 1); // 0|1
        small.people = replaced(small.people, "HG3", "Jos\xE8");
        const StudyCheck same = openStudy(small.write(folder));
        QVERIFY(!same.study);
        QVERIFY2(allOf(same).find("Two people are called") != std::string::npos, allOf(same).c_str());
    }

    /// Folders may have braces in their names; `..` behind a link is the parent of where it leads.
    void oddPaths() {
        const TemporaryFolder folder;
        SmallStudy small;
        const fs::path study = small.write(folder);
        fs::create_directories(folder / "store/deep");
        fs::create_directories(folder / "run{1}/{backup}");
        for (const char* name : {"reference.fa", "genes.gtf", "genotypes.vcf.gz", "expression.bed"})
            fs::copy_file(folder / name, folder / "store" / name);
        fs::create_directory_symlink(folder / "store/deep", folder / "run{1}/link");
        writeText(folder / "run{1}/odd.study.json",
                  R"({"schema": 1, "name": "odd", "build": "toy", "reference": "link/../reference.fa",
                      "annotation": "link/../genes.gtf", "genotypes": "{backup}/../link/../genotypes.vcf.gz",
                      "expression": "./link/./../expression.bed"})");
        const StudyCheck check = openStudy(folder / "run{1}/odd.study.json");
        QVERIFY2(check.study, allOf(check).c_str());
        QCOMPARE(check.study->file().reference, fs::canonical(folder.path()) / "store/reference.fa");
        // What is written again leads to the same files.
        DS_VERIFY(writeStudyFile(check.study->file(), folder / "run{1}/link/again.study.json"));
        const StudyCheck again = openStudy(folder / "run{1}/link/again.study.json");
        QVERIFY2(again.study, allOf(again).c_str());
    }

    /// An index that does not fit is the user's, and stays; that another one is read is told, each time.
    void notesIndexesThatAreNotRead() {
        const TemporaryFolder folder;
        const fs::path study = SmallStudy().write(folder);
        QVERIFY(noteOf(openStudy(study), "genotypes", "index") == nullptr); // it was missing, and is built
        writeText(folder / "genotypes.vcf.gz.tbi", "no index");
        writeText(folder / "reference.fa.fai", "22\t7\t4\t60\t61\n");
        for (int time = 0; time < 2; ++time) {
            const StudyCheck check = openStudy(study);
            QVERIFY2(check.study, allOf(check).c_str());
            const StudyNote* ofGenotypes = noteOf(check, "genotypes", "1 index is older");
            QVERIFY(ofGenotypes != nullptr);
            QCOMPARE(ofGenotypes->items.size(), size_t(1));
            QVERIFY(ofGenotypes->items[0].ends_with("genotypes.vcf.gz.tbi"));
            QVERIFY(noteOf(check, "reference", "1 index is older") != nullptr);
            QVERIFY(fs::exists(folder / "genotypes.vcf.gz.tbi"));
        }
    }

    void notesValues() {
        const TemporaryFolder folder;
        SmallStudy small;
        small.expression = replaced(replaced(small.expression, "7\t6\t5\t4\t3\t2", "3\t3\tNA\t3\t3\t2"),
                                    "1\t2\t3\t4\t5\t6", "1\tNA\tNA\tNA\t5\t6");
        small.covariates = "id\tHG2\tHG3\tHG4\tHG5\tHG6\nsex\t0\t1\t1\t0\t1\nage\t1\t2\t3\t4\t6\n";
        const StudyCheck check = openStudy(small.write(folder));
        QVERIFY2(check.study, allOf(check).c_str());
        QVERIFY(noteOf(check, "expression", "same expression in all people") != nullptr);
        QCOMPARE(noteOf(check, "expression", "same expression")->items,
                 (std::vector<std::string>{"GENEB (ENSG02)"}));
        QVERIFY(noteOf(check, "expression", "fewer than 3 people") != nullptr);
        QCOMPARE(noteOf(check, "expression", "fewer than 3")->items,
                 (std::vector<std::string>{"GENEA (ENSG01) (2)"}));
        QVERIFY(noteOf(check, "expression", "too few people for so many covariates") != nullptr);
    }

    void leavesOutGenesWithoutStrand() {
        const TemporaryFolder folder;
        SmallStudy small;
        small.annotation += SmallStudy::gtf("ENSG09.1", "GENEX", "chr22", 80'001, 81'000, '.');
        const StudyCheck check = openStudy(small.write(folder));
        QVERIFY2(check.study, allOf(check).c_str());
        QCOMPARE(check.study->genes().size(), size_t(3));
        QVERIFY(noteOf(check, "annotation", "1 without a strand") != nullptr);
        const StudyNote* left = noteOf(check, "genes", "without a strand");
        QVERIFY(left != nullptr);
        QCOMPARE(left->items, (std::vector<std::string>{"ENSG09.1"}));
    }

    /// What is read otherwise than it stands is told, with counts.
    void countsWhatItLeavesOut() {
        const TemporaryFolder folder;
        SmallStudy small;
        small.genotypes = withDosages(small, 20); // a few without GT: no problem
        const size_t at = small.genotypes.find("\n22\t20500\t") + 1;
        const std::string record = small.genotypes.substr(at, small.genotypes.find('\n', at) + 1 - at);
        std::string deletion = record;
        deletion.replace(deletion.find("\t.\t") + 3, 3,
                         small.bases.substr(20'499, 2) + "\t" + small.bases.substr(20'499, 1));
        small.genotypes.insert(at, record + deletion);
        small.extra = R"(, "options": {"phase_sets": "leave-out"})";
        const StudyCheck check = openStudy(small.write(folder));
        QVERIFY2(check.study, allOf(check).c_str());
        QVERIFY(check.study->file().options.phaseSets == PhaseSetRule::LeaveOut);
        QVERIFY(noteOf(check, "genotypes", "records have no genotypes (GT)") != nullptr);
        QVERIFY(noteOf(check, "genotypes", "left out: 1 indel, 1 duplicate of an earlier record.") !=
                nullptr);
        const auto window =
            check.study->window(check.study->genes()[0].gene, {2000, 1000, StrandRule::Forward});
        DS_VERIFY(window);
        const auto alleles = check.study->alleles(*window);
        DS_VERIFY(alleles);
        QCOMPARE(alleles->counts.duplicates, int64_t(1));
        QCOMPARE(buildHaplotypes(*alleles, 0, VariantMode::Snv).leftOut, GenotypeCounts{.indels = 1});
    }

    /// Side tables and models stop no gene: the study opens without them, and says so.
    void opensWithoutSideTables() {
        const TemporaryFolder folder;
        SmallStudy small;
        writeText(folder / "bad.db", "not a database");
        writeText(folder / "bad.tsv", "<html>404</html>\n");
        writeText(folder / "empty.tsv", "");
        writeText(folder / "good.tsv",
                  "phenotype_id\tvariant_id\tpip\taf\tcs_id\nENSG01\t22_1_A_C\t0.5\t0.1\t1\n");
        writeText(folder / "m/model.json",
                  R"({"schema": 1, "name": "m", "kind": "sequential", "weights": "w.safetensors",
                      "input": {"length": 100, "tss_index": 50}, "layers": ["flatten", {"linear": {"name": "out", "out": 1}}]})");
        writeText(folder / "m/w.safetensors",
                  "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 3\n");
        small.extra = R"(, "models": ["nowhere", "m"], "eqtl": ["bad.tsv", "gone.tsv", "good.tsv"],
                          "fine_mapping": ["empty.tsv", "good.tsv"], "predixcan": ["bad.db"])";
        const StudyCheck check = openStudy(small.write(folder));
        QVERIFY2(check.study, allOf(check).c_str());
        QCOMPARE(check.study->genes().size(), size_t(3));
        std::string told;
        for (const Error& fault : check.leftOut) {
            QVERIFY(!fault.where.empty() && !fault.remedy.empty());
            told += fault.message() + "\n";
        }
        for (const char* part : {"bad.db", "bad.tsv", "gone.tsv", "empty.tsv", "stands under `eqtl`",
                                 "w.safetensors", "no known model"})
            QVERIFY2(told.find(part) != std::string::npos, (part + (":\n" + told)).c_str());
        QCOMPARE(check.leftOut.size(), size_t(7));
        QCOMPARE(check.study->leftOut().size(), size_t(5)); // not the models'
        QVERIFY(check.study->file().eqtl.empty() && check.study->file().predixcan.empty());
        QCOMPARE(check.study->file().fineMapping.size(), size_t(1));
        QVERIFY(leftOutInWords(check.leftOut).what.starts_with("7 parts"));
        QCOMPARE(leftOutInWords({check.leftOut.front()}).what, check.leftOut.front().what);
    }

private:
    const TemporaryFolder m_cache;
};

QTEST_GUILESS_MAIN(TestStudyMatching)
#include "tst_study_matching.moc"
