// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/paths.h"
#include "cli/analyze_words.h"
#include "cli/commands.h"
#include "cli/options/console.h"
#include "workflow/cluster_run.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <array>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace diploscope::cli {

namespace {

struct SubmitRequest : ClusterRequest {
    bool slurm = false;
    bool noSubmit = false;
    bool quiet = false;
};

/// What shards are told by the scripts, or would be told by all of them.
constexpr std::array kOwnOptions{
    "--gene",    "--genes",   "--shard", "--store",  "--heartbeat", "--cache", "--no-cache", "--out",
    "--figures", "--dry-run", "--model", "--device", "--threads",   "-j",      "--quiet",    "--eqtl-given"};

/// A mistake would else be told by every shard, hours later.
Result<void> checkOptions(const std::vector<std::string>& options) {
    for (const std::string& word : options)
        for (const std::string_view own : kOwnOptions)
            if (word.substr(0, word.find('=')) == own || (own == "-j" && word.starts_with(own)))
                return fail(
                    ErrorKind::BadInput, fmt::format("{} is not for the shards.", word), "submit",
                    "Genes, models, device and threads are options of `submit` itself; where results go, "
                    "the scripts say.");
    return checkAnalyzeWords(options);
}

Result<void> submit(const SubmitRequest& request) {
    DS_TRY(checkOptions(request.options));
    const RunContext context = consoleContext(request.quiet);
    DS_TRY(writeClusterRun(request, context));
    sayWritten(request.folder, request.quiet);
    if (request.noSubmit) {
        if (!request.quiet)
            say("Submit them with: sh {}\n", (request.folder / "submit.sh").string());
        return {};
    }
    DS_ASSIGN(const std::string said, submitClusterRun(request.folder, context));
    if (!request.quiet) {
        say("{}", said);
        say("See how far they are with: diploscope jobs {}\n", request.folder.string());
    }
    return {};
}

} // namespace

void addSubmitCommand(CLI::App& program, int& exitCode) {
    auto request = std::make_shared<SubmitRequest>();
    request->folder = "diploscope-jobs";
    request->program = programFolder() / "diploscope";
#ifdef DIPLOSCOPE_UI
    request->figures = true;
#endif
    CLI::App* command = program.add_subcommand(
        "submit", "Write the scripts of a cluster's jobs for all genes of a study, and submit them");
    command->add_option("STUDY", request->study, "A *.study.json")->required();
    command->add_flag("--slurm", request->slurm, "For Slurm")->required();
    command->add_option("--shards", request->shards, "Jobs to divide the genes among")
        ->required()
        ->check(CLI::Range(1, 1'000'000));
    command->add_option("--genes", request->genes, "'all', or a file that names genes")
        ->capture_default_str();
    command->add_option("--model", request->models, "Model folder or name; several may be given")
        ->allow_extra_args(false) // or it would take the -- behind it
        ->type_name("DIR");
    command->add_option("--dir", request->folder, "Where scripts, logs and shards go")->capture_default_str();
    command->add_option("--device", request->device, "cpu or cuda")->capture_default_str();
    command->add_option("-j,--threads", request->threads, "Of each shard")
        ->check(CLI::PositiveNumber)
        ->capture_default_str();
    command
        ->add_option("--retries", request->retries, "Of a shard that fails, which goes on where it stopped")
        ->check(CLI::NonNegativeNumber)
        ->capture_default_str();
    const CLI::Validator isWord(
        [](std::string& text) {
            return text.find_first_of(" \t\n\r'\"") == std::string::npos ? std::string()
                                                                         : "\"" + text + "\" is no word";
        },
        "WORD");
    command->add_option("--time", request->time, "Limit of a job")->capture_default_str()->check(isWord);
    command->add_option("--mem", request->memory, "Of a job")->capture_default_str()->check(isWord);
    command->add_option("--gres", request->gres, "Of a shard: gpu:1")->check(isWord);
    command->add_option("--partition", request->partition, "Where jobs run")->check(isWord);
    command->add_flag("--no-submit", request->noSubmit, "Only write the scripts");
    command->add_flag("--quiet", request->quiet, QuietHelp);
    command->add_option("OPTIONS", request->options,
                        "Behind --, what every shard's `analyze` is told besides: --trust, --tracks 4980");
    command->footer(
        "The study is checked, the shards run as an array, their stores are merged into the study's, and\n"
        "summary.txt and figures are written, each job when the one before has succeeded.\n"
        "Example:  diploscope submit my.study.json --slurm --shards 200 --threads 4 -- --tracks 4980 "
        "--gradients");
    command->callback([request, &exitCode] { exitCode = runCommand([&] { return submit(*request); }); });
}

} // namespace diploscope::cli
