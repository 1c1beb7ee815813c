// SPDX-License-Identifier: GPL-3.0-or-later
// What tables of people, variants and drivers hold, byte by byte, and that all of them take it from one list.
#include "analysis/effects_given_table.h"
#include "analysis/report_columns.h"

#include "analysis/column_glossary.h"
#include "analysis/effect_background.h"
#include "analysis/genome_run.h"
#include "analysis/report_writer.h"
#include "base/atomic_file.h"
#include "results/gene_columns.h"
#include "support.h"

#include <algorithm>
#include <set>

using namespace diploscope;
using namespace diploscope::test;

namespace {

/// Of two people and two SNVs, the first a driver.
GeneReport smallReport() {
    GeneReport report;
    report.gene = {"G1", "1", "ONE", "protein_coding", {"22", 100, 200}, Strand::Forward, {}};
    report.window = {"22", 0, 300};
    report.members = {"as it is"};
    report.provenance = {{"program", "p"}};
    report.people = {{"P1", 1, 2, 1.5, {}, 0.25}, {"P2", 0.5, 0.5, 0.5, {}, {}}};
    report.linearR = 0.95;
    report.additive = true;
    report.lead = 0;

    VariantResult first;
    first.contig = "22";
    first.position = 119;
    first.id = "rs1";
    first.ref = "A";
    first.alt = first.effectAllele = "G";
    first.alleleFrequency = first.maf = 0.25;
    first.carriers = 1;
    first.carrierFraction = 0.5;
    first.ism = 0.125;
    first.eqtl = {2.0, {}, 4.0, PValue::ofLog10(-400), 0.75, 10};
    first.pip = first.prunedPip = 0.5;
    first.credibleSet = 1;
    first.distanceToTss = 20;
    VariantResult second;
    second.contig = "22";
    second.position = 139;
    second.ref = second.effectAllele = "C";
    second.alt = "T";
    second.alleleFrequency = 0.75;
    second.maf = 0.25;
    second.carriers = 2;
    second.carrierFraction = 1;
    second.missing = 1;
    second.ism = -0.5;
    second.givenLead = {-1.0, 0.5, {}, 0.0625, {}, 9};
    second.distanceToTss = 40;
    report.variants = {first, second};

    DriverResult driver;
    driver.driver = {0, 0.9, 0.8, 0.001, 0.7, true};
    driver.relativeIsm = 0.25;
    driver.verdict = Verdict::Supported;
    driver.genotypeR = 0.5;
    driver.bootstrapInterval = Interval{1, 3};
    driver.verdictShare = 1;
    report.drivers = {driver};
    return report;
}

std::string tabbed(const char* words) {
    std::string line = words;
    std::replace(line.begin(), line.end(), ' ', '\t');
    return line + "\n";
}

} // namespace

class TestColumns : public QObject {
    Q_OBJECT

    TemporaryFolder m_folder;

    /// The table as it is written, without its comments.
    std::string written(const GeneReport& report, const std::string& table) {
        const auto files = writeGeneReport(report, m_folder.path(), "ONE");
        const std::string text = readWholeFile(m_folder / ("ONE." + table + ".tsv")).value();
        const std::string comments = "# gene: G1 ONE\n# program: p\n";
        return files && text.starts_with(comments) ? text.substr(comments.size())
                                                   : "not as expected: " + text;
    }

private Q_SLOTS:
    void peopleAreWritten() {
        GeneReport report = smallReport();
        QCOMPARE(written(report, "people"), tabbed("sample hap1 hap2 predicted observed") +
                                                tabbed("P1 1 2 1.5 0.25") + tabbed("P2 0.5 0.5 0.5 NA"));
        report.members.emplace_back("shifted");
        report.people[0].spread = 0.75;
        QCOMPARE(written(report, "people"), tabbed("sample hap1 hap2 predicted predicted_sd observed") +
                                                tabbed("P1 1 2 1.5 0.75 0.25") +
                                                tabbed("P2 0.5 0.5 0.5 NA NA"));
    }

    void variantsAreWritten() {
        GeneReport report = smallReport();
        const std::string places = "chrom pos id ref alt effect_allele allele_frequency maf carriers "
                                   "carrier_fraction missing_genotypes ism";
        const std::string effects =
            " gradient eqtl_slope eqtl_se eqtl_slope_low eqtl_slope_high eqtl_t eqtl_p eqtl_r "
            "distance_to_tss driver lead eqtl_slope_given_lead eqtl_se_given_lead eqtl_p_given_lead pip "
            "pip_pruned credible_set";
        const std::string last = " eqtl_df";
        QCOMPARE(
            written(report, "variants"),
            tabbed((places + effects + last).c_str()) +
                tabbed("22 120 rs1 A G G 0.25 0.25 1 0.5 0 0.125 NA 2 NA NA NA 4 1.00000e-400 0.75 20 true "
                       "true NA NA NA 0.5 0.5 1 10") +
                tabbed("22 140 . C T C 0.75 0.25 2 1 1 -0.5 NA NA NA NA NA NA NA NA 40 false false -1 0.5 "
                       "0.0625 NA NA NA NA"));
        report.members.emplace_back("shifted");
        report.variants[0].ismSpread = 0.5;
        report.variants[1].gradient = 0.25;
        report.imported = {{0.5, 0.25, 1e-5, "a.tsv", 0.125, "L1", "b.tsv"}, {}};
        QCOMPARE(
            written(report, "variants"),
            tabbed((places + " ism_sd" + effects +
                    " imported_slope imported_se imported_p imported_pip imported_credible_set" + last)
                       .c_str()) +
                tabbed("22 120 rs1 A G G 0.25 0.25 1 0.5 0 0.125 0.5 NA 2 NA NA NA 4 1.00000e-400 0.75 20 "
                       "true true NA NA NA 0.5 0.5 1 0.5 0.25 1e-05 0.125 L1 10") +
                tabbed("22 140 . C T C 0.75 0.25 2 1 1 -0.5 NA 0.25 NA NA NA NA NA NA NA 40 false false -1 "
                       "0.5 0.0625 NA NA NA NA NA NA NA NA NA"));
    }

    void driversAreWritten() {
        GeneReport report = smallReport();
        const std::string head =
            tabbed("chrom pos id ref alt effect_allele distance_to_tss ism relative_ism gain own_r own_p "
                   "loss_without r_linear carriers carrier_percent maf eqtl_slope eqtl_se eqtl_slope_low "
                   "eqtl_slope_high eqtl_p genotype_r supported verdict main undecidable bootstrap_slope_low "
                   "bootstrap_slope_high verdict_share");
        const std::string place =
            "22 120 rs1 A G G 20 0.125 0.25 0.9 0.8 0.001 0.7 0.95 1 50 0.25 2 NA NA NA "
            "1.00000e-400 0.5 ";
        QCOMPARE(written(report, "drivers"), head + tabbed((place + "true supported true no 1 3 1").c_str()));
        report.drivers[0].doubt = Doubt::IntervalHoldsZero;
        report.drivers[0].verdict = Verdict::Unsupported;
        QCOMPARE(written(report, "drivers"),
                 head + tabbed((place + "false undecidable true interval 1 3 1").c_str()));
        report.drivers[0].verdict = Verdict::Undefined;
        report.drivers[0].bootstrapInterval.reset();
        report.drivers[0].verdictShare.reset();
        QCOMPARE(written(report, "drivers"),
                 head + tabbed((place + "NA undefined true NA NA NA NA").c_str()));
    }

    void manyGenesAreWritten() {
        GeneRow row = rowOf(smallReport());
        row.log10P = -400; // of an r that leaves no p
        row.p = 5e-324;
        DS_VERIFY(writeGenomeTables({{"M", {row}, {}}}, NullChoice::Empirical, m_folder.path()));
        const std::string genes = readWholeFile(m_folder / "genes.tsv").value();
        QCOMPARE(genes.substr(genes.find("\nmodel") + 1),
                 tabbed("model gene_id gene_name chrom strand fine_mapped main_driver failure tss "
                        "reference_score n_people n_variants pearson_r pearson_p pearson_log10_p r_low "
                        "r_high spearman_rho slope observed_mean observed_sd predicted_mean predicted_sd "
                        "allelic_n allelic_r allelic_p allelic_log10_p allelic_agreement "
                        "r_linear additive n_drivers fraction_supported fraction_supported_weighted "
                        "n_supported n_unsupported n_undecidable n_credible_sets null_mean null_sd "
                        "null_testable p_published p_calibrated p_empirical log10_p_published "
                        "log10_p_calibrated predixcan_r main_ism main_slope main_distance main_gain "
                        "main_supported p_null q bonferroni") +
                     "M\tG1\tONE\t22\t+\tNA\t22:120 A>G\tNA\t" + // blanks within a cell
                     tabbed("101 0 0 2 NA 1.00000e-400 -400 NA NA NA NA NA NA NA NA NA NA NA NA NA 0.95 1 1 "
                            "1 1 1 0 0 NA NA "
                            "NA NA NA NA NA NA NA NA 0.125 2 20 0.9 1 NA NA NA"));
        const std::string drivers = readWholeFile(m_folder / "drivers.tsv").value();
        QCOMPARE(
            drivers.substr(drivers.find("\nmodel") + 1),
            tabbed(
                "model gene_id gene_name chrom ref alt effect_allele pos distance_to_tss ism "
                "relative_ism gain own_r loss_without loss_fraction_without eqtl_slope genotype_r carriers "
                "carrier_percent supported undecidable main allelic_change allelic_change_p "
                "allelic_heterozygotes verdict") +
                tabbed("M G1 ONE 22 A G G 120 20 0.125 0.25 0.9 0.8 0.7 NA 2 0.5 1 50 1 0 1 NA NA NA "
                       "supported"));
    }

    void effectsGivenAreWritten() {
        const GeneReport report = smallReport();
        std::vector<EqtlEffect> left(report.variants.size());
        left[1] = {-0.5, 0.25, -2.0, 0.0625, -0.25, 9};
        const auto file = writeEffectsGiven(report, left, 0, m_folder.path(), "ONE");
        DS_VERIFY(file);
        QCOMPARE(*file, m_folder / "ONE.eqtl-given.tsv");
        const std::string text = readWholeFile(*file).value();
        QVERIFY2(text.starts_with("# gene: G1 ONE\n# program: p\n"), text.c_str());
        QCOMPARE(text.substr(text.find("\nchrom") + 1),
                 tabbed("chrom pos id ref alt effect_allele eqtl_slope eqtl_se eqtl_p given "
                        "eqtl_slope_given eqtl_se_given eqtl_t_given eqtl_p_given eqtl_df_given") +
                     tabbed("22 120 rs1 A G G 2 NA 1.00000e-400 22:120:A:G NA NA NA NA NA") +
                     tabbed("22 140 . C T C NA NA NA 22:120:A:G -0.5 0.25 -2 0.0625 9"));
    }

    /// Every head of every table, and nothing else, is told of by `diploscope columns`.
    void glossaryHasEveryHead() {
        GeneReport report = smallReport();
        report.members.emplace_back("shifted");
        report.imported.resize(report.variants.size());
        report.background = std::make_shared<const EffectBackground>();
        report.allelic.emplace();
        report.variants.back().alt += "A"; // an insertion has a column of its own
        DS_VERIFY(writeGeneReport(report, m_folder.path(), "GENE"));
        DS_VERIFY(writeEffectsGiven(report, std::vector<EqtlEffect>(report.variants.size()), 0,
                                    m_folder.path(), "GENE"));
        DS_VERIFY(writeGenomeTables({{"M", {rowOf(report)}, {}}}, NullChoice::Empirical, m_folder.path()));
        std::set<std::string> tables;
        for (const GlossaryTable& table : columnGlossary()) {
            tables.emplace(table.name);
            std::string head;
            for (const std::string& name : namesOf(table.columns))
                head += (head.empty() ? "" : "\t") + name;
            const std::string text = readWholeFile(m_folder / std::string(table.name)).value();
            QVERIFY2(text.find("\n" + head + "\n") != std::string::npos, table.name.data());
        }
        for (const auto& entry : std::filesystem::directory_iterator(m_folder.path()))
            if (const std::string name = entry.path().filename().string();
                name.ends_with(".tsv") && !name.starts_with("ONE."))
                QVERIFY2(tables.contains(name), name.c_str());
    }

    void everyColumnIsExplained() {
        const std::string methods = readWholeFile(fixture("../resources/guide/methods.md")).value();
        std::vector<GlossaryTable> all = columnGlossary();
        for (GlossaryTable& table : toolGlossary())
            all.push_back(std::move(table));
        for (const GlossaryTable& table : all) {
            std::set<std::string_view> names;
            for (const ColumnText& column : table.columns) {
                QVERIFY2(names.insert(column.name).second, column.name.data()); // once
                QVERIFY2(!column.name.empty() &&
                             column.name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") ==
                                 std::string_view::npos,
                         column.name.data());
                QVERIFY2(!column.title.empty() && column.meaning.size() > 5, column.name.data());
                QVERIFY2(std::string_view("+-=@").find(column.meaning.front()) == std::string_view::npos,
                         column.name.data()); // a spreadsheet would run it
                const std::string heading = "\n## " + std::to_string(column.methods) + ". ";
                QVERIFY2(methods.find(heading) != std::string::npos, column.name.data());
            }
        }
    }

    void filtersKnowEveryColumnOfGenes() {
        const auto table = GenomeTable::make({{"M", {rowOf(smallReport())}, {}}}, 0, NullChoice::Empirical);
        for (const ColumnText& column : genesTableColumns())
            if (column.name != "model") {
                QVERIFY2(table->findColumn(column.name), column.name.data());
                QVERIFY2(findGeneColumn(column.name) != nullptr, column.name.data());
            }
        QCOMPARE(table->columns().size(), table->ownColumnCount());
        QVERIFY(findGeneColumn("r_M") == nullptr);
    }

    /// What many genes' table keeps of a driver is what its own table says.
    void driversOfManyGenesAreThoseOfOne() {
        const auto isThere = [](const ColumnText& column) {
            return findColumn(reportDriverColumns(), column.name) != nullptr;
        };
        for (const auto& column : driverColumns().texts)
            QVERIFY2(isThere(column), column.name.data());
        for (const auto& column : driverColumns().numbers) // but what published tables alone have
            QVERIFY2(isThere(column) || column.name == columns::LossFractionWithout.name, column.name.data());

        GeneReport report = smallReport();
        DriverRow row = rowOf(report).drivers.at(0);
        QVERIFY(row.standing() == report.drivers[0].standing());
        QVERIFY(row.supported == 1.0 && row.undecidable == 0.0 && row.main == 1.0);
        report.drivers[0].doubt = Doubt::FlipsGivenLead;
        QVERIFY(rowOf(report).drivers.at(0).standing() == Standing::Undecidable);
        report.drivers[0].verdict = Verdict::Undefined;
        row = rowOf(report).drivers.at(0);
        QVERIFY(!row.supported && !row.undecidable && row.standing() == Standing::Undefined);
    }
};

QTEST_GUILESS_MAIN(TestColumns)
#include "tst_columns.moc"
