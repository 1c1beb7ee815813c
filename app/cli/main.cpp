// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/crash_note.h"
#include "base/log.h"
#include "base/memory_limit.h"
#include "cli/commands.h"
#include "cli/options/console.h"
#include "machine/machine_info.h"
#ifdef DIPLOSCOPE_UI
#include "cli/requests/drawing_commands.h"
#include "cli/requests/window_module.h"
#endif

#include <CLI/CLI.hpp>

#include <sys/utsname.h>

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <iterator>
#include <optional>
#include <sstream>
#include <string>
#include <string_view>

namespace {

#ifdef DIPLOSCOPE_UI
/// A mistyped command is taken for a study's name by the parser; it is told apart by its looks.
std::string studyFault(const std::string& text) {
    const bool isFile = text.find('.') != std::string::npos || text.find('/') != std::string::npos;
    return isFile ? std::string()
                  : "There is no command `" + text +
                        "`, and a study's name ends with .study.json, a session's with .diploscope.json; see "
                        "--help.";
}

void addWindowOptions(CLI::App& command, diploscope::gui::WindowRequest& request) {
    command
        .add_option("STUDY", request.study,
                    "Open the window on this *.study.json or session (*.diploscope.json)")
        ->check(studyFault);
    command.add_option("--gene", request.gene, "and show this gene: id, symbol or chr:pos");
    command.add_option("--model", request.model,
                       "under this model; default: the session's, else the study's first");
    command
        .add_option("--language", request.language,
                    "speaking this language: system, en or de; default: as chosen in the preferences")
        ->type_name("WORD");
}

/// Without a subcommand the window opens, too. \return the subcommand that opens it
CLI::App* addWindow(CLI::App& program, diploscope::gui::WindowRequest& request) {
    addWindowOptions(program, request);
    CLI::App* const window = program.add_subcommand("gui", "Open the window, as without a command");
    addWindowOptions(*window, request);
    return window;
}
#endif

struct Command {
    std::string_view name;
    void (*add)(CLI::App& program, int& exitCode);
};
constexpr Command kCommands[] = {
    {"check", diploscope::cli::addCheckCommand},
    {"add", diploscope::cli::addAddCommand},
    {"analyze", diploscope::cli::addAnalyzeCommand},
    {"summary", diploscope::cli::addSummaryCommand},
    {"export", diploscope::cli::addExportCommand},
    {"results", diploscope::cli::addResultsCommand},
    {"submit", diploscope::cli::addSubmitCommand},
    {"jobs", diploscope::cli::addJobsCommand},
    {"columns", diploscope::cli::addColumnsCommand},
    {"person", diploscope::cli::addPersonCommand},
    {"whatif", diploscope::cli::addWhatIfCommand},
    {"ablate", diploscope::cli::addAblateCommand},
    {"saturation", diploscope::cli::addSaturationCommand},
    {"audit", diploscope::cli::addAuditCommand},
    {"score", diploscope::cli::addScoreCommand},
    {"predixcan", diploscope::cli::addPredixcanCommand},
    {"susie", diploscope::cli::addSusieCommand},
    {"motifs", diploscope::cli::addMotifsCommand},
    {"models", diploscope::cli::addModelsCommand},
    {"simulate", diploscope::cli::addSimulateCommand},
    {"train", diploscope::cli::addTrainCommand},
    {"head", diploscope::cli::addHeadCommand},
    {"sequences", diploscope::cli::addSequencesCommand},
    {"import", diploscope::cli::addImportCommand},
    {"bench", diploscope::cli::addBenchCommand},
    {"cache", diploscope::cli::addCacheCommand},
    {"info", diploscope::cli::addInfoCommand},
    {"completions", diploscope::cli::addCompletionsCommand},
    {"manual", diploscope::cli::addManualCommand},
#ifdef DIPLOSCOPE_UI
    {"figure", diploscope::cli::addFigureCommand},
    {"report", diploscope::cli::addReportCommand},
    {"snapshot", diploscope::cli::addSnapshotCommand},
    {"guide", diploscope::cli::addGuideCommand},
#endif
};

/// Whether the first word, a command's name, tells that no other one's options are needed: those of all take
/// 2 ms to make.
bool needsNoOther(std::string_view first) {
    if (first == "completions" || first == "manual") // which speak of all
        return false;
    return first == "--version" || std::any_of(std::begin(kCommands), std::end(kCommands),
                                               [first](const Command& one) { return one.name == first; });
}

/// On every command and on those below it.
void addTiming(CLI::App& command, bool& isWanted) {
    for (CLI::App* below : command.get_subcommands([](const CLI::App*) { return true; })) {
        below->add_flag("--timing", isWanted,
                        "At the end, print to stderr where the time went: seconds, processor seconds and "
                        "peak memory, stage by stage");
        addTiming(*below, isWanted);
    }
}

/// Reads the command line, which runs the command. \return the exit code where that is all: 0 after help, 2
/// after a mistake in it
std::optional<int> parse(CLI::App& program, int argc, char** argv) {
    try {
        program.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        std::ostringstream out;
        std::ostringstream problem;
        const int code = program.exit(error, out, problem);
        diploscope::cli::sayText(out.str());
        diploscope::cli::warnText(problem.str());
        return code == 0 ? 0 : diploscope::cli::kUsageExitCode;
    }
    return std::nullopt;
}

std::string versions() {
    std::string text = "Diploscope " DIPLOSCOPE_VERSION ", compiler " __VERSION__;
    utsname system{};
    if (uname(&system) == 0)
        text += std::string("\n") + system.sysname + " " + system.release + " " + system.machine;
    return text;
}

std::string libraries() {
    std::string text = "\nlibraries:";
    for (const diploscope::LibraryVersion& library : diploscope::libraryVersions())
        text += " " + library.name + " " + library.version;
    return text;
}

std::string commandLine(int argc, char** argv) {
    std::string text = "\ncommand:";
    for (int i = 0; i < argc; ++i)
        text += std::string(" ") + argv[i];
    return text;
}

diploscope::Result<int> run(int argc, char** argv) {
    using namespace diploscope::cli;

    DS_TRY(diploscope::fitMemoryLimit());
    (void)commandClock(); // which runs from here on
    // The command comes last: of a long one the end is cut off.
    diploscope::writeNoteOnCrash(versions() + libraries() + commandLine(argc, argv));
    diploscope::startLog();
    diploscope::logLine("start", versions() + commandLine(argc, argv));

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
    bool isTimingWanted = false;
    const std::string_view first = argc > 1 ? argv[1] : "";
    const bool isAlone = needsNoOther(first);
    for (const Command& command : kCommands)
        if (!isAlone || command.name == first)
            command.add(program, exitCode);
#ifdef DIPLOSCOPE_UI
    addTiming(program, isTimingWanted);
    diploscope::gui::WindowRequest request;
    const CLI::App* window = isAlone ? nullptr : addWindow(program, request);
    if (const auto ended = parse(program, argc, argv))
        return *ended;
    if (program.get_subcommands().empty() || (window != nullptr && window->parsed())) {
        DS_ASSIGN(const WindowModule* module, windowModule());
        return module->runWindow(request);
    }
#else
    addTiming(program, isTimingWanted);
    if (const auto ended = parse(program, argc, argv))
        return *ended;
    if (program.get_subcommands().empty())
        sayText(program.help());
#endif
    if (isTimingWanted)
        tellTiming();
    return exitCode;
}

} // namespace

int main(int argc, char** argv) {
    using namespace diploscope::cli;
    holdStandardStreams();
    // A file over `ulimit -f` is that file's error, as on a full disk, and not the program's end.
    std::signal(SIGXFSZ, SIG_IGN);
    return finishOutput(runCommand([&] { return run(argc, argv); }));
}
