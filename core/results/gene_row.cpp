// SPDX-License-Identifier: GPL-3.0-or-later
#include "results/gene_row.h"

#include <fmt/format.h>

#include <algorithm>

namespace diploscope {

Support supportOf(std::span<const DriverRow> drivers) {
    Support support;
    for (const DriverRow& driver : drivers)
        support.add(driver.verdict(), driver.undecidable == 1.0, driver.gain.value_or(0));
    return support;
}

void summariseDrivers(GeneRow& gene) {
    if (gene.drivers.empty())
        return;
    std::stable_sort(gene.drivers.begin(), gene.drivers.end(), [](const DriverRow& a, const DriverRow& b) {
        return a.gain.value_or(0) > b.gain.value_or(0);
    });
    gene.driverCount = static_cast<double>(gene.drivers.size());
    const Support support = supportOf(gene.drivers);
    gene.fractionSupported = support.fraction();
    gene.fractionSupportedWeighted = support.fractionByGain();
    gene.supportedCount = double(support.supported);
    gene.unsupportedCount = double(support.unsupported);
    const bool looked = std::any_of(gene.drivers.begin(), gene.drivers.end(),
                                    [](const DriverRow& driver) { return driver.undecidable.has_value(); });
    if (looked)
        gene.undecidableCount = double(support.undecidable);

    const auto marked = std::find_if(gene.drivers.begin(), gene.drivers.end(),
                                     [](const DriverRow& driver) { return driver.main == 1.0; });
    const DriverRow& main = marked == gene.drivers.end() ? gene.drivers.front() : *marked;
    gene.mainDriver = fmt::format("{}:{:.0f}", main.chrom, main.position.value_or(0));
    if (!main.ref.empty())
        gene.mainDriver += fmt::format(" {}>{}", main.ref, main.alt);
    gene.mainIsm = main.ism;
    gene.mainSlope = main.eqtlSlope;
    gene.mainDistance = main.distanceToTss;
    gene.mainGain = main.gain;
    gene.mainSupported = main.supported;
}

const RowColumns<GeneRow>& geneColumns() {
    static constexpr TextColumn<GeneRow> texts[] = {{"gene_id", &GeneRow::geneId},
                                                    {"gene_name", &GeneRow::geneName},
                                                    {"chrom", &GeneRow::chrom},
                                                    {"strand", &GeneRow::strand},
                                                    {"fine_mapped", &GeneRow::fineMapped},
                                                    {"main_driver", &GeneRow::mainDriver},
                                                    {"failure", &GeneRow::failure}};
    static constexpr NumberColumn<GeneRow> numbers[] = {
        {"tss", &GeneRow::tss, true},
        {"reference_score", &GeneRow::referenceScore},
        {"n_people", &GeneRow::people, true},
        {"n_variants", &GeneRow::variants, true},
        {"pearson_r", &GeneRow::r},
        {"pearson_p", &GeneRow::p, false, &GeneRow::log10P},
        {"pearson_log10_p", &GeneRow::log10P},
        {"r_low", &GeneRow::rLow},
        {"r_high", &GeneRow::rHigh},
        {"spearman_rho", &GeneRow::rho},
        {"slope", &GeneRow::slope},
        {"observed_mean", &GeneRow::meanObserved},
        {"observed_sd", &GeneRow::sdObserved},
        {"predicted_mean", &GeneRow::meanPredicted},
        {"predicted_sd", &GeneRow::sdPredicted},
        {"r_linear", &GeneRow::linearR},
        {"additive", &GeneRow::additive, true},
        {"n_drivers", &GeneRow::driverCount, true},
        {"fraction_supported", &GeneRow::fractionSupported},
        {"fraction_supported_weighted", &GeneRow::fractionSupportedWeighted},
        {"n_supported", &GeneRow::supportedCount, true},
        {"n_unsupported", &GeneRow::unsupportedCount, true},
        {"n_undecidable", &GeneRow::undecidableCount, true},
        {"n_credible_sets", &GeneRow::credibleSets, true},
        {"null_mean", &GeneRow::nullMean},
        {"null_sd", &GeneRow::nullSd},
        {"null_testable", &GeneRow::nullTestable, true},
        {"p_published", &GeneRow::pPublished, false, &GeneRow::log10Published},
        {"p_calibrated", &GeneRow::pCalibrated, false, &GeneRow::log10Calibrated},
        {"p_empirical", &GeneRow::pEmpirical},
        {"log10_p_published", &GeneRow::log10Published},
        {"log10_p_calibrated", &GeneRow::log10Calibrated},
        {"predixcan_r", &GeneRow::predixcanR},
        {"main_ism", &GeneRow::mainIsm},
        {"main_slope", &GeneRow::mainSlope},
        {"main_distance", &GeneRow::mainDistance, true},
        {"main_gain", &GeneRow::mainGain},
        {"main_supported", &GeneRow::mainSupported, true}};
    static constexpr RowColumns<GeneRow> columns{texts, numbers};
    return columns;
}

const RowColumns<DriverRow>& driverColumns() {
    static constexpr TextColumn<DriverRow> texts[] = {{"chrom", &DriverRow::chrom},
                                                      {"ref", &DriverRow::ref},
                                                      {"alt", &DriverRow::alt},
                                                      {"effect_allele", &DriverRow::effectAllele}};
    static constexpr NumberColumn<DriverRow> numbers[] = {
        {"pos", &DriverRow::position, true},
        {"distance_to_tss", &DriverRow::distanceToTss, true},
        {"ism", &DriverRow::ism},
        {"relative_ism", &DriverRow::relativeIsm},
        {"gain", &DriverRow::gain},
        {"own_r", &DriverRow::ownR},
        {"loss_without", &DriverRow::lossWithout},
        {"loss_fraction_without", &DriverRow::lossFractionWithout},
        {"eqtl_slope", &DriverRow::eqtlSlope},
        {"genotype_r", &DriverRow::genotypeR},
        {"carriers", &DriverRow::carriers, true},
        {"carrier_percent", &DriverRow::carrierPercent},
        {"supported", &DriverRow::supported, true},
        {"undecidable", &DriverRow::undecidable, true},
        {"main", &DriverRow::main, true}};
    static constexpr RowColumns<DriverRow> columns{texts, numbers};
    return columns;
}

} // namespace diploscope
