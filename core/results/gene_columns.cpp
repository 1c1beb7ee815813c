// SPDX-License-Identifier: GPL-3.0-or-later
#include "results/gene_columns.h"

#include <algorithm>

namespace diploscope {

namespace {

constexpr TextColumn<GeneRow> GeneTexts[] = {
    {{"gene_id", "gene id", "", "The gene's id, without version", 1, Format::Text}, &GeneRow::geneId},
    {{"gene_name", "Gene", "", "The gene's symbol", 1, Format::Text}, &GeneRow::geneName},
    {columns::Chrom, &GeneRow::chrom},
    {{"strand", "strand", "", "Forward (+) or reverse (-)", 1, Format::Text}, &GeneRow::strand},
    {{"fine_mapped", "causal", "", "Causal variants that a published table names", 11, Format::Text},
     &GeneRow::fineMapped},
    {{"main_driver", "main driver", "", "Place and alleles of the driver with the largest gain", 8,
      Format::Text},
     &GeneRow::mainDriver},
    {{"failure", "failure", "", "Why the gene could not be analysed", 2, Format::Text}, &GeneRow::failure}};

constexpr NumberColumn<GeneRow> GeneNumbers[] = {
    {{"tss", "TSS", "bp", "Transcription start site, 1-based", 1, Format::Whole}, &GeneRow::tss},
    {{"reference_score", "reference score", "score", "The model's score of the reference sequence", 3},
     &GeneRow::referenceScore},
    {{"n_people", "people", "people", "People with a prediction and observed expression", 4, Format::Whole},
     &GeneRow::people},
    {{"n_variants", "SNVs", "SNVs", "SNVs of the window that somebody carries", 6, Format::Whole},
     &GeneRow::variants},
    {{"pearson_r", "r", "", "Pearson correlation of predicted and observed expression over people", 4,
      Format::Ratio},
     &GeneRow::r},
    {{"pearson_p", "p", "", "Two-sided p of r, by t with n − 2 degrees of freedom", 4, Format::P},
     &GeneRow::p,
     &GeneRow::log10P},
    {{"pearson_log10_p", "log10 p", "log10", "Logarithm of that p, right at any size", 4}, &GeneRow::log10P},
    {{"r_low", "r, low", "", "Lower end of the bootstrap 95 % interval of r", 4, Format::Ratio},
     &GeneRow::rLow},
    {{"r_high", "r, high", "", "Upper end of the bootstrap 95 % interval of r", 4, Format::Ratio},
     &GeneRow::rHigh},
    {{"spearman_rho", "rho", "", "Spearman correlation of predicted and observed expression over people", 4,
      Format::Ratio},
     &GeneRow::rho},
    {{"slope", "slope", "score / expression", "Slope of predicted on observed expression", 4},
     &GeneRow::slope},
    {{"observed_mean", "observed, mean", "expression", "Mean observed expression", 4},
     &GeneRow::meanObserved},
    {{"observed_sd", "observed, sd", "expression", "Standard deviation of observed expression", 4},
     &GeneRow::sdObserved},
    {{"predicted_mean", "predicted, mean", "score", "Mean prediction", 4}, &GeneRow::meanPredicted},
    {{"predicted_sd", "predicted, sd", "score", "Standard deviation of the predictions", 4},
     &GeneRow::sdPredicted},
    {{"allelic_n", "with reads", "people", "People whose reads tell their two haplotypes' ratio", 19,
      Format::Whole},
     &GeneRow::allelicPeople},
    {{"allelic_r", "allelic r", "",
      "Correlation, through 0, of the reads' log2 ratio and the model's difference between people's two "
      "haplotypes",
      19, Format::Ratio},
     &GeneRow::allelicR},
    {{"allelic_p", "allelic p", "", "Two-sided p of that r, by t with n − 1 degrees of freedom", 19,
      Format::P},
     &GeneRow::allelicP,
     &GeneRow::log10Allelic},
    {{"allelic_log10_p", "log10 allelic p", "log10", "Logarithm of that p, right at any size", 19},
     &GeneRow::log10Allelic},
    {{"allelic_agreement", "allelic agreement", "",
      "Of the people in whom both tell the haplotypes apart, the share in whom both name the same one", 19,
      Format::Share},
     &GeneRow::allelicAgreement},
    {columns::LinearR, &GeneRow::linearR},
    {{"additive", "additive", "", "Whether R_lin is large enough for drivers to be looked for", 8,
      Format::Flag},
     &GeneRow::additive},
    {{"n_drivers", "drivers", "drivers", "SNVs that the model's differences between people hang on", 8,
      Format::Whole},
     &GeneRow::driverCount},
    {{"fraction_supported", "fraction supported", "",
      "Of the drivers with a slope those supported by sign, undecidable ones included", 8, Format::Ratio},
     &GeneRow::fractionSupported},
    {{"fraction_supported_weighted", "fraction of gain supported", "",
      "The same with each driver weighted by its gain", 8, Format::Ratio},
     &GeneRow::fractionSupportedWeighted},
    {{"n_supported", "supported", "drivers", "Drivers that are supported, and these people can tell", 8,
      Format::Whole},
     &GeneRow::supportedCount},
    {{"n_unsupported", "unsupported", "drivers", "Drivers that are unsupported, and these people can tell", 8,
      Format::Whole},
     &GeneRow::unsupportedCount},
    {{"n_undecidable", "undecidable", "drivers", "Drivers with a sign that these people cannot decide", 8,
      Format::Whole},
     &GeneRow::undecidableCount},
    {{"n_credible_sets", "credible sets", "sets", "95 % credible sets of SuSiE", 7, Format::Whole},
     &GeneRow::credibleSets},
    {{"null_mean", "random |r|, mean", "", "Mean |r| of the gene's first 50 random predictors", 5},
     &GeneRow::nullMean},
    {{"null_sd", "random |r|, sd", "", "Standard deviation of their |r|, divided by K", 5}, &GeneRow::nullSd},
    {{"null_testable", "testable", "",
      "Whether |r| of the random predictors differs, so that one can stand out", 5, Format::Flag},
     &GeneRow::nullTestable},
    {{"p_published", "p, as published", "", "p of r against the null as the paper's authors computed it", 5,
      Format::P},
     &GeneRow::pPublished,
     &GeneRow::log10Published},
    {{"p_calibrated", "p, calibrated", "", "p of r as one more draw of the null", 5, Format::P},
     &GeneRow::pCalibrated,
     &GeneRow::log10Calibrated},
    {{"p_empirical", "p, empirical", "", "p of r by its rank among the random predictors", 5, Format::P},
     &GeneRow::pEmpirical},
    {{"log10_p_published", "log10 p, as published", "log10", "Logarithm of p_published, right at any size",
      5},
     &GeneRow::log10Published},
    {{"log10_p_calibrated", "log10 p, calibrated", "log10", "Logarithm of p_calibrated, right at any size",
      5},
     &GeneRow::log10Calibrated},
    {{"predixcan_r", "PrediXcan", "", "Pearson correlation of PrediXcan's prediction and observed expression",
      9, Format::Ratio},
     &GeneRow::predixcanR},
    {{"main_ism", "main ISM", "score", "ISM of the main driver", 8}, &GeneRow::mainIsm},
    {{"main_slope", "main slope", "expression", "eQTL slope of the main driver", 8}, &GeneRow::mainSlope},
    {{"main_distance", "main, to TSS", "bp", "Distance of the main driver to the TSS", 8, Format::Distance},
     &GeneRow::mainDistance},
    {{"main_gain", "main gain", "", "Gain of the main driver", 8, Format::Share}, &GeneRow::mainGain},
    {{"main_supported", "main, right sign", "",
      "Whether ISM and eQTL slope of the main driver have the same sign", 8, Format::Flag},
     &GeneRow::mainSupported}};

constexpr TextColumn<DriverRow> DriverTexts[] = {{columns::Chrom, &DriverRow::chrom},
                                                 {columns::Ref, &DriverRow::ref},
                                                 {columns::Alt, &DriverRow::alt},
                                                 {columns::EffectAllele, &DriverRow::effectAllele}};

constexpr NumberColumn<DriverRow> DriverNumbers[] = {
    {columns::Position, &DriverRow::position},
    {columns::DistanceToTss, &DriverRow::distanceToTss},
    {columns::Ism, &DriverRow::ism},
    {columns::RelativeIsm, &DriverRow::relativeIsm},
    {columns::Gain, &DriverRow::gain},
    {columns::OwnR, &DriverRow::ownR},
    {columns::LossWithout, &DriverRow::lossWithout},
    {columns::LossFractionWithout, &DriverRow::lossFractionWithout},
    {columns::EqtlSlope, &DriverRow::eqtlSlope},
    {columns::GenotypeR, &DriverRow::genotypeR},
    {columns::Carriers, &DriverRow::carriers},
    {columns::CarrierPercent, &DriverRow::carrierPercent},
    {columns::Supported, &DriverRow::supported},
    {{"undecidable", "undecidable", "", "Whether these people cannot decide the verdict by sign", 8,
      Format::Flag},
     &DriverRow::undecidable},
    {columns::Main, &DriverRow::main},
    {columns::AllelicChange, &DriverRow::allelicChange},
    {columns::AllelicChangeP, &DriverRow::allelicChangeP},
    {columns::AllelicPeople, &DriverRow::allelicPeople}};

constexpr ColumnText Genome[] = {
    {"p_null", "null p", "", "p of r against the gene's random predictors", 5, Format::P},
    {"q", "q", "", "Benjamini-Hochberg q of the null p over the genes analysed", 5, Format::P},
    {"bonferroni", "Bonferroni", "", "The null p times the number of genes tested, at most 1", 5, Format::P}};

constexpr ColumnText Model{"model", "model", "", "The model's name", 3, Format::Text};

template <class Row>
void append(std::vector<ColumnText>& all, const RowColumns<Row>& columns) {
    all.insert(all.end(), columns.texts.begin(), columns.texts.end());
    all.insert(all.end(), columns.numbers.begin(), columns.numbers.end());
}

} // namespace

const RowColumns<GeneRow>& geneColumns() {
    static constexpr RowColumns<GeneRow> columns{GeneTexts, GeneNumbers};
    return columns;
}

const RowColumns<DriverRow>& driverColumns() {
    static constexpr RowColumns<DriverRow> columns{DriverTexts, DriverNumbers};
    return columns;
}

std::span<const ColumnText> genomeColumns() {
    return Genome;
}

const ColumnText* findGeneColumn(std::string_view name) {
    const auto find = [name](const auto& columns) -> const ColumnText* {
        const auto found = std::find_if(std::begin(columns), std::end(columns),
                                        [name](const ColumnText& column) { return column.name == name; });
        return found == std::end(columns) ? nullptr : &*found;
    };
    const ColumnText* column = find(GeneTexts);
    column = column != nullptr ? column : find(GeneNumbers);
    return column != nullptr ? column : find(Genome);
}

std::vector<ColumnText> genesTableColumns() {
    std::vector<ColumnText> all{Model};
    append(all, geneColumns());
    all.insert(all.end(), std::begin(Genome), std::end(Genome));
    return all;
}

std::vector<ColumnText> driversTableColumns() {
    std::vector<ColumnText> all{Model, *findGeneColumn("gene_id"), *findGeneColumn("gene_name")};
    append(all, driverColumns());
    all.push_back(columns::Verdict);
    return all;
}

std::vector<std::string> namesOf(std::span<const ColumnText> columns) {
    std::vector<std::string> names;
    for (const ColumnText& column : columns)
        names.emplace_back(column.name);
    return names;
}

} // namespace diploscope
