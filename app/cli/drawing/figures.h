// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/run_context.h"
#include "cli/requests/drawn_figures.h"
#include "figures/figure_entry.h"
#include "figures/figure_origin.h"

#include <filesystem>
#include <string>
#include <vector>

namespace diploscope::cli {

/// Makes Qt ready to draw without a display, unless the program is already. Qt allows a process one life of
/// it: it ends with the process. From the main thread.
void needApplication();

/// Draws figures of a kind, those with nothing to show left out. From the main thread.
/// \param origin of the data, for the files' proof \param names of the figures wanted; none: all
/// \param before what all names of files begin with
[[nodiscard]] Result<FigureFiles>
writeFigures(ui::FigureKind kind, const ui::FigureSpec& spec, const ui::FigureOrigin& origin,
             const std::vector<std::string>& names, const std::filesystem::path& before,
             const std::vector<ui::FigureFormat>& formats, const RunContext& context);

/// Each as the function of the same name of WindowModule.
[[nodiscard]] Result<FigureFiles> drawGene(const DrawnGene& gene, const RunContext& context);
[[nodiscard]] Result<FigureFiles> drawGenome(const DrawnGenome& genome, const RunContext& context);
[[nodiscard]] Result<FigureFiles> drawPerson(const DrawnPerson& person, const RunContext& context);

} // namespace diploscope::cli
