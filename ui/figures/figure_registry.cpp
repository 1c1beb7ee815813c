// SPDX-License-Identifier: GPL-3.0-or-later
#include "figures/figure_registry.h"

namespace diploscope::ui {

std::span<const FigureEntry> figuresOf(FigureKind kind) {
    switch (kind) {
    case FigureKind::Gene:
        return geneFigures();
    case FigureKind::Genome:
        return genomeFigures();
    case FigureKind::Person:
        return personFigures();
    case FigureKind::Experiment:
        break;
    }
    return experimentFigures();
}

std::vector<std::string> figureNames(FigureKind kind) {
    std::vector<std::string> names;
    for (const FigureEntry& figure : figuresOf(kind))
        names.emplace_back(figure.name);
    return names;
}

} // namespace diploscope::ui
