// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/atomic_file.h"
#include "base/rate_meter.h"
#include "base/stage_clock.h"
#include "cli/drawing/drawing_commands.h"
#include "cli/drawing/drawing_options.h"
#include "cli/drawing/figure_request.h"
#include "cli/drawing/figure_verification.h"
#include "cli/drawing/figures.h"
#include "cli/options/console.h"
#include "cli/options/score_options.h"
#include "cli/options/statistics_options.h"
#include "figure/figure_file.h"
#include "figure/figure_templates.h"
#include "figures/figure_registry.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <utility>

namespace diploscope::cli {

namespace {

namespace fs = std::filesystem;

/// \param stem of the gene, where names have one
Result<void> writeFigure(const FigureRequest& request, const ui::DesignedFigure& figure,
                         const std::string& stem) {
    for (const fs::path& out : request.out) {
        const fs::path file = withGene(out, stem);
        DS_ASSIGN(const ui::FigureFormat format, ui::figureFormat(file));
        DS_ASSIGN(const ui::DrawnFigure drawn, drawDesign(figure, format));
        DS_TRY(drawn.writeTo(file));
        sayWritten(file, request.quiet);
    }
    if (!request.withData || valuesOf(figure).empty())
        return {};
    const fs::path values = ui::valuesFileOf(withGene(request.out.front(), stem));
    DS_TRY(writeValues(figure, values));
    sayWritten(values, request.quiet);
    return {};
}

/// \return whether there is nothing else
bool tellEmpty(const ui::DesignedFigure& figure, const std::string& gene) {
    bool isAll = true;
    for (size_t i = 0; i < figure.panels.size(); ++i) {
        const ui::DesignedFigure::Panel& panel = figure.panels[i];
        const std::string letter = figure.design.letterOf(i);
        isAll = isAll && !panel.ready.empty.isEmpty();
        if (!panel.ready.empty.isEmpty())
            warn("Not drawn: {}{}{}{}: {}\n", gene, gene.empty() ? "" : ", ",
                 letter.empty() ? std::string() : fmt::format("{}, ", letter), panel.entry->name,
                 panel.ready.empty.toStdString());
    }
    return isAll;
}

Result<void> draw(const FigureRequest& request) {
    const RunContext context = consoleContext(request.quiet);
    const StageTime time(context, Stage::Draw); // but for what is read and computed for it
    DS_ASSIGN(FigureDesign design, requestedDesign(request));
    DS_ASSIGN(ui::SourceSettings settings, sourceSettings(request));
    ui::FigureSources sources(std::move(settings));
    const std::vector<std::string> genes = request.genes.empty() ? std::vector{design.gene} : request.genes;
    const bool isNamed = std::any_of(request.out.begin(), request.out.end(), namesGene);
    if (isNamed && genes.front().empty())
        return fail(ErrorKind::BadInput, "The name asks for a gene, and the figure is of none.", "--out",
                    "Give --gene, or a name without {gene}.");
    for (const fs::path& out : request.out)
        removeAbandonedTemporaries(out.has_parent_path() ? out.parent_path() : ".");
    needApplication();
    Progress whole{"Drawing figures", 0, static_cast<int64_t>(genes.size()), 0, {}};
    for (const std::string& gene : genes) {
        design.gene = gene;
        const RunContext own = genes.size() == 1 ? context : contextOfItem(context, whole, gene);
        std::string stem;
        if (isNamed) {
            DS_ASSIGN(stem, sources.stemOf(design, gene, own));
        }
        DS_ASSIGN(const ui::DesignedFigure figure, sources.read(design, own));
        ++whole.done;
        finishProgress();
        // Of many genes some may have nothing to show; one alone is an error.
        if ((genes.size() > 1 || figure.panels.size() > 1) && tellEmpty(figure, gene) && genes.size() > 1)
            continue;
        DS_TRY(writeFigure(request, figure, stem));
    }
    return {};
}

Result<void> listFigures() {
    const std::pair<ui::FigureKind, const char*> kinds[] = {
        {ui::FigureKind::Gene, "Figures of one gene"},
        {ui::FigureKind::Genome, "Figures of all genes"},
        {ui::FigureKind::Person, "Figures of a person (--sample)"},
        {ui::FigureKind::Experiment, "Figures of an experiment (--ablate, --edit, --saturate)"}};
    for (const auto& [kind, title] : kinds) {
        say("{}\n", title);
        for (const ui::FigureEntry& figure : ui::figuresOf(kind))
            say("  {:<20} {}\n", figure.name, figure.title);
    }
    const std::vector<FigureTemplate> templates = figureTemplates();
    if (!templates.empty())
        say("Templates\n");
    for (const FigureTemplate& each : templates) {
        if (const Result<FigureDesign> design = readFigureFile(each.file))
            say("  {:<20} {}\n", each.name, design->description);
        else
            warn("{}\n", design.error().message());
    }
    return {};
}

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
        if (const Result<ui::FigureFormat> format = ui::figureFormat(out); !format)
            throw CLI::ValidationError("--out", format.error().message());
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
            if (!request->verified.empty())
                return verifyFigure(*request);
            const Result<void> done = request->lists ? listFigures() : draw(*request);
            return done ? Result<int>(0) : fail(done.error());
        });
    });
}

} // namespace diploscope::cli
