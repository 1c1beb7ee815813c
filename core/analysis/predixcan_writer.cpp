// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/predixcan.h"
#include "io/table_writer.h"

namespace diploscope {

using Eigen::Index;

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
    TableWriter table({"gene_id", "gene_name", "n_weights", "n_used", "n_absent", "n_swapped", "n_flipped",
                       "n_ambiguous", "n_ambiguous_left_out", "n_missing_alleles", "trained_r2", "n_people",
                       "pearson_r", "pearson_p"});
    table.comment("matched_by", !scores.byRsid      ? "position and alleles"
                                : scores.byPosition ? "position, where known, else rsid, and alleles"
                                                    : "rsid and alleles");
    for (const PredixcanGeneScore& gene : scores.genes) {
        const PredixcanCounts& counts = gene.counts;
        table.row().cell(gene.gene.id).cell(gene.gene.name);
        for (const int64_t count :
             {counts.weights, counts.used, counts.absent, counts.swapped, counts.flipped, counts.ambiguous,
              counts.ambiguousLeftOut, counts.missingAlleles})
            table.cell(count);
        table.cell(gene.gene.performanceR2)
            .cell(gene.observed ? std::optional<double>(double(gene.observed->n)) : std::nullopt)
            .cell(gene.observed ? gene.observed->r : std::nullopt)
            .cell(gene.observed ? gene.observed->p : std::nullopt);
    }
    return table.writeTo(file);
}

} // namespace diploscope
