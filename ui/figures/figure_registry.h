// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "figures/experiment_figures.h"
#include "figures/gene_figures.h"
#include "figures/genome_figures.h"
#include "figures/person_figures.h"

#include <array>
#include <string>
#include <vector>

namespace diploscope::ui {

inline constexpr std::array FigureKinds{FigureKind::Gene, FigureKind::Genome, FigureKind::Person,
                                        FigureKind::Experiment};

/// Every figure that the program makes is one of a gene, of all genes, of a person or of an experiment; no
/// two have one name.
[[nodiscard]] std::span<const FigureEntry> figuresOf(FigureKind kind);
[[nodiscard]] std::vector<std::string> figureNames(FigureKind kind);

} // namespace diploscope::ui
