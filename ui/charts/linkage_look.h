// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "charts/furniture.h"
#include "charts/mark_raster.h"
#include "viewmodels/locus_tracks.h"

#include <vector>

namespace diploscope::ui {

/// How SNVs of a locus show their LD. With one reference, r² is a colour of a scale. With several, an SNV has
/// hue and shape of the one that it is most strongly linked with, the stronger the fuller, in five steps;
/// with r² below 0.2 with each it has none's.
class LinkageLook {
public:
    LinkageLook(const LocusTracks& shown, const ChartStyle& style);

    [[nodiscard]] bool ofSeveral() const { return m_references.size() > 1; }
    /// Of the layer; its palette is what colourOf() counts.
    [[nodiscard]] MarkLayerLook layer() const;
    [[nodiscard]] uint8_t colourOf(const LocusTracks::Association& snv) const;
    [[nodiscard]] MarkShape shapeOf(const LocusTracks::Association& snv) const;
    /// Of the SNV that others are held against, without its place.
    [[nodiscard]] Mark markOf(size_t reference) const;
    /// What hues mean; nothing with one reference.
    [[nodiscard]] std::vector<LegendItem::Entry> legend() const;
    [[nodiscard]] ColourScale bar() const;
    [[nodiscard]] std::vector<ColourBarItem::Tick> ticks() const;

private:
    static constexpr size_t steps = 5;
    [[nodiscard]] QColor full(size_t reference) const;
    [[nodiscard]] QColor shade(const QColor& hue, size_t step) const;

    std::vector<LocusTracks::Reference> m_references;
    ChartStyle m_style;
};

} // namespace diploscope::ui
