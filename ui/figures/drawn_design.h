// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "figure/figure_design.h"
#include "figure/figure_proof.h"
#include "figures/figure_entry.h"

#include <QRectF>
#include <QString>

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace diploscope::ui {

/// A figure that was specified, and the data of its panels: all that decides its bytes. A plain value.
struct DesignedFigure {
    struct Panel {
        const FigureEntry* entry = nullptr; ///< never null
        ReadyFigure ready;
    };
    FigureDesign design;
    std::vector<Panel> panels;                   ///< as the design's
    std::vector<FigureProof::UsedStudy> studies; ///< in the order in which panels first use them
    /// The specification as the file has it that is made again; empty: as figureJson() writes it.
    std::optional<nlohmann::json> asWritten = {};
};

/// The entry of that name. \error NotFound with the nearest names
[[nodiscard]] Result<const FigureEntry*> figureNamed(const std::string& name);

/// How large it is printed: as it is specified, else as its panels ask for.
[[nodiscard]] FigureSize sizeOf(const DesignedFigure& figure);

/// What its file says of itself.
[[nodiscard]] FigureProof proofOf(const DesignedFigure& figure, FigureFormat format);

/// The one way from a specification to bytes, for the window, commands and templates: draws the panels on
/// their grid, with letters, plots in line, and the proof in the file. GUI thread.
/// \error NotFound: a font that is not installed; of a figure by itself, that there is nothing to show;
/// BadInput: a label or limits that a figure of several charts does not have; those of drawFigure()
[[nodiscard]] Result<DrawnFigure> drawDesign(const DesignedFigure& figure, FigureFormat format);

/// Where a panel lies on the figure, in mm from its top left corner, and what its labels say by themselves.
struct PanelPlace {
    QRectF whole;                  ///< its cell
    QRectF plots;                  ///< round all of its plots; empty: it has none
    QString title, xLabel, yLabel; ///< empty: it has none, or several
};
/// A figure as it will be, to be looked at.
struct DesignPicture {
    DrawnFigure drawn; ///< a PNG, whose picture() any thread may ask for
    QSizeF sizeMm;
    std::vector<PanelPlace> places; ///< as the design's panels
};
/// \param dpi of the picture \error as drawDesign
[[nodiscard]] Result<DesignPicture> pictureOf(const DesignedFigure& figure, int dpi);

/// What its panels draw: "" and the table of the one panel, "a", "b" of several. \error Internal
[[nodiscard]] std::vector<std::pair<std::string, TableWriter>> valuesOf(const DesignedFigure& figure);

} // namespace diploscope::ui
