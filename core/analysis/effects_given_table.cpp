// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/effects_given_table.h"

#include "analysis/report_columns.h"
#include "results/table_columns.h"

#include <string_view>

namespace diploscope {

namespace {

/// One variant, and what is left of its effect.
struct GivenLine {
    const GeneReport* report;
    size_t variant;
    const EqtlEffect* left;
    std::string_view given;
};

/// What a variant is, and its effect alone: as `GENE.variants.tsv` has them.
constexpr std::string_view OfVariants[] = {"chrom",         "pos",        "id",      "ref",   "alt",
                                           "effect_allele", "eqtl_slope", "eqtl_se", "eqtl_p"};

const TableColumns<GivenLine>& givenColumns() {
    static const TableColumns<GivenLine> columns = [] {
        TableColumns<GivenLine> all;
        for (const std::string_view name : OfVariants) {
            const ReportColumn& column = columnNamed(variantColumns(), name);
            all.push_back({column, [&column](const GivenLine& line) {
                               return column.value(*line.report, line.variant);
                           }});
        }
        const TableColumns<GivenLine> ofEffect{
            {{"given", "given", "", "The variant whose dosage is a covariate", 7, Format::Text},
             [](const GivenLine& line) { return line.given; }},
            {{"eqtl_slope_given", "slope given it", "expression",
              "eQTL slope with the given variant's dosage as a covariate", 7},
             [](const GivenLine& line) { return line.left->slope; }},
            {{"eqtl_se_given", "se given it", "expression", "Standard error of that slope", 7},
             [](const GivenLine& line) { return line.left->se; }},
            {{"eqtl_t_given", "t given it", "", "That slope over its standard error", 7},
             [](const GivenLine& line) { return line.left->t; }},
            {{"eqtl_p_given", "p given it", "", "Two-sided p of that slope", 7, Format::P},
             [](const GivenLine& line) { return line.left->p; }},
            {{"eqtl_df_given", "df given it", "", "Degrees of freedom of that t and p", 7, Format::Whole},
             [](const GivenLine& line) {
                 return line.left->slope ? Cell(line.left->degreesOfFreedom) : Cell();
             }}};
        all.insert(all.end(), ofEffect.begin(), ofEffect.end());
        return all;
    }();
    return columns;
}

} // namespace

std::vector<ColumnText> effectsGivenColumns() {
    return textsOf(givenColumns());
}

Result<std::filesystem::path> writeEffectsGiven(const GeneReport& report,
                                                const std::vector<EqtlEffect>& effects, size_t given,
                                                const std::filesystem::path& folder,
                                                const std::string& stem) {
    const std::string name = toName(report.variants[given]);
    std::vector<GivenLine> lines;
    for (size_t v = 0; v < report.variants.size(); ++v)
        lines.push_back({&report, v, &effects[v], name});
    Provenance provenance{{"gene", report.gene.id + " " + report.gene.name}};
    provenance.insert(provenance.end(), report.provenance.begin(), report.provenance.end());
    const std::filesystem::path file = folder / (stem + ".eqtl-given.tsv");
    DS_TRY(tableOfRows(givenColumns(), lines, provenance).writeTo(file));
    return file;
}

} // namespace diploscope
