// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/run_context.h"
#include "figures/experiment_figures.h"
#include "figures/figure_origin.h"
#include "figures/gene_figures.h"

#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace CLI {
class App;
class Option;
} // namespace CLI

namespace diploscope::cli {

/// `--figure NAME`, beside `--figures`: only these are drawn. A name that no figure of this kind has is an
/// error that lists those there are.
void addFigureNames(CLI::App& command, CLI::Option& figures, ui::FigureKind kind,
                    std::vector<std::string>& names);

/// Makes Qt ready to draw without a display, unless the program is already. Qt allows a process one life of
/// it: it ends with the process. From the main thread.
void needApplication();

/// What became of figures.
struct FigureFiles {
    std::vector<std::filesystem::path> written; ///< in order of writing
    std::vector<std::string> skipped;           ///< "figure_2C: No PrediXcan database: ..."
};
/// Says which files were written, unless `quiet`, and on stderr what could not be drawn. \param stream stderr
/// where stdout is for numbers
void tellFigures(const FigureFiles& files, bool quiet, std::FILE* stream = stdout);

/// Draws a gene's figures into `folder`, `STEM.NAME` with the registered names, each as `.svg` and `.png`;
/// those with nothing to show are left out. Needs no display (needApplication()). To be called from the main
/// thread. Built only with the option DIPLOSCOPE_UI. \param names of the figures wanted; none:
/// all \param origin of the data, for the files' proof \error NotFound where a file of the study is not
/// there any more; Io.
[[nodiscard]] Result<FigureFiles> writeGeneFigures(const ui::GeneFigureSpec& spec,
                                                   const ui::FigureOrigin& origin,
                                                   const std::vector<std::string>& names,
                                                   const std::filesystem::path& folder,
                                                   const std::string& stem, const RunContext& context);

/// Draws a figure of an experiment to a file, whose ending chooses the format. Otherwise as
/// writeGeneFigures(). \error Unsupported for another ending; NotFound where there is nothing to show; Io
[[nodiscard]] Result<void> writeExperimentFigure(ui::ExperimentFigure figure,
                                                 const ui::ExperimentFigureSpec& spec,
                                                 const ui::FigureOrigin& origin,
                                                 const std::filesystem::path& file,
                                                 const RunContext& context);

/// Draws the figures of all genes (METHODS 11) into `folder`, which is made where it is missing, each as
/// `.svg`, `.pdf` and `.png` with the run's provenance and the null chosen inside. Otherwise as
/// writeGeneFigures().
[[nodiscard]] Result<FigureFiles> writeGenomeFigures(const std::shared_ptr<const GenomeTable>& table,
                                                     const ui::FigureOrigin& origin,
                                                     const std::vector<std::string>& names,
                                                     const std::filesystem::path& folder,
                                                     const RunContext& context);

/// Draws a person's figures beside a table of theirs, `STEM.NAME`. Otherwise as writeGeneFigures().
[[nodiscard]] Result<FigureFiles> writePersonFigures(const ui::PersonFigureSpec& spec,
                                                     const ui::FigureOrigin& origin,
                                                     const std::vector<std::string>& names,
                                                     const std::filesystem::path& folder,
                                                     const std::string& stem, const RunContext& context);

} // namespace diploscope::cli
