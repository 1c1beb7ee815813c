// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/predixcan.h"
#include "analysis/predixcan_training.h"
#include "base/stage_clock.h"
#include "base/words.h"
#include "cli/commands.h"
#include "cli/options/console.h"
#include "cli/options/study_argument.h"
#include "cli/options/unsigned_options.h"

#include <CLI/CLI.hpp>
#include <fmt/core.h>

#include <map>
#include <memory>

namespace diploscope::cli {

namespace {

namespace fs = std::filesystem;

struct PredixcanRequest {
    fs::path study, database, out, report;
    PredixcanOptions apply;
    std::vector<std::string> genes;
    PredixcanTrainingOptions training;
};

void printCounts(const PredixcanScores& scores) {
    const PredixcanCounts total = scores.total();
    warn("{}, {}: {} used, {} absent from the genotypes, {} swapped (copies of REF), {} of the other strand, "
         "{} strand-ambiguous ({} of them left out)\n",
         counted(scores.genes.size(), "gene", "genes"), counted(total.weights, "weight", "weights"),
         total.used, total.absent, total.swapped, total.flipped, total.ambiguous, total.ambiguousLeftOut);
    if (scores.lifted)
        warn("The database is of another build: {}\n", toText(*scores.lifted));
    int64_t compared = 0;
    double sum = 0;
    for (const PredixcanGeneScore& gene : scores.genes)
        if (gene.observed && gene.observed->r) {
            sum += *gene.observed->r;
            ++compared;
        }
    if (compared > 0)
        warn("Mean R with what was observed: {:.4f} over {}\n", sum / double(compared),
             counted(compared, "gene", "genes"));
}

Result<void> apply(const PredixcanRequest& request) {
    const RunContext context = consoleContext();
    const StageTime time(context, Stage::Statistics); // but for what has a stage of its own
    DS_ASSIGN(const PredixcanDatabase database, readPredixcan(request.database));
    DS_ASSIGN(const auto study, usableStudy(request.study, context));
    DS_ASSIGN(const PredixcanScores scores, applyPredixcan(*study, database, request.apply, context));
    finishProgress();
    const fs::path report = request.report.empty()
                                ? request.out.parent_path() / (request.out.stem().string() + ".report.tsv")
                                : request.report;
    DS_TRY(writePredixcanScores(scores, request.out));
    DS_TRY(writePredixcanReport(scores, report));
    printCounts(scores);
    say("Written to {} and {}\n", request.out.string(), report.string());
    return {};
}

Result<void> train(const PredixcanRequest& request) {
    const RunContext context = consoleContext();
    const StageTime time(context, Stage::Statistics); // but for what has a stage of its own
    DS_ASSIGN(const auto study, usableStudy(request.study, context));
    std::vector<const StudyGene*> genes;
    for (const std::string& name : request.genes) {
        DS_ASSIGN(const StudyGene* gene, study->findGene(name));
        genes.push_back(gene);
    }
    DS_ASSIGN(const PredixcanTraining training, trainPredixcan(*study, genes, request.training, context));
    finishProgress();
    for (const auto& [gene, error] : training.failures)
        warn("{}: {}\n", gene, error.message());
    if (training.database.genes.empty())
        return fail(ErrorKind::BadInput,
                    fmt::format("None of {} got a model.", counted(training.tried, "gene", "genes")),
                    request.study.string(),
                    "Widen --window, or check that genotypes and expression are of the same people.");
    DS_TRY(writePredixcan(training.database, request.out));
    say("{} of {} got a model ({}), {} without an SNV better than the mean, {} failed\n",
        training.database.genes.size(), counted(training.tried, "gene", "genes"),
        counted(training.database.weights.size(), "weight", "weights"), training.withoutModel,
        training.failures.size());
    say("Written to {}\n", request.out.string());
    return {};
}

} // namespace

void addPredixcanCommand(CLI::App& program, int& exitCode) {
    auto request = std::make_shared<PredixcanRequest>();
    CLI::App* command = program.add_subcommand(
        "predixcan", "Predict expression with linear models of a PrediXcan database, or train such models");
    command->require_subcommand(0, 1);
    CLI::Option* study = command->add_option("STUDY", request->study, "A *.study.json");
    CLI::Option* database =
        command->add_option("--db", request->database, "PrediXcan database (SQLite)")->type_name("FILE");
    CLI::Option* out =
        command->add_option("--out", request->out, "Table, sample x gene")->type_name("FILE.tsv");
    command
        ->add_option("--report", request->report,
                     "What became of every gene's variants (default: FILE.report.tsv)")
        ->type_name("FILE.tsv");
    command->add_option("--match", request->apply.match, "How variants are found: auto, position or rsid")
        ->transform(CLI::CheckedTransformer(
            std::map<std::string, PredixcanMatch>{{"auto", PredixcanMatch::Automatic},
                                                  {"position", PredixcanMatch::Position},
                                                  {"rsid", PredixcanMatch::Rsid}}))
        ->type_name("auto|position|rsid");
    command->footer(
        "Prediction = sum of weight x copies of eff_allele, be it ALT or REF; strand-ambiguous variants "
        "(A/T, C/G)\nare used as listed and left out where they would have to be swapped; insertions and "
        "deletions are swapped\nonly where varID or the reference says which allele is REF.");

    CLI::App* trainer =
        command->add_subcommand("train", "One cross-validated elastic net a gene on its cis SNVs");
    trainer->add_option("STUDY", request->study, "A *.study.json")->required();
    trainer->add_option("--out", request->out, "Database to write")->required()->type_name("FILE.db");
    trainer->add_option("--gene", request->genes, "Only this gene; may be given several times")
        ->type_name("G");
    trainer->add_option("--window", request->training.window, "bp on each side of the TSS")
        ->capture_default_str();
    trainer->add_option("--maf", request->training.smallestMaf, "Smallest minor allele frequency")
        ->capture_default_str();
    trainer->add_option("--alpha", request->training.alpha, "Elastic net mixing: 1 is the lasso")
        ->capture_default_str();
    trainer->add_option("--folds", request->training.folds, "Of people, for the cross-validation")
        ->capture_default_str();
    addSeedOption(*trainer, request->training.seed, "Of the split into folds");
    trainer->callback([request, &exitCode] { exitCode = runCommand([&] { return train(*request); }); });
    command->callback([=, &exitCode] {
        if (!command->get_subcommands().empty())
            return;
        for (const CLI::Option* needed : {study, database, out})
            if (needed->count() == 0)
                throw CLI::RequiredError(needed->get_name());
        exitCode = runCommand([&] { return apply(*request); });
    });
}

} // namespace diploscope::cli
