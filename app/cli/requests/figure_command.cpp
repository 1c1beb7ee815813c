// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/options/console.h"
#include "cli/options/score_options.h"
#include "cli/options/statistics_options.h"
#include "cli/requests/drawing_commands.h"
#include "cli/requests/drawing_options.h"
#include "cli/requests/window_module.h"

#include <CLI/CLI.hpp>

#include <memory>

namespace diploscope::cli {

namespace {

namespace fs = std::filesystem;

void addPanelOptions(CLI::App& command, FigureRequest& request) {
    constexpr const char* group = "What the panel shows";
    for (const PanelOption& option : panelOptions())
        request.choices.push_back({&option, {}, false});
    for (FigureRequest::Choice& choice : request.choices) { // which stay where they are from now on
        const PanelOption& option = *choice.option;
        if (option.kind == PanelOption::Kind::Flag) {
            command.add_flag(option.flag, choice.isGiven, option.help)->group(group);
            continue;
        }
        const bool isList = option.kind == PanelOption::Kind::List ||
                            option.kind == PanelOption::Kind::Files ||
                            option.kind == PanelOption::Kind::Tracks;
        CLI::Option* added =
            command.add_option(option.flag, choice.words, option.help)->type_name(option.type)->group(group);
        if (isList)
            added->allow_extra_args(false); // one word behind each
        else
            added->expected(1);
        added->each([&choice](const std::string&) { choice.isGiven = true; });
    }
}

void addLookOptions(CLI::App& command, FigureRequest& request) {
    constexpr const char* group = "How it is drawn";
    command.add_option("--width-mm", request.widthMm, "Default: as the figure's panels ask for")
        ->type_name("W")
        ->group(group);
    command.add_option("--height-mm", request.heightMm, "The same")->type_name("H")->group(group);
    command.add_option("--dpi", request.dpi, "Of PNG (default: 300)")->type_name("N")->group(group);
    command.add_option("--font", request.font, "A family that is installed")->type_name("NAME")->group(group);
    command.add_option("--font-pt", request.fontPt, "Of axis titles and labels (default: 7)")
        ->type_name("P")
        ->group(group);
    command.add_flag("--transparent", request.transparent, "No white behind it")->group(group);
}

/// What makes no command line of its own.
void checkFigureRequest(const FigureRequest& request) {
    if (request.lists || !request.verified.empty())
        return;
    if (request.figure.empty())
        throw CLI::RequiredError("--figure, --verify or --list");
    if (request.out.empty())
        throw CLI::RequiredError("--out");
    for (const fs::path& out : request.out) {
        if (const std::string fault = pictureFault(out); !fault.empty())
            throw CLI::ValidationError("--out", fault);
        if (request.genes.size() > 1 && !namesGene(out))
            throw CLI::ValidationError("--out", "several genes need {gene} in the name: {gene}.locus.svg");
    }
}

} // namespace

void addFigureCommand(CLI::App& program, int& exitCode) {
    auto request = std::make_shared<FigureRequest>();
    CLI::App* command = program.add_subcommand(
        "figure", "Draw a figure as it is specified, or make one again from its own file and compare");
    command->add_option("STUDY", request->study, "A *.study.json (default: the figure's own)");
    command
        ->add_option("--figure", request->figure,
                     "A figure's name, a template's, a *.figure.json, or a figure's SVG, PDF or PNG, which "
                     "holds what it was specified as")
        ->type_name("NAME|FILE");
    command->add_option("--gene", request->genes, "Gene id or symbol; may be given several times")
        ->allow_extra_args(false)
        ->type_name("G");
    command->add_option("--model", request->model, "Model folder or name (default: the study's first model)")
        ->type_name("M");
    command
        ->add_option("--out", request->out,
                     "The file, whose ending is .svg, .pdf or .png; {gene} in it is the gene's name. May be "
                     "given several times")
        ->allow_extra_args(false)
        ->type_name("FILE");
    command->add_flag("--data", request->withData,
                      "Also what is drawn, as a table beside it (TSV), a section a panel");
    command->add_flag("--list", request->lists, "Say which figures and templates there are");
    addPanelOptions(*command, *request);
    addLookOptions(*command, *request);
    addScoreOptions(*command, request->score);
    addStatisticsOptions(*command, request->statistics);
    addVerifyOptions(*command, *request);
    addWorkOptions(*command, *request);
    command->footer(
        "Scores come from the cache, results of all genes from what `analyze --genes` has stored. The file\n"
        "holds its specification, and what it was made of.\n"
        "Example:  diploscope figure demo/demo.study.json --figure gene-summary --gene PUKTI6 --out "
        "{gene}.pdf\n"
        "          diploscope figure --verify PUKTI6.pdf");
    command->callback([request, &exitCode] {
        checkFigureRequest(*request);
        exitCode = runCommand([&]() -> Result<int> {
            DS_ASSIGN(const WindowModule* window, windowModule());
            return window->makeFigure(*request);
        });
    });
}

} // namespace diploscope::cli
