// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/mark_shape.h"

#include <QPolygonF>

namespace diploscope::ui {
namespace {

// Sides and diagonals as multiples of the diameter, for the area pi/4 d^2 of the circle. The triangle is
// drawn a little smaller than that: pointed shapes look larger than they are.
constexpr double squareSide = 0.886;
constexpr double diamondDiagonal = 1.253;
constexpr double triangleSide = 1.28;
constexpr double triangleHeight = triangleSide * 0.866;

} // namespace

QPainterPath markPath(MarkShape shape, QPointF centre, double diameter) {
    QPainterPath path;
    switch (shape) {
    case MarkShape::Circle:
        path.addEllipse(centre, diameter / 2, diameter / 2);
        break;
    case MarkShape::Square: {
        const double side = squareSide * diameter;
        path.addRect(centre.x() - side / 2, centre.y() - side / 2, side, side);
        break;
    }
    case MarkShape::Triangle:
    case MarkShape::TriangleDown: {
        const double half = triangleSide * diameter / 2;
        const double height = (shape == MarkShape::Triangle ? 1 : -1) * triangleHeight * diameter;
        // The centroid, not the middle of the box, stands on the datum.
        path.addPolygon(QPolygonF({centre + QPointF(0, -height * 2 / 3), centre + QPointF(half, height / 3),
                                   centre + QPointF(-half, height / 3)}));
        path.closeSubpath();
        break;
    }
    case MarkShape::Diamond: {
        const double half = diamondDiagonal * diameter / 2;
        path.addPolygon(QPolygonF({centre + QPointF(0, -half), centre + QPointF(half, 0),
                                   centre + QPointF(0, half), centre + QPointF(-half, 0)}));
        path.closeSubpath();
        break;
    }
    }
    return path;
}

double markExtent(MarkShape shape, double diameter) {
    switch (shape) {
    case MarkShape::Circle:
        return diameter / 2;
    case MarkShape::Square:
        return squareSide * diameter / 2;
    case MarkShape::Triangle:
    case MarkShape::TriangleDown:
        return triangleHeight * diameter * 2 / 3;
    case MarkShape::Diamond:
        break;
    }
    return diamondDiagonal * diameter / 2;
}

} // namespace diploscope::ui
