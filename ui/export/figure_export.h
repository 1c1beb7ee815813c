// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QString>

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

class QGraphicsWidget;

namespace diploscope::ui {

/// The printed size of a figure. Journals take 85 mm (one column) and 174 mm (two).
struct FigureSize {
    double widthMm = 85;
    double heightMm = 70;
    int dpi = 300; ///< of PNG only
};

/// What a figure file says about itself: SVG title and desc, PNG text chunks, PDF title and XMP description.
struct FigureInfo {
    QString title;
    std::vector<std::pair<std::string, std::string>> provenance; ///< as in a GeneReport
};

/// Draws a chart (or a widget that holds several), built with ChartStyle::paper(), into a file; the ending of
/// its name chooses
/// `.svg`, `.pdf` or `.png`. 1 scene unit becomes 1 pt; the ground is white. The figure is resized, must not
/// be in a scene, and stays the caller's. Nothing is left behind on failure. \error Unsupported for another
/// ending or a size outside of 10 to 2000 mm; NotFound where no font is installed; Io.
[[nodiscard]] Result<void> saveFigure(QGraphicsWidget& figure, const FigureSize& size, const FigureInfo& info,
                                      const std::filesystem::path& file);

} // namespace diploscope::ui
