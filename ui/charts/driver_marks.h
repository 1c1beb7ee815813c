// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "charts/annotation_items.h"
#include "charts/furniture.h"
#include "charts/mark_item.h"
#include "viewmodels/gene_text.h"
#include "viewmodels/snv_colour.h"

#include <functional>
#include <vector>

/// How charts show drivers, the same in each: filled as other SNVs are (SnvColour), ringed in the colour and
/// shape of what is known of their verdict, area by gain.
namespace diploscope::ui {

/// Ring of a driver's mark. Hollow where these people cannot decide its verdict.
struct DriverLook : MarkLook {
    bool hollow = false;
};
[[nodiscard]] DriverLook driverLook(Standing standing, const Theme& theme);

/// \param shade 0 to 1
[[nodiscard]] Mark driverAt(double x, double y, double shade, const DriverMark& driver,
                            const ChartStyle& style);

/// Puts all drivers into a layer of their own, above other SNVs. \param markOf the driver's own mark, by
/// driverAt() \return their labels
[[nodiscard]] std::vector<LabelItem::Label> markDrivers(MarkItem& drawn,
                                                        const std::vector<DriverMark>& drivers,
                                                        const MarkLayerLook& look,
                                                        const std::function<Mark(const DriverMark&)>& markOf);

/// The squares round the marks of a layer that `map` shows, in scene units, for words to keep off.
[[nodiscard]] std::vector<QRectF> markRects(const MarkItem& layer, const PlotMap& map);

/// The look of SNVs coloured by how frequent they are (SnvColour); drivers share it. A mark's colour is
/// ColourScale::step() of its shade.
[[nodiscard]] MarkLayerLook frequencyLook(const ChartStyle& style);
[[nodiscard]] std::vector<ColourBarItem::Tick> frequencyTicks(SnvColour colour);

/// One entry for each standing among the drivers.
[[nodiscard]] std::vector<LegendItem::Entry> standingLegend(const std::vector<DriverMark>& drivers,
                                                            const Theme& theme);

} // namespace diploscope::ui
