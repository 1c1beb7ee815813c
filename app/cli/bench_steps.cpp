// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/bench_steps.h"

#include "base/atomic_file.h"
#include "base/json_text.h"
#include "cli/options/console.h"
#include "cli/options/model_argument.h"
#include "cli/options/unsigned_options.h"
#include "lab/elastic_net_benchmark.h"
#include "lab/files_benchmark.h"
#include "lab/genes_benchmark.h"
#include "lab/susie_benchmark.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <filesystem>
#include <functional>
#include <iterator>
#include <memory>
#include <string>

namespace diploscope::cli {

namespace {

constexpr const char* StepFooter =
    "Prints JSON with a row each: s are wall seconds, cpu_s processor seconds, the least of one to three, "
    "and\n"
    "peak_memory_mb the most memory of the program meanwhile; plain_s, plain_cpu_s and plain_peak_memory_mb\n"
    "those of the plain way to the same numbers, ratio_s and ratio_cpu plain / ours. difference is the\n"
    "largest between the two; where none is told, they are equal, or the command fails.";

/// One benchmark with its options.
struct StepRequest {
    std::function<Result<nlohmann::json>(const RunContext&)> run;
    bool table = false;
    std::filesystem::path out;
};

/// The report's rows, with these of their columns that are there.
std::string stepTable(const nlohmann::json& report) {
    std::string text;
    for (const nlohmann::json& row : report.at("rows")) {
        std::string head, cells;
        for (const char* column :
             {"what", "people", "genes", "asked", "variants", "threads", "s", "cpu_s", "peak_memory_mb",
              "plain_s", "plain_cpu_s", "plain_peak_memory_mb", "ratio_s", "ratio_cpu", "difference"}) {
            const auto cell = row.find(column);
            if (cell == row.end())
                continue;
            const size_t width = std::max<size_t>(std::string_view(column).size(), 10);
            fmt::format_to(std::back_inserter(head), "{:>{}} ", column, width);
            if (cell->is_string())
                fmt::format_to(std::back_inserter(cells), "{:>{}} ", cell->get<std::string>(), width);
            else if (cell->is_number_integer())
                fmt::format_to(std::back_inserter(cells), "{:>{}} ", cell->get<int64_t>(), width);
            else
                fmt::format_to(std::back_inserter(cells), "{:>{}.4g} ", cell->get<double>(), width);
        }
        text += head + "\n" + cells + "\n";
    }
    return text;
}

Result<void> measureStep(const StepRequest& request) {
    DS_ASSIGN(const nlohmann::json report, request.run(consoleContext()));
    finishProgress();
    const std::string text = jsonText(report, 2) + "\n";
    sayText(request.table ? stepTable(report) : text);
    return request.out.empty() ? Result<void>() : writeFileAtomically(request.out, text);
}

/// Whose options the caller adds to those that all have.
template <class Options>
CLI::App* addStep(CLI::App& bench, const char* name, const char* help,
                  const std::shared_ptr<Options>& options,
                  std::function<Result<nlohmann::json>(const RunContext&)> run, int& exitCode) {
    const auto request = std::make_shared<StepRequest>();
    request->run = std::move(run);
    CLI::App* command = bench.add_subcommand(name, help);
    command->add_option("--people", options->people, "In the cohort")
        ->check(CLI::PositiveNumber)
        ->capture_default_str();
    addSeedOption(*command, options->seed, "Of what is made to be measured on");
    command->add_flag("--table", request->table, "Print a table in place of JSON");
    command->add_option("--out", request->out, "Also write the report to this file, as JSON");
    command->footer(StepFooter);
    command->callback([request, &exitCode] { exitCode = runCommand([&] { return measureStep(*request); }); });
    return command;
}

template <class Number>
void addCount(CLI::App& command, const char* name, Number& value, const char* help) {
    command.add_option(name, value, help)->check(CLI::PositiveNumber)->capture_default_str();
}

void addGenes(CLI::App& bench, int& exitCode) {
    struct Asked : GenesBenchmarkOptions {
        bool randomWeights = false;
        bool trust = false;
    };
    const auto options = std::make_shared<Asked>();
    CLI::App* command = addStep(
        bench, "genes",
        "All genes of a simulated study on one thread (plain) and on several, with the same bytes", options,
        [options](const RunContext& context) -> Result<nlohmann::json> {
            options->randomWeightsSeed = options->randomWeights ? static_cast<int64_t>(options->seed) : -1;
            DS_TRY(allowModel(options->trust, options->model));
            return runGenesBenchmark(*options, context);
        },
        exitCode);
    addCount(*command, "--genes", options->genes, "In the study");
    command->add_option("--model", options->model, "A model's folder, or the name of a known one")
        ->capture_default_str();
    command->add_flag("--random-weights", options->randomWeights, "Make weights up instead of reading any");
    command->add_option("--threads", options->threads, "0: all")
        ->check(CLI::NonNegativeNumber)
        ->capture_default_str();
    command->add_option("--folder", options->folder, "Where files are made for it; removed afterwards")
        ->check(CLI::ExistingDirectory);
    addTrustOption(*command, options->trust);
}

void addFiles(CLI::App& bench, int& exitCode) {
    const auto options = std::make_shared<FilesBenchmarkOptions>();
    CLI::App* command = addStep(
        bench, "files",
        "Genotypes near genes, annotation and expression, against opening and parsing them again", options,
        [options](const RunContext& context) { return runFilesBenchmark(*options, context); }, exitCode);
    addCount(*command, "--genes", options->genes, "Of annotation and expression");
    addCount(*command, "--sites", options->sites, "Of the genotype file, spread over a human genome");
    addCount(*command, "--asked", options->asked, "Genes that are asked for");
    command->add_option("--folder", options->folder, "Where files are made for it; removed afterwards")
        ->check(CLI::ExistingDirectory);
}

void addSusie(CLI::App& bench, int& exitCode) {
    const auto options = std::make_shared<SusieBenchmarkOptions>();
    CLI::App* command = addStep(
        bench, "susie", "SuSiE on windows of these SNVs, against products of all their pairs", options,
        [options](const RunContext& context) { return runSusieBenchmark(*options, context); }, exitCode);
    addCount(*command, "--variants", options->variants, "SNVs of the window; several");
    command->add_flag("!--without-plain", options->plain, "Measure ours alone");
    command->add_option("--data", options->data,
                        "Also write the last window, people and PIPs to this folder, for other programs");
}

void addElasticNet(CLI::App& bench, int& exitCode) {
    const auto options = std::make_shared<ElasticNetBenchmarkOptions>();
    CLI::App* command = addStep(
        bench, "elastic-net",
        "The cross-validated elastic net, against plain coordinate descent over all columns", options,
        [options](const RunContext& context) { return runElasticNetBenchmark(*options, context); }, exitCode);
    addCount(*command, "--variants", options->variants, "SNVs of the window; several");
    addCount(*command, "--folds", options->folds, "Of the cross-validation");
    command->add_flag("!--without-plain", options->plain, "Measure ours alone");
    command->add_option("--data", options->data,
                        "Also write the last window, people and errors to this folder, for other programs");
}

} // namespace

void addStepBenchmarks(CLI::App& bench, int& exitCode) {
    addGenes(bench, exitCode);
    addFiles(bench, exitCode);
    addSusie(bench, exitCode);
    addElasticNet(bench, exitCode);
}

} // namespace diploscope::cli
