// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/options/work_options.h"

#include "cli/options/console.h"
#include "cli/options/model_argument.h"
#include "cli/options/score_options.h"
#include "model/device.h"

#include <CLI/CLI.hpp>

namespace diploscope::cli {

void addWorkOptions(CLI::App& command, WorkRequest& request) {
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
    command.add_flag("--quiet", request.quiet, QuietHelp);
}

Result<PredictorOptions> predictorOptionsOf(const WorkRequest& request) {
    PredictorOptions options;
    DS_ASSIGN(options.devices, parseDevices(request.device));
    options.precision = request.precision == "fp64" ? Precision::Double : Precision::Single;
    options.threads = request.threads;
    return options;
}

Method methodOf(const WorkRequest& request) {
    return request.plain ? Method::Plain : Method::Fast;
}

Result<void> applyWork(const WorkRequest& request, Workspace& workspace, const RunContext& context) {
    workspace.options.method = methodOf(request);
    workspace.options.selfCheckEvery = request.selfCheckEvery;
    workspace.threads = request.threads;
    if (!request.noCache)
        workspace.cache = Workspace::cacheIn(request.cacheFile);
    DS_ASSIGN(const std::string note, workspace.cacheNote(context));
    if (!note.empty())
        warn("{}\n", note);
    return {};
}

} // namespace diploscope::cli
