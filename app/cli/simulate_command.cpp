// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/words.h"
#include "cli/commands.h"
#include "cli/options/console.h"
#include "cli/options/unsigned_options.h"
#include "lab/simulate/simulate_study.h"

#include <CLI/CLI.hpp>
#include <fmt/core.h>

#include <memory>

namespace diploscope::cli {

namespace {

Result<void> makeStudy(const simulate::SimulationOptions& options) {
    DS_ASSIGN(const auto summary, simulate::simulateStudy(options, consoleContext()));
    finishProgress();
    say("{}, {}, {}, {}, {:.1f} Mb of reference.\n", counted(options.people, "person", "people"),
        counted(options.genes, "gene", "genes"), counted(summary.sites, "site", "sites"),
        counted(summary.causalVariants, "causal variant", "causal variants"),
        double(summary.referenceLength) / 1e6);
    say("Study: {}\n", (options.folder / "demo.study.json").string());
    if (options.trainingGenes > 0)
        say("Training study: {}\n", (options.folder / "training.study.json").string());
    return {};
}

} // namespace

void addSimulateCommand(CLI::App& program, int& exitCode) {
    constexpr int64_t kTrainingGenes = 2000;
    auto options = std::make_shared<simulate::SimulationOptions>();
    auto training = std::make_shared<bool>(false);
    CLI::App* command = program.add_subcommand(
        "simulate", "Make a whole study whose truth is known: reference, people, genes, expression");
    command->footer(
        "The folder gets demo.study.json (open this), the files it names, truth.tsv (the variants that "
        "change\n"
        "expression, their motifs, mechanisms and effects) and truth.genes.tsv. The same options give the "
        "same\n"
        "bytes. With --training it also gets training.study.json, on which `diploscope train` can train a "
        "model.");
    command->add_option("--out", options->folder, "Folder to make; an earlier simulation in it is replaced")
        ->required();
    addSeedOption(*command, options->seed, "Everything random follows from it");
    command->add_option("--people", options->people, "People in the cohort")->capture_default_str();
    command->add_option("--genes", options->genes, "Genes whose expression is compared between people")
        ->capture_default_str();
    command
        ->add_option("--heritability", options->heritability,
                     "Mean share of expression variance that is genetic")
        ->capture_default_str();
    command->add_flag("--indels", options->indels,
                      "Some causal variants are small indels, and the study takes indels");
    command->add_flag("--training", *training,
                      fmt::format("Also make {} genes to train models on", kTrainingGenes));
    command->callback([options, training, &exitCode] {
        options->trainingGenes = *training ? kTrainingGenes : 0;
        exitCode = runCommand([&] { return makeStudy(*options); });
    });
}

} // namespace diploscope::cli
