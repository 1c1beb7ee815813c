// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "figure/figure_design.h"

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>

/// What a person does to the panels of a figure. Whatever is done, no panel lies on another, the panels stand
/// in the order in which they are read, which is that of their letters, and no row or column is empty.
namespace diploscope {

/// Who has that cell of the grid; row and column from 1.
[[nodiscard]] std::optional<size_t> panelAt(const FigureDesign& design, int row, int column);

/// Puts a figure by itself (designOf()) into one of several: into the first cell that is free, two columns or
/// as many as there are. What it is of is said once where it is the same for all. How numbers come about is
/// what the newest says. \return where it is among the panels
size_t addPanel(FigureDesign& design, const FigureDesign& single);

/// \param panel there is one of that number
void removePanel(FigureDesign& design, size_t panel);

/// Into that cell; whoever has it goes to where the panel was. \param row, column from 1; beyond the grid it
/// grows by one at most \return where the panel is among the panels now
size_t movePanel(FigureDesign& design, size_t panel, int row, int column);

/// Over as many cells of those that are free. \return false where another panel has one of them
bool resizePanel(FigureDesign& design, size_t panel, int rows, int columns);

struct TemplateDesign {
    FigureDesign design;
    size_t leftOut = 0; ///< choices that hold for one gene alone: SNVs, places, limits
};
/// What of a figure can be used with other studies and genes. What a person wrote stays.
[[nodiscard]] TemplateDesign templateOf(FigureDesign design);

/// A template, or any figure, of another study, model and gene: in place of what it says for all its panels.
/// \param model, gene empty: as the figure says
[[nodiscard]] FigureDesign applied(FigureDesign design, const std::filesystem::path& study,
                                   const std::string& model, const std::string& gene);

} // namespace diploscope
