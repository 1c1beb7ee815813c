// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/drawing/figures.h"

#include "base/stage_clock.h"
#include "cli/drawing/experiment_drawing.h"
#include "figures/experiment_data.h"
#include "figures/figure_registry.h"
#include "gui/application.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace diploscope::cli {

namespace fs = std::filesystem;

void needApplication() {
    if (QCoreApplication::instance() == nullptr)
        // Never deleted: it would go after objects that it needs, and the process is ending then anyway.
        (void)gui::makeApplication(true).release();
}

Result<FigureFiles> writeFigures(ui::FigureKind kind, const ui::FigureSpec& spec,
                                 const ui::FigureOrigin& origin, const std::vector<std::string>& names,
                                 const fs::path& before, const std::vector<ui::FigureFormat>& formats,
                                 const RunContext& context) {
    const StageTime time(context, Stage::Draw);
    needApplication();
    FigureFiles files;
    ui::FiguresAtHand ready;
    for (const ui::FigureEntry& figure : ui::figuresOf(kind)) {
        if (!names.empty() && std::find(names.begin(), names.end(), figure.name) == names.end())
            continue;
        ui::ReadyFigure made = figure.make(spec);
        if (made.empty.isEmpty())
            ready.emplace_back(&figure, std::move(made));
        else
            files.skipped.push_back(
                fmt::format("{}{}: {}", before.filename().string(), figure.name, made.empty.toStdString()));
    }
    DS_ASSIGN(const std::vector<ui::DesignedFigure> figures,
              designedFigures(std::move(ready), origin, context));
    for (const ui::DesignedFigure& figure : figures)
        for (const ui::FigureFormat format : formats) {
            fs::path file = before;
            file += figure.panels.front().entry->name;
            file += ui::endingOf(format);
            DS_ASSIGN(const ui::DrawnFigure drawn, drawDesign(figure, format));
            DS_TRY(drawn.writeTo(file));
            files.written.push_back(std::move(file));
        }
    return files;
}

Result<FigureFiles> drawGenome(const DrawnGenome& genome, const RunContext& context) {
    std::error_code failed;
    fs::create_directories(genome.folder, failed);
    if (failed)
        return fail(ErrorKind::Io, "The folder cannot be made: " + failed.message() + ".",
                    genome.folder.string());
    return writeFigures(ui::FigureKind::Genome, ui::GenomeFigureSpec{genome.table}, {genome.study, {}, {}},
                        genome.names, genome.folder / "",
                        {ui::FigureFormat::Svg, ui::FigureFormat::Pdf, ui::FigureFormat::Png}, context);
}

Result<FigureFiles> drawPerson(const DrawnPerson& person, const RunContext& context) {
    const OpenedLocus& opened = person.opened;
    auto story = std::make_shared<const ui::PersonStory>(
        ui::personStory(person.paths, opened.gene->gene, opened.model().unit));
    const ui::PersonFigureSpec spec = ui::figureSpecOf(std::move(story), opened.gene->gene.id,
                                                       person.ofScores, person.sample, person.against);
    return writeFigures(ui::FigureKind::Person, spec, originOf(opened), person.names,
                        person.table.parent_path() / (person.table.stem().string() + "."),
                        {ui::FigureFormat::Svg, ui::FigureFormat::Png}, context);
}

} // namespace diploscope::cli
