// SPDX-License-Identifier: GPL-3.0-or-later
// The tables of `susie` and `predixcan`, to the byte, and that the lists of columns are theirs.
#include "analysis/column_glossary.h"
#include "analysis/gene_fine_mapping.h"
#include "analysis/predixcan.h"
#include "base/atomic_file.h"
#include "results/gene_columns.h"
#include "study/small_study.h"
#include "study/study.h"

using namespace diploscope;
using namespace diploscope::test;

namespace {

/// Blanks of `cells` are tabs.
std::string row(std::string cells) {
    std::replace(cells.begin(), cells.end(), ' ', '\t');
    return cells + "\n";
}

Snv snvAt(int64_t position, const char* id, double frequency, int64_t missing) {
    Snv snv;
    static_cast<Variant&>(snv) = trimmedVariant("22", position, "A", "G");
    snv.id = id;
    snv.alleleFrequency = frequency;
    snv.missing = missing;
    return snv;
}

std::string headOf(const std::string& table) {
    std::string head;
    for (const GlossaryTable& told : toolGlossary())
        if (told.name == table)
            for (const std::string& name : namesOf(told.columns))
                head += (head.empty() ? "" : "\t") + name;
    return head + "\n";
}

} // namespace

class TestToolTables : public QObject {
    Q_OBJECT

    TemporaryFolder m_folder;

private Q_SLOTS:
    void fineMappingIsWritten() {
        const StudyCheck check = openStudy(SmallStudy().write(m_folder));
        QVERIFY(check.study != nullptr);
        GeneFineMapping mapping;
        mapping.gene.id = "G1";
        mapping.gene.name = "ONE";
        mapping.window = {"22", 100, 200};
        mapping.people = 5;
        mapping.panel.snvs = {snvAt(119, "rs1", 0.75, 0), snvAt(129, ".", 0.5, 1), snvAt(139, "", 0.25, 2)};
        mapping.leftOut = {snvAt(149, "rs4", 0.5, 3)};
        mapping.eqtl.resize(3);
        mapping.eqtl[0] = {2.0, 0.5, 4.0, PValue::ofLog10(-400), 0.5, 3};
        mapping.eqtl[1] = {-1.5, 0.25, -6.0, 0.0625, -0.5, 3};
        mapping.susie.pip = Eigen::Vector3d(0.5, 0.25, 0.125);
        mapping.susie.prunedPip = Eigen::Vector3d(0.25, 0.125, 0);
        mapping.susie.posteriorMean = Eigen::Vector3d(1, -0.5, std::nan(""));
        mapping.susie.priorVariance = Eigen::VectorXd::Zero(10);
        mapping.susie.iterations = 7;
        mapping.susie.converged = true;
        // The second SNV is in both: the purer set counts.
        mapping.susie.sets = {{0, {1}, 0.96, 1, 1, 1}, {1, {0, 1}, 0.97, 0.5, 0.75, 0.625}};
        DS_VERIFY(writeFineMapping(mapping, *check.study, m_folder / "susie.tsv"));
        const std::string text = readWholeFile(m_folder / "susie.tsv").value();
        const size_t head = text.find("\nvariant") + 1;
        QVERIFY2(text.substr(0, head).ends_with("# gene: G1 ONE\n# window: 22:101-200\n# people: 5\n"
                                                "# left_out: 22:150:A:G, 3 missing genotypes\n"
                                                "# covariates: 0\n# method: SuSiE as susieR 0.12.35, L = 10; "
                                                "converged after 7 iterations\n"),
                 text.c_str());
        QCOMPARE(text.substr(head),
                 row("variant pip pip_pruned credible_set chrom pos ref alt maf missing_genotypes "
                     "posterior_mean eqtl_slope eqtl_se eqtl_p set_coverage set_min_abs_corr "
                     "set_mean_abs_corr set_median_abs_corr") +
                     row("rs1 0.5 0.25 2 22 120 A G 0.25 0 1 2 0.5 1.00000e-400 0.97 0.5 0.75 0.625") +
                     row("22:130:A:G 0.25 0.125 1 22 130 A G 0.5 1 -0.5 -1.5 0.25 0.0625 0.96 1 1 1") +
                     row("22:140:A:G 0.125 0 NA 22 140 A G 0.25 2 NA NA NA NA NA NA NA NA"));
        QVERIFY(text.substr(head).starts_with(headOf("susie.tsv")));
    }

    void whatBecameOfWeightsIsWritten() {
        PredixcanScores scores;
        scores.genes.resize(2);
        scores.genes[0].gene = {"G1.2", "ONE", 0.25, {}, {}};
        scores.genes[0].counts = {1, 2, 3, 4, 5, 6, 7, 8};
        Correlation observed;
        observed.n = 12;
        observed.r = 0.5;
        observed.p = 0.0625;
        scores.genes[0].observed = observed;
        scores.genes[1].gene = {"G2", "", {}, {}, {}};
        const auto written = [&] {
            return writePredixcanReport(scores, m_folder / "r.tsv")
                       ? readWholeFile(m_folder / "r.tsv").value()
                       : std::string();
        };
        const std::string head = headOf("predixcan.report.tsv");
        QCOMPARE(head, row("gene_id gene_name n_weights n_used n_absent n_swapped n_flipped n_ambiguous "
                           "n_ambiguous_left_out n_missing_alleles trained_r2 n_people pearson_r pearson_p"));
        QCOMPARE(written(), "# matched_by: position and alleles\n" + head +
                                row("G1.2 ONE 1 2 3 4 5 6 7 8 0.25 12 0.5 0.0625") +
                                row("G2  0 0 0 0 0 0 0 0 NA NA NA NA"));
        scores.byRsid = true;
        QVERIFY(written().starts_with("# matched_by: position, where known, else rsid, and alleles\n"));
        scores.byPosition = false;
        QVERIFY(written().starts_with("# matched_by: rsid and alleles\n"));
    }
};

QTEST_GUILESS_MAIN(TestToolTables)
#include "tst_tool_tables.moc"
