// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "results/column.h"
#include "results/gene_row.h"

#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace diploscope {

/// The members of a row as columns: of the result store, of tables of many genes, of filters and of the
/// window's lists. A new one is a member and an entry.
template <class Row>
struct TextColumn : ColumnText {
    std::string Row::*member;
};
template <class Row>
struct NumberColumn : ColumnText {
    std::optional<double> Row::*member;
    std::optional<double> Row::*log10 = nullptr; ///< of a p: its logarithm, right at any size
};
template <class Row>
struct RowColumns {
    std::span<const TextColumn<Row>> texts;
    std::span<const NumberColumn<Row>> numbers;
};
[[nodiscard]] const RowColumns<GeneRow>& geneColumns();
[[nodiscard]] const RowColumns<DriverRow>& driverColumns();

/// What only all genes of a table tell together (METHODS 5): p_null, q, bonferroni.
[[nodiscard]] std::span<const ColumnText> genomeColumns();

/// One of geneColumns() or genomeColumns(); null where none has this name.
[[nodiscard]] const ColumnText* findGeneColumn(std::string_view name);

/// `genes.tsv` and `drivers.tsv`: the columns of rows with what stands before and behind them.
[[nodiscard]] std::vector<ColumnText> genesTableColumns();
[[nodiscard]] std::vector<ColumnText> driversTableColumns();
[[nodiscard]] std::vector<std::string> namesOf(std::span<const ColumnText> columns);

template <class Row>
[[nodiscard]] Cell cellOf(const TextColumn<Row>& column, const Row& row) {
    const std::string& text = row.*column.member;
    return text.empty() ? Cell() : Cell(text);
}
template <class Row>
[[nodiscard]] Cell cellOf(const NumberColumn<Row>& column, const Row& row) {
    const std::optional<double>& value = row.*column.member;
    if (value && isWhole(column.format))
        return static_cast<int64_t>(*value);
    if (column.log10 != nullptr && value && *value < std::numeric_limits<double>::min())
        return row.*column.log10 ? PValue::ofLog10(*(row.*column.log10)) : PValue(*value);
    return value;
}

/// What several tables say of a variant or driver, told once.
namespace columns {
inline constexpr ColumnText Chrom("chrom", "chromosome", "", "Contig, named as in the reference genome", 1,
                                  Format::Text);
inline constexpr ColumnText Position("pos", "position", "bp", "Place of the variant, 1-based", 1,
                                     Format::Whole);
inline constexpr ColumnText Ref("ref", "REF", "", "Allele of the reference genome", 6, Format::Text);
inline constexpr ColumnText Alt("alt", "ALT", "", "The most common other allele of its record in the cohort",
                                6, Format::Text);
inline constexpr ColumnText EffectAllele("effect_allele", "effect allele", "",
                                         "The allele that effects are per copy of", 6, Format::Text);
inline constexpr ColumnText DistanceToTss(
    "distance_to_tss", "to TSS", "bp",
    "Distance to the TSS, positive downstream in the gene's direction; of published tables position - TSS", 8,
    Format::Distance);
inline constexpr ColumnText Ism("ism", "ISM", "score", "The model's effect of one copy of the effect allele",
                                6, Format::Measure);
inline constexpr ColumnText Carriers("carriers", "carriers", "people", "People with at least one ALT allele",
                                     6, Format::Whole);
inline constexpr ColumnText EqtlSlope("eqtl_slope", "slope", "expression",
                                      "Observed expression per copy of the effect allele (eQTL slope)", 7,
                                      Format::Measure);
inline constexpr ColumnText LinearR("r_linear", "R_lin", "",
                                    "Correlation of the linear approximation with the prediction", 8,
                                    Format::Ratio);
inline constexpr ColumnText RelativeIsm("relative_ism", "relative ISM", "",
                                        "ISM as a share of the gene's largest |ISM|", 8, Format::Ratio);
inline constexpr ColumnText
    Gain("gain", "gain", "",
         "How much the SNV adds to the correlation of the linear approximation with the prediction", 8,
         Format::Share);
inline constexpr ColumnText OwnR("own_r", "own r", "",
                                 "Correlation of the driver's own contribution with the prediction", 8,
                                 Format::Ratio);
inline constexpr ColumnText
    LossWithout("loss_without", "loss without", "",
                "R_lin less the correlation of the linear approximation without the driver", 8,
                Format::Ratio);
inline constexpr ColumnText
    LossFractionWithout("loss_fraction_without", "loss without, share", "",
                        "What is lost without the driver as a share, of imported published tables only", 8,
                        Format::Share);
inline constexpr ColumnText CarrierPercent("carrier_percent", "carriers, %", "%",
                                           "People with at least one ALT allele, of all", 8, Format::Measure);
inline constexpr ColumnText GenotypeR("genotype_r", "genotype r", "",
                                      "Correlation of the effect allele's copies with observed expression", 8,
                                      Format::Ratio);
inline constexpr ColumnText Supported("supported", "right sign", "",
                                      "Whether ISM and eQTL slope have the same sign", 8, Format::Flag);
inline constexpr ColumnText Main("main", "main", "", "Whether the driver has the gene's largest gain", 8,
                                 Format::Flag);
inline constexpr ColumnText
    Verdict("verdict", "verdict", "",
            "Does the observed effect have the model's sign? Undecidable where these people cannot tell.", 8,
            Format::Text);
inline constexpr ColumnText
    AllelicChange("allelic_change", "change by copy", "log2",
                  "Mean log2 ratio of reads of the haplotype with the effect allele over the other, in its "
                  "heterozygotes: its allelic fold change",
                  19, Format::Measure);
inline constexpr ColumnText AllelicChangeP("allelic_change_p", "p, by copy", "",
                                           "Two-sided p of that mean, by t with n − 1 degrees of freedom", 19,
                                           Format::P);
inline constexpr ColumnText AllelicPeople("allelic_heterozygotes", "heterozygotes with reads", "people",
                                          "Heterozygotes that allelic_change is of", 19, Format::Whole);
} // namespace columns

} // namespace diploscope
