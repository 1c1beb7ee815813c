// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPainterPath>
#include <QPointF>

#include <cstdint>

namespace diploscope::ui {

enum class MarkShape : uint8_t { Circle, Triangle, Square, Diamond, TriangleDown };

/// The outline of a mark. Shapes are scaled to the area of the circle, so that none looks more important.
/// \param diameter of the circle, scene units.
[[nodiscard]] QPainterPath markPath(MarkShape shape, QPointF centre, double diameter);

/// Half the side of the square round the centre that holds the shape.
[[nodiscard]] double markExtent(MarkShape shape, double diameter);

} // namespace diploscope::ui
