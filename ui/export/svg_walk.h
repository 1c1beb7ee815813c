// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "export/svg_engine.h"

#include <QString>

#include <map>

class QGraphicsItem;
class QPainter;

namespace diploscope::ui {

/// What groups are called that items by themselves do not name: panels, and charts that share one.
using PartNames = std::map<const QGraphicsItem*, QString>;

/// Draws an item and all below it in the order of a scene, each part of a chart into a group of its own:
/// `panel-a/axis-x/labels`, `panel-a/marks`. Texts of Qt Charts go as they are laid out, each line with the
/// anchor that its axis gives it; marks are left to whoever writes the drawing.
/// \param painter on `engine`; its transform is from scene units to points
void walkIntoSvg(QGraphicsItem& item, const PartNames& names, QPainter& painter, SvgEngine& engine);

} // namespace diploscope::ui
