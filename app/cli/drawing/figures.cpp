// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/drawing/figures.h"

#include "base/stage_clock.h"
#include "cli/options/console.h"
#include "figures/figure_registry.h"
#include "gui/application.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>

namespace diploscope::cli {
namespace {

namespace fs = std::filesystem;

/// \param before what all names of files begin with
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

} // namespace

void addFigureNames(CLI::App& command, CLI::Option& figures, ui::FigureKind kind,
                    std::vector<std::string>& names) {
    command.add_option("--figure", names, "Draw this figure and no other; may be given several times")
        ->check(CLI::IsMember(ui::figureNames(kind)))
        ->needs(&figures)
        ->allow_extra_args(false)
        ->type_name("NAME");
}

void needApplication() {
    if (QCoreApplication::instance() == nullptr)
        // Never deleted: it would go after objects that it needs, and the process is ending then anyway.
        (void)gui::makeApplication(true).release();
}

void tellFigures(const FigureFiles& files, bool quiet, std::FILE* stream) {
    if (!quiet)
        for (const fs::path& file : files.written)
            sayTo(stream, "  {}\n", shown(file.string()));
    for (const std::string& skipped : files.skipped)
        warn("Not drawn: {}\n", skipped);
}

Result<FigureFiles> writeGeneFigures(const ui::GeneFigureSpec& spec, const ui::FigureOrigin& origin,
                                     const std::vector<std::string>& names, const fs::path& folder,
                                     const std::string& stem, const RunContext& context) {
    return writeFigures(ui::FigureKind::Gene, spec, origin, names, folder / (stem + "."),
                        {ui::FigureFormat::Svg, ui::FigureFormat::Png}, context);
}

Result<void> writeExperimentFigure(ui::ExperimentFigure figure, const ui::ExperimentFigureSpec& spec,
                                   const ui::FigureOrigin& origin, const fs::path& file,
                                   const RunContext& context) {
    const StageTime time(context, Stage::Draw);
    DS_ASSIGN(const ui::FigureFormat format, ui::figureFormat(file));
    needApplication();
    const ui::FigureEntry& entry = ui::registered(figure);
    ui::ReadyFigure ready = entry.make(spec);
    if (!ready.empty.isEmpty())
        return fail(ErrorKind::NotFound, ready.empty.toStdString(), file.string(),
                    "The table has what there is.");
    DS_ASSIGN(const std::vector<ui::DesignedFigure> figures,
              designedFigures({{&entry, std::move(ready)}}, origin, context));
    DS_ASSIGN(const ui::DrawnFigure drawn, drawDesign(figures.front(), format));
    return drawn.writeTo(file);
}

Result<FigureFiles> writeGenomeFigures(const std::shared_ptr<const GenomeTable>& table,
                                       const ui::FigureOrigin& origin, const std::vector<std::string>& names,
                                       const fs::path& folder, const RunContext& context) {
    std::error_code failed;
    fs::create_directories(folder, failed);
    if (failed)
        return fail(ErrorKind::Io, "The folder cannot be made: " + failed.message() + ".", folder.string());
    return writeFigures(ui::FigureKind::Genome, ui::GenomeFigureSpec{table}, origin, names, folder / "",
                        {ui::FigureFormat::Svg, ui::FigureFormat::Pdf, ui::FigureFormat::Png}, context);
}

Result<FigureFiles> writePersonFigures(const ui::PersonFigureSpec& spec, const ui::FigureOrigin& origin,
                                       const std::vector<std::string>& names, const fs::path& folder,
                                       const std::string& stem, const RunContext& context) {
    return writeFigures(ui::FigureKind::Person, spec, origin, names, folder / (stem + "."),
                        {ui::FigureFormat::Svg, ui::FigureFormat::Png}, context);
}

} // namespace diploscope::cli
