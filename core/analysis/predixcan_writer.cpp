// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/predixcan.h"
#include "results/table_columns.h"

namespace diploscope {

using Eigen::Index;

namespace {

/// A column of what became of a gene's weights.
TableColumn<PredixcanGeneScore> countOf(std::string_view name, std::string_view title,
                                        std::string_view meaning, int64_t PredixcanCounts::*count) {
    return {{name, title, "weights", meaning, 9, Format::Whole},
            [count](const PredixcanGeneScore& gene) { return gene.counts.*count; }};
}

using Observed = std::optional<double>;

const TableColumns<PredixcanGeneScore>& reportedColumns() {
    using Score = PredixcanGeneScore;
    static const TableColumns<Score> columns{
        {{"gene_id", "gene id", "", "The gene's id in the database", 9, Format::Text},
         [](const Score& gene) { return gene.gene.id; }},
        {{"gene_name", "gene", "", "Its name there", 9, Format::Text},
         [](const Score& gene) { return gene.gene.name; }},
        countOf("n_weights", "weights", "Weights that the database has for the gene",
                &PredixcanCounts::weights),
        countOf("n_used", "used", "Those that a variant of the genotypes was found for",
                &PredixcanCounts::used),
        countOf("n_absent", "absent", "Those without such a variant, or with other alleles there",
                &PredixcanCounts::absent),
        countOf("n_swapped", "swapped",
                "Used ones whose effect allele is the study's REF, whose copies count",
                &PredixcanCounts::swapped),
        countOf("n_flipped", "flipped", "Used ones whose alleles are of the other strand",
                &PredixcanCounts::flipped),
        countOf("n_ambiguous", "ambiguous", "A/T or C/G, of which no strand can be told",
                &PredixcanCounts::ambiguous),
        countOf("n_ambiguous_left_out", "ambiguous, left out",
                "Of those the ones that would have to be swapped, and are not used",
                &PredixcanCounts::ambiguousLeftOut),
        {{"n_missing_alleles", "missing alleles", "alleles",
          "Missing alleles of the used variants; these people count the variant's mean dosage", 9,
          Format::Whole},
         [](const Score& gene) { return gene.counts.missingAlleles; }},
        {{"trained_r2", "R², trained", "", "`pred.perf.R2` of the database: of its training's own test", 9,
          Format::Ratio},
         [](const Score& gene) { return gene.gene.performanceR2; }},
        {{"n_people", "people", "people", "People with a prediction and an observed expression", 4,
          Format::Whole},
         [](const Score& gene) { return gene.observed ? Cell(double(gene.observed->n)) : Cell(); }},
        {{"pearson_r", "R", "", "Correlation of prediction and observed expression", 4, Format::Ratio},
         [](const Score& gene) { return gene.observed ? gene.observed->r : std::nullopt; }},
        {{"pearson_p", "p", "", "Two-sided p of pearson_r", 4, Format::P},
         [](const Score& gene) { return gene.observed ? Observed(gene.observed->p) : std::nullopt; }},
    };
    return columns;
}

} // namespace

std::vector<ColumnText> predixcanReportColumns() {
    return textsOf(reportedColumns());
}

Result<void> writePredixcanScores(const PredixcanScores& scores, const std::filesystem::path& file) {
    std::vector<std::string> columns{"sample"};
    for (const PredixcanGeneScore& gene : scores.genes)
        columns.push_back(gene.gene.id);
    TableWriter table(std::move(columns));
    for (size_t p = 0; p < scores.people.size(); ++p) {
        table.row().cell(scores.people[p]);
        for (Index g = 0; g < scores.values.cols(); ++g)
            table.cell(scores.values(Index(p), g));
    }
    return table.writeTo(file);
}

Result<void> writePredixcanReport(const PredixcanScores& scores, const std::filesystem::path& file) {
    const char* matchedBy = !scores.byRsid      ? "position and alleles"
                            : scores.byPosition ? "position, where known, else rsid, and alleles"
                                                : "rsid and alleles";
    return tableOfRows(reportedColumns(), scores.genes, {{"matched_by", matchedBy}}).writeTo(file);
}

} // namespace diploscope
