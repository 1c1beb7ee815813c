// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/sequences_command.h"

#include "analysis/scores_elsewhere.h"
#include "base/words.h"
#include "cli/analyze_request.h"
#include "cli/commands.h"
#include "cli/options/console.h"
#include "cli/options/model_argument.h"
#include "cli/options/score_options.h"
#include "cli/options/study_argument.h"

#include <CLI/CLI.hpp>

#include <memory>

namespace diploscope::cli {

namespace {

namespace fs = std::filesystem;

struct SequencesRequest : AnalyzeRequest {
    std::string model;
    bool isPlainText = false;
    bool isRestWanted = false; ///< without those that have a score
};

Result<void> writeThem(const SequencesRequest& request) {
    const RunContext context = consoleContext(request.quiet);
    DS_ASSIGN(const auto study, usableStudy(request.study, context));
    std::string place = request.model;
    if (place.empty()) {
        DS_ASSIGN(place, firstModelOf(study->file()));
    }
    ModelRequest wanted{.place = place, .score = request.score, .study = &study->file()};
    DS_ASSIGN(wanted.options, predictorOptionsOf(request));
    DS_ASSIGN(const ScoredModel model, openAllowedModel(request.trust, wanted));
    DS_ASSIGN(const std::vector<Target> targets, targetsOf(request, *study));
    std::vector<const StudyGene*> genes;
    for (const Target& target : targets)
        genes.push_back(target.gene);
    SequenceChoice choice{.compressed = !request.isPlainText, .method = methodOf(request)};
    std::shared_ptr<ScoreCache> cache;
    if (request.isRestWanted) {
        Workspace workspace;
        workspace.setStudy(study);
        DS_TRY(applyWork(request, workspace, context));
        DS_ASSIGN(cache, workspace.scores(context));
        choice.known = cache.get();
    }
    DS_ASSIGN(const SequencesWritten written,
              writeSequences(*study, genes, {place, request.score, model.predictor, model.score}, request.out,
                             choice, context));
    finishProgress();
    if (written.known > 0)
        say("{} a score here already\n", counted(written.known, "sequence has", "sequences have"));
    if (written.sequences == 0) {
        say("Nothing is left to be scored: no folder was written.\n");
        return {};
    }
    say("{} of {} bp, for {} of {}\n", counted(written.sequences, "sequence", "sequences"), written.bases,
        counted(written.genes, "gene", "genes"), model.predictor->info().name);
    sayWritten(request.out, request.quiet);
    if (!request.quiet)
        say("Score them, put scores.tsv (columns: sequence, score) there, and read it with\n"
            "  diploscope import scores {}\n",
            request.out.string());
    return {};
}

struct ImportScoresRequest : WorkRequest {
    fs::path folder;
    std::vector<fs::path> files;
    fs::path study;
    std::string model;
};

Result<void> importThem(const ImportScoresRequest& request) {
    const RunContext context = consoleContext(request.quiet);
    DS_ASSIGN(const SequenceFolder folder, SequenceFolder::read(request.folder));
    std::vector<fs::path> files = request.files;
    if (files.empty()) {
        DS_ASSIGN(files, folder.scoreFiles());
    }
    DS_ASSIGN(const auto study, usableStudy(request.study.empty() ? folder.study : request.study, context));
    ModelRequest wanted{.place = request.model.empty() ? folder.place : request.model,
                        .score = folder.asked,
                        .study = &study->file()};
    DS_ASSIGN(wanted.options, predictorOptionsOf(request));
    DS_ASSIGN(const ScoredModel model, openAllowedModel(request.trust, wanted));
    Workspace workspace;
    workspace.setStudy(study);
    DS_TRY(applyWork(request, workspace, context));
    DS_ASSIGN(const auto cache, workspace.scores(context));
    DS_ASSIGN(const ScoresTaken taken, importScores(*study, folder, files, model.predictor, model.score,
                                                    workspace.options.method, *cache, context));
    finishProgress();
    say("{}.\n", inWords(taken));
    if (!request.quiet && taken.taken > 0)
        say("{}.\n", checksInWords(taken));
    return {};
}

/// How scores are kept that are made elsewhere: never without a cache, and what is checked of them is not
/// said here.
void addWorkOfScores(CLI::App& command, WorkRequest& request) {
    addWorkOptions(command, request);
    command.remove_option(command.get_option("--no-cache"));
    command.remove_option(command.get_option("--self-check"));
}

} // namespace

void addSequencesCommand(CLI::App& program, int& exitCode) {
    const auto request = std::make_shared<SequencesRequest>();
    CLI::App* command = program.add_subcommand(
        "sequences", "Write every sequence that genes ask a model for, to be scored on another machine");
    command->add_option("STUDY", request->study, "A *.study.json")->required();
    CLI::Option* gene =
        command->add_option("--gene", request->genes, "Gene id or symbol; may be given several times")
            ->type_name("G");
    command->add_option("--genes", request->geneSet, "'all', or a file that names genes")
        ->type_name("all|FILE")
        ->excludes(gene);
    command->add_option("--model", request->model, "Model folder or name (default: the study's first model)")
        ->type_name("DIR");
    command
        ->add_option("--out", request->out,
                     "Folder for sequences.fa.gz, sequences.tsv and sequences.json, which say what each is")
        ->required()
        ->type_name("DIR");
    command->add_flag("--plain-text", request->isPlainText, "Write sequences.fa, not compressed");
    addScoreOptions(*command, request->score);
    command->add_flag(
        "--missing", request->isRestWanted,
        "Leave out sequences that have a score in the cache, for --device, --precision and --plain");
    addWorkOfScores(*command, *request);
    command->footer(
        "Sequences are named by their content: whoever scores them needs neither this program nor "
        "the study.\n"
        "A model that runs elsewhere alone is a folder with a model.json of kind \"elsewhere\".\n"
        "Example:  diploscope sequences my.study.json --genes all --model AlphaGenome --out "
        "to_score");
    command->callback([request, &exitCode] {
        if (request->genes.empty() && request->geneSet.empty())
            throw CLI::RequiredError("--gene or --genes");
        exitCode = runCommand([&] { return writeThem(*request); });
    });
}

void addImportScores(CLI::App& import, int& exitCode) {
    const auto request = std::make_shared<ImportScoresRequest>();
    CLI::App* command = import.add_subcommand(
        "scores", "What was made of the files of `diploscope sequences`: into the score cache");
    command->add_option("DIR", request->folder, "The folder that `diploscope sequences` wrote")->required();
    command->add_option("FILES", request->files,
                        "Tables with the columns sequence and score (default: DIR/scores*)");
    command
        ->add_option("--study", request->study,
                     "Where it is another place than when the sequences were written")
        ->type_name("STUDY");
    command->add_option("--model", request->model, "The same of the model")->type_name("DIR");
    addWorkOfScores(*command, *request);
    command->footer("Scores count for analyses with the same device, precision and method. Where the model "
                    "runs here, too,\n"
                    "some are computed and compared first.\n"
                    "Example:  diploscope import scores to_score");
    command->callback([request, &exitCode] { exitCode = runCommand([&] { return importThem(*request); }); });
}

} // namespace diploscope::cli
