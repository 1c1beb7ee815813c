// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "charts/figure_parts.h"
#include "charts/mark_item.h"
#include "charts/plot_chart.h"

#include <QGraphicsWidget>

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace diploscope::ui {

/// One chart of a figure and what in it a person may point at.
struct FigureTrack {
    PlotChart* chart = nullptr;          ///< owned by the figure's widget, or that widget itself
    std::vector<const MarkItem*> layers; ///< the topmost last
    /// [Mark::source], what the mark stands for: an index into the report, or a row of the genome table.
    std::vector<size_t> datum;
    const FigureParts* parts = nullptr; ///< what is there besides marks; null: nothing. The chart's
    /// Marks people in it, indices into the report, and nobody else; null: it shows none.
    std::function<void(const std::set<size_t>&)> markPeople = {};
    std::string key = {}; ///< of a track of the locus (LocusTrack)
    QString title = {};   ///< the same for a person
};

/// What a ChartView shows and an exporter prints: one chart, or several that share their x axis.
struct Figure {
    std::unique_ptr<QGraphicsWidget> widget;
    std::vector<FigureTrack> tracks; ///< top to bottom
};

/// On screen the window says what is shown; on paper the figure must say so itself.
enum class Medium { Screen, Paper };

/// A figure of one chart, whose header is on paper alone. \param layers, datum as in FigureTrack
[[nodiscard]] Figure figureOf(std::unique_ptr<PlotChart> chart, std::vector<const MarkItem*> layers,
                              std::vector<size_t> datum, Medium medium);

/// Builds a figure from an immutable view-model that it holds: the same for every style, on screen and on
/// paper. GUI thread.
using FigureMaker = std::function<Figure(const ChartStyle&, Medium)>;

/// Draws one track of a figure anew, where all else of it is as it was. \param figure as shown \return the
/// new track, in whose place the old one is gone; empty where there is no such track: then nothing was
/// changed
using TrackMaker = std::function<std::optional<FigureTrack>(QGraphicsWidget& figure, const std::string& key)>;

} // namespace diploscope::ui
