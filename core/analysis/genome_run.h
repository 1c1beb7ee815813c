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

/// Version of how numbers are made: raise it whenever a gene's row changes for the same study, model and
/// options, or a column is added that old rows should have. Runs of another version are kept, and not taken
/// for results of this one.
inline constexpr int MethodsVersion = 5;
/// The same of studies of indels: since 5 these have effects.
inline constexpr int MethodsVersionOfIndels = 6;

/// Under which key the genes of a run are stored: the study's identity, the model's checksum and the options,
/// each as a value of its own kind. What changes no number (gradients beside ISM, how many scores are
/// checked) is no part of it; whether they are checked at all is. \error as studyIdentity
[[nodiscard]] Result<ResultRun> resultRunOf(const Study& study, const Predictor& predictor,
                                            const AnalysisOptions& options, const RunContext& context = {});

/// One word for a run's key, for the files that are written of it. \param gradients files with gradients are
/// others than those without
[[nodiscard]] std::string runDigest(const ResultRun& run, bool gradients);

/// R of PrediXcan for the study's genes, from all databases that it names (gene id -> R). Empty where it
/// names none. Of models trained on these same people, the R of their cross-validation: the root of
/// `pred.perf.R2`. A database that cannot be read or applied stops nothing: it is told.
struct PredixcanRs {
    std::map<std::string, double> r;
    std::vector<Error> leftOut; ///< as readPredixcan, applyPredixcan
};
/// \error Cancelled
[[nodiscard]] Result<PredixcanRs> predixcanR(const Study& study, const RunContext& context);

/// Who hears of a run as it goes; each may be empty.
struct GenomeSinks {
    /// Called with every new report, gene after gene in the order that was asked for and one at a time, on
    /// any thread, before it is stored. An error of it ends the run.
    std::function<Result<void>(const std::shared_ptr<const GeneReport>&)> onReport;
    /// Called in the same way with every row that is stored within a moment (GeneWriter), those of failed
    /// genes too.
    std::function<void(const GeneRow&)> onRow;
    /// Whether a gene that is stored must be computed nevertheless. Asked from several threads at once.
    std::function<bool(const StudyGene&)> needed;
};

/// All genes of a run under one model.
struct GenomeRun : GenomeSinks {
    std::shared_ptr<const Predictor> predictor;
    std::shared_ptr<ScoreCache> cache; ///< may be null
    AnalysisOptions options;
    std::map<std::string, double> predixcanR;
    int threads = 0; ///< genes that are worked on at once; 0: as many as there are processors
};

struct GenomeRunResult {
    int64_t run = 0; ///< its id in the store
    int64_t computed = 0;
    int64_t stored = 0;                                  ///< were there already
    std::vector<std::pair<std::string, Error>> failures; ///< gene id and why
    std::vector<Error> leftOut{}; ///< databases whose R no gene has, told by who read them
};

/// Stores a finished report as runGenome does, unless the gene is stored already: equal keys, equal numbers.
/// \error those of the store; Mismatch where a file of the study was written to meanwhile
[[nodiscard]] Result<void> storeReport(const Study& study, const GeneReport& report, const ResultRun& keys,
                                       ResultStore& store);

/// Analyses several genes at once, each on a thread of its own, and stores them in their order, so that a
/// stopped run goes on where it was and what is told and stored is the same for any number of threads. Models
/// that take the whole machine (fitsOneThread()) compute one gene at a time; where others want it too (a
/// place in the line), such a model's genes follow each other. Genes already stored for the same inputs are
/// passed over. A gene that fails is stored with its failure, tried again next time, and stops no other.
/// Genes stored without PrediXcan's R get it. \error Cancelled; Io and those of the store and of onReport;
/// Mismatch where a file of the study is written to meanwhile.
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
