// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/label_placement.h"

#include <QLineF>

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <limits>

namespace diploscope::ui {
namespace {

/// Directions from a mark to its label, in the order in which readers expect them.
constexpr std::array<std::pair<double, double>, 8> directions{
    {{1, 0}, {-1, 0}, {1, -1}, {-1, -1}, {1, 1}, {-1, 1}, {0, -1}, {0, 1}}};
constexpr int rings = 6; ///< how many times a label may step away from its mark

QRectF candidate(const LabelRequest& label, std::pair<double, double> direction, double distance) {
    const auto [right, down] = direction;
    const bool diagonal = right != 0 && down != 0;
    const double reach = diagonal ? distance * std::sqrt(0.5) : distance;
    const QPointF centre(label.anchor.x() + right * (reach + label.size.width() / 2),
                         label.anchor.y() + down * (reach + label.size.height() / 2));
    return {centre - QPointF(label.size.width() / 2, label.size.height() / 2), label.size};
}

/// Twice the area of a b c: its sign says on which side of a b the point c lies.
double turn(const QPointF& a, const QPointF& b, const QPointF& c) {
    return (b.x() - a.x()) * (c.y() - a.y()) - (b.y() - a.y()) * (c.x() - a.x());
}

bool cross(const QLineF& one, const QLineF& other) {
    const auto parts = [](const QLineF& line, const QLineF& points) {
        return turn(line.p1(), line.p2(), points.p1()) * turn(line.p1(), line.p2(), points.p2()) < 0;
    };
    return parts(one, other) && parts(other, one);
}

} // namespace

QPointF leaderEnd(const QPointF& anchor, const QRectF& label) {
    return {std::clamp(anchor.x(), label.left(), label.right()),
            std::clamp(anchor.y(), label.top(), label.bottom())};
}

std::vector<std::optional<QRectF>> placeLabels(std::span<const LabelRequest> labels, const QRectF& bounds,
                                               std::span<const QRectF> obstacles,
                                               std::span<const QPointF> points) {
    std::vector<QRectF> taken(obstacles.begin(), obstacles.end());
    std::vector<QLineF> leaders; // of labels that need none, too: what comes between hides whose label it is
    std::vector<std::optional<QRectF>> places;
    places.reserve(labels.size());
    for (const LabelRequest& label : labels) {
        // Only points that some place of this label could cover, because there may be tens of thousands.
        const double reach = label.clearance + rings * label.size.height();
        const QRectF within(label.anchor - QPointF(reach + label.size.width(), reach + label.size.height()),
                            label.anchor + QPointF(reach + label.size.width(), reach + label.size.height()));
        std::vector<QPointF> near;
        std::copy_if(points.begin(), points.end(), std::back_inserter(near),
                     [&within](const QPointF& point) { return holds(within, point); });

        std::optional<QRectF> best;
        double bestCost = std::numeric_limits<double>::infinity();
        for (int ring = 0; ring < rings; ++ring) {
            const double distance = label.clearance + ring * label.size.height();
            for (size_t d = 0; d < directions.size(); ++d) {
                const QRectF place = candidate(label, directions[d], distance);
                const auto overlaps = [&place](const QRectF& other) { return place.intersects(other); };
                if (!bounds.contains(place) || std::any_of(taken.begin(), taken.end(), overlaps))
                    continue;
                const QLineF leader(label.anchor, leaderEnd(label.anchor, place));
                if (std::any_of(leaders.begin(), leaders.end(),
                                [&leader](const QLineF& other) { return cross(leader, other); }))
                    continue;
                const auto covered = std::count_if(
                    near.begin(), near.end(), [&place](const QPointF& point) { return holds(place, point); });
                // A step away weighs as much as two covered points: far labels are harder to read than
                // crowded ones. But a place that covers none is worth a step: what it would cover is lost.
                const double cost = static_cast<double>(covered) + (covered > 0 ? 1.5 : 0.0) + 2.0 * ring +
                                    0.1 * static_cast<double>(d);
                if (cost < bestCost) {
                    bestCost = cost;
                    best = place;
                }
            }
        }
        if (best) {
            taken.push_back(*best);
            leaders.emplace_back(label.anchor, leaderEnd(label.anchor, *best));
        }
        places.push_back(best);
    }
    return places;
}

} // namespace diploscope::ui
