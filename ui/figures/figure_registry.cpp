// SPDX-License-Identifier: GPL-3.0-or-later
#include "figures/figure_registry.h"

namespace diploscope::ui {

std::vector<const FigureEntry*> allFigures() {
    std::vector<const FigureEntry*> all;
    for (const FigureKind kind : {FigureKind::Gene, FigureKind::Genome})
        for (const FigureEntry& figure : figuresOf(kind))
            all.push_back(&figure);
    return all;
}

std::span<const FigureEntry> figuresOf(FigureKind kind) {
    return kind == FigureKind::Gene ? geneFigures() : genomeFigures();
}

std::vector<std::string> figureNames(FigureKind kind) {
    std::vector<std::string> names;
    for (const FigureEntry& figure : figuresOf(kind))
        names.emplace_back(figure.name);
    return names;
}

} // namespace diploscope::ui
