// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/atomic_file.h"
#include "base/json_text.h"
#include "cli/commands.h"
#include "cli/options/console.h"
#include "cli/options/model_argument.h"
#include "cli/options/unsigned_options.h"
#include "lab/benchmark.h"
#include "lab/experiment_benchmark.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <iterator>
#include <memory>
#include <string>
#include <vector>

namespace diploscope::cli {

namespace {

struct BenchRequest {
    BenchmarkOptions options;
    bool randomWeights = false;
    bool trust = false;
    std::string precision = "fp32";
    std::string device = "cpu";
    std::filesystem::path out;
};

Result<void> measure(BenchRequest request) {
    BenchmarkOptions& options = request.options;
    options.randomWeightsSeed = request.randomWeights ? static_cast<int64_t>(options.seed) : -1;
    options.plainPrecision = request.precision == "fp64" ? Precision::Double : Precision::Single;
    DS_ASSIGN(options.devices, parseDevices(request.device));
    DS_TRY(allowModel(request.trust, options.model));
    DS_ASSIGN(const nlohmann::json report, runBenchmark(options, consoleContext()));
    finishProgress();
    const std::string text = jsonText(report, 2) + "\n";
    sayText(text);
    return request.out.empty() ? Result<void>() : writeFileAtomically(request.out, text);
}

void addWorkload(CLI::App& bench, const char* name, const char* help, Workload workload, int& exitCode) {
    auto request = std::make_shared<BenchRequest>();
    request->options.workload = workload;
    BenchmarkOptions& options = request->options;
    CLI::App* command = bench.add_subcommand(name, help);
    command->add_option("--model", options.model, "A model's folder, or the name of a known one")->required();
    command->add_flag("--random-weights", request->randomWeights, "Make weights up instead of reading any");
    if (workload != Workload::Forward) {
        command->add_option("--variants", options.variants, "SNVs at random places")
            ->check(CLI::PositiveNumber)
            ->capture_default_str();
        command
            ->add_option("--sample-sequences,--sample-haplotypes", options.sampleSequences,
                         "Time the shortcut on so many only and reckon the rest; 0: on all")
            ->check(CLI::NonNegativeNumber)
            ->capture_default_str();
    }
    if (workload == Workload::Haplotypes)
        command->add_option("--people", options.people, "Two haplotypes each")
            ->check(CLI::PositiveNumber)
            ->capture_default_str();
    command
        ->add_option("--plain-variants,--plain-sequences", options.plainSequences,
                     "How many of the same sequences whole passes are timed on")
        ->check(CLI::PositiveNumber)
        ->capture_default_str();
    if (workload != Workload::Forward)
        command
            ->add_option("--check-sequences", options.checkSequences,
                         "How many of those are checked in double; 0: none")
            ->check(CLI::NonNegativeNumber)
            ->capture_default_str();
    command->add_option("--plain-precision", request->precision, "Of the timed whole passes")
        ->check(CLI::IsMember({"fp32", "fp64"}))
        ->capture_default_str();
    addDeviceOption(*command, request->device,
                    "Of the whole passes: cpu, cuda, or cards by number, cuda:0,cuda:1");
    addTrustOption(*command, request->trust);
    command->add_option("--threads", options.threads, "0: all")
        ->check(CLI::NonNegativeNumber)
        ->capture_default_str();
    addSeedOption(*command, options.seed, "Of bases, variants and random weights");
    command->add_option("--out", request->out, "Also write the report to this file");
    command->callback([request, &exitCode] { exitCode = runCommand([&] { return measure(*request); }); });
}

struct ExperimentsRequest {
    ExperimentBenchmarkOptions options;
    std::vector<std::string> models;
    bool randomWeights = false;
    bool trust = false;
    bool table = false;
    std::filesystem::path out;
};

/// A row a model and question.
std::string tableOf(const nlohmann::json& reports) {
    std::string text =
        fmt::format("{:16} {:10} {:>9} {:>10} {:>10} {:>10} {:>10} {:>12} {:>9}\n", "model", "question",
                    "sequences", "shown_ms", "worst_ms", "checked_ms", "cpu_ms", "plain_cpu_ms", "ratio_cpu");
    for (const nlohmann::json& report : reports)
        for (const char* question : {"flip", "ablation", "saturation"}) {
            const nlohmann::json& told = report.at(question);
            const auto ms = [&told](const char* key) { return 1e3 * told.at(key).get<double>(); };
            fmt::format_to(
                std::back_inserter(text),
                "{:16} {:10} {:9} {:10.1f} {:10.1f} {:10.1f} {:10.1f} {:11.0f}{} {:9.0f}\n",
                report.at("model").get<std::string>(), question, told.at("sequences").get<int64_t>(), ms("s"),
                ms("worst_s"), ms("checked_s"), ms("cpu_s"), ms("plain_cpu_s"),
                told.at("plain_extrapolated").get<bool>() ? "*" : " ", told.at("ratio_cpu").get<double>());
        }
    return text + "* from some of the sequences\n";
}

Result<void> measureExperiments(ExperimentsRequest request) {
    ExperimentBenchmarkOptions& options = request.options;
    options.randomWeightsSeed = request.randomWeights ? static_cast<int64_t>(options.seed) : -1;
    nlohmann::json reports = nlohmann::json::array();
    for (const std::string& model : request.models) {
        options.model = model;
        DS_TRY(allowModel(request.trust, model));
        DS_ASSIGN(nlohmann::json report, runExperimentBenchmark(options, consoleContext()));
        reports.push_back(std::move(report));
    }
    finishProgress();
    const std::string text = jsonText(reports, 2) + "\n";
    sayText(request.table ? tableOf(reports) : text);
    return request.out.empty() ? Result<void>() : writeFileAtomically(request.out, text);
}

void addExperiments(CLI::App& bench, int& exitCode) {
    auto request = std::make_shared<ExperimentsRequest>();
    ExperimentBenchmarkOptions& options = request->options;
    CLI::App* command = bench.add_subcommand(
        "experiments",
        "What is tried on an open gene: flips, ablations, saturation, until they can be shown");
    command->add_option("--model", request->models, "A model's folder, or the name of a known one; several")
        ->required();
    command->add_flag("--random-weights", request->randomWeights, "Make weights up instead of reading any");
    command->add_option("--people", options.people, "Two haplotypes each")
        ->check(CLI::PositiveNumber)
        ->capture_default_str();
    command->add_option("--variants", options.variants, "SNVs at random places")
        ->check(CLI::PositiveNumber)
        ->capture_default_str();
    command->add_option("--flips", options.flips, "Single bases, one after the other")
        ->check(CLI::PositiveNumber)
        ->capture_default_str();
    command->add_option("--ablations", options.ablations, "SNVs set to the reference, one after the other")
        ->check(CLI::PositiveNumber)
        ->capture_default_str();
    command->add_option("--reach", options.reach, "Bases to both sides of what is saturated")
        ->check(CLI::NonNegativeNumber)
        ->capture_default_str();
    command
        ->add_option("--plain-sequences", options.plainSequences,
                     "How many of a question's sequences whole passes are timed on, at least")
        ->check(CLI::PositiveNumber)
        ->capture_default_str();
    command
        ->add_option("--plain-seconds", options.plainSeconds,
                     "They are timed on all of them where that takes no longer")
        ->check(CLI::NonNegativeNumber)
        ->capture_default_str();
    command->add_option("--threads", options.threads, "0: all")
        ->check(CLI::NonNegativeNumber)
        ->capture_default_str();
    addTrustOption(*command, request->trust);
    addSeedOption(*command, options.seed, "Of bases, variants, people and random weights");
    command->add_flag("--table", request->table, "Print a table in place of JSON");
    command->add_option("--out", request->out, "Also write the reports to this file, as JSON");
    command->footer(
        "Prints JSON, a report a model, with an object a question: s are median wall seconds until all is "
        "there to\n"
        "be shown, worst_s those of the slowest, checked_s until the self-check is through as well, cpu_s "
        "processor\n"
        "seconds until then; plain_s and plain_cpu_s are those of whole passes for the same sequences, "
        "ratio and\n"
        "ratio_cpu plain / until checked. Scores are kept in a cache that is made for it and removed.");
    command->callback(
        [request, &exitCode] { exitCode = runCommand([&] { return measureExperiments(*request); }); });
}

} // namespace

void addBenchCommand(CLI::App& program, int& exitCode) {
    CLI::App* command =
        program.add_subcommand("bench", "Time the exact shortcut against whole forward passes");
    command->require_subcommand(1);
    command->footer(
        "Prints JSON: plain_s and fast_s are wall seconds a sequence, plain_cpu_s and fast_cpu_s processor\n"
        "seconds, ratio and ratio_cpu plain / fast; ratio_cpu_distinct does not count equal sequences that "
        "are\n"
        "predicted once. max_difference is the largest absolute difference "
        "between the\n"
        "shortcut and whole passes in double, max_difference_plain that to the timed passes. trunk_work is "
        "what\n"
        "the shortcut computes of an Enformer's trunk, a sequence's share of a whole pass. fast_extrapolated "
        "says\n"
        "that the shortcut was timed on a sample: the trunk's work is then counted for all sequences, and "
        "its\n"
        "price and that of the rest come from timing the reference and the sample.");
    addWorkload(*command, "ism", "Single SNVs on the reference", Workload::Ism, exitCode);
    addWorkload(*command, "haplotypes", "People's haplotypes", Workload::Haplotypes, exitCode);
    addWorkload(*command, "forward", "Whole forward passes alone", Workload::Forward, exitCode);
    addExperiments(*command, exitCode);
}

} // namespace diploscope::cli
