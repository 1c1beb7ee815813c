// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "figure/figure_design.h"
#include "figure/figure_proof.h"
#include "figures/figure_entry.h"

#include <QImage>
#include <QRectF>
#include <QString>

#include <filesystem>
#include <functional>
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
/// drawDesign(), or who has it done on the GUI thread.
using FigureDrawer = std::function<Result<DrawnFigure>(const DesignedFigure&, FigureFormat)>;

/// Where a panel lies on the figure, in mm from its top left corner, and what its labels say by themselves.
struct PanelPlace {
    int row = 1, column = 1, rows = 1, columns = 1; ///< of the grid, as the design says it
    QRectF whole;                                   ///< its cell
    QRectF plots;                                   ///< round all of its plots; empty: it has none
    QString title, xLabel, yLabel;                  ///< empty: it has none, or several
};
/// A cell of the grid that no panel has.
struct FreeCell {
    int row = 1, column = 1;
    QRectF whole; ///< mm
};
/// A figure as it will be, to be looked at.
struct DesignPicture {
    DrawnFigure drawn; ///< as a PNG, until there are
    QImage pixels;     ///< once fillPicture() has them
    QSizeF sizeMm;
    std::vector<PanelPlace> places; ///< as the design's panels
    std::vector<FreeCell> free;
};
/// \param dpi of the picture \error as drawDesign
[[nodiscard]] Result<DesignPicture> pictureOf(const DesignedFigure& figure, int dpi);

/// What its panels draw, for a journal's "source data": one text, a table in TSV for each panel, and where
/// there are several, a line `# panel: a, ism` before each. Empty where there is nothing.
[[nodiscard]] std::string valuesOf(const DesignedFigure& figure);
/// Beside a figure's file: "a.tsv" of "a.svg".
[[nodiscard]] std::filesystem::path valuesFileOf(const std::filesystem::path& figure);
/// All or nothing; no file where there is nothing. \error Io
[[nodiscard]] Result<void> writeValues(const DesignedFigure& figure, const std::filesystem::path& file);

} // namespace diploscope::ui
