// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QRectF>

namespace diploscope::ui {

/// Room between the edges of a chart, or of several, and their plots; scene units.
struct PlotRoom {
    double left = 0;
    double top = 0;
    double right = 0;
    double bottom = 0;
    friend bool operator==(const PlotRoom&, const PlotRoom&) = default;
};

/// What may stand in a grid with others of its kind, plots in one line with plots: whoever has the grid asks
/// each what it needs and gives all the most.
class PlotFrame {
public:
    virtual ~PlotFrame() = default;
    /// By itself, whatever room it was given; it hangs on the size.
    [[nodiscard]] virtual PlotRoom neededRoom() const = 0;
    /// At least as much, which is laid out at once.
    virtual void setLeastRoom(const PlotRoom& room) = 0;
    /// Round all of its plots, in its own coordinates.
    [[nodiscard]] virtual QRectF plotsArea() const = 0;
};

} // namespace diploscope::ui
