// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/small_study.h"
#include "study/study.h"

#include <QElapsedTimer>

#include <algorithm>
#include <cmath>
#include <functional>

using namespace diploscope;
using namespace diploscope::test;
namespace fs = std::filesystem;

namespace {

using Spoil = std::function<void(SmallStudy&)>;

std::string allOf(const StudyCheck& check) {
    std::string text;
    for (const Error& problem : check.problems)
        text += problem.message() + "\n";
    return text;
}

/// The first note of a topic whose text holds `part`.
const StudyNote* noteOf(const StudyCheck& check, const std::string& topic, const std::string& part = {}) {
    for (const StudyNote& note : check.notes)
        if (note.topic == topic && note.text.find(part) != std::string::npos)
            return &note;
    return nullptr;
}

std::string replaced(std::string text, const std::string& what, const std::string& with) {
    for (size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size()))
        text.replace(at, what.size(), with);
    return text;
}

/// The study's genotypes, of which every nth record has dosages (DS) and no GT.
std::string withDosages(const SmallStudy& small, size_t every) {
    std::istringstream lines(replaced(small.vcf(), "#CHROM",
                                      "##FORMAT=<ID=DS,Number=1,Type=Float,Description=\"Dosage\">\n#CHROM"));
    std::string text;
    size_t records = 0;
    for (std::string line; std::getline(lines, line);) {
        if (!line.starts_with('#') && records++ % every == 0)
            line = line.substr(0, line.find("\tGT\t")) + "\tDS\t0\t1\t1\t2\t0\t1";
        text += line + "\n";
    }
    return text;
}

} // namespace
Q_DECLARE_METATYPE(Spoil)

class TestStudy : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        qputenv("XDG_CACHE_HOME", QByteArray::fromStdString((m_cache / "cache").string()));
        qputenv("XDG_DATA_HOME", QByteArray::fromStdString((m_cache / "data").string()));
    }

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

        const Eigen::VectorXd observed = study.observed(study.genes()[2]);
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
        QCOMPARE(check.study->observed(check.study->genes()[0])[2], 2.0); // log2(3 + 1)
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
        const Eigen::VectorXd z = ranked.study->observed(ranked.study->genes()[0]);
        // scipy.stats.norm.ppf(numpy.array([1, 3, 2, 5, 4]) / 6)
        const double expected[] = {-0.967421566101701, 0, -0.430727299295457, 0.967421566101701,
                                   0.430727299295457};
        for (Eigen::Index i = 0; i < 5; ++i)
            QVERIFY(std::abs(z[i] - expected[i]) < 1e-12);
        small.extra = R"(, "expression_transform": "log2p1")";
        const StudyCheck logs = openStudy(small.write(folder));
        QVERIFY2(logs.study, allOf(logs).c_str());
        QCOMPARE(logs.study->observed(logs.study->genes()[0])[1], 2.0);
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
        const Eigen::VectorXd observed = check.study->observed(**gene);
        for (size_t i = 0; expected >> person >> value; ++i) {
            QCOMPARE(check.study->people()[i], person);
            QCOMPARE(observed[Eigen::Index(i)], std::stod(value));
        }
    }

    void mapsSamples() {
        const TemporaryFolder folder;
        SmallStudy small;
        small.people = "a\tb\tc\td\te\tf";
        small.sampleMap = "genotype_id\texpression_id\nc\tHG2\na\tHG6\nf\tHG7\ne\tHG3\t\nq\tHG99\n";
        small.covariates = "id\ta\tc\tf\te\nx\t1\t3\t6\t4\n"; // by genotype id
        const StudyCheck check = openStudy(small.write(folder));
        QVERIFY2(check.study, allOf(check).c_str());
        QCOMPARE(check.study->people(), (std::vector<std::string>{"a", "c", "e", "f"}));
        const Eigen::VectorXd observed = check.study->observed(check.study->genes()[0]);
        QCOMPARE(observed[0], 5.0); // HG6
        QCOMPARE(observed[1], 1.0);
        QCOMPARE(observed[3], 6.0);
        QCOMPARE(check.study->covariates()(1, 0), 3.0);
        const StudyNote* map = noteOf(check, "sample map");
        QVERIFY(map != nullptr);
        QCOMPARE(map->items, (std::vector<std::string>{"q = HG99"}));
    }

    /// Every file may name contigs in its own way; inside the program the reference's name counts.
    void matchesContigNames_data() {
        QTest::addColumn<std::string>("reference");
        QTest::addColumn<std::string>("genotypes");
        for (const char* reference : {"22", "chr22"})
            for (const char* genotypes : {"22", "chr22"})
                QTest::addRow("reference %s, genotypes %s", reference, genotypes)
                    << std::string(reference) << std::string(genotypes);
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
        QCOMPARE(check.study->observed(check.study->genes()[0])[0], 4.0);
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
        QCOMPARE(check.study->observed(check.study->genes()[1])[0], 4.0);
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
        row("map with three columns", ErrorKind::BadInput, "map.tsv, line 2", "two ids", "tab",
            [](SmallStudy& s) { s.sampleMap = "HG2\tHG2\nHG3\tHG3\tHG3\n"; });
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
        row("no GT", ErrorKind::BadInput, "genotypes.vcf.gz",
            "sampled genotype records has genotypes (GT). The", "DS",
            [](SmallStudy& s) { s.genotypes = withDosages(s, 1); });
        row("every other record without GT", ErrorKind::BadInput, "genotypes.vcf.gz",
            "have no genotypes (GT). The header also declares `DS`", "DS",
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
        QVERIFY(check.study->observed(check.study->genes()[0]).allFinite());
    }

private:
    const TemporaryFolder m_cache;
};

QTEST_GUILESS_MAIN(TestStudy)
#include "tst_study.moc"
