// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/missing_track_chart.h"

#include <algorithm>

namespace diploscope::ui {

MissingTrackChart::MissingTrackChart(const LocusTracks& shown, const ChartStyle& style, QGraphicsItem* parent)
    : TrackChart(style, shown.ism.xTitle, QStringLiteral("missing"), parent)
    , m_snvs(follow(new MarkItem(this))) {
    setPointedAt({m_snvs}, variantsOf(shown.missing));
    follow(new ReferenceLineItem(tssLine(shown.ism, style), style, this));
    follow(new ReferenceLineItem({.value = LocusTracks::mostMissing,
                                  .colour = style.theme.threshold,
                                  .width = style.ruleWidth,
                                  .dashed = true},
                                 style, this));
    MarkLayerLook look;
    look.palette[0] = style.theme.undecided.colour.rgb();
    look.palette[1] = style.theme.text.rgb();
    look.size = style.markSize;
    look.stemWidth = style.stemWidth;
    std::vector<Mark> marks;
    double highest = 1.5 * LocusTracks::mostMissing; // so that the line is seen as one, not as the edge
    for (size_t i = 0; i < shown.missing.size(); ++i) {
        const auto& snv = shown.missing[i];
        Mark mark{.x = snv.position, .y = snv.fraction, .source = static_cast<uint32_t>(i)};
        if (snv.leftOut) {
            mark.colour = 1;
            mark.shape = MarkShape::Diamond;
        }
        marks.push_back(mark);
        highest = std::max(highest, snv.fraction);
    }
    m_snvs->setLook(look);
    m_snvs->setMarks(std::move(marks));
    setHeader(shown.ism.gene, QStringLiteral("people without a genotype"), {});
    setFullRanges({shown.ism.windowStart, shown.ism.windowEnd}, {0, std::min(1.12 * highest, 1.0)});
}

} // namespace diploscope::ui
