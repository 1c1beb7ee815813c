// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPointF>
#include <QRectF>
#include <QSizeF>

#include <optional>
#include <span>
#include <vector>

namespace diploscope::ui {

/// A label that wants to stand beside its mark.
struct LabelRequest {
    QPointF anchor;       ///< centre of the mark
    QSizeF size;          ///< of the text
    double clearance = 0; ///< from the anchor to the nearest edge of the label
};

/// Whether `point` lies within `rect`. QRectF::contains() sorts out negative sizes first, which costs a frame
/// over 20,000 points.
[[nodiscard]] inline bool holds(const QRectF& rect, const QPointF& point) {
    return point.x() >= rect.left() && point.x() <= rect.right() && point.y() >= rect.top() &&
           point.y() <= rect.bottom();
}

/// Where the leader from a mark at `anchor` ends: the nearest point of its label.
[[nodiscard]] QPointF leaderEnd(const QPointF& anchor, const QRectF& label);

/// Finds places for labels, first come first served: beside the mark, else farther out (drawn with a leader).
/// Of the places that are free, the one that touches the fewest `points` and whose leader passes over the
/// fewest obstacles wins, then the nearest. \param bounds labels stay within. \param obstacles that no label
/// may overlap: marks of drivers, words in corners, lines. \param points that a label should rather not
/// touch. \param pointRadius of each, scene units. \return [labels] a rectangle of the asked size, or nothing
/// where there is no room. No two overlap, no two leaders cross, and none runs through a label: whose label
/// is whose could not be read.
[[nodiscard]] std::vector<std::optional<QRectF>>
placeLabels(std::span<const LabelRequest> labels, const QRectF& bounds, std::span<const QRectF> obstacles,
            std::span<const QPointF> points, double pointRadius = 0);

} // namespace diploscope::ui
