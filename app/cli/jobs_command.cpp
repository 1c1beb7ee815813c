// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/commands.h"
#include "cli/options/console.h"
#include "workflow/cluster_run.h"

#include <CLI/CLI.hpp>

#include <memory>
#include <string>

namespace diploscope::cli {

namespace {

namespace fs = std::filesystem;

struct JobsRequest {
    fs::path folder = "diploscope-jobs";
    int every = 30;
    bool watch = false;
    bool cancel = false;
    bool quiet = false;
};

void print(const ClusterState& state) {
    say("{:<8} {:>10} {:>8} {:>8} {:>8} {:>8} {:>8}\n", "job", "number", "waiting", "running", "done",
        "failed", "gone");
    for (const ClusterJob& job : state.jobs)
        say("{:<8} {:>10} {:>8} {:>8} {:>8} {:>8} {:>8}\n", job.name, job.number, job.waiting, job.running,
            job.done, job.failed, job.gone);
    if (state.genesDone > 0 || state.genesOf > 0)
        say("Genes: {}{} done\n", state.genesDone,
            state.genesOf > 0 ? fmt::format(" of {}", state.genesOf) : std::string());
    say("{}\n", state.text());
    if (!state.queueFault.empty())
        warn("Slurm was not asked, only the files that jobs leave: {}\n", state.queueFault);
}

Result<void> jobs(const JobsRequest& request) {
    const RunContext context = consoleContext(request.quiet);
    if (request.cancel) {
        DS_TRY(cancelClusterRun(request.folder, context));
        if (!request.quiet)
            say("The jobs are taken back. What shards have computed stays: `diploscope submit` with the same "
                "--dir "
                "goes on from there.\n");
        return {};
    }
    DS_ASSIGN(const ClusterState state,
              request.watch
                  ? watchClusterRun(request.folder, std::chrono::seconds(request.every), {}, context)
                  : clusterState(request.folder, context));
    finishProgress();
    print(state);
    if (state.isOver() && !state.hasSucceeded())
        return fail(
            ErrorKind::Io, "The run did not come to its end: " + state.text() + ".", request.folder.string(),
            "Mend what the logs tell, and submit again with the same --dir: it goes on where it stopped.");
    return {};
}

} // namespace

void addJobsCommand(CLI::App& program, int& exitCode) {
    auto request = std::make_shared<JobsRequest>();
    CLI::App* command = program.add_subcommand("jobs", "How far a run on a cluster is, or take it back");
    command->add_option("DIR", request->folder, "The --dir of `diploscope submit`")->capture_default_str();
    CLI::Option* watch = command->add_flag("--watch", request->watch, "Ask again until it is over");
    command->add_option("--every", request->every, "Seconds between two questions")
        ->check(CLI::Range(1, 86'400))
        ->capture_default_str()
        ->needs(watch);
    command->add_flag("--cancel", request->cancel, "Take all its jobs back; what is computed stays")
        ->excludes(watch);
    command->add_flag("--quiet", request->quiet, QuietHelp);
    command->footer("Exits with 1 where the run is over and has failed.\n"
                    "Example:  diploscope jobs diploscope-jobs --watch");
    command->callback([request, &exitCode] { exitCode = runCommand([&] { return jobs(*request); }); });
}

} // namespace diploscope::cli
