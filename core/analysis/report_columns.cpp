// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/report_columns.h"

#include "analysis/effect_background.h"
#include "results/gene_columns.h"

#include <algorithm>
#include <cassert>

namespace diploscope {

namespace {

using Report = GeneReport;

/// Is every score the mean of several predictions?
bool isAveraged(const Report& report) {
    return report.members.size() > 1;
}

bool hasBackground(const Report& report) {
    return report.background != nullptr;
}

bool hasReads(const Report& report) {
    return report.allelic.has_value();
}

bool hasIndels(const Report& report) {
    return std::any_of(report.variants.begin(), report.variants.end(),
                       [](const VariantResult& variant) { return changesLength(variant); });
}

bool hasImported(const Report& report) {
    return !report.imported.empty();
}

Cell lowOf(const std::optional<Interval>& interval) {
    return interval ? Cell(interval->low) : Cell();
}

Cell highOf(const std::optional<Interval>& interval) {
    return interval ? Cell(interval->high) : Cell();
}

bool isDriver(const Report& report, size_t variant) {
    return std::any_of(report.drivers.begin(), report.drivers.end(),
                       [variant](const DriverResult& driver) { return driver.variant == variant; });
}

std::vector<ReportColumn> personList() {
    return {
        {{"sample", "person", "", "The person's id in the genotypes", 2, Format::Text},
         [](const Report& r, size_t p) { return r.people[p].sample; }},
        {{"hap1", "haplotype 1", "score", "The model's score of the first haplotype", 3},
         [](const Report& r, size_t p) { return r.people[p].haplotype1; }},
        {{"hap2", "haplotype 2", "score", "The model's score of the second haplotype", 3},
         [](const Report& r, size_t p) { return r.people[p].haplotype2; }},
        {{"predicted", "predicted", "score", "Mean score of the two haplotypes", 3},
         [](const Report& r, size_t p) { return r.people[p].predicted; }},
        {{"predicted_sd", "predicted, sd", "score",
          "Standard deviation of the prediction over the shifts, strands and models that it is the mean of",
          3},
         [](const Report& r, size_t p) { return r.people[p].spread; },
         isAveraged},
        {{"observed", "observed", "expression", "Observed expression", 4},
         [](const Report& r, size_t p) { return r.people[p].observed; }},
        {{"hap1_reads", "reads, haplotype 1", "reads", "Reads of the gene that come from the first haplotype",
          19, Format::Whole},
         [](const Report& r, size_t p) {
             return r.people[p].reads ? Cell(r.people[p].reads->first) : Cell();
         },
         hasReads},
        {{"hap2_reads", "reads, haplotype 2", "reads",
          "Reads of the gene that come from the second haplotype", 19, Format::Whole},
         [](const Report& r, size_t p) {
             return r.people[p].reads ? Cell(r.people[p].reads->second) : Cell();
         },
         hasReads},
        {{"reads_log2_ratio", "reads, log2 ratio", "log2",
          "log2 of the first haplotype's reads over the second's, half a read added to both; of 8 reads or "
          "more",
          19},
         [](const Report& r, size_t p) {
             return r.people[p].reads ? Cell(log2Ratio(*r.people[p].reads)) : Cell();
         },
         hasReads},
        {{"hap_difference", "haplotypes, difference", "score",
          "The model's score of the first haplotype less that of the second", 19},
         [](const Report& r, size_t p) { return r.people[p].haplotype1 - r.people[p].haplotype2; },
         hasReads},
    };
}

std::vector<ReportColumn> variantList() {
    return {
        {columns::Chrom, [](const Report& r, size_t v) { return r.variants[v].contig; }},
        {columns::Position, [](const Report& r, size_t v) { return r.variants[v].position + 1; }},
        {{"id", "SNV", "", "Its id in the genotypes, a dot where it has none", 6, Format::Text},
         [](const Report& r, size_t v) { return r.variants[v].id.empty() ? "." : r.variants[v].id; }},
        {columns::Ref, [](const Report& r, size_t v) { return r.variants[v].ref; }},
        {columns::Alt, [](const Report& r, size_t v) { return r.variants[v].alt; }},
        {columns::EffectAllele, [](const Report& r, size_t v) { return r.variants[v].effectAllele; }},
        {{"allele_frequency", "ALT frequency", "", "Frequency of ALT over the haplotypes with a known allele",
          6, Format::Ratio},
         [](const Report& r, size_t v) { return r.variants[v].alleleFrequency; }},
        {{"maf", "MAF", "", "Frequency of ALT or of all else, whichever is rarer", 6, Format::Ratio},
         [](const Report& r, size_t v) { return r.variants[v].maf; }},
        {columns::Carriers, [](const Report& r, size_t v) { return r.variants[v].carriers; }},
        {{"carrier_fraction", "carriers, fraction", "",
          "Of the people with a genotype those with any non-reference allele there", 6, Format::Ratio},
         [](const Report& r, size_t v) { return r.variants[v].carrierFraction; }},
        {{"missing_genotypes", "missing", "people", "People without a genotype of it", 17, Format::Whole},
         [](const Report& r, size_t v) { return r.variants[v].missing; }},
        {columns::Ism, [](const Report& r, size_t v) { return r.variants[v].ism; }},
        {{"ism_sd", "ISM, sd", "score",
          "Standard deviation of ISM over the shifts, strands and models that it is the mean of", 3},
         [](const Report& r, size_t v) { return r.variants[v].ismSpread; },
         isAveraged},
        {{"ism_shift", "ISM, shift", "score",
          "Of an indel, whose ISM is the mean over both ends at which the window makes room: half their "
          "difference; with the TSS fixed its effect is ism + ism_shift",
          15},
         [](const Report& r, size_t v) { return r.variants[v].ismShift; },
         hasIndels,
         true},
        {{"gradient", "gradient", "score", "First order of ISM, from the model's gradient at the reference",
          6},
         [](const Report& r, size_t v) { return r.variants[v].gradient; },
         nullptr,
         true},
        {columns::EqtlSlope, [](const Report& r, size_t v) { return r.variants[v].eqtl.slope; }},
        {{"eqtl_se", "se", "expression", "Standard error of the eQTL slope", 7},
         [](const Report& r, size_t v) { return r.variants[v].eqtl.se; }},
        {{"eqtl_slope_low", "slope, low", "expression", "Lower end of the slope's 95 % interval by t", 7},
         [](const Report& r, size_t v) { return lowOf(slopeInterval(r.variants[v].eqtl)); }},
        {{"eqtl_slope_high", "slope, high", "expression", "Upper end of the slope's 95 % interval by t", 7},
         [](const Report& r, size_t v) { return highOf(slopeInterval(r.variants[v].eqtl)); }},
        {{"eqtl_t", "t", "", "The eQTL slope over its standard error", 7},
         [](const Report& r, size_t v) { return r.variants[v].eqtl.t; }},
        {{"eqtl_p", "eQTL p", "", "Two-sided p of the eQTL slope", 7, Format::P},
         [](const Report& r, size_t v) { return r.variants[v].eqtl.p; }},
        {{"eqtl_r", "eQTL r", "", "Correlation of dosage and observed expression, covariates taken out", 7,
          Format::Ratio},
         [](const Report& r, size_t v) { return r.variants[v].eqtl.r; }},
        {columns::DistanceToTss, [](const Report& r, size_t v) { return r.variants[v].distanceToTss; }},
        {{"ism_share_below", "larger than, of others", "",
          "Share of common SNVs near random genes, and of random changes where there are too few, at this "
          "distance "
          "from the TSS, whose effect under the model is smaller",
          16, Format::Share},
         [](const Report& r, size_t v) {
             const VariantResult& variant = r.variants[v];
             return r.background ? Cell(r.background->shareBelow(variant.ism, variant.distanceToTss))
                                 : Cell();
         },
         hasBackground},
        {{"ism_background", "others there", "", "How many common SNVs and random changes that is of", 16,
          Format::Whole},
         [](const Report& r, size_t v) {
             return r.background ? Cell(r.background->countAt(r.variants[v].distanceToTss)) : Cell();
         },
         hasBackground},
        {{"driver", "driver", "", "Whether the model's differences between people hang on it", 8,
          Format::Flag},
         [](const Report& r, size_t v) { return isDriver(r, v); }},
        {{"lead", "lead", "", "Whether it is the gene's lead variant, which has the smallest eQTL p", 7,
          Format::Flag},
         [](const Report& r, size_t v) { return r.lead == v; }},
        {{"eqtl_slope_given_lead", "given lead", "expression",
          "eQTL slope with the lead variant's dosage as a covariate", 7},
         [](const Report& r, size_t v) { return r.variants[v].givenLead.slope; }},
        {{"eqtl_se_given_lead", "se given lead", "expression", "Standard error of that slope", 7},
         [](const Report& r, size_t v) { return r.variants[v].givenLead.se; }},
        {{"eqtl_p_given_lead", "p given lead", "", "Two-sided p of that slope", 7, Format::P},
         [](const Report& r, size_t v) { return r.variants[v].givenLead.p; }},
        {{"pip", "PIP, susieR", "", "Probability that it is causal (SuSiE), as susieR has it", 7,
          Format::Ratio},
         [](const Report& r, size_t v) { return r.variants[v].pip; }},
        {{"pip_pruned", "PIP", "", "The same of effects that are not idle: what plots show", 17,
          Format::Ratio},
         [](const Report& r, size_t v) { return r.variants[v].prunedPip; }},
        {{"credible_set", "credible set", "", "Number of the 95 % credible set that it is in, from 1", 7,
          Format::Whole},
         [](const Report& r, size_t v) {
             const int64_t set = r.variants[v].credibleSet;
             return set > 0 ? Cell(set) : Cell();
         }},
        {{"imported_slope", "slope, imported", "",
          "Slope per copy of the effect allele, of the first of the study's tables that has it", 7},
         [](const Report& r, size_t v) { return r.imported[v].slope; },
         hasImported},
        {{"imported_se", "se, imported", "", "Standard error of that slope", 7},
         [](const Report& r, size_t v) { return r.imported[v].se; },
         hasImported},
        {{"imported_p", "p, imported", "", "p of that slope", 7, Format::P},
         [](const Report& r, size_t v) { return r.imported[v].p; },
         hasImported},
        {{"imported_pip", "PIP, imported", "", "PIP of the first of the study's tables that has it", 7,
          Format::Ratio},
         [](const Report& r, size_t v) { return r.imported[v].pip; },
         hasImported},
        {{"imported_credible_set", "credible set, imported", "", "That table's credible set with it", 7,
          Format::Text},
         [](const Report& r, size_t v) {
             const std::string& set = r.imported[v].credibleSet;
             return set.empty() ? Cell() : Cell(set);
         },
         hasImported},
        {{"eqtl_df", "eQTL df", "", "Degrees of freedom of eqtl_t and eqtl_p", 7, Format::Whole},
         [](const Report& r, size_t v) {
             const EqtlEffect& effect = r.variants[v].eqtl;
             return effect.slope ? Cell(effect.degreesOfFreedom) : Cell();
         }},
    };
}

/// What a driver has as the variant that it is.
ReportColumn ofVariant(std::string_view name) {
    ReportColumn column = columnNamed(variantColumns(), name);
    column.value = [value = column.value](const Report& report, size_t driver) {
        return value(report, report.drivers[driver].variant);
    };
    return column;
}

/// Else there is nothing to doubt.
bool hasSign(const DriverResult& driver) {
    return driver.verdict != Verdict::Undefined;
}

double carrierPercent(const Report& report, size_t driver) {
    return 100.0 * static_cast<double>(report.variants[report.drivers[driver].variant].carriers) /
           static_cast<double>(report.people.size());
}

std::vector<ReportColumn> driverList() {
    return {
        ofVariant("chrom"),
        ofVariant("pos"),
        ofVariant("id"),
        ofVariant("ref"),
        ofVariant("alt"),
        ofVariant("effect_allele"),
        ofVariant("distance_to_tss"),
        ofVariant("ism"),
        {columns::RelativeIsm, [](const Report& r, size_t d) { return r.drivers[d].relativeIsm; }},
        {columns::Gain, [](const Report& r, size_t d) { return r.drivers[d].driver.gain; }},
        {columns::OwnR, [](const Report& r, size_t d) { return r.drivers[d].driver.ownR; }},
        {{"own_p", "own p", "", "p of own_r", 8, Format::P},
         [](const Report& r, size_t d) { return r.drivers[d].driver.ownP; }},
        {columns::LossWithout, [](const Report& r, size_t d) { return r.drivers[d].driver.lossWithout; }},
        {columns::LinearR, [](const Report& r, size_t) { return r.linearR; }},
        ofVariant("carriers"),
        {columns::CarrierPercent, carrierPercent},
        ofVariant("maf"),
        ofVariant("eqtl_slope"),
        ofVariant("eqtl_se"),
        ofVariant("eqtl_slope_low"),
        ofVariant("eqtl_slope_high"),
        ofVariant("eqtl_p"),
        {columns::GenotypeR, [](const Report& r, size_t d) { return r.drivers[d].genotypeR; }},
        {columns::Supported,
         [](const Report& r, size_t d) {
             const DriverResult& driver = r.drivers[d];
             return hasSign(driver) ? Cell(driver.verdict == Verdict::Supported) : Cell();
         }},
        {columns::Verdict, [](const Report& r, size_t d) { return toText(r.drivers[d].standing()); }},
        {columns::Main, [](const Report& r, size_t d) { return r.drivers[d].driver.main; }},
        {{"undecidable", "undecidable", "",
          "Why these people cannot decide the verdict by sign: `interval` (the slope's holds 0) or "
          "`conditioning` (its sign turns given the lead); `no` where they can",
          8, Format::Text},
         [](const Report& r, size_t d) {
             const DriverResult& driver = r.drivers[d];
             return hasSign(driver) ? Cell(toText(driver.doubt)) : Cell();
         }},
        {{"bootstrap_slope_low", "resampled slope, low", "expression",
          "2.5th percentile of the eQTL slope over resampled people", 17},
         [](const Report& r, size_t d) { return lowOf(r.drivers[d].bootstrapInterval); }},
        {{"bootstrap_slope_high", "resampled slope, high", "expression",
          "97.5th percentile of the eQTL slope over resampled people", 17},
         [](const Report& r, size_t d) { return highOf(r.drivers[d].bootstrapInterval); }},
        {{"verdict_share", "held", "",
          "How often the verdict held: share of the resamples of people in which the slope kept its sign", 17,
          Format::Share},
         [](const Report& r, size_t d) { return r.drivers[d].verdictShare; }},
        {columns::AllelicChange, [](const Report& r, size_t d) { return r.drivers[d].allelic.mean; },
         hasReads},
        {{"allelic_change_se", "se, by copy", "log2", "Standard error of allelic_change", 19},
         [](const Report& r, size_t d) { return r.drivers[d].allelic.se; },
         hasReads},
        {columns::AllelicChangeP, [](const Report& r, size_t d) { return r.drivers[d].allelic.p; }, hasReads},
        {columns::AllelicPeople, [](const Report& r, size_t d) { return r.drivers[d].allelic.n; }, hasReads},
    };
}

} // namespace

const std::vector<ReportColumn>& personColumns() {
    static const std::vector<ReportColumn> columns = personList();
    return columns;
}

const std::vector<ReportColumn>& variantColumns() {
    static const std::vector<ReportColumn> columns = variantList();
    return columns;
}

const std::vector<ReportColumn>& reportDriverColumns() {
    static const std::vector<ReportColumn> columns = driverList();
    return columns;
}

const ReportColumn* findColumn(const std::vector<ReportColumn>& columns, std::string_view name) {
    const auto found = std::find_if(columns.begin(), columns.end(),
                                    [name](const ReportColumn& column) { return column.name == name; });
    return found == columns.end() ? nullptr : &*found;
}

const ReportColumn& columnNamed(const std::vector<ReportColumn>& columns, std::string_view name) {
    const ReportColumn* found = findColumn(columns, name);
    assert(found != nullptr);
    return *found;
}

} // namespace diploscope
