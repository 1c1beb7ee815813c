// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/training.h"
#include "base/stage_clock.h"
#include "base/words.h"
#include "cli/commands.h"
#include "cli/options/console.h"
#include "cli/options/model_argument.h"
#include "cli/options/study_argument.h"
#include "cli/options/unsigned_options.h"
#include "model/model_kinds.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <filesystem>
#include <memory>

namespace diploscope::cli {

namespace {

struct TrainRequest {
    std::filesystem::path study;
    std::string architecture;
    std::string name;
    std::filesystem::path out;
    std::string device = "cpu";
    TrainingOptions options;
};

Result<void> train(const TrainRequest& request) {
    const RunContext context = consoleContext();
    const StageTime time(context, Stage::Model);
    DS_ASSIGN(const std::filesystem::path folder, findModelFolder(request.architecture));
    DS_ASSIGN(const ModelManifest architecture, readModelManifest(folder));
    DS_ASSIGN(const std::shared_ptr<const Study> study, usableStudy(request.study, context));
    TrainingOptions options = request.options;
    DS_ASSIGN(const DeviceList devices, parseDevices(request.device));
    options.device = devices.front();
    DS_ASSIGN(const TrainingSummary summary,
              trainModel(*study, architecture, request.name, request.out, options, context));
    finishProgress();
    const auto text = [](const std::optional<double>& r) {
        return r ? fmt::format("{:.3f}", *r) : std::string("undefined");
    };
    say("{}: {} to train, {} to validate, {} to test.\n", counted(summary.genes, "gene", "genes"),
        summary.train, summary.validation, summary.test);
    say("Best of {}: {}. R of genes never seen: {} (validation: {}).\n",
        counted(summary.result.epochs.size(), "epoch", "epochs"), summary.result.bestEpoch + 1,
        text(summary.result.testR), text(summary.result.validationR));
    say("Model: {}\n", request.out.string());
    return {};
}

} // namespace

void addTrainCommand(CLI::App& program, int& exitCode) {
    auto request = std::make_shared<TrainRequest>();
    CLI::App* command = program.add_subcommand(
        "train", fmt::format("Train {}: reference sequences against mean observed expression",
                             anyKind([](const ModelKind& kind) { return kind.canBeTrained(); })));
    command->footer("Genes are split by their ids: 80% train, 10% decide when to stop, 10% are never seen "
                    "and give the test R.\n"
                    "DIR gets model.json, weights.safetensors, training.json (losses, options, test R) and "
                    "training.tsv (which\n"
                    "gene was where). Scores of the new model are in the unit of the study's expression.");
    command->add_option("study", request->study, "Study file")->required();
    command
        ->add_option(
            "--architecture", request->architecture,
            "Folder with a model.json, or a model's name: its layers are trained from random weights")
        ->required();
    command
        ->add_option("--out", request->out, "Folder of the new model; an earlier training in it is replaced")
        ->required();
    command->add_option("--name", request->name, "Name of the new model; default: the architecture's");
    TrainingOptions& options = request->options;
    command->add_option("--epochs", options.epochs, "At most so many")
        ->capture_default_str()
        ->check(CLI::PositiveNumber);
    command
        ->add_option("--patience", options.patience,
                     "Stop after so many epochs without a better validation loss")
        ->capture_default_str()
        ->check(CLI::PositiveNumber);
    command->add_option("--batch", options.batchSize, "Genes a step")
        ->capture_default_str()
        ->check(CLI::PositiveNumber);
    command->add_option("--learning-rate", options.learningRate, "Of Adam")
        ->capture_default_str()
        ->check(CLI::PositiveNumber);
    command->add_option("--weight-decay", options.weightDecay, "L2 penalty")
        ->capture_default_str()
        ->check(CLI::NonNegativeNumber);
    command
        ->add_option("--shift", options.shiftAugmentation,
                     "Shift each input by up to so many bp, anew each epoch")
        ->capture_default_str()
        ->check(CLI::NonNegativeNumber);
    addSeedOption(*command, options.seed, "Of the split, the initial weights and the order");
    command->add_option("--threads", options.threads, "0: all")
        ->capture_default_str()
        ->check(CLI::NonNegativeNumber);
    addDeviceOption(*command, request->device, "cpu, cuda or cuda:N");
    command->callback([request, &exitCode] { exitCode = runCommand([&] { return train(*request); }); });
}

} // namespace diploscope::cli
