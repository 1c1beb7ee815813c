// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/drawing/make_figure.h"

#include "base/atomic_file.h"
#include "base/rate_meter.h"
#include "base/stage_clock.h"
#include "cli/drawing/figure_verification.h"
#include "cli/drawing/figures.h"
#include "cli/drawing/requested_design.h"
#include "cli/options/console.h"
#include "cli/requests/drawing_options.h"
#include "figure/figure_file.h"
#include "figure/figure_templates.h"
#include "figures/figure_registry.h"

#include <fmt/format.h>

#include <algorithm>
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

} // namespace

Result<int> makeFigure(const FigureRequest& request) {
    if (!request.verified.empty())
        return verifyFigure(request);
    DS_TRY(request.lists ? listFigures() : draw(request));
    return 0;
}

} // namespace diploscope::cli
