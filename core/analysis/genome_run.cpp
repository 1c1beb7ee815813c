// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/genome_run.h"

#include "analysis/genes_at_once.h"
#include "analysis/predixcan.h"
#include "analysis/predixcan_training.h"
#include "analysis/provenance.h"
#include "analysis/report_columns.h"
#include "base/checksum.h"
#include "base/json_text.h"
#include "base/stage_clock.h"
#include "results/gene_columns.h"
#include "results/gene_writer.h"
#include "study/study_identity.h"
#include "study/study_words.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>

namespace diploscope {

namespace fs = std::filesystem;

namespace {

nlohmann::json optionsOf(const Study& study, const Predictor& predictor, const AnalysisOptions& options,
                         const ScoreOptions& score) {
    const DriverThresholds& drivers = options.thresholds;
    const StatisticsOptions& statistics = options.statistics;
    const InputShape& input = predictor.info().input;
    const bool forward = statistics.driverMethod == DriverMethod::Forward;
    const bool hasIndels = study.file().options.variants == VariantMode::SnvAndIndel;
    return {{"methods", hasIndels ? MethodsVersionOfIndels : MethodsVersion},
            // One set of weights under two names stands in tables as two models.
            {"model", predictor.info().name},
            {"effect_allele", wordOf(alleleConvention(study, options), alleleWords())},
            // A model's checksum is of what it makes of a sequence; this is which sequence.
            {"input",
             {{"length", input.length},
              {"tss_index", input.tssIndex},
              {"strand", input.strand == StrandRule::Gene ? "gene" : "forward"}}},
            {"score",
             {{"output", score.output.text()},
              {"shifts", score.shifts},
              {"reverse_complement", score.reverseComplement},
              {"method", options.method == Method::Plain ? "plain" : "fast"},
              {"computation", predictor.computation(options.method)},
              {"checked", options.selfCheckEvery > 0 || !canBeChecked(predictor, options.method)}}},
            {"drivers",
             {{"method", forward ? "forward" : "backward"},
              {"minimum_linear_r", drivers.minimumLinearR},
              {"minimum_gain", forward ? nlohmann::json(drivers.minimumGain) : nlohmann::json()},
              {"own_p", drivers.ownP}}},
            {"statistics",
             {{"null_predictors", std::max(statistics.nullPredictors, PublishedNullPredictors)},
              {"resamples", statistics.resamples},
              {"fine_mapping", statistics.fineMapping},
              {"seed", statistics.seed}}}};
}

/// What the driver's line in the gene's own table says. Published tables have columns that it lacks.
DriverRow driverRow(const GeneReport& report, size_t index) {
    const auto cell = [&](std::string_view name) {
        const ReportColumn* column = findColumn(reportDriverColumns(), name);
        const bool isIn = column != nullptr && (column->isIn == nullptr || column->isIn(report));
        return isIn ? column->value(report, index) : Cell();
    };
    DriverRow row;
    for (const auto& column : driverColumns().texts)
        row.*column.member = cell(column.name).text();
    for (const auto& column : driverColumns().numbers)
        row.*column.member = cell(column.name).number();
    // There it says why.
    const DriverResult& driver = report.drivers[index];
    if (driver.verdict != Verdict::Undefined)
        row.undecidable = driver.doubt == Doubt::None ? 0.0 : 1.0;
    return row;
}

bool isPersonal(const Error& error) {
    return error.kind != ErrorKind::Cancelled && error.kind != ErrorKind::Io;
}

} // namespace

GeneRow rowOf(const GeneReport& report) {
    GeneRow row;
    row.geneId = report.gene.id;
    row.geneName = report.gene.name;
    row.chrom = report.window.contig;
    row.strand = std::string(1, strandSymbol(report.gene.strand));
    row.tss = double(report.gene.tss() + 1);
    row.referenceScore = report.referenceScore;
    row.people = double(report.pearson.n);
    row.variants = double(report.variants.size());
    row.r = report.pearson.r;
    row.p = report.pearson.p;
    row.log10P = log10Of(report.pearson.p);
    row.slope = report.pearson.slope;
    row.rho = report.spearman.rho;
    if (report.pearson.n > 0) {
        row.meanObserved = report.pearson.meanX;
        row.meanPredicted = report.pearson.meanY;
    }
    if (report.pearson.n > 1) {
        row.sdObserved = report.pearson.sdX;
        row.sdPredicted = report.pearson.sdY;
    }
    if (report.allelic) {
        row.allelicPeople = double(report.allelic->n);
        row.allelicR = report.allelic->r;
        row.allelicP = report.allelic->p;
        row.log10Allelic = log10Of(report.allelic->p);
        row.allelicAgreement = report.allelic->agreement();
    }
    row.linearR = report.linearR;
    row.additive = report.additive ? 1.0 : 0.0;
    for (size_t driver = 0; driver < report.drivers.size(); ++driver)
        row.drivers.push_back(driverRow(report, driver));
    summariseDrivers(row);
    row.driverCount = double(report.drivers.size());
    if (report.rInterval) {
        row.rLow = report.rInterval->low;
        row.rHigh = report.rInterval->high;
    }
    if (report.publishedNull) {
        row.nullMean = report.publishedNull->mean;
        row.nullSd = report.publishedNull->sd;
        row.nullTestable = report.publishedNull->testable ? 1.0 : 0.0;
        row.pPublished = report.publishedNull->publishedP;
        row.log10Published = log10Of(report.publishedNull->publishedP);
    }
    if (report.calibratedNull) {
        row.pCalibrated = report.calibratedNull->calibratedP;
        row.log10Calibrated = log10Of(report.calibratedNull->calibratedP);
        row.pEmpirical = report.calibratedNull->empiricalP;
    }
    if (report.fineMapping)
        row.credibleSets = double(report.fineMapping->sets.size());
    return row;
}

GeneRow failedRow(const Gene& gene, const Error& error) {
    GeneRow row;
    row.geneId = gene.id;
    row.geneName = gene.name;
    row.chrom = gene.region.contig;
    row.strand = std::string(1, strandSymbol(gene.strand));
    row.tss = double(gene.tss() + 1);
    row.failure = error.message();
    return row;
}

Result<PredixcanRs> predixcanR(const Study& study, const RunContext& context) {
    PredixcanRs found;
    std::map<std::string, double> performance;
    const auto add = [&](const fs::path& file) -> Result<void> {
        DS_ASSIGN(const PredixcanDatabase database, readPredixcan(file));
        const auto take = [&](const PredixcanGene& gene, const std::optional<double>& ofModel) {
            const std::string id = predixcanGeneId(study, gene);
            // Of several models of a gene the one that did best in its own cross-validation.
            const double r2 = gene.performanceR2.value_or(0);
            if (!ofModel || (performance.contains(id) && performance[id] >= r2))
                return;
            performance[id] = r2;
            found.r[id] = *ofModel;
        };
        if (database.trainedOn == peopleDigest(study)) {
            for (const PredixcanGene& gene : database.genes)
                if (gene.performanceR2)
                    take(gene, std::sqrt(std::max(0.0, *gene.performanceR2)));
            return {};
        }
        DS_ASSIGN(const PredixcanScores scores, applyPredixcan(study, database, {}, context));
        for (const PredixcanGeneScore& score : scores.genes)
            take(score.gene, score.observed ? score.observed->r : std::nullopt);
        return {};
    };
    for (const fs::path& file : study.file().predixcan)
        if (const Result<void> added = add(file); !added) {
            if (added.error().kind == ErrorKind::Cancelled)
                return fail(added.error());
            found.leftOut.push_back(added.error());
        }
    return found;
}

Result<ResultRun> resultRunOf(const Study& study, const Predictor& predictor, const AnalysisOptions& options,
                              const RunContext& context) {
    const ScoreOptions score =
        options.score.value_or(defaultScore(predictor.info(), study.file().phenotypes));
    ResultRun run;
    run.provenance = provenanceOf(study, predictor, score, options);
    DS_ASSIGN(run.study, inStage(context, Stage::Read, [&] { return studyIdentity(study, context); }));
    run.modelChecksum = predictor.info().checksum;
    run.options = jsonText(optionsOf(study, predictor, options, score));
    run.model = predictor.info().name;
    return run;
}

std::string runDigest(const ResultRun& run, bool gradients) {
    return toHex(digestOf(run.study + '\n' + run.modelChecksum + '\n' + run.options + '\n' +
                          (gradients ? "gradients" : "")));
}

Result<void> storeReport(const Study& study, const GeneReport& report, const ResultRun& keys,
                         ResultStore& store) {
    DS_TRY(checkUnchanged(study));
    DS_ASSIGN(const int64_t id, store.beginRun(keys));
    DS_ASSIGN(const std::set<std::string> finished, store.finishedGenes(id));
    return finished.contains(report.gene.id) ? Result<void>() : store.store(id, rowOf(report));
}

Result<GenomeRunResult> runGenome(const Study& study, const std::vector<const StudyGene*>& genes,
                                  const GenomeRun& run, ResultStore& store, const RunContext& context) {
    DS_ASSIGN(const ResultRun keys, resultRunOf(study, *run.predictor, run.options, context));
    DS_ASSIGN(const int64_t id, store.beginRun(keys));
    DS_ASSIGN(const std::set<std::string> finished, store.finishedGenes(id));
    DS_TRY(store.addPredixcanR(id, run.predixcanR));

    GenomeRunResult result;
    result.run = id;
    GeneWriter writer(store, id, context);
    const auto keep = [&](const GeneRow& row) -> Result<void> {
        DS_TRY(writer.add(row));
        if (run.onRow)
            run.onRow(row);
        return {};
    };
    const auto take = [&](const Gene& gene, const Analysis& report) -> Result<void> {
        const StageTime time(context, Stage::Store);
        if (report && !*report) {
            ++result.stored;
            return {};
        }
        DS_TRY(checkUnchanged(study)); // or it would be stored as of what the study was
        if (!report) {
            if (!isPersonal(report.error()))
                return fail(report.error());
            result.failures.emplace_back(gene.id, report.error());
            return keep(failedRow(gene, report.error()));
        }
        if (run.onReport)
            DS_TRY(run.onReport(*report));
        GeneRow row = rowOf(**report);
        if (const auto found = run.predixcanR.find(row.geneId); found != run.predixcanR.end())
            row.predixcanR = found->second;
        DS_TRY(keep(row));
        ++result.computed;
        return {};
    };
    const Result<void> analysed = analyzeAtOnce(
        study, genes, run, context,
        [&](const StudyGene& gene) {
            return finished.contains(gene.gene.id) && !(run.needed && run.needed(gene));
        },
        take);
    DS_TRY(writer.finish()); // also where the run was stopped
    DS_TRY(analysed);
    return result;
}

} // namespace diploscope
