// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/label_placement.h"

#include <QLineF>

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <numeric>

namespace diploscope::ui {
namespace {

/// Directions from a mark to its label, in the order in which readers expect them.
constexpr std::array<std::pair<double, double>, 8> directions{
    {{1, 0}, {-1, 0}, {1, -1}, {-1, -1}, {1, 1}, {-1, 1}, {0, -1}, {0, 1}}};
constexpr int rings = 6;      ///< how many times a label may step away from its mark
constexpr int mostOrders = 8; ///< tried until all labels have a place

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

/// Whether some of `line` lies within `rect`.
bool runsThrough(const QLineF& line, const QRectF& rect) {
    if (holds(rect, line.p1()) || holds(rect, line.p2()))
        return true;
    return cross(line, {rect.topLeft(), rect.bottomRight()}) ||
           cross(line, {rect.topRight(), rect.bottomLeft()});
}

bool touches(const QRectF& rect, const QPointF& point, double radius) {
    const QPointF way = leaderEnd(point, rect) - point;
    return way.x() * way.x() + way.y() * way.y() <= radius * radius;
}

/// Where a label may stand, whatever becomes of the others.
struct Place {
    QRectF rect;
    QLineF leader; ///< also where none is drawn: what comes between hides whose label it is
    double cost = 0;
};

/// The best first.
std::vector<Place> freePlaces(const LabelRequest& label, const QRectF& bounds,
                              std::span<const QRectF> obstacles, std::span<const QPointF> points,
                              double pointRadius) {
    // Only points that some place of this label could touch, because there may be tens of thousands.
    const double reach = label.clearance + rings * label.size.height() + pointRadius;
    const QRectF within(label.anchor - QPointF(reach + label.size.width(), reach + label.size.height()),
                        label.anchor + QPointF(reach + label.size.width(), reach + label.size.height()));
    std::vector<QPointF> near;
    std::copy_if(points.begin(), points.end(), std::back_inserter(near),
                 [&within](const QPointF& point) { return holds(within, point); });
    std::vector<Place> places;
    for (int ring = 0; ring < rings; ++ring) {
        const double distance = label.clearance + ring * label.size.height();
        for (size_t d = 0; d < directions.size(); ++d) {
            const QRectF rect = candidate(label, directions[d], distance);
            if (!bounds.contains(rect) ||
                std::any_of(obstacles.begin(), obstacles.end(),
                            [&rect](const QRectF& other) { return rect.intersects(other); }))
                continue;
            const QLineF leader(label.anchor, leaderEnd(label.anchor, rect));
            const auto covered = std::count_if(near.begin(), near.end(), [&](const QPointF& point) {
                return touches(rect, point, pointRadius);
            });
            const auto passed =
                std::count_if(obstacles.begin(), obstacles.end(), [&](const QRectF& obstacle) {
                    return !holds(obstacle, label.anchor) && runsThrough(leader, obstacle);
                });
            // A step away weighs as much as two covered points: far labels are harder to read than
            // crowded ones. But a place that covers none is worth a step: what it would cover is lost.
            places.push_back({rect, leader,
                              static_cast<double>(covered) + (covered > 0 ? 1.5 : 0.0) + 2.0 * ring +
                                  0.1 * static_cast<double>(d) + static_cast<double>(passed)});
        }
    }
    std::stable_sort(places.begin(), places.end(),
                     [](const Place& one, const Place& other) { return one.cost < other.cost; });
    return places;
}

bool areInEachOthersWay(const Place& one, const Place& other) {
    return one.rect.intersects(other.rect) || cross(one.leader, other.leader) ||
           runsThrough(one.leader, other.rect) || runsThrough(other.leader, one.rect);
}

/// Each gets the best of its places that is not in the way of those before it. \return [free], null: none
std::vector<const Place*> setInOrder(const std::vector<size_t>& order,
                                     const std::vector<std::vector<Place>>& free) {
    std::vector<const Place*> set(free.size(), nullptr);
    for (const size_t label : order)
        for (const Place& place : free[label])
            if (std::none_of(set.begin(), set.end(), [&place](const Place* other) {
                    return other != nullptr && areInEachOthersWay(place, *other);
                })) {
                set[label] = &place;
                break;
            }
    return set;
}

long missingOf(const std::vector<const Place*>& set) {
    return std::count(set.begin(), set.end(), nullptr);
}

} // namespace

QPointF leaderEnd(const QPointF& anchor, const QRectF& label) {
    return {std::clamp(anchor.x(), label.left(), label.right()),
            std::clamp(anchor.y(), label.top(), label.bottom())};
}

std::vector<std::optional<QRectF>> placeLabels(std::span<const LabelRequest> labels, const QRectF& bounds,
                                               std::span<const QRectF> obstacles,
                                               std::span<const QPointF> points, double pointRadius) {
    std::vector<std::vector<Place>> free;
    free.reserve(labels.size());
    for (const LabelRequest& label : labels)
        free.push_back(freePlaces(label, bounds, obstacles, points, pointRadius));
    std::vector<size_t> order(labels.size());
    std::iota(order.begin(), order.end(), size_t{0});
    std::vector<const Place*> best = setInOrder(order, free);
    // Where one finds no room because another came first, it is asked first.
    std::vector<const Place*> found = best;
    for (int again = 0; again < mostOrders && missingOf(found) > 0; ++again) {
        std::stable_partition(order.begin(), order.end(),
                              [&found](size_t label) { return found[label] == nullptr; });
        found = setInOrder(order, free);
        if (missingOf(found) < missingOf(best))
            best = found;
    }
    std::vector<std::optional<QRectF>> places(labels.size());
    for (size_t i = 0; i < labels.size(); ++i)
        if (best[i] != nullptr)
            places[i] = best[i]->rect;
    return places;
}

} // namespace diploscope::ui
