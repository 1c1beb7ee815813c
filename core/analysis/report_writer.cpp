// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/report_writer.h"

#include "analysis/report_columns.h"
#include "base/atomic_file.h"
#include "base/json_text.h"
#include "io/table_writer.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <limits>

namespace diploscope {

namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

/// \param rows  how many people, variants or drivers the report has
TableWriter tableOf(const GeneReport& report, const std::vector<ReportColumn>& columns, size_t rows) {
    std::vector<const ReportColumn*> shown;
    std::vector<std::string> names;
    for (const ReportColumn& column : columns)
        if (column.isIn == nullptr || column.isIn(report)) {
            shown.push_back(&column);
            names.emplace_back(column.name);
        }
    TableWriter table(std::move(names));
    table.comment("gene", report.gene.id + " " + report.gene.name);
    for (const auto& [key, value] : report.provenance)
        table.comment(key, value);
    for (size_t row = 0; row < rows; ++row) {
        table.row();
        for (const ReportColumn* column : shown)
            column->value(report, row).writeTo(table);
    }
    return table;
}

std::optional<double> lowOf(const std::optional<Interval>& interval) {
    return interval ? std::optional(interval->low) : std::nullopt;
}

std::optional<double> highOf(const std::optional<Interval>& interval) {
    return interval ? std::optional(interval->high) : std::nullopt;
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

/// What the rows of the table that is the model are to the study's alleles, and which SNVs it lacks.
Json listedEffectsJson(const ListedEffects& listed) {
    Json rows;
    for (const AssociationCountName& name : associationCountNames())
        if (name.count != &AssociationCounts::byRsid)
            rows[name.key] = listed.counts.*name.count;
    rows["beyond_window"] = listed.beyond;
    rows["snvs_without_effect"] = std::count(listed.has.begin(), listed.has.end(), false);
    return rows;
}

Json allelicJson(const AllelicImbalance& allelic, const UnusedReads& unused) {
    return {{"n_people", allelic.n},
            {"r", jsonOf(allelic.r)},
            {"p", jsonOf(allelic.p)},
            {"log10_p", jsonOf(log10Of(allelic.p))},
            {"slope", jsonOf(allelic.slope)},
            {"n_decided", allelic.decided},
            {"n_agreeing", allelic.agreeing},
            {"agreement_p", jsonOf(allelic.agreementP)},
            {"people_with_few_reads", unused.tooFew},
            {"people_without_phase", unused.withoutPhase},
            {"people_with_one_copy", unused.oneCopy}};
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
    if (report.members.size() > 1) { // every score is the mean of several predictions
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
    if (report.allelic)
        json["allelic_imbalance"] = allelicJson(*report.allelic, report.unusedReads);
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
    if (report.listed)
        json["model_effects"] = listedEffectsJson(*report.listed);
    if (report.listedPeople)
        json["model_predictions"] = {{"people_without", report.listedPeople->lacking},
                                     {"others", report.listedPeople->others}};
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
    DS_TRY(tableOf(report, personColumns(), report.people.size()).writeTo(files[0]));
    DS_TRY(tableOf(report, variantColumns(), report.variants.size()).writeTo(files[1]));
    DS_TRY(tableOf(report, reportDriverColumns(), report.drivers.size()).writeTo(files[2]));
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
