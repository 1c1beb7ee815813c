// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/commands.h"
#include "cli/console.h"

#include <CLI/CLI.hpp>

#include <cstdio>

int main(int argc, char** argv) {
    using namespace diploscope::cli;

    // Results appear line by line, also in a pipe: what was printed is finished, whatever happens next.
    std::setvbuf(stdout, nullptr, _IOLBF, 0);

    CLI::App program("Diploscope asks of a cohort and a sequence-to-expression model, gene by gene: does the "
                     "model predict\n"
                     "who expresses more, and which variants make it right or wrong?",
                     "diploscope");
    program.set_version_flag("--version", "diploscope " DIPLOSCOPE_VERSION);
    program.require_subcommand(1);
    program.footer("Start with:  diploscope simulate --out demo && diploscope check demo/demo.study.json\n"
                   "Help on one command:  diploscope COMMAND --help");

    int exitCode = 0;
    addCheckCommand(program, exitCode);
    addAnalyzeCommand(program, exitCode);
    addScoreCommand(program, exitCode);
    addModelsCommand(program, exitCode);
    addSimulateCommand(program, exitCode);
    addTrainCommand(program, exitCode);
    addBenchCommand(program, exitCode);
    addCacheCommand(program, exitCode);
    CLI11_PARSE(program, argc, argv);
    return exitCode;
}
