// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "charts/figure.h"
#include "charts/ticks.h"

#include <QPointF>

#include <optional>
#include <vector>

namespace diploscope::ui {

/// A datum that a figure shows, and where.
struct MarkStep {
    size_t datum = 0;
    size_t track = 0;
    QPointF at; ///< data coordinates of that track
};

/// From datum to datum as keys walk through them: along x, or along y.
/// \param tracks that share their x axis; of a datum in several the first one counts
/// \param from empty: none yet, and the first or last one within `seen` is next
/// \param forward to larger values; of equal ones to the larger datum
/// \param seen the range of the first track along that axis
/// \return empty where there is no other
[[nodiscard]] std::optional<MarkStep> nextMark(const std::vector<FigureTrack>& tracks,
                                               const std::optional<size_t>& from, bool alongX, bool forward,
                                               const AxisRange& seen);

/// Where a datum stands; empty where no track shows it.
[[nodiscard]] std::optional<MarkStep> markOf(const std::vector<FigureTrack>& tracks, size_t datum);

} // namespace diploscope::ui
