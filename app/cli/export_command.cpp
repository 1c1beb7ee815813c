// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/anndata_export.h"
#include "analysis/result_places.h"
#include "analysis/stored_runs.h"
#include "base/atomic_file.h"
#include "base/words.h"
#include "cli/commands.h"
#include "cli/options/console.h"
#include "cli/options/model_argument.h"
#include "cli/options/score_options.h"
#include "cli/options/study_argument.h"
#include "cli/options/work_options.h"
#include "study/study_identity.h"

#include <CLI/CLI.hpp>

#include <fstream>
#include <memory>

namespace diploscope::cli {

namespace {

struct ExportRequest : WorkRequest {
    std::filesystem::path study;
    std::string model; ///< empty: the study's first
    ScoreRequest score;
    int64_t run = 0;       ///< 0: the program chooses
    std::string condition; ///< of genes; empty: all
    std::filesystem::path out;
};

/// What could not be written would else be told behind all the work.
Result<void> checkPlace(const std::filesystem::path& file) {
    DS_ASSIGN(const AtomicFile tried, AtomicFile::create(file));
    if (!std::ofstream(tried.temporaryPath()))
        return fail(ErrorKind::Io, "The file cannot be written.", file.string(),
                    "Check that the folder may be written to and has room.");
    return {};
}

Result<void> exportAnnData(const ExportRequest& request) {
    const RunContext context = consoleContext(request.quiet);
    DS_ASSIGN(const AnnDataWriter* writer, annDataWriter());
    DS_TRY(checkPlace(request.out));
    DS_ASSIGN(const std::shared_ptr<const Study> study, usableStudy(request.study, context));
    if (study->isPublished())
        return fail(ErrorKind::Unsupported, "Published tables tell of no people.", request.study.string(),
                    "Their genes are in the tables that were imported.");
    std::string place = request.model;
    if (place.empty()) {
        DS_ASSIGN(place, firstModelOf(study->file()));
    }
    ModelRequest wanted{.place = place, .score = request.score, .study = &study->file()};
    DS_ASSIGN(wanted.options, predictorOptionsOf(request));
    DS_ASSIGN(const ScoredModel model, openAllowedModel(request.trust, wanted));
    Workspace workspace;
    workspace.setStudy(study);
    workspace.predictor = model.predictor;
    workspace.options.score = model.score;
    DS_TRY(applyWork(request, workspace, context));

    DS_ASSIGN(const ResultRun keys, workspace.keys(context));
    DS_ASSIGN(const ChosenRuns chosen,
              chooseRuns(resultPlacesOf(study->file()), keys.study, model.predictor->info().name,
                         request.run > 0 ? std::optional(request.run) : std::nullopt));
    DS_TRY(checkSamePredictions(chosen.run().run, keys));
    const auto table = GenomeTable::make(chosen.models, chosen.shown, defaultNull(false));
    DS_ASSIGN(const Condition condition, Condition::parse(request.condition, *table));
    const std::vector<size_t> rows = condition.rows(*table);
    GenomeRun run{{}, workspace.predictor, nullptr, workspace.options, {}, workspace.threads};
    DS_ASSIGN(run.cache, workspace.scores(context));
    DS_ASSIGN(AnnDataExport made,
              annDataOf(*study, *table, rows, request.condition, std::move(run), context));
    if (!request.condition.empty())
        made.data.notes.emplace_back("condition", request.condition);
    DS_TRY(writer->write(made.data, request.out, context));
    finishProgress();
    for (const Error& error : made.leftOut)
        warn("Left out: {}", error.message());
    if (!request.quiet)
        say("{} and {} of run {}\n", counted(made.data.obs.index.size(), "person", "people"),
            counted(made.data.var.index.size(), "gene", "genes"), chosen.run().run.id);
    sayWritten(request.out, request.quiet);
    return {};
}

} // namespace

void addExportCommand(CLI::App& program, int& exitCode) {
    CLI::App* command = program.add_subcommand("export", "Write stored results in formats of other programs");
    command->require_subcommand(1);
    auto request = std::make_shared<ExportRequest>();
    CLI::App* anndata = command->add_subcommand(
        "h5ad", "All genes and people as AnnData: observed, predicted, and what is known of each gene");
    anndata->add_option("STUDY", request->study, "A *.study.json with results")->required();
    anndata->add_option("--out", request->out, "The file to write: NAME.h5ad")->required()->type_name("FILE");
    anndata->add_option("--model", request->model, "Model folder or name (default: the study's first model)")
        ->type_name("DIR");
    anndata
        ->add_option("--run", request->run,
                     "Genes of this stored run; the numbers stand in the list that `summary` ends with")
        ->check(CLI::PositiveNumber)
        ->type_name("N");
    anndata
        ->add_option("--condition", request->condition,
                     "Only the genes that meet it, by columns of genes.tsv: \"q < 0.05 and r < 0\"")
        ->type_name("TEXT");
    addScoreOptions(*anndata, request->score);
    addWorkOptions(*anndata, *request);
    anndata->footer(
        "obs are people with the study's covariates, var the genes that `analyze --genes` stored, with the\n"
        "columns of genes.tsv. X is the observed expression; the layers predicted, hap1 and hap2 are the\n"
        "model's, taken from the score cache where they are there and computed where not, and hap1_reads "
        "and\n"
        "hap2_reads those of the study's haplotype counts. Genes that cannot be analysed again are left out "
        "and\n"
        "told.\n"
        "Example:  diploscope export h5ad demo/demo.study.json --out demo.h5ad");
    anndata->callback(
        [request, &exitCode] { exitCode = runCommand([&] { return exportAnnData(*request); }); });
}

} // namespace diploscope::cli
