// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/atomic_file.h"
#include "base/json_text.h"
#include "cli/bench_growth.h"
#include "cli/bench_steps.h"
#include "cli/commands.h"
#include "cli/options/console.h"
#include "cli/options/model_argument.h"
#include "cli/options/unsigned_options.h"
#include "lab/benchmark.h"
#include "lab/cache_benchmark.h"
#include "lab/experiment_benchmark.h"
#include "lab/people_benchmark.h"

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

struct CacheBenchRequest {
    CacheBenchmarkOptions options;
    bool withoutPlain = false;
    bool table = false;
    std::filesystem::path out;
};

/// A row each, the cache's and the plain table's.
std::string cacheTableOf(const nlohmann::json& report) {
    std::string text = fmt::format("{:6} {:>13} {:>11} {:>11} {:>12} {:>10} {:>12} {:>12} {:>12} {:>15}\n",
                                   "", "scores", "store_us", "bytes_each", "open_ms", "gene_ms",
                                   "cold_gene_ms", "cold_cpu_ms", "halve_s", "peak_memory_mb");
    for (const char* which : {"cache", "plain"}) {
        if (!report.contains(which))
            continue;
        const auto value = [&told = report.at(which)](const char* key) { return told.at(key).get<double>(); };
        fmt::format_to(std::back_inserter(text),
                       "{:6} {:13} {:11.3f} {:11.1f} {:12.2f} {:10.2f} {:12.2f} {:12.2f} {:12.2f} {:15.0f}\n",
                       which, report.at("scores").get<int64_t>(), value("store_cpu_us"),
                       value("bytes_per_score"), value("open_cpu_ms"), value("gene_cpu_ms"),
                       value("cold_gene_ms"), value("cold_gene_cpu_ms"), value("halve_cpu_s"),
                       value("peak_memory_mb"));
    }
    return text + "processor time but for cold_gene_ms, which is wall time\n";
}

Result<void> measureCache(CacheBenchRequest request) {
    request.options.plain = !request.withoutPlain;
    DS_ASSIGN(const nlohmann::json report, runCacheBenchmark(request.options, consoleContext()));
    finishProgress();
    const std::string text = jsonText(report, 2) + "\n";
    sayText(request.table ? cacheTableOf(report) : text);
    return request.out.empty() ? Result<void>() : writeFileAtomically(request.out, text);
}

void addCacheBench(CLI::App& bench, int& exitCode) {
    auto request = std::make_shared<CacheBenchRequest>();
    CacheBenchmarkOptions& options = request->options;
    CLI::App* command = bench.add_subcommand(
        "cache",
        "The score cache against a plain SQLite table with a row a score: store, look up, halve, open");
    const auto addCount = [command](const char* name, int64_t& value, const char* help) {
        command->add_option(name, value, help)->check(CLI::PositiveNumber)->capture_default_str();
    };
    addCount("--scores", options.scores, "So many are in it");
    addCount("--batch", options.batch, "Stored at once");
    addCount("--gene-scores", options.geneScores, "Of one gene, which are looked up at once");
    addCount("--look-ups", options.lookUps, "Genes that are looked up");
    command->add_flag("--without-plain", request->withoutPlain, "Measure the cache alone");
    command->add_option("--folder", options.folder, "Where files are made for it; removed afterwards")
        ->check(CLI::ExistingDirectory);
    addSeedOption(*command, options.seed, "Of keys and scores");
    command->add_flag("--table", request->table, "Print a table in place of JSON");
    command->add_option("--out", request->out, "Also write the report to this file, as JSON");
    command->footer(
        "Prints JSON with an object each, cache and plain: store_cpu_us is processor time a score, "
        "gene_cpu_ms\n"
        "that of looking a gene's scores up, cold_gene_ms wall time with nothing of the file in memory,\n"
        "halve_cpu_s that of dropping the older half, open_cpu_ms that of opening; bytes_per_score is of "
        "the\n"
        "file. 10,000,000 scores take 0.35 GB of disk, the plain table 0.6 GB and some minutes.");
    command->callback(
        [request, &exitCode] { exitCode = runCommand([&] { return measureCache(*request); }); });
}

using PeopleBenchmark = Result<nlohmann::json> (*)(const PeopleBenchmarkOptions&, const RunContext&);

struct PeopleRequest {
    PeopleBenchmarkOptions options;
    std::filesystem::path out;
};

Result<void> measurePeople(const PeopleRequest& request, PeopleBenchmark run) {
    DS_ASSIGN(const nlohmann::json report, run(request.options, consoleContext()));
    finishProgress();
    const std::string text = jsonText(report, 2) + "\n";
    sayText(text);
    return request.out.empty() ? Result<void>() : writeFileAtomically(request.out, text);
}

/// What both of them are asked.
CLI::App* addPeopleBenchmark(CLI::App& bench, const char* name, const char* help, PeopleBenchmark run,
                             const std::shared_ptr<PeopleRequest>& request, int& exitCode) {
    PeopleBenchmarkOptions& options = request->options;
    CLI::App* command = bench.add_subcommand(name, help);
    command->add_option("--people", options.people, "In the cohort")
        ->check(CLI::PositiveNumber)
        ->capture_default_str();
    command->add_option("--variants", options.variants, "SNVs of one gene")
        ->check(CLI::PositiveNumber)
        ->capture_default_str();
    addSeedOption(*command, options.seed, "Of genotypes and expression");
    command->add_option("--out", request->out, "Also write the report to this file");
    command->callback(
        [request, run, &exitCode] { exitCode = runCommand([&] { return measurePeople(*request, run); }); });
    return command;
}

void addPeopleBenchmarks(CLI::App& bench, int& exitCode) {
    const auto eqtl = std::make_shared<PeopleRequest>();
    eqtl->options.people = 839;
    eqtl->options.variants = 60'000;
    CLI::App* ofEqtl =
        addPeopleBenchmark(bench, "eqtl", "eQTL effects, beside covariates and beside the lead variant",
                           runEqtlBenchmark, eqtl, exitCode);
    ofEqtl->add_option("--covariates", eqtl->options.covariates, "Of the second and third time")
        ->check(CLI::NonNegativeNumber)
        ->capture_default_str();
    ofEqtl->add_option("--data", eqtl->options.data,
                       "Also write genotypes, people and effects to this folder, for other programs");
    ofEqtl->footer("Prints JSON: seconds by the clock and of processors (cpu), the best of five.\n"
                   "tests/bench/peers.sh times NumPy and plink2 on the same data.");
    const auto people = std::make_shared<PeopleRequest>();
    CLI::App* ofPeople =
        addPeopleBenchmark(bench, "people", "All that follows from a large cohort's alleles and scores",
                           runPeopleBenchmark, people, exitCode);
    ofPeople->add_flag("!--no-fine-mapping", people->options.fineMapping, "No SuSiE");
    ofPeople->footer(
        "Prints JSON: seconds of each step by the clock and of processors (cpu), and peak memory, "
        "the\nalleles among it. Nothing is read, and no model is asked.");
}

} // namespace

void addBenchCommand(CLI::App& program, int& exitCode) {
    CLI::App* command = program.add_subcommand(
        "bench",
        "Time the exact shortcut against whole forward passes, experiments, the score cache, files and "
        "statistics");
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
    addCacheBench(*command, exitCode);
    addPeopleBenchmarks(*command, exitCode);
    addStepBenchmarks(*command, exitCode);
    addGrowthBenchmark(*command, exitCode);
}

} // namespace diploscope::cli
