// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/anndata_export.h"

#include "analysis/genes_at_once.h"
#include "analysis/report_columns.h"
#include "base/suggestion.h"
#include "io/covariates_reader.h"
#include "study/study_identity.h"

#include <fmt/format.h>

#include <cmath>

namespace diploscope {

namespace {

/// Columns of GENE.people.tsv that become layers.
constexpr const char* LayerNames[] = {"predicted", "hap1", "hap2"};

/// What of a table of genes is no column here: the index, and what only a gene that failed has.
bool isLeftOut(const GenomeTable::Column& column) {
    return column.name == "gene_id" || column.name == "failure";
}

AnnDataTable genesOf(const GenomeTable& table) {
    AnnDataTable genes;
    genes.indexName = "gene_id";
    for (const GeneRow& gene : table.genes())
        genes.index.push_back(gene.geneId);
    for (size_t c = 0; c < table.columns().size(); ++c) {
        const GenomeTable::Column& column = table.columns()[c];
        if (isLeftOut(column))
            continue;
        if (!column.isText) {
            genes.columns.emplace_back(column.name, table.numbers(c));
            continue;
        }
        std::vector<std::string> texts;
        for (size_t row = 0; row < table.rowCount(); ++row)
            texts.push_back(table.text(row, c));
        genes.columns.emplace_back(column.name, std::move(texts));
    }
    return genes;
}

Result<AnnDataTable> peopleOf(const Study& study) {
    AnnDataTable people;
    people.indexName = "sample";
    people.index = study.people();
    const Eigen::MatrixXd& values = study.covariates();
    if (values.cols() == 0)
        return people;
    DS_ASSIGN(const Covariates covariates, readCovariates(*study.file().covariates, study.people()));
    if (static_cast<Eigen::Index>(covariates.names.size()) != values.cols())
        return fail(ErrorKind::Mismatch, "The file was written to since the study was opened.",
                    study.file().covariates->string(), "Try again.");
    for (Eigen::Index c = 0; c < values.cols(); ++c)
        people.columns.emplace_back(covariates.names[static_cast<size_t>(c)],
                                    std::vector<double>(values.col(c).begin(), values.col(c).end()));
    return people;
}

void takePeople(const GeneReport& report, Eigen::Index gene, AnnData& data) {
    const auto take = [&](const char* name, Eigen::MatrixXd& values) {
        const ReportColumn& column = columnNamed(personColumns(), name);
        for (size_t p = 0; p < report.people.size(); ++p)
            values(static_cast<Eigen::Index>(p), gene) =
                column.value(report, p).number().value_or(std::nan(""));
    };
    take("observed", data.values);
    for (auto& [name, values] : data.layers)
        take(name.c_str(), values);
}

} // namespace

Result<AnnData> annDataOf(const Study& study, const GenomeTable& table, GenomeRun run,
                          const RunContext& context) {
    if (table.rowCount() == 0)
        return fail(ErrorKind::NotFound, "No gene has results.", study.file().path.string(),
                    "Make results with `diploscope analyze STUDY --genes all --out DIR`.");
    std::vector<const StudyGene*> genes;
    for (const GeneRow& row : table.genes()) {
        DS_ASSIGN(const StudyGene* gene, study.findGene(row.geneId));
        genes.push_back(gene);
    }
    AnnData data;
    DS_ASSIGN(data.obs, peopleOf(study));
    data.var = genesOf(table);
    data.values.resize(static_cast<Eigen::Index>(study.people().size()),
                       static_cast<Eigen::Index>(genes.size()));
    for (const char* name : LayerNames)
        data.layers.emplace_back(name, data.values);
    data.notes = table.provenance();
    data.notes.emplace_back("null", toText(table.null()));

    // Of people predictions alone are wanted: what else would be computed stands in the rows.
    static_cast<GenomeSinks&>(run) = {};
    run.options.gradients = false;
    run.options.statistics.nullPredictors = 0;
    run.options.statistics.resamples = 0;
    run.options.statistics.fineMapping = false;
    run.options.external = nullptr;
    run.options.background = nullptr;
    Eigen::Index next = 0;
    DS_TRY(analyzeAtOnce(
        study, genes, run, context, [](const StudyGene&) { return false; },
        [&](const Gene&, const Analysis& report) -> Result<void> {
            if (!report)
                return fail(report.error());
            takePeople(**report, next++, data);
            return {};
        }));
    DS_TRY(checkUnchanged(study));
    return data;
}

Result<void> checkSamePredictions(const ResultRun& stored, const ResultRun& now) {
    std::vector<std::string> others;
    if (stored.study != now.study)
        others.emplace_back("study");
    if (stored.modelChecksum != now.modelChecksum)
        others.emplace_back("weights");
    for (const std::string& option : differences(stored.options, now.options))
        // Statistics change no prediction, nor does whether scores are checked.
        if (!option.starts_with("statistics") && !option.starts_with("drivers") &&
            option != "effect_allele" && option != "score.checked")
            others.push_back(option);
    if (others.empty())
        return {};
    return fail(
        ErrorKind::Mismatch,
        fmt::format("Run {} of {} was made with other {}: its predictions cannot be made again so.",
                    stored.id, stored.model, listed(others)),
        {},
        "Give the model and the options that it was analysed with, such as --tracks; or analyse the genes "
        "anew.");
}

} // namespace diploscope
