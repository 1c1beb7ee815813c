// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/head_fit.h"
#include "base/stage_clock.h"
#include "base/words.h"
#include "cli/commands.h"
#include "cli/options/console.h"
#include "cli/options/model_argument.h"
#include "cli/options/study_argument.h"
#include "cli/options/unsigned_options.h"

#include <CLI/CLI.hpp>
#include <fmt/core.h>

#include <memory>

namespace diploscope::cli {

namespace {

struct HeadRequest {
    std::filesystem::path study, out;
    std::string model, device = "cpu";
    bool trust = false;
    HeadFitOptions options;
};

Result<void> fit(const HeadRequest& request) {
    const RunContext context = consoleContext();
    const StageTime time(context, Stage::Statistics); // but for what has a stage of its own
    DS_ASSIGN(const std::shared_ptr<const Study> study, usableStudy(request.study, context));
    PredictorOptions predictorOptions;
    DS_ASSIGN(predictorOptions.devices, parseDevices(request.device));
    DS_ASSIGN(const ScoredModel model,
              openAllowedModel(request.trust, {.place = request.model, .options = predictorOptions}));
    DS_ASSIGN(const FittedHead head, fitHead(*study, *model.predictor, request.options, context));
    finishProgress();
    DS_TRY(writeHead(head, model.predictor->info().tracks.get(), request.out));
    say("{} ({} left out), {} of {} used, cross-validated R = {}\n", counted(head.genes, "gene", "genes"),
        head.skipped, head.tracksUsed, counted(head.weights.size(), "track", "tracks"),
        head.r ? fmt::format("{:.4f}", *head.r) : "undefined");
    say("Written to {}\n", request.out.string());
    return {};
}

} // namespace

void addHeadCommand(CLI::App& program, int& exitCode) {
    auto request = std::make_shared<HeadRequest>();
    CLI::App* command = program.add_subcommand("head", "Fit a fine-tuned head: weights of a model's tracks");
    command->require_subcommand(1);
    CLI::App* fitter = command->add_subcommand(
        "fit", "Elastic net of genes' mean expression on log2 of all tracks at the reference");
    fitter->add_option("STUDY", request->study, "A *.study.json")->required();
    fitter->add_option("--model", request->model, "Model folder or name")->required()->type_name("DIR");
    fitter->add_option("--out", request->out, "Table tracks,weights")->required()->type_name("FILE.csv");
    addDeviceOption(*fitter, request->device, "Where the model runs");
    addTrustOption(*fitter, request->trust);
    fitter->add_option("--alpha", request->options.alpha, "Elastic net mixing: 1 is the lasso")
        ->capture_default_str();
    fitter->add_option("--folds", request->options.folds, "Of genes, for the cross-validation")
        ->capture_default_str();
    addSeedOption(*fitter, request->options.seed, "Of the split into folds");
    fitter->callback([request, &exitCode] { exitCode = runCommand([&] { return fit(*request); }); });
}

} // namespace diploscope::cli
