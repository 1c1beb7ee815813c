// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/drawing/growth_drawing.h"

#include "charts/growth_chart.h"
#include "cli/drawing/figures.h"
#include "export/figure_export.h"

namespace diploscope::cli {

Result<void> drawGrowth(const std::vector<GrowthCurve>& curves, const std::filesystem::path& file) {
    DS_ASSIGN(const ui::FigureFormat format, ui::figureFormat(file));
    needApplication();
    DS_ASSIGN(const ui::ChartStyle style, ui::ChartStyle::paper());
    const auto figure = ui::growthFigure(curves, style);
    const ui::FigureSize size{.widthMm = ui::twoColumnsMm, .heightMm = 85};
    DS_ASSIGN(
        const ui::DrawnFigure drawn,
        drawFigure(*figure, size, {QStringLiteral("Processor time and peak memory by size"), {}}, format));
    return drawn.writeTo(file);
}

} // namespace diploscope::cli
