// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/report_writer.h"

#include "base/atomic_file.h"
#include "base/json_text.h"
#include "io/table_writer.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <cmath>
#include <limits>
#include <map>

namespace diploscope {

namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

TableWriter tableOf(const GeneReport& report, std::vector<std::string> columns) {
    TableWriter table(std::move(columns));
    table.comment("gene", report.gene.id + " " + report.gene.name);
    for (const auto& [key, value] : report.provenance)
        table.comment(key, value);
    return table;
}

/// Is every score the mean of several predictions?
bool isAveraged(const GeneReport& report) {
    return report.members.size() > 1;
}

/// The columns of a table, with one more in their midst where scores have a spread.
std::vector<std::string> withSpread(const GeneReport& report, std::vector<std::string> columns,
                                    const std::string& spread, const std::vector<std::string>& behind) {
    if (isAveraged(report))
        columns.push_back(spread);
    columns.insert(columns.end(), behind.begin(), behind.end());
    return columns;
}

TableWriter peopleTable(const GeneReport& report) {
    TableWriter table = tableOf(
        report, withSpread(report, {"sample", "hap1", "hap2", "predicted"}, "predicted_sd", {"observed"}));
    for (const PersonResult& person : report.people) {
        table.row()
            .cell(person.sample)
            .cell(person.haplotype1)
            .cell(person.haplotype2)
            .cell(person.predicted);
        if (isAveraged(report))
            table.cell(person.spread);
        table.cell(person.observed);
    }
    return table;
}

std::optional<double> lowOf(const std::optional<Interval>& interval) {
    return interval ? std::optional(interval->low) : std::nullopt;
}

std::optional<double> highOf(const std::optional<Interval>& interval) {
    return interval ? std::optional(interval->high) : std::nullopt;
}

TableWriter variantTable(const GeneReport& report) {
    std::map<size_t, const DriverResult*> driverOfVariant;
    for (const DriverResult& driver : report.drivers)
        driverOfVariant[driver.variant] = &driver;

    std::vector<std::string> columns =
        withSpread(report,
                   {"chrom", "pos", "id", "ref", "alt", "effect_allele", "allele_frequency", "maf",
                    "carriers", "carrier_fraction", "missing_genotypes", "ism"},
                   "ism_sd",
                   {"gradient", "eqtl_slope", "eqtl_se", "eqtl_slope_low", "eqtl_slope_high", "eqtl_t",
                    "eqtl_p", "eqtl_r", "distance_to_tss", "driver", "lead", "eqtl_slope_given_lead",
                    "eqtl_se_given_lead", "eqtl_p_given_lead", "pip", "pip_pruned", "credible_set"});
    if (!report.imported.empty())
        columns.insert(columns.end(), {"imported_slope", "imported_se", "imported_p", "imported_pip",
                                       "imported_credible_set"});
    TableWriter table = tableOf(report, std::move(columns));
    for (size_t v = 0; v < report.variants.size(); ++v) {
        const VariantResult& variant = report.variants[v];
        const auto interval = slopeInterval(variant.eqtl);
        table.row()
            .cell(variant.chrom)
            .cell(variant.position + 1)
            .cell(variant.id.empty() ? "." : variant.id)
            .cell(variant.ref)
            .cell(variant.alt)
            .cell(variant.effectAllele)
            .cell(variant.alleleFrequency)
            .cell(variant.maf)
            .cell(variant.carriers)
            .cell(variant.carrierFraction)
            .cell(variant.missing)
            .cell(variant.ism);
        if (isAveraged(report))
            table.cell(variant.ismSpread);
        table.cell(variant.gradient)
            .cell(variant.eqtl.slope)
            .cell(variant.eqtl.se)
            .cell(lowOf(interval))
            .cell(highOf(interval))
            .cell(variant.eqtl.t)
            .cell(textOf(variant.eqtl.p))
            .cell(variant.eqtl.r)
            .cell(variant.distanceToTss)
            .cell(driverOfVariant.contains(v))
            .cell(report.lead == v)
            .cell(variant.givenLead.slope)
            .cell(variant.givenLead.se)
            .cell(textOf(variant.givenLead.p))
            .cell(variant.pip)
            .cell(variant.prunedPip);
        if (variant.credibleSet > 0)
            table.cell(variant.credibleSet);
        else
            table.cell("NA");
        if (report.imported.empty())
            continue;
        const ImportedEffect& imported = report.imported[v];
        table.cell(imported.slope)
            .cell(imported.se)
            .cell(imported.p)
            .cell(imported.pip)
            .cell(imported.credibleSet.empty() ? "NA" : imported.credibleSet);
    }
    return table;
}

TableWriter driverTable(const GeneReport& report) {
    TableWriter table = tableOf(report, {"chrom",
                                         "pos",
                                         "id",
                                         "ref",
                                         "alt",
                                         "effect_allele",
                                         "distance_to_tss",
                                         "ism",
                                         "relative_ism",
                                         "gain",
                                         "own_r",
                                         "own_p",
                                         "loss_without",
                                         "r_linear",
                                         "carriers",
                                         "carrier_percent",
                                         "maf",
                                         "eqtl_slope",
                                         "eqtl_se",
                                         "eqtl_slope_low",
                                         "eqtl_slope_high",
                                         "eqtl_p",
                                         "genotype_r",
                                         "supported",
                                         "verdict",
                                         "main",
                                         "undecidable",
                                         "bootstrap_slope_low",
                                         "bootstrap_slope_high",
                                         "verdict_share"});
    for (const DriverResult& driver : report.drivers) {
        const VariantResult& variant = report.variants[driver.variant];
        const auto interval = slopeInterval(variant.eqtl);
        table.row()
            .cell(variant.chrom)
            .cell(variant.position + 1)
            .cell(variant.id.empty() ? "." : variant.id)
            .cell(variant.ref)
            .cell(variant.alt)
            .cell(variant.effectAllele)
            .cell(variant.distanceToTss)
            .cell(variant.ism)
            .cell(driver.relativeIsm)
            .cell(driver.driver.gain)
            .cell(driver.driver.ownR)
            .cell(textOf(driver.driver.ownP))
            .cell(driver.driver.lossWithout)
            .cell(report.linearR)
            .cell(variant.carriers)
            .cell(100.0 * static_cast<double>(variant.carriers) / static_cast<double>(report.people.size()))
            .cell(variant.maf)
            .cell(variant.eqtl.slope)
            .cell(variant.eqtl.se)
            .cell(lowOf(interval))
            .cell(highOf(interval))
            .cell(textOf(variant.eqtl.p))
            .cell(driver.genotypeR);
        const bool hasSign = driver.verdict != Verdict::Undefined; // else there is nothing to doubt
        if (hasSign)
            table.cell(driver.verdict == Verdict::Supported);
        else
            table.cell("NA");
        table.cell(toText(driver.standing()))
            .cell(driver.driver.main)
            .cell(hasSign ? toText(driver.doubt) : "NA")
            .cell(lowOf(driver.bootstrapInterval))
            .cell(highOf(driver.bootstrapInterval))
            .cell(driver.verdictShare);
    }
    return table;
}

Json jsonOf(const std::optional<double>& value) {
    return value ? Json(*value) : Json(nullptr);
}

/// A number where doubles hold it, else its text: readers that turn texts into numbers get what they can
/// hold.
Json jsonOf(const std::optional<PValue>& p) {
    if (!p)
        return nullptr;
    return *p >= std::numeric_limits<double>::min() ? Json(double(*p)) : Json(p->text());
}

Json nullJson(const std::optional<NullTest>& null) {
    if (!null)
        return nullptr;
    return {{"predictors", null->predictors},
            {"mean_abs_r", null->mean},
            {"sd_abs_r", null->sd},
            {"testable", null->testable},
            {"published_t", jsonOf(null->publishedT)},
            {"published_p", jsonOf(null->publishedP)},
            {"published_log10_p", jsonOf(log10Of(null->publishedP))},
            {"calibrated_t", jsonOf(null->calibratedT)},
            {"calibrated_p", jsonOf(null->calibratedP)},
            {"calibrated_log10_p", jsonOf(log10Of(null->calibratedP))},
            {"empirical_p", jsonOf(null->empiricalP)}};
}

Json credibleSetsJson(const GeneReport& report) {
    if (!report.fineMapping)
        return nullptr;
    Json sets = Json::array();
    for (const CredibleSet& set : report.fineMapping->sets)
        sets.push_back({{"n_variants", set.variants.size()},
                        {"coverage", set.coverage},
                        {"min_abs_corr", set.minimumCorrelation},
                        {"mean_abs_corr", set.meanCorrelation},
                        {"median_abs_corr", set.medianCorrelation}});
    return sets;
}

/// SNVs that over 20 % of people have no genotype of: left out of lead variant, LD, SuSiE and drivers.
Json poorlyGenotypedJson(const GeneReport& report) {
    Json snvs = Json::array();
    for (const VariantResult& variant : report.variants)
        if (variant.poorlyGenotyped)
            snvs.push_back({{"pos", variant.position + 1},
                            {"ref", variant.ref},
                            {"alt", variant.alt},
                            {"missing_genotypes", variant.missing}});
    return snvs;
}

/// What the rows of each table in the window are to the study's SNVs.
Json importedTablesJson(const GeneReport& report) {
    Json tables = Json::array();
    for (const ImportedTable& table : report.importedTables) {
        Json rows = {{"table", table.name}};
        for (const AssociationCountName& name : associationCountNames())
            rows[name.key] = table.counts.*name.count;
        tables.push_back(std::move(rows));
    }
    return tables;
}

Json reportJson(const GeneReport& report, std::string_view runKey) {
    Json json;
    json["schema"] = 1;
    if (!runKey.empty())
        json["run_key"] = std::string(runKey);
    json["gene_id"] = report.gene.id;
    json["gene_name"] = report.gene.name;
    json["chrom"] = report.window.contig;
    json["tss"] = report.gene.tss() + 1;
    json["strand"] = std::string(1, strandSymbol(report.gene.strand));
    json["window_start"] = report.window.start + 1;
    json["window_end"] = report.window.end;
    json["model"] = report.model.name;
    json["unit"] = report.model.unit;
    json["score"] = describeScore(report.score, report.model);
    json["reference_score"] = report.referenceScore;
    if (isAveraged(report)) {
        json["members"] = report.members;
        json["reference_score_sd"] = jsonOf(report.referenceSpread);
    }
    // How many were checked is of this run, not of the gene: a second one, from the cache, checks none.
    if (!report.selfCheck.skipped.empty())
        json["self_check"] = {{"skipped", report.selfCheck.skipped}};
    json["n_people"] = report.pearson.n;
    json["n_haplotypes_distinct"] = report.distinctHaplotypes;
    json["n_variants"] = report.variants.size();
    json["pearson_r"] = jsonOf(report.pearson.r);
    json["pearson_p"] = jsonOf(report.pearson.p);
    json["pearson_log10_p"] = jsonOf(log10Of(report.pearson.p));
    json["slope"] = jsonOf(report.pearson.slope);
    json["intercept"] = jsonOf(report.pearson.intercept);
    json["observed_mean"] = report.pearson.meanX;
    json["observed_sd"] = report.pearson.sdX;
    json["predicted_mean"] = report.pearson.meanY;
    json["predicted_sd"] = report.pearson.sdY;
    json["spearman_rho"] = jsonOf(report.spearman.rho);
    json["spearman_p"] = jsonOf(report.spearman.p);
    json["spearman_log10_p"] = jsonOf(log10Of(report.spearman.p));
    json["r_linear"] = jsonOf(report.linearR);
    json["r_ism_gradient"] = jsonOf(report.gradientR);
    if (!report.gradientNote.empty())
        json["gradient_note"] = report.gradientNote;
    json["additive"] = report.additive;
    json["n_drivers"] = report.drivers.size();
    const Support support = report.support();
    json["n_drivers_supported"] = support.supported;
    json["n_drivers_unsupported"] = support.unsupported;
    json["n_drivers_undecidable"] = support.undecidable;
    json["fraction_supported"] = jsonOf(support.fraction());
    json["fraction_supported_by_gain"] = jsonOf(support.fractionByGain());
    json["pearson_r_low"] = jsonOf(lowOf(report.rInterval));
    json["pearson_r_high"] = jsonOf(highOf(report.rInterval));
    json["null_published"] = nullJson(report.publishedNull);
    json["null_calibrated"] = nullJson(report.calibratedNull);
    json["lead_variant"] = report.lead ? Json(report.variants[*report.lead].position + 1) : Json(nullptr);
    json["credible_sets"] = credibleSetsJson(report);
    for (const GenotypeCountName& name : genotypeCountNames())
        json["counts"][name.key] = report.genotypes.*name.count;
    json["poorly_genotyped"] = poorlyGenotypedJson(report);
    if (!report.importedTables.empty())
        json["imported_tables"] = importedTablesJson(report);
    json["left_out"] = Json::array();
    for (const Error& fault : report.leftOut)
        json["left_out"].push_back(fault.message());
    Json provenance;
    for (const auto& [key, value] : report.provenance)
        provenance[key] = value;
    json["provenance"] = std::move(provenance);
    return json;
}

} // namespace

Result<std::vector<fs::path>> writeGeneReport(const GeneReport& report, const fs::path& folder,
                                              const std::string& stem, std::string_view runKey) {
    const std::vector<fs::path> files{folder / (stem + ".people.tsv"), folder / (stem + ".variants.tsv"),
                                      folder / (stem + ".drivers.tsv"), folder / (stem + ".report.json")};
    std::error_code ignored;
    fs::remove(files[3], ignored); // it says that its tables are there: not while they are another run's
    DS_TRY(peopleTable(report).writeTo(files[0]));
    DS_TRY(variantTable(report).writeTo(files[1]));
    DS_TRY(driverTable(report).writeTo(files[2]));
    DS_TRY(writeFileAtomically(files[3], jsonText(reportJson(report, runKey), 2) + "\n"));
    return files;
}

bool reportIsOf(const fs::path& folder, const std::string& stem, std::string_view geneId,
                std::string_view runKey) {
    const auto text = readWholeFile(folder / (stem + ".report.json"));
    const auto holds = [&](std::string_view key, std::string_view value) {
        return text->find(fmt::format("\"{}\": {}", key, jsonText(Json(std::string(value))))) != text->npos;
    };
    return text && !runKey.empty() && holds("run_key", runKey) && holds("gene_id", geneId);
}

} // namespace diploscope
