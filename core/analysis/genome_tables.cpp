// SPDX-License-Identifier: GPL-3.0-or-later
// The tables of all genes that are stored: the other half of genome_run.h.
#include "analysis/genome_run.h"
#include "io/table_writer.h"
#include "results/gene_columns.h"

#include <fmt/format.h>

#include <string_view>
#include <unordered_map>

namespace diploscope {

namespace fs = std::filesystem;

namespace {

template <class Row>
void addCells(TableWriter& table, const RowColumns<Row>& columns, const Row& row) {
    for (const auto& column : columns.texts)
        cellOf(column, row).writeTo(table);
    for (const auto& column : columns.numbers)
        cellOf(column, row).writeTo(table);
}

std::vector<GeneRow> inOrder(const std::vector<GeneRow>& genes, const std::vector<std::string>& ids) {
    if (ids.empty())
        return genes;
    std::unordered_map<std::string_view, const GeneRow*> geneOfId;
    for (const GeneRow& gene : genes)
        geneOfId.emplace(gene.geneId, &gene);
    std::vector<GeneRow> chosen;
    for (const std::string& id : ids)
        if (const auto found = geneOfId.find(id); found != geneOfId.end())
            chosen.push_back(*found->second);
    return chosen;
}

/// What all models share, then what they do not.
void addProvenance(TableWriter& table, const std::vector<ModelGenes>& models, NullChoice null) {
    table.comment("null", fmt::format("{} (p_null, q, bonferroni); genes whose null_testable is 0 have no q",
                                      toText(null)));
    for (const ModelGenes& model : models)
        for (const auto& [key, value] : model.provenance)
            table.comment(models.size() == 1 ? key : model.model + ", " + key, value);
}

} // namespace

Result<std::vector<fs::path>> writeGenomeTables(const std::vector<ModelGenes>& models, NullChoice null,
                                                const fs::path& folder,
                                                const std::vector<std::string>& geneIds) {
    TableWriter genes(namesOf(genesTableColumns()));
    TableWriter drivers(namesOf(driversTableColumns()));
    addProvenance(genes, models, null);
    addProvenance(drivers, models, null);
    for (const ModelGenes& model : models) {
        const ModelGenes chosen{model.model, inOrder(model.genes, geneIds), {}};
        const auto table = GenomeTable::make({chosen}, 0, null);
        std::vector<size_t> together;
        for (const ColumnText& column : genomeColumns())
            together.push_back(*table->findColumn(column.name));
        for (size_t row = 0; row < table->rowCount(); ++row) {
            const GeneRow& gene = table->genes()[row];
            genes.row().cell(model.model);
            addCells(genes, geneColumns(), gene);
            for (const size_t column : together)
                genes.cell(table->number(row, column));
            for (const DriverRow& driver : gene.drivers) {
                drivers.row().cell(model.model).cell(gene.geneId).cell(gene.geneName);
                addCells(drivers, driverColumns(), driver);
                drivers.cell(toText(driver.standing()));
            }
        }
        for (const GeneRow& gene : chosen.genes)
            if (!gene.failure.empty()) {
                genes.row().cell(model.model);
                addCells(genes, geneColumns(), gene);
                for (size_t i = 0; i < together.size(); ++i)
                    genes.cell("NA");
            }
    }
    const std::vector<fs::path> files{folder / "genes.tsv", folder / "drivers.tsv"};
    DS_TRY(genes.writeTo(files[0]));
    DS_TRY(drivers.writeTo(files[1]));
    return files;
}

} // namespace diploscope
