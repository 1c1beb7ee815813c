// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/words.h"
#include "cli/commands.h"
#include "cli/options/console.h"
#include "study/study_additions.h"

#include <CLI/CLI.hpp>

#include <memory>

namespace diploscope::cli {

namespace {

namespace fs = std::filesystem;

struct AddRequest {
    fs::path study;
    std::vector<fs::path> files;
    bool quiet = false;
};

Result<void> addFiles(const AddRequest& request) {
    const RunContext context = consoleContext(request.quiet);
    DS_ASSIGN(const StudyAdditions additions, addToStudy(request.study, request.files, context));
    for (const Error& refused : additions.refused)
        warn("{}\n", refused.message());
    if (!additions.refused.empty())
        return fail(ErrorKind::BadInput,
                    fmt::format("{} cannot be added, and the study file is as it was.",
                                counted(int64_t(additions.refused.size()), "file", "files")),
                    request.study.string(), "Name the other files alone.");
    for (const fs::path& known : additions.known)
        say("{}: the study names it already\n", known.string());
    for (const RecognisedFile& added : additions.added)
        say("{}: {}\n", added.path.string(), added.description);
    if (!additions.added.empty() && !request.quiet)
        say("{} added. What all of it is to the study tells  diploscope check {}\n",
            counted(int64_t(additions.added.size()), "file", "files"), request.study.string());
    return {};
}

} // namespace

void addAddCommand(CLI::App& program, int& exitCode) {
    auto request = std::make_shared<AddRequest>();
    CLI::App* command = program.add_subcommand(
        "add", "Name further files in a study: chains, tables, haplotype counts, tracks, motifs, models");
    command->add_option("STUDY", request->study, "A *.study.json")->required();
    command->add_option("FILES", request->files, "What to add; of a model its folder")->required();
    command->add_flag("--quiet", request->quiet, QuietHelp);
    command->footer("What they are is told by their content. Published tables take none.\n"
                    "Example:  diploscope add my.study.json hg19ToHg38.over.chain.gz");
    command->callback([request, &exitCode] { exitCode = runCommand([&] { return addFiles(*request); }); });
}

} // namespace diploscope::cli
