// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/drawing/figures.h"

#include "cli/console.h"
#include "figures/figure_registry.h"
#include "gui/application.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <string>

namespace diploscope::cli {
namespace {

namespace fs = std::filesystem;

void needApplication() {
    if (QCoreApplication::instance() == nullptr)
        // Never deleted: it would go after objects that it needs, and the process is ending then anyway.
        (void)gui::makeApplication(true).release();
}

/// \param before what all names of files begin with
Result<FigureFiles> writeFigures(ui::FigureKind kind, const ui::FigureSpec& spec,
                                 const std::vector<std::string>& names, const fs::path& before,
                                 const std::vector<const char*>& endings) {
    needApplication();
    DS_ASSIGN(const ui::ChartStyle style, ui::ChartStyle::paper());
    FigureFiles files;
    for (const ui::FigureEntry& figure : ui::figuresOf(kind)) {
        if (!names.empty() && std::find(names.begin(), names.end(), figure.name) == names.end())
            continue;
        const ui::ReadyFigure ready = figure.make(spec);
        fs::path stem = before;
        stem += figure.name;
        if (!ready.empty.isEmpty()) {
            files.skipped.push_back(stem.filename().string() + ": " + ready.empty.toStdString());
            continue;
        }
        for (const char* ending : endings) {
            fs::path file = stem;
            file += ending;
            // Drawn anew for each, as the window does.
            DS_TRY(ui::saveFigure(*ready.draw(style, ui::Medium::Paper).widget, ready.sized(figure.size),
                                  ready.info, file));
            files.written.push_back(file);
        }
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

void tellFigures(const FigureFiles& files, std::FILE* stream) {
    for (const fs::path& file : files.written)
        sayTo(stream, "  {}\n", shown(file.string()));
    for (const std::string& skipped : files.skipped)
        warn("Not drawn: {}\n", skipped);
}

Result<FigureFiles> writeGeneFigures(const ui::GeneFigureSpec& spec, const std::vector<std::string>& names,
                                     const fs::path& folder, const std::string& stem) {
    return writeFigures(ui::FigureKind::Gene, spec, names, folder / (stem + "."), {".svg", ".png"});
}

Result<void> writeExperimentFigure(ui::ExperimentFigure figure, const ui::ExperimentFigureSpec& spec,
                                   const fs::path& file) {
    needApplication();
    DS_ASSIGN(const ui::ChartStyle style, ui::ChartStyle::paper());
    const ui::FigureEntry& entry = ui::registered(figure);
    const ui::ReadyFigure ready = entry.make(spec);
    if (!ready.empty.isEmpty())
        return fail(ErrorKind::NotFound, ready.empty.toStdString(), file.string(),
                    "The table has what there is.");
    return ui::saveFigure(*ready.draw(style, ui::Medium::Paper).widget, entry.size, ready.info, file);
}

Result<FigureFiles> writeGenomeFigures(const std::shared_ptr<const GenomeTable>& table,
                                       const std::vector<std::string>& names, const fs::path& folder) {
    std::error_code failed;
    fs::create_directories(folder, failed);
    if (failed)
        return fail(ErrorKind::Io, "The folder cannot be made: " + failed.message() + ".", folder.string());
    return writeFigures(ui::FigureKind::Genome, ui::GenomeFigureSpec{table}, names, folder / "",
                        {".svg", ".pdf", ".png"});
}

Result<FigureFiles> writePersonFigures(const ui::PersonFigureSpec& spec,
                                       const std::vector<std::string>& names, const fs::path& folder,
                                       const std::string& stem) {
    return writeFigures(ui::FigureKind::Person, spec, names, folder / (stem + "."), {".svg", ".png"});
}

} // namespace diploscope::cli
