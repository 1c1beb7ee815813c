// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/linkage_look.h"

#include "charts/linkage_item.h"

#include <algorithm>
#include <cmath>

namespace diploscope::ui {
namespace {

/// Of palettes: SNVs whose LD is not known, and of several references those that are linked with none.
constexpr uint8_t linkageUnknown = 0;
constexpr uint8_t linkedWithNone = 1;
constexpr uint8_t firstOfHues = 2;

/// From 0: r² below 0.2.
size_t stepOf(double r2, size_t steps) {
    const double share = r2 * static_cast<double>(steps);
    // What rounding leaves of 0.6 is 0.6.
    return std::min(steps - 1, static_cast<size_t>(std::max(0.0, share + 1e-9)));
}

} // namespace

LinkageLook::LinkageLook(const LocusTracks& shown, const ChartStyle& style)
    : m_references(shown.references), m_style(style) {}

QColor LinkageLook::full(size_t reference) const {
    return m_style.theme.credibleSet(static_cast<int64_t>(reference) + 1).colour;
}

/// The fuller, the farther from the ground. \param step from 1
QColor LinkageLook::shade(const QColor& hue, size_t step) const {
    constexpr double least = 0.45; ///< which is still seen to be of its hue
    const double share = least + (1 - least) * static_cast<double>(step - 1) / static_cast<double>(steps - 2);
    const QColor& ground = m_style.theme.card;
    const auto mix = [share](int from, int to) {
        return static_cast<int>(std::lround(from + (to - from) * share));
    };
    return {mix(ground.red(), hue.red()), mix(ground.green(), hue.green()), mix(ground.blue(), hue.blue())};
}

MarkLayerLook LinkageLook::layer() const {
    MarkLayerLook look;
    if (ofSeveral()) {
        look.palette[linkedWithNone] = m_style.theme.quiet.rgb();
        for (size_t i = 0; i < m_references.size(); ++i)
            for (size_t step = 1; step < steps; ++step)
                look.palette[firstOfHues + i * (steps - 1) + step - 1] = shade(full(i), step).rgb();
    } else {
        look.palette = linkageScale(m_style.theme).steps();
    }
    look.palette[linkageUnknown] = m_style.theme.undecided.colour.rgb();
    look.opacity = 0.9;
    look.size = m_style.markSize;
    look.ringWidth = m_style.ringWidth;
    look.ground = m_style.theme.card.rgb();
    return look;
}

uint8_t LinkageLook::colourOf(const LocusTracks::Association& snv) const {
    if (!snv.r2)
        return linkageUnknown;
    if (!ofSeveral())
        return std::max<uint8_t>(ColourScale::step(*snv.r2), 1);
    const size_t step = stepOf(*snv.r2, steps);
    return step == 0 ? linkedWithNone
                     : static_cast<uint8_t>(firstOfHues + snv.reference * (steps - 1) + step - 1);
}

MarkShape LinkageLook::shapeOf(const LocusTracks::Association& snv) const {
    return ofSeveral() && snv.r2 && stepOf(*snv.r2, steps) > 0
               ? m_style.theme.credibleSet(static_cast<int64_t>(snv.reference) + 1).shape
               : MarkShape::Circle;
}

Mark LinkageLook::markOf(size_t reference) const {
    Mark mark{.colour = 255, .shape = MarkShape::Diamond};
    if (ofSeveral()) {
        mark.colour = static_cast<uint8_t>(firstOfHues + (reference + 1) * (steps - 1) - 1);
        mark.shape = m_style.theme.credibleSet(static_cast<int64_t>(reference) + 1).shape;
    }
    mark.size = static_cast<float>(m_style.driverSize);
    mark.ring = m_style.theme.text.rgb();
    return mark;
}

std::vector<LegendItem::Entry> LinkageLook::legend() const {
    std::vector<LegendItem::Entry> entries;
    if (!ofSeveral())
        return entries;
    for (size_t i = 0; i < m_references.size(); ++i)
        entries.push_back({QStringLiteral("LD with %1").arg(m_references[i].name),
                           m_style.theme.credibleSet(static_cast<int64_t>(i) + 1)});
    entries.push_back(
        {QStringLiteral("r² below 0.2 with each"), MarkLook{m_style.theme.quiet, MarkShape::Circle}});
    return entries;
}

ColourScale LinkageLook::bar() const {
    if (!ofSeveral())
        return linkageScale(m_style.theme);
    constexpr size_t each = 51; // 255 stops: colours change at once from step to step
    std::vector<QColor> stops(each, m_style.theme.quiet);
    for (size_t step = 1; step < steps; ++step)
        stops.insert(stops.end(), each, shade(m_style.theme.text, step));
    return ColourScale(stops);
}

std::vector<ColourBarItem::Tick> LinkageLook::ticks() const {
    if (ofSeveral())
        return {{0, QStringLiteral("0")},
                {0.2, QStringLiteral("0.2")},
                {0.6, QStringLiteral("0.6")},
                {1, QStringLiteral("1")}};
    return {{0, QStringLiteral("0")}, {0.5, QStringLiteral("0.5")}, {1, QStringLiteral("1")}};
}

} // namespace diploscope::ui
