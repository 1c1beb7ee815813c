// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/json_text.h"
#include "base/paths.h"
#include "cli/commands.h"
#include "cli/console.h"
#include "predict/blas_info.h"
#include "predict/model_manifest.h"
#include "predict/tensor.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace diploscope::cli {

namespace {

void printWarning() {
    if (const std::string warning = blasWarning(); !warning.empty())
        fmt::print("\nWarning: {}\n", warning);
}

/// One line a model. A broken model.json is told in its place, so that one does not hide the others.
int listModels() {
    const std::vector<std::filesystem::path> folders = knownModelFolders();
    if (folders.empty())
        fmt::print("No model is known.\n");
    int exitCode = 0;
    for (const std::filesystem::path& folder : folders) {
        const Result<ModelManifest> model = readModelManifest(folder);
        if (!model) {
            exitCode = reportError(model.error());
            continue;
        }
        const auto weights = model->findWeights();
        fmt::print("{:<14} {:<12} {:>7} bp  {}\n", folder.filename().string(), model->kind,
                   model->input.length, weights ? "ready" : "weights missing");
        if (!weights)
            fmt::print("    {}\n", weights.error().remedy);
    }
    fmt::print(
        "\nYour own models belong into {}, one folder each with a model.json and the weights it names.\n",
        (userDataFolder() / "models").string());
    fmt::print("More about one: diploscope models show NAME; about this machine: diploscope info\n");
    printWarning();
    return exitCode;
}

void printTensors(const std::vector<TensorSpec>& tensors) {
    int64_t parameters = 0;
    for (const TensorSpec& tensor : tensors)
        parameters += elementCount(tensor.shape);
    fmt::print("weights    {} tensors, {} numbers\n", tensors.size(), parameters);
}

void printEnformer(const EnformerConfig& config) {
    printTensors(config.tensors());
    fmt::print("  tower    {} channels, {} bp a token\n", fmt::join(config.channels(), ", "),
               config.basesPerToken());
    fmt::print("  blocks   {} over {} tokens x {}, {} heads of key {} and value {}\n", config.depth,
               config.tokens(), config.dim, config.heads, config.attnDimKey, config.valueDim());
    fmt::print("  heads   ");
    for (const auto& [name, tracks] : config.outputHeads)
        fmt::print(" {} {}{}", name, tracks, name == config.head ? " (asked)" : "");
    fmt::print("\n");
}

Result<void> showModel(const std::string& name) {
    DS_ASSIGN(const std::filesystem::path folder, findModelFolder(name));
    DS_ASSIGN(const ModelManifest model, readModelManifest(folder));
    fmt::print("{}\n", model.name);
    if (const std::string description = model.json->value("description", ""); !description.empty())
        fmt::print("{}\n", description);
    fmt::print("\nkind       {}\nfolder     {}\n", model.kind, folder.string());
    fmt::print("input      {} bp, TSS at base {} (from 0), reads {}\n", model.input.length,
               model.input.tssIndex,
               model.input.strand == StrandRule::Gene ? "the gene's strand" : "the forward strand");
    fmt::print("output     {} bins x {} tracks of {}; by default {}\n", model.binCount, model.trackCount,
               model.unit, model.output.text());
    if (!model.licence.empty())
        fmt::print("licence    {}\n", model.licence);
    if (model.kind == "sequential") {
        DS_ASSIGN(const NetworkSpec network, networkOf(model));
        printTensors(network.tensors());
        for (size_t i = 0; i < network.layers.size(); ++i)
            fmt::print("  {:<70} -> {}\n", jsonText((*model.json)["layers"][i]),
                       network.layers[i].out.text());
    }
    if (model.kind == "enformer") {
        DS_ASSIGN(const EnformerConfig config, enformerConfigOf(model));
        printEnformer(config);
    }
    const auto weights = model.findWeights();
    fmt::print("file       {}\n",
               weights ? weights->string() : fmt::format("missing. {}", weights.error().remedy));
    return {};
}

} // namespace

void addModelsCommand(CLI::App& program, int& exitCode) {
    CLI::App* command =
        program.add_subcommand("models", "The known models, and where missing weights can be had");
    auto name = std::make_shared<std::string>();
    CLI::App* show = command->add_subcommand("show", "All about one model");
    show->add_option("MODEL", *name, "A model's folder, or the name of a known one")->required();
    show->callback([name, &exitCode] {
        if (const Result<void> shown = showModel(*name); !shown)
            exitCode = reportError(shown.error());
    });
    command->callback([command, &exitCode] {
        if (!command->get_subcommands().empty())
            return;
        exitCode = listModels();
    });
}

} // namespace diploscope::cli
