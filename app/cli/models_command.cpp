// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/blas_info.h"
#include "base/paths.h"
#include "cli/commands.h"
#include "cli/models_background_command.h"
#include "cli/models_test_command.h"
#include "cli/options/console.h"
#include "model/install_model.h"
#include "model/model_kind.h"
#include "model/model_manifest.h"
#include "model/model_trust.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace diploscope::cli {

namespace {

void printWarning() {
    if (const std::string warning = blasWarning(); !warning.empty())
        say("\nWarning: {}\n", warning);
}

/// Missing weights need only be fetched; of what stands in their place it is said what it is.
std::string adviceOn(const Error& weights) {
    return weights.kind == ErrorKind::NotFound ? weights.remedy
                                               : fmt::format("{} {}", weights.what, weights.remedy);
}

/// One line a model. A broken model.json is told in its place, so that one does not hide the others.
Result<int> listModels() {
    const std::vector<std::filesystem::path> folders = knownModelFolders();
    if (folders.empty())
        say("No model is known.\n");
    int exitCode = 0;
    for (const std::filesystem::path& folder : folders) {
        const Result<ModelManifest> model = readModelManifest(folder);
        if (!model) {
            exitCode = reportError(model.error());
            continue;
        }
        const auto weights = model->findWeights();
        say("{:<16} {:<12} {:>7} bp  {}{}\n", folder.filename().string(), model->kind->name(),
            model->input.length, weights ? "ready" : "weights missing",
            untrustedPrograms(*model).empty() ? "" : ", would run as a program: needs --trust");
        if (!weights)
            say("    {}\n", adviceOn(weights.error()));
    }
    say("\nYour own models belong into {}, one folder each with a model.json and the weights it names.\n",
        (userDataFolder() / "models").string());
    say("More about one: diploscope models show NAME; about this machine: diploscope info\n");
    printWarning();
    return exitCode;
}

Result<void> showModel(const std::string& name) {
    DS_ASSIGN(const std::filesystem::path folder, findModelFolder(name));
    DS_ASSIGN(const ModelManifest model, readModelManifest(folder));
    say("{}\n", model.name);
    if (const std::string description = model.json->value("description", ""); !description.empty())
        sayText(description + "\n");
    say("\nkind       {}\nfolder     {}\n", model.kind->name(), folder.string());
    say("input      {} bp, TSS at base {} (from 0), reads {}\n", model.input.length, model.input.tssIndex,
        model.input.strand == StrandRule::Gene ? "the gene's strand" : "the forward strand");
    say("output     {} bins x {} tracks of {}; by default {}\n", model.binCount, model.trackCount, model.unit,
        model.output.text());
    if (!model.licence.empty())
        say("licence    {}\n", model.licence);
    for (const std::string& line : model.kind->inDetail(model))
        say("{}\n", line);
    const auto weights = model.findWeights();
    say("file       {}\n", weights ? weights->string() : "missing. " + adviceOn(weights.error()));
    if (const auto programs = programsOf(model); programs && !programs->empty())
        say("program    It runs code of its maker, which could read, change and delete your files: {}\n",
            untrustedPrograms(model).empty() ? "allowed" : "not allowed yet (--trust)");
    return {};
}

/// The command line's "Choose weights".
Result<void> takeWeights(const std::string& name, const std::string& file, bool link) {
    DS_ASSIGN(const std::filesystem::path folder, findModelFolder(name));
    DS_ASSIGN(const std::filesystem::path place,
              installWeights(folder, file, link ? InstallMode::Link : InstallMode::Copy));
    say("The weights belong to the model; {} {}\n", link ? "linked as" : "copied to", place.string());
    return {};
}

} // namespace

void addModelsCommand(CLI::App& program, int& exitCode) {
    CLI::App* command =
        program.add_subcommand("models", "The known models, and where missing weights can be had");
    auto name = std::make_shared<std::string>();
    CLI::App* show = command->add_subcommand("show", "All about one model");
    show->add_option("MODEL", *name, "A model's folder, or the name of a known one")->required();
    show->callback([name, &exitCode] { exitCode = runCommand([&] { return showModel(*name); }); });
    auto file = std::make_shared<std::string>();
    auto link = std::make_shared<bool>(false);
    CLI::App* weights = command->add_subcommand(
        "weights", "Take a file of weights for a model, once it is found to belong to it");
    weights->add_option("MODEL", *name, "A model's folder, or the name of a known one")->required();
    weights->add_option("FILE", *file, "safetensors, or what torch.save wrote")->required();
    weights->add_flag("--link", *link, "Link to the file instead of copying it");
    weights->callback([name, file, link, &exitCode] {
        exitCode = runCommand([&] { return takeWeights(*name, *file, *link); });
    });
    addModelsTest(*command, exitCode);
    addModelsBackground(*command, exitCode);
    command->callback([command, &exitCode] {
        if (!command->get_subcommands().empty())
            return;
        exitCode = runCommand(listModels);
    });
}

} // namespace diploscope::cli
