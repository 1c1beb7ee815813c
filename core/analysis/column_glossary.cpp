// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/column_glossary.h"

#include "analysis/effects_given_table.h"
#include "analysis/gene_fine_mapping.h"
#include "analysis/predixcan.h"
#include "analysis/report_columns.h"
#include "analysis/training.h"
#include "results/gene_columns.h"

namespace diploscope {

std::vector<GlossaryTable> columnGlossary() {
    const auto textsOf = [](const std::vector<ReportColumn>& columns) {
        return std::vector<ColumnText>(columns.begin(), columns.end());
    };
    return {{"genes.tsv", genesTableColumns()},
            {"drivers.tsv", driversTableColumns()},
            {"GENE.people.tsv", textsOf(personColumns())},
            {"GENE.variants.tsv", textsOf(variantColumns())},
            {"GENE.drivers.tsv", textsOf(reportDriverColumns())},
            {"GENE.eqtl-given.tsv", effectsGivenColumns()}};
}

std::vector<GlossaryTable> toolGlossary() {
    return {{"susie.tsv", fineMappingColumns()},
            {"predixcan.report.tsv", predixcanReportColumns()},
            {"training.tsv", trainingColumns()}};
}

} // namespace diploscope
