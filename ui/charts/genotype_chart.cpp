// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/genotype_chart.h"

#include "charts/annotation_items.h"
#include "charts/curve_item.h"
#include "charts/segment_item.h"
#include "viewmodels/number_text.h"

#include <algorithm>

namespace diploscope::ui {
namespace {

constexpr double dodge = 0.13; ///< of a genotype's place, between those of a second SNV

/// On screen a small chart says above the plot what it measures; units stand in the charts beside it.
QString quantityOf(const Carriers::Measure& measure) {
    return measure.title.section(QStringLiteral(", "), 0, 0);
}

AxisText genotypeAxis(const Carriers& shown, Medium medium) {
    const bool isPaper = medium == Medium::Paper;
    AxisText axis{isPaper || !shown.second.isEmpty() ? shown.variant : QString(), false, {}};
    for (size_t copies = 0; copies < 3; ++copies) {
        const QString& name = shown.genotypes[copies]; // "0 copies" of an indel
        axis.names.push_back({double(copies), isPaper ? name : shortGenotype(name)});
    }
    return axis;
}

} // namespace

GenotypeChart::GenotypeChart(const Carriers& shown, const Carriers::Measure& measure, const QColor& line,
                             const ChartStyle& style, Medium medium, QGraphicsItem* parent)
    : PlotChart(style, genotypeAxis(shown, medium), {medium == Medium::Paper ? measure.title : QString()},
                parent)
    , m_means(follow(new MarkItem(this))) {
    const Theme& theme = style.theme;
    const bool ofTwo = measure.series.size() > 1;
    static constexpr Qt::PenStyle dashes[] = {Qt::SolidLine, Qt::DashLine, Qt::DotLine};
    MarkLayerLook look;
    look.size = style.markSize * 1.35;
    look.ringWidth = style.ringWidth;
    look.ground = theme.card.rgb();
    for (size_t copies = 0; copies < 3; ++copies)
        look.palette[copies] = theme.genotypes[copies].colour.rgb();
    std::vector<Mark> marks;
    std::vector<double> values;
    std::vector<LabelItem::Label> labels;
    for (size_t s = 0; s < measure.series.size(); ++s) {
        const Carriers::Series& series = measure.series[s];
        const double aside = ofTwo ? (double(s) - 1) * dodge : 0;
        std::vector<SegmentItem::Segment> intervals;
        for (size_t copies = 0; copies < 3; ++copies) {
            const GroupMean& group = series.means[copies];
            if (!group.mean)
                continue;
            const double x = double(copies) + aside;
            const size_t kind = ofTwo ? s : copies;
            marks.push_back({.x = x,
                             .y = *group.mean,
                             .colour = static_cast<uint8_t>(kind),
                             .shape = theme.genotypes[kind].shape,
                             .ring = theme.text.rgb(),
                             .source = static_cast<uint32_t>(3 * s + copies)});
            values.push_back(*group.mean);
            if (group.interval) {
                intervals.push_back({x, group.interval->low, x, group.interval->high});
                values.insert(values.end(), {group.interval->low, group.interval->high});
            }
            if (!ofTwo)
                labels.push_back({x, *group.mean, 0.7 * look.size, countText(group.n)});
        }
        const QColor colour = ofTwo ? theme.axis : line;
        std::vector<std::pair<double, double>> points = series.line;
        for (auto& point : points) {
            point.first += aside;
            values.push_back(point.second);
        }
        if (points.size() > 1)
            follow(new CurveItem(std::move(points),
                                 QPen(colour, style.lineWidth, ofTwo ? dashes[s] : Qt::SolidLine, Qt::FlatCap,
                                      Qt::RoundJoin),
                                 this))
                ->setZValue(layer::marks - 1);
        follow(
            new SegmentItem(std::move(intervals), QPen(colour, style.axisWidth), 1.5 * style.gap / 2, this));
    }
    if (medium == Medium::Screen && ofTwo)
        setLegend(quantityOf(measure), {});
    else if (medium == Medium::Screen)
        setLegend({}, {{quantityOf(measure), {line, MarkShape::Circle}, LegendItem::Fill::Plain, 0, true}});
    m_means->setLook(look);
    m_means->setMarks(std::move(marks));
    if (!labels.empty())
        follow(new LabelItem(std::move(labels), {}, style, this));
    setFullRanges({-0.5, 2.5}, rangeOf(values, 0.14));
}

std::vector<LegendItem::Entry> GenotypeChart::legendOf(const Carriers& shown, const Theme& theme) {
    std::vector<LegendItem::Entry> entries;
    if (shown.second.isEmpty())
        return entries;
    for (size_t b = 0; b < shown.observed.series.size(); ++b)
        if (!shown.observed.series[b].line.empty())
            entries.push_back({shown.secondGenotypes[b], theme.genotypes[b]});
    return entries;
}

} // namespace diploscope::ui
