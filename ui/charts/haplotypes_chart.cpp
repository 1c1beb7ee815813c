// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/haplotypes_chart.h"

#include "charts/driver_marks.h"
#include "charts/segment_item.h"
#include "viewmodels/effect_text.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace diploscope::ui {
namespace {

enum Shade : uint8_t { Raises, Lowers, Neither };

/// The first row stands on top; names go upwards.
double heightOf(size_t row) {
    return -static_cast<double>(row);
}

AxisText rowAxis(const PersonStory& story) {
    AxisText axis;
    for (size_t row = story.rows.size(); row-- > 0;)
        axis.names.push_back(
            {heightOf(row), story.rows[row].name + QStringLiteral(": ") + effectText(story.rows[row].score)});
    return axis;
}

/// Of what both copies of one person carry; rows of two people are compared, not joined.
std::vector<SegmentItem::Segment> jointsOf(const PersonStory& story) {
    std::vector<SegmentItem::Segment> joints;
    if (story.rows.size() != 2)
        return joints;
    std::map<size_t, double> first;
    for (const PersonStory::Allele& allele : story.rows[0].alleles)
        first.emplace(allele.variant, allele.position);
    for (const PersonStory::Allele& allele : story.rows[1].alleles)
        if (first.contains(allele.variant))
            joints.push_back({allele.position, heightOf(0), allele.position, heightOf(1)});
    return joints;
}

double largestEffect(const PersonStory& story) {
    double largest = 0;
    for (const PersonStory::Row& row : story.rows)
        for (const PersonStory::Allele& allele : row.alleles)
            if (std::isfinite(allele.effect))
                largest = std::max(largest, std::abs(allele.effect));
    return largest;
}

} // namespace

HaplotypesChart::HaplotypesChart(const PersonStory& story, const ChartStyle& style, QGraphicsItem* parent)
    : PlotChart(style, {story.xTitle, true}, rowAxis(story), parent)
    , m_alleles(follow(new MarkItem(this)))
    , m_tss(follow(new ReferenceLineItem(tssLine(story.tss, story.strand, story.isCentre, style, true), style,
                                         this))) {
    const Theme& theme = style.theme;
    for (size_t row = 0; row < story.rows.size(); ++row)
        follow(new ReferenceLineItem(
            {.value = heightOf(row), .colour = theme.rule, .width = 1.6 * style.ruleWidth}, style, this));
    follow(new SegmentItem(jointsOf(story), QPen(theme.rule, 1.6 * style.ruleWidth), 0, this));

    MarkLayerLook look;
    look.palette[Raises] = theme.accent.rgb();
    look.palette[Lowers] = theme.threshold.rgb();
    look.palette[Neither] = theme.undecided.colour.rgb();
    look.size = style.markSize;
    look.ringWidth = style.axisWidth;
    look.ground = theme.card.rgb();
    const double largest = largestEffect(story);
    std::vector<Mark> marks;
    uint32_t source = 0;
    for (size_t row = 0; row < story.rows.size(); ++row)
        for (const PersonStory::Allele& allele : story.rows[row].alleles) {
            Mark mark{.x = allele.position, .y = heightOf(row), .colour = Neither, .source = source++};
            mark.size = static_cast<float>(0.7 * style.markSize);
            mark.hollow = allele.shared;
            if (std::isfinite(allele.effect) && allele.effect != 0) {
                const double share = largest > 0 ? std::sqrt(std::abs(allele.effect) / largest) : 0;
                mark.size = static_cast<float>((0.7 + 1.3 * share) * style.markSize);
                mark.colour = allele.effect > 0 ? Raises : Lowers;
                mark.shape = allele.effect > 0 ? MarkShape::Triangle : MarkShape::TriangleDown;
            }
            marks.push_back(mark);
        }
    m_alleles->setLook(look);
    m_alleles->setMarks(std::move(marks));
    setHeader(story.gene, QStringLiteral("haplotypes of ") + story.title, story.words);
    std::vector<LegendItem::Entry> legend = directionLegend(theme);
    if (story.rows.size() > 2)
        legend.push_back({QStringLiteral("on both"),
                          {theme.undecided.colour, MarkShape::Circle},
                          LegendItem::Fill::Hollow});
    setLegend({}, std::move(legend));
    setFullRanges({story.windowStart, story.windowEnd},
                  {heightOf(story.rows.empty() ? 0 : story.rows.size() - 1) - 0.6, 0.6});
}

void HaplotypesChart::mapWillChange(const PlotMap& map) {
    m_tss->setObstacles(markRects(*m_alleles, map));
}

std::vector<std::pair<size_t, size_t>> HaplotypesChart::sourcesOf(const PersonStory& story) {
    std::vector<std::pair<size_t, size_t>> sources;
    for (size_t row = 0; row < story.rows.size(); ++row)
        for (size_t allele = 0; allele < story.rows[row].alleles.size(); ++allele)
            sources.emplace_back(row, allele);
    return sources;
}

std::vector<LegendItem::Entry> directionLegend(const Theme& theme) {
    return {{QStringLiteral("raises"), {theme.accent, MarkShape::Triangle}},
            {QStringLiteral("lowers"), {theme.threshold, MarkShape::TriangleDown}}};
}

} // namespace diploscope::ui
