// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "charts/figure_sheet.h"
#include "export/figure_export.h"
#include "figures/drawn_design.h"

#include <QString>

#include <memory>
#include <vector>

namespace diploscope::ui {

constexpr double pointsPerMillimetre = 72.0 / 25.4;

/// How high each row would be by itself, mm: as high as the highest panel that it alone holds.
[[nodiscard]] std::vector<double> naturalRows(const DesignedFigure& figure);

/// "panel-a": by its place, whatever letters are drawn. \param panel counted from 0
[[nodiscard]] QString panelName(size_t panel);

/// A figure with its panels in it, and how it lies on its page.
struct Sheet {
    std::unique_ptr<FigureSheet> widget;
    PageLook look;
};

/// Draws the panels and lays them on their grid, with letters, plots in line and axes that share their range.
/// GUI thread. \error as drawDesign()
[[nodiscard]] Result<Sheet> sheetOf(const DesignedFigure& figure);

} // namespace diploscope::ui
