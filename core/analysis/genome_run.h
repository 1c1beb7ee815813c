// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analysis/gene_analysis.h"
#include "analysis/genome_table.h"
#include "results/result_store.h"

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace diploscope {

/// A finished report as a line of the genome table.
[[nodiscard]] GeneRow rowOf(const GeneReport& report);

/// The line of a gene that could not be analysed.
[[nodiscard]] GeneRow failedRow(const Gene& gene, const Error& error);

/// The study file's meaning, and size and time of change of everything it names: another digest, other
/// results.
[[nodiscard]] std::string studyDigest(const Study& study);

/// Under which keys the genes of a run are stored. Options that change no number (gradients beside ISM, the
/// self-check) are no part of them.
[[nodiscard]] ResultRun resultRunOf(const Study& study, const Predictor& predictor,
                                    const AnalysisOptions& options);

/// R of PrediXcan for the study's genes, from all databases that it names (gene id -> R). Empty where it
/// names none. Of models trained on these same people, the R of their cross-validation: the root of
/// `pred.perf.R2`. \error as readPredixcan, applyPredixcan
[[nodiscard]] Result<std::map<std::string, double>> predixcanR(const Study& study, const RunContext& context);

/// All genes of a run under one model.
struct GenomeRun {
    std::shared_ptr<const Predictor> predictor;
    std::shared_ptr<ScoreCache> cache; ///< may be null
    AnalysisOptions options;
    std::map<std::string, double> predixcanR;
    /// Called with every new report, on the caller's thread, before it is stored. An error of it ends the
    /// run.
    std::function<Result<void>(const std::shared_ptr<const GeneReport>&)> onReport;
    /// Called with every row that was stored, those of failed genes too; may be empty.
    std::function<void(const GeneRow&)> onRow;
    /// Whether a gene that is stored must be computed nevertheless; may be empty.
    std::function<bool(const StudyGene&)> needed;
};

struct GenomeRunResult {
    int64_t computed = 0;
    int64_t stored = 0;                                  ///< were there already
    std::vector<std::pair<std::string, Error>> failures; ///< gene id and why
};

/// Stores a finished report as runGenome does, unless the gene is stored already: equal keys, equal numbers.
/// \error those of the store
[[nodiscard]] Result<void> storeReport(const GeneReport& report, const ResultRun& keys, ResultStore& store);

/// Analyses the genes one after the other (each uses all processors) and stores each when it is done, so that
/// a stopped run goes on where it was. Genes already stored for the same inputs are passed over. A gene that
/// fails is stored with its failure, tried again next time, and stops no other. Genes stored without
/// PrediXcan's R get it. \error Cancelled; Io and
/// those of the store and of onReport.
[[nodiscard]] Result<GenomeRunResult> runGenome(const Study& study,
                                                const std::vector<const StudyGene*>& genes,
                                                const GenomeRun& run, ResultStore& store,
                                                const RunContext& context);

/// Writes `genes.tsv` and `drivers.tsv`: every model's genes, with q over that model's genes that are
/// written; a failed gene has its failure and nothing else. \param geneIds what to write, in this order; all
/// where empty. \return the files \error Io
[[nodiscard]] Result<std::vector<std::filesystem::path>>
writeGenomeTables(const std::vector<ModelGenes>& models, NullChoice null, const std::filesystem::path& folder,
                  const std::vector<std::string>& geneIds = {});

} // namespace diploscope
