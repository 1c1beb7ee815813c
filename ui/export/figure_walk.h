// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <map>

class QGraphicsItem;
class QPainter;

namespace diploscope::ui {

class FigureRecorder;

/// What groups are called that items by themselves do not name: panels, and charts that share one.
using PartNames = std::map<const QGraphicsItem*, QString>;

/// Draws an item and all below it in the order of a scene, each part of a chart into a group of its own:
/// `panel-a/axis-x/labels`, `panel-a/marks`. Texts of Qt Charts go as they are laid out, each line with the
/// anchor that its axis gives it; marks are left to whoever draws the record.
/// \param painter on `recorder`; its transform is from scene units to points
void walkFigure(QGraphicsItem& item, const PartNames& names, QPainter& painter, FigureRecorder& recorder);

} // namespace diploscope::ui
