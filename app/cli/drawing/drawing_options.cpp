// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/drawing/drawing_options.h"

#include "cli/model_argument.h"
#include "cli/score_options.h"

#include <CLI/CLI.hpp>

#include <string_view>

namespace diploscope::cli {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view geneInName = "{gene}";

} // namespace

void addWorkOptions(CLI::App& command, FigureRequest& request) {
    addDeviceOption(command, request.device,
                    "Where the model runs: cpu, cuda, or cards by number, cuda:0,cuda:1");
    addTrustOption(command, request.trust);
    command.add_option("--precision", request.precision, "Of LibTorch: fp32 or fp64")
        ->check(CLI::IsMember({"fp32", "fp64"}))
        ->capture_default_str();
    command.add_option("-j,--threads", request.threads, "0: all")
        ->check(CLI::NonNegativeNumber)
        ->capture_default_str();
    command.add_flag(
        "--plain", request.plain,
        "Run the whole model for every sequence instead of only what an edit touches (slow check)");
    addSelfCheckOption(command, request.selfCheckEvery);
    CLI::Option* cache = command.add_option("--cache", request.cacheFile, "Score cache to use")
                             ->capture_default_str()
                             ->type_name("FILE");
    command.add_flag("--no-cache", request.noCache, "Neither read nor write cached scores")->excludes(cache);
    command.add_flag("--quiet", request.quiet, "No progress");
}

CLI::Option* addVerifyOptions(CLI::App& command, FigureRequest& request) {
    CLI::Option* verify =
        command
            .add_option("--verify", request.verified,
                        "Make this figure, or report, again as it says itself, and tell whether the bytes "
                        "are the same, else what differs: exit code 0 or 1")
            ->type_name("FILE");
    command
        .add_option("--study", request.studies,
                    "With --verify: where the study is now; of several in the order of the panels")
        ->needs(verify)
        ->allow_extra_args(false)
        ->type_name("STUDY");
    return verify;
}

bool namesGene(const fs::path& file) {
    return file.string().find(geneInName) != std::string::npos;
}

fs::path withGene(const fs::path& file, const std::string& stem) {
    std::string name = file.string();
    for (size_t at = name.find(geneInName); at != std::string::npos;
         at = name.find(geneInName, at + stem.size()))
        name.replace(at, geneInName.size(), stem);
    return name;
}

} // namespace diploscope::cli
