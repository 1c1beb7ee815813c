// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/driver_marks.h"

#include <algorithm>
#include <cmath>

namespace diploscope::ui {

Mark driverAt(double x, double y, double maf, const DriverMark& driver, const ChartStyle& style) {
    const MarkLook& look = style.theme.verdict(driver.verdict);
    Mark mark{.x = x, .y = y, .colour = frequencyStep(maf), .shape = look.shape};
    mark.ring = look.colour.rgb();
    const double gain = std::isfinite(driver.gain) ? std::clamp(driver.gain, 0.0, 1.0) : 0.0;
    mark.size = static_cast<float>(style.driverSize + style.driverGrowth * std::sqrt(gain));
    return mark;
}

LabelItem::Label driverLabel(const Mark& mark, const DriverMark& driver) {
    return {mark.x, mark.y, markExtent(mark.shape, mark.size), driver.label, driver.main};
}

MarkLayerLook frequencyLook(const ChartStyle& style) {
    MarkLayerLook look;
    look.palette = style.theme.frequency.steps();
    look.opacity = 0.9;
    look.size = style.markSize;
    look.ringWidth = style.ringWidth;
    return look;
}

uint8_t frequencyStep(double maf) {
    return ColourScale::step(maf / 0.5);
}

std::vector<ColourBarItem::Tick> frequencyTicks() {
    return {{0, QStringLiteral("0")}, {0.5, QStringLiteral("0.25")}, {1, QStringLiteral("0.5")}};
}

std::vector<LegendItem::Entry> verdictLegend(const std::vector<DriverMark>& drivers, const Theme& theme) {
    std::vector<LegendItem::Entry> entries;
    for (const auto& [verdict, text] :
         {std::pair(Verdict::Supported, "supported"), std::pair(Verdict::Unsupported, "unsupported"),
          std::pair(Verdict::Undefined, "undefined")}) {
        const Verdict wanted = verdict;
        if (std::any_of(drivers.begin(), drivers.end(),
                        [wanted](const DriverMark& d) { return d.verdict == wanted; }))
            entries.push_back({QString::fromLatin1(text), theme.verdict(verdict), true});
    }
    return entries;
}

} // namespace diploscope::ui
