// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/anndata_export.h"

#include "analysis/external_tables.h"
#include "analysis/genes_at_once.h"
#include "analysis/report_columns.h"
#include "base/suggestion.h"
#include "study/study_identity.h"

#include <fmt/format.h>

#include <cmath>
#include <iterator>

namespace diploscope {

namespace {

/// Columns of GENE.people.tsv that become layers; the last two where the study names haplotype counts.
constexpr const char* LayerNames[] = {"predicted", "hap1", "hap2", "hap1_reads", "hap2_reads"};
constexpr size_t LayersWithoutReads = 3;

/// What of a table of genes is no column here: the index, and what only a gene that failed has.
bool isLeftOut(const GenomeTable::Column& column) {
    return column.name == "gene_id" || column.name == "failure";
}

AnnDataTable genesOf(const GenomeTable& table, const std::vector<size_t>& rows) {
    AnnDataTable genes;
    genes.indexName = "gene_id";
    for (const size_t row : rows)
        genes.index.push_back(table.genes()[row].geneId);
    for (size_t c = 0; c < table.columns().size(); ++c) {
        const GenomeTable::Column& column = table.columns()[c];
        if (isLeftOut(column))
            continue;
        if (!column.isText) {
            std::vector<double> numbers;
            for (const size_t row : rows)
                numbers.push_back(table.numbers(c)[row]);
            genes.columns.emplace_back(column.name, std::move(numbers));
            continue;
        }
        std::vector<std::string> texts;
        for (const size_t row : rows)
            texts.push_back(table.text(row, c));
        genes.columns.emplace_back(column.name, std::move(texts));
    }
    return genes;
}

AnnDataTable peopleOf(const Study& study) {
    AnnDataTable people;
    people.indexName = "sample";
    people.index = study.people();
    const Eigen::MatrixXd& values = study.covariates();
    for (Eigen::Index c = 0; c < values.cols(); ++c)
        people.columns.emplace_back(study.covariateNames()[static_cast<size_t>(c)],
                                    std::vector<double>(values.col(c).begin(), values.col(c).end()));
    return people;
}

/// Of all that a study names beside its people, what is a layer here. Null where it names no counts.
Result<std::shared_ptr<const ExternalTables>> readsOf(const Study& study, std::vector<Error>& leftOut,
                                                      const RunContext& context) {
    if (study.file().haplotypeCounts.empty())
        return std::shared_ptr<const ExternalTables>();
    const auto tables = std::make_shared<ExternalTables>();
    DS_ASSIGN(tables->reads, readPeoplesReads(study, leftOut, context));
    return std::shared_ptr<const ExternalTables>(tables);
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

Result<AnnDataExport> annDataOf(const Study& study, const GenomeTable& table, const std::vector<size_t>& rows,
                                const std::string& condition, GenomeRun run, const RunContext& context) {
    if (rows.empty())
        return table.rowCount() > 0
                   ? fail(ErrorKind::NotFound, "No gene meets the condition.", condition,
                          "Loosen it: the columns are those of genes.tsv.")
                   : fail(ErrorKind::NotFound, "No gene has results.", study.file().path.string(),
                          "Make results with `diploscope analyze STUDY --genes all --out DIR`.");
    AnnDataExport made;
    AnnData& data = made.data;
    std::vector<size_t> wanted; // rows of genes that the study has
    std::vector<const StudyGene*> genes;
    for (const size_t row : rows) {
        const Result<const StudyGene*> gene = study.findGene(table.genes()[row].geneId);
        if (!gene) {
            made.leftOut.push_back(gene.error());
            continue;
        }
        wanted.push_back(row);
        genes.push_back(*gene);
    }
    data.obs = peopleOf(study);
    std::vector<Error> unread; // behind the genes: where none is left, it is a gene that tells why
    DS_ASSIGN(run.options.external, readsOf(study, unread, context));
    const bool hasReads = run.options.external != nullptr;
    data.values.resize(static_cast<Eigen::Index>(study.people().size()),
                       static_cast<Eigen::Index>(genes.size()));
    for (size_t layer = 0; layer < (hasReads ? std::size(LayerNames) : LayersWithoutReads); ++layer)
        data.layers.emplace_back(LayerNames[layer], data.values);
    data.notes = table.provenance();
    data.notes.emplace_back("null", toText(table.null()));

    // Of people predictions and reads alone are wanted: what else would be computed stands in the rows.
    static_cast<GenomeSinks&>(run) = {};
    run.options.gradients = false;
    run.options.statistics.nullPredictors = 0;
    run.options.statistics.resamples = 0;
    run.options.statistics.fineMapping = false;
    run.options.background = nullptr;
    std::vector<size_t> analysed; // rows of the columns that are there
    size_t next = 0;
    DS_TRY(analyzeAtOnce(
        study, genes, run, context, [](const StudyGene&) { return false; },
        [&](const Gene& gene, const Analysis& report) -> Result<void> {
            const size_t row = wanted[next++];
            if (report) {
                takePeople(**report, std::ssize(analysed), data);
                analysed.push_back(row);
                return {};
            }
            if (report.error().kind == ErrorKind::Cancelled || report.error().kind == ErrorKind::Io)
                return fail(report.error());
            Error error = report.error();
            error.where = gene.name + (error.where.empty() ? "" : ", ") + error.where;
            made.leftOut.push_back(std::move(error));
            return {};
        }));
    DS_TRY(checkUnchanged(study));
    if (analysed.empty())
        return fail(made.leftOut.front());
    made.leftOut.insert(made.leftOut.end(), unread.begin(), unread.end());
    data.var = genesOf(table, analysed);
    const auto columns = std::ssize(analysed);
    data.values.conservativeResize(Eigen::NoChange, columns);
    for (auto& [name, values] : data.layers)
        values.conservativeResize(Eigen::NoChange, columns);
    return made;
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
