// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "figures/gene_figures.h"
#include "figures/genome_figures.h"

#include <string>
#include <vector>

namespace diploscope::ui {

/// Every figure that the program makes, those of a gene first; no two have one name.
[[nodiscard]] std::vector<const FigureEntry*> allFigures();
[[nodiscard]] std::span<const FigureEntry> figuresOf(FigureKind kind);
[[nodiscard]] std::vector<std::string> figureNames(FigureKind kind);

} // namespace diploscope::ui
