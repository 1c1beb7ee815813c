// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/atomic_file.h"
#include "base/json_text.h"
#include "cli/commands.h"
#include "cli/console.h"
#include "cli/model_argument.h"
#include "cli/unsigned_options.h"
#include "lab/benchmark.h"

#include <CLI/CLI.hpp>
#include <fmt/core.h>

namespace diploscope::cli {

namespace {

struct Request {
    BenchmarkOptions options;
    bool randomWeights = false;
    bool trust = false;
    std::string precision = "fp32";
    std::string device = "cpu";
    std::filesystem::path out;
};

Result<void> measure(Request request) {
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
    auto request = std::make_shared<Request>();
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
}

} // namespace diploscope::cli
