// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/driver_marks.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace diploscope::ui {

namespace {

LabelItem::Label driverLabel(const Mark& mark, const DriverMark& driver) {
    return {mark.x, mark.y, markExtent(mark.shape, mark.size), driver.label, driver.main};
}

} // namespace

DriverLook driverLook(Standing standing, const Theme& theme) {
    switch (standing) {
    case Standing::Supported:
        return {theme.supported};
    case Standing::Unsupported:
        return {theme.unsupported};
    case Standing::Undecidable:
        return {theme.undecided, true};
    case Standing::Undefined:
        break;
    }
    return {theme.undecided};
}

Mark driverAt(double x, double y, double shade, const DriverMark& driver, const ChartStyle& style) {
    const DriverLook look = driverLook(driver.standing, style.theme);
    Mark mark{.x = x, .y = y, .colour = ColourScale::step(shade), .shape = look.shape};
    mark.ring = look.colour.rgb();
    mark.hollow = look.hollow;
    const double gain = std::isfinite(driver.gain) ? std::clamp(driver.gain, 0.0, 1.0) : 0.0;
    mark.size = static_cast<float>(style.driverSize + style.driverGrowth * std::sqrt(gain));
    return mark;
}

std::vector<LabelItem::Label> markDrivers(MarkItem& drawn, const std::vector<DriverMark>& drivers,
                                          const MarkLayerLook& look,
                                          const std::function<Mark(const DriverMark&)>& markOf) {
    std::vector<Mark> marks;
    std::vector<LabelItem::Label> labels;
    for (const DriverMark& driver : drivers) {
        Mark mark = markOf(driver);
        mark.source = static_cast<uint32_t>(driver.point);
        marks.push_back(mark);
        labels.push_back(driverLabel(mark, driver));
    }
    drawn.setZValue(layer::drivers);
    drawn.setLook(look);
    drawn.setMarks(std::move(marks));
    return labels;
}

std::vector<QRectF> markRects(const MarkItem& layer, const PlotMap& map) {
    std::vector<QRectF> rects;
    for (const Mark& mark : layer.marks()) {
        if (!map.shows(mark.x, mark.y))
            continue;
        const double reach = markExtent(mark.shape, mark.size) + layer.look().ringWidth;
        const QPointF at = map.toScene(mark.x, mark.y);
        rects.emplace_back(at.x() - reach, at.y() - reach, 2 * reach, 2 * reach);
    }
    return rects;
}

MarkLayerLook frequencyLook(const ChartStyle& style) {
    MarkLayerLook look;
    look.palette = style.theme.frequency.steps();
    look.opacity = 0.9;
    look.size = style.markSize;
    look.ringWidth = style.ringWidth;
    look.ground = style.theme.card.rgb();
    return look;
}

std::vector<ColourBarItem::Tick> frequencyTicks(SnvColour colour) {
    return {{0, shadeText(0, colour)}, {0.5, shadeText(0.5, colour)}, {1, shadeText(1, colour)}};
}

std::vector<LegendItem::Entry> standingLegend(const std::vector<DriverMark>& drivers, const Theme& theme) {
    std::vector<LegendItem::Entry> entries;
    for (const Standing standing :
         {Standing::Supported, Standing::Unsupported, Standing::Undecidable, Standing::Undefined})
        if (std::any_of(drivers.begin(), drivers.end(),
                        [standing](const DriverMark& d) { return d.standing == standing; })) {
            const DriverLook look = driverLook(standing, theme);
            entries.push_back({standingText(standing), look,
                               look.hollow ? LegendItem::Fill::Hollow : LegendItem::Fill::Ringed});
        }
    return entries;
}

} // namespace diploscope::ui
