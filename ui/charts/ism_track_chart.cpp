// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/ism_track_chart.h"

#include "charts/driver_marks.h"
#include "charts/segment_item.h"

namespace diploscope::ui {

IsmTrackChart::IsmTrackChart(const IsmTrack& shown, const ChartStyle& style, QGraphicsItem* parent,
                             const std::vector<LegendItem::Entry>& others)
    : TrackChart(style, shown.xTitle, shown.yTitle, parent)
    , m_snvs(follow(new MarkItem(this)))
    , m_drivers(follow(new MarkItem(this)))
    , m_tss(follow(new ReferenceLineItem(tssLine(shown, style, true), style, this))) {
    setPointedAt({m_snvs, m_drivers}, variantsOf(shown.snvs));
    follow(new ReferenceLineItem({.value = 0, .colour = style.theme.rule, .width = style.ruleWidth}, style,
                                 this));

    MarkLayerLook look = frequencyLook(style);
    look.stemWidth = style.stemWidth;
    std::vector<Mark> marks;
    std::vector<QPointF> points;
    std::vector<double> effects{0};
    for (size_t i = 0; i < shown.snvs.size(); ++i) {
        const auto& snv = shown.snvs[i];
        marks.push_back({.x = snv.position,
                         .y = snv.effect,
                         .colour = ColourScale::step(snv.shade),
                         .source = static_cast<uint32_t>(i)});
        points.emplace_back(snv.position, snv.effect);
        effects.push_back(snv.effect);
    }
    m_snvs->setLook(look);
    m_snvs->setMarks(std::move(marks));
    // The bases that a deletion or an MNV takes the place of, where nobody's label stands.
    std::vector<SegmentItem::Segment> lengths;
    for (const IsmTrack::Snv& snv : shown.snvs)
        if (snv.lastBase > snv.position)
            lengths.push_back({snv.position, 0, snv.lastBase, 0});
    if (!lengths.empty())
        m_lengths = follow(new SegmentItem(std::move(lengths), QPen(style.theme.text, style.axisWidth),
                                           style.gap / 2, this));

    // Drivers have their stems from the layer of all SNVs.
    look.stemWidth = 0;
    std::vector<LabelItem::Label> labels =
        markDrivers(*m_drivers, shown.drivers, look, [&](const DriverMark& driver) {
            const auto& snv = shown.snvs[driver.point];
            return driverAt(snv.position, snv.effect, snv.shade, driver, style);
        });
    m_labels = follow(new LabelItem(std::move(labels), std::move(points), style, this));

    setHeader(shown.gene, shown.method, shown.summary);
    std::vector<LegendItem::Entry> entries = standingLegend(shown.drivers, style.theme);
    entries.insert(entries.end(), others.begin(), others.end());
    if (!entries.empty())
        setLegend(shown.drivers.empty() ? QString() : QStringLiteral("Drivers"), std::move(entries));
    setColourBar(titleOf(shown.colour), style.theme.frequency, frequencyTicks(shown.colour));
    // The word TSS stands at the top of the plot; the padding keeps marks out of its line.
    setFullRanges({shown.windowStart, shown.windowEnd}, rangeOf(effects, 0.12));
}

void IsmTrackChart::mapWillChange(const PlotMap& map) {
    m_tss->setObstacles(markRects(*m_drivers, map));
    m_tss->setMap(map);
    if (m_labels != nullptr)
        m_labels->setObstacles({m_tss->wordRect(), m_tss->lineRect()});
}

} // namespace diploscope::ui
