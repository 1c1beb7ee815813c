// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "charts/annotation_items.h"
#include "charts/furniture.h"
#include "charts/mark_raster.h"
#include "viewmodels/gene_text.h"

#include <vector>

/// How charts show drivers, the same in each: filled by MAF, ringed in the verdict's colour and shape, area
/// by gain.
namespace diploscope::ui {

/// \param maf 0 to 0.5
[[nodiscard]] Mark driverAt(double x, double y, double maf, const DriverMark& driver,
                            const ChartStyle& style);
[[nodiscard]] LabelItem::Label driverLabel(const Mark& mark, const DriverMark& driver);

/// The look of SNVs coloured by MAF; drivers share it.
[[nodiscard]] MarkLayerLook frequencyLook(const ChartStyle& style);
[[nodiscard]] uint8_t frequencyStep(double maf);
[[nodiscard]] std::vector<ColourBarItem::Tick> frequencyTicks();

/// One entry for each verdict among the drivers.
[[nodiscard]] std::vector<LegendItem::Entry> verdictLegend(const std::vector<DriverMark>& drivers,
                                                           const Theme& theme);

} // namespace diploscope::ui
