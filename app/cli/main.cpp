// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/commands.h"
#include "cli/console.h"
#ifdef DIPLOSCOPE_UI
#include "gui/run_window.h"
#endif

#include <CLI/CLI.hpp>

#include <cstdio>

namespace {

#ifdef DIPLOSCOPE_UI
/// A mistyped command is taken for a study's name by the parser; it is told apart by its looks.
std::string studyFault(const std::string& text) {
    const bool isFile = text.find('.') != std::string::npos || text.find('/') != std::string::npos;
    return isFile
               ? std::string()
               : "There is no command `" + text + "`, and a study's name ends with .study.json; see --help.";
}

/// Without a subcommand the window opens.
void addWindow(CLI::App& program, diploscope::gui::WindowRequest& request) {
    program.add_option("STUDY", request.study, "Open the window on this *.study.json")->check(studyFault);
    program.add_option("--gene", request.gene, "and show this gene: id, symbol or chr:pos");
    program.add_option("--model", request.model, "under this model; default: the study's first");
}
#endif

} // namespace

int main(int argc, char** argv) {
    using namespace diploscope::cli;

    // Results appear line by line, also in a pipe: what was printed is finished, whatever happens next.
    std::setvbuf(stdout, nullptr, _IOLBF, 0);

    CLI::App program("Diploscope asks of a cohort and a sequence-to-expression model, gene by gene: does the "
                     "model predict\n"
                     "who expresses more, and which variants make it right or wrong?",
                     "diploscope");
    program.set_version_flag("--version", "diploscope " DIPLOSCOPE_VERSION);
    program.require_subcommand(0, 1);
    program.footer("Start with:  diploscope simulate --out demo && diploscope check demo/demo.study.json\n"
#ifdef DIPLOSCOPE_UI
                   "Without a command the window opens.\n"
#endif
                   "Help on one command:  diploscope COMMAND --help");

    int exitCode = 0;
    addCheckCommand(program, exitCode);
    addAnalyzeCommand(program, exitCode);
    addSummaryCommand(program, exitCode);
    addScoreCommand(program, exitCode);
    addPredixcanCommand(program, exitCode);
    addSusieCommand(program, exitCode);
    addModelsCommand(program, exitCode);
    addSimulateCommand(program, exitCode);
    addTrainCommand(program, exitCode);
    addHeadCommand(program, exitCode);
    addImportCommand(program, exitCode);
    addBenchCommand(program, exitCode);
    addCacheCommand(program, exitCode);
    addInfoCommand(program, exitCode);
#ifdef DIPLOSCOPE_UI
    addSnapshotCommand(program, exitCode);
    diploscope::gui::WindowRequest request;
    addWindow(program, request);
    CLI11_PARSE(program, argc, argv);
    return program.get_subcommands().empty() ? diploscope::gui::runWindow(request) : exitCode;
#else
    CLI11_PARSE(program, argc, argv);
    if (program.get_subcommands().empty())
        std::fputs(program.help().c_str(), stdout);
    return exitCode;
#endif
}
