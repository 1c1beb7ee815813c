// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/effects_given_table.h"

#include "analysis/report_columns.h"
#include "io/table_writer.h"

namespace diploscope {

namespace {

/// What a variant is, and its effect alone: as `GENE.variants.tsv` has them.
constexpr std::string_view OfVariants[] = {"chrom",         "pos",        "id",      "ref",   "alt",
                                           "effect_allele", "eqtl_slope", "eqtl_se", "eqtl_p"};

} // namespace

const std::vector<ColumnText>& effectsGivenColumns() {
    static const std::vector<ColumnText> columns = [] {
        std::vector<ColumnText> all;
        for (const std::string_view name : OfVariants)
            all.push_back(columnNamed(variantColumns(), name));
        all.insert(
            all.end(),
            {ColumnText("given", "given", "", "The variant whose dosage is a covariate", 7, Format::Text),
             ColumnText("eqtl_slope_given", "slope given it", "expression",
                        "eQTL slope with the given variant's dosage as a covariate", 7),
             ColumnText("eqtl_se_given", "se given it", "expression", "Standard error of that slope", 7),
             ColumnText("eqtl_t_given", "t given it", "", "That slope over its standard error", 7),
             ColumnText("eqtl_p_given", "p given it", "", "Two-sided p of that slope", 7, Format::P),
             ColumnText("eqtl_df_given", "df given it", "", "Degrees of freedom of that t and p", 7,
                        Format::Whole)});
        return all;
    }();
    return columns;
}

Result<std::filesystem::path> writeEffectsGiven(const GeneReport& report,
                                                const std::vector<EqtlEffect>& effects, size_t given,
                                                const std::filesystem::path& folder,
                                                const std::string& stem) {
    std::vector<std::string> names;
    for (const ColumnText& column : effectsGivenColumns())
        names.emplace_back(column.name);
    TableWriter table(std::move(names));
    table.comment("gene", report.gene.id + " " + report.gene.name);
    for (const auto& [key, value] : report.provenance)
        table.comment(key, value);
    const std::string name = toName(report.variants[given]);
    for (size_t v = 0; v < report.variants.size(); ++v) {
        table.row();
        for (const std::string_view column : OfVariants)
            columnNamed(variantColumns(), column).value(report, v).writeTo(table);
        const EqtlEffect& left = effects[v];
        for (const Cell& cell : {Cell(name), Cell(left.slope), Cell(left.se), Cell(left.t), Cell(left.p),
                                 left.slope ? Cell(left.degreesOfFreedom) : Cell()})
            cell.writeTo(table);
    }
    const std::filesystem::path file = folder / (stem + ".eqtl-given.tsv");
    DS_TRY(table.writeTo(file));
    return file;
}

} // namespace diploscope
