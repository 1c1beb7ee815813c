// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/genome_scatter_chart.h"

#include "charts/curve_item.h"

#include <algorithm>
#include <cmath>

namespace diploscope::ui {
namespace {

using Kind = GenomeScatter::Kind;
using Shading = GenomeScatter::Shading;

MarkLook lookOf(Kind kind, const Theme& theme) {
    switch (kind) {
    case Kind::Positive:
        return theme.supported;
    case Kind::Negative:
        return theme.unsupported;
    case Kind::Other:
        break;
    }
    return {theme.quiet, MarkShape::Circle};
}

/// Marks shrink where there are too many to be seen one by one.
double usualDiameter(const ChartStyle& style, size_t genes) {
    return style.markSize * (genes > 1000 ? 0.62 : genes > 200 ? 0.8 : 1);
}

} // namespace

GenomeScatterChart::GenomeScatterChart(const GenomeScatter& shown, const ChartStyle& style,
                                       QGraphicsItem* parent)
    : PlotChart(style, {shown.xTitle}, {shown.yTitle}, parent)
    , m_behind(follow(new MarkItem(this)))
    , m_others(follow(new MarkItem(this)))
    , m_genes(follow(new MarkItem(this))) {
    addLines(shown);
    addMarks(shown);
    addLabels(shown);
    if (shown.means)
        follow(new CrossItem(shown.means->first, shown.means->second, style, this));
    addLegend(shown);
    setHeader({}, shown.text.title, shown.text.summary);

    std::vector<double> x = shown.leastX;
    std::vector<double> y = shown.leastY;
    for (const auto& gene : shown.genes) {
        x.push_back(gene.x);
        y.push_back(gene.y);
    }
    for (const auto& line : shown.lines)
        (line.vertical ? x : y).push_back(line.value);
    setFullRanges(rangeOf(x, 0.03), rangeOf(y, 0.06));
}

void GenomeScatterChart::addLines(const GenomeScatter& shown) {
    const ChartStyle& style = chartStyle();
    for (const auto& line : shown.lines) {
        ReferenceLineItem::Line look;
        look.orientation = line.vertical ? Qt::Vertical : Qt::Horizontal;
        look.value = line.value;
        look.colour = line.threshold ? style.theme.threshold : style.theme.rule;
        look.width = line.threshold ? 1.3 * style.ruleWidth : style.ruleWidth;
        look.dashed = line.threshold;
        look.word = line.word;
        m_lines.push_back(follow(new ReferenceLineItem(look, style, this)));
    }
    if (shown.diagonal)
        follow(new CurveItem({{-1, -1}, {1, 1}}, QPen(style.theme.axis, style.ruleWidth), this));
}

float GenomeScatterChart::diameter(const GenomeScatter::Gene& gene, size_t genes) const {
    if (gene.drivers > 0) {
        const double drivers = std::min(gene.drivers, static_cast<double>(GenomeScatter::mostDriversShown));
        return static_cast<float>(0.75 * chartStyle().markSize * std::sqrt(drivers));
    }
    return static_cast<float>(usualDiameter(chartStyle(), genes));
}

void GenomeScatterChart::addMarks(const GenomeScatter& shown) {
    const ChartStyle& style = chartStyle();
    const Theme& theme = style.theme;
    MarkLayerLook look;
    look.size = usualDiameter(style, shown.genes.size());
    look.opacity = 0.8;
    MarkLayerLook behind = look;
    behind.palette.fill(theme.faint.rgb());
    behind.opacity = 1;
    m_behind->setLook(behind);
    MarkLayerLook others = look;
    others.palette.fill(theme.quiet.rgb());
    others.ringWidth = style.axisWidth;
    m_others->setLook(others);
    if (shown.shading == Shading::Density)
        look.palette = theme.frequency.steps();
    else if (shown.shading == Shading::Prediction)
        look.palette = theme.prediction.steps();
    else if (shown.kinds.empty())
        look.palette.fill(theme.accent.rgb());
    else
        for (const Kind kind : {Kind::Other, Kind::Positive, Kind::Negative})
            look.palette[static_cast<size_t>(kind)] = lookOf(kind, theme).colour.rgb();
    const bool sized = std::any_of(shown.genes.begin(), shown.genes.end(),
                                   [](const auto& gene) { return gene.drivers > 0; });
    look.opacity = sized ? 0.6 : 0.85;
    m_genes->setLook(look);

    std::vector<Mark> marks, otherMarks, marksBehind;
    for (size_t i = 0; i < shown.genes.size(); ++i) {
        const GenomeScatter::Gene& gene = shown.genes[i];
        Mark mark{.x = gene.x,
                  .y = gene.y,
                  .size = gene.drivers > 0 ? diameter(gene, shown.genes.size()) : 0,
                  .source = static_cast<uint32_t>(i)};
        if (shown.shading != Shading::None)
            mark.colour = ColourScale::step(gene.shade);
        else {
            mark.colour = static_cast<uint8_t>(gene.kind);
            mark.shape = lookOf(gene.kind, theme).shape;
        }
        const bool isOther = !shown.kinds.empty() && gene.kind == Kind::Other;
        mark.hollow = isOther && !shown.behind[i];
        (shown.behind[i] ? marksBehind : isOther ? otherMarks : marks).push_back(mark);
    }
    m_behind->setMarks(std::move(marksBehind));
    m_others->setMarks(std::move(otherMarks));
    m_genes->setMarks(std::move(marks));
}

void GenomeScatterChart::addLabels(const GenomeScatter& shown) {
    std::vector<LabelItem::Label> labels;
    for (const auto& label : shown.labels) {
        const auto& gene = shown.genes[label.gene];
        labels.push_back({.x = gene.x,
                          .y = gene.y,
                          .extent = diameter(gene, shown.genes.size()) / 2,
                          .text = label.name,
                          .italic = true});
    }
    std::vector<QPointF> points;
    if (!labels.empty())
        for (const auto& gene : shown.genes)
            points.emplace_back(gene.x, gene.y);
    m_labels = follow(new LabelItem(std::move(labels), std::move(points), chartStyle(), this));
}

void GenomeScatterChart::addLegend(const GenomeScatter& shown) {
    const ChartStyle& style = chartStyle();
    if (shown.shading != Shading::None) {
        std::vector<ColourBarItem::Tick> ticks;
        for (const auto& tick : shown.scaleTicks)
            ticks.push_back({tick.fraction, tick.text});
        setColourBar(shown.scaleTitle,
                     shown.shading == Shading::Density ? style.theme.frequency : style.theme.prediction,
                     std::move(ticks));
    }
    std::vector<LegendItem::Entry> entries;
    for (const auto& [kind, name] : shown.kinds)
        entries.push_back({.text = name,
                           .look = lookOf(kind, style.theme),
                           .fill = kind == Kind::Other ? LegendItem::Fill::Hollow : LegendItem::Fill::Plain});
    for (const int drivers : shown.sizes) {
        GenomeScatter::Gene gene;
        gene.drivers = drivers;
        QString text = QString::number(drivers);
        if (drivers == GenomeScatter::mostDriversShown)
            text.prepend(QChar(u'≥'));
        if (drivers == shown.sizes.back())
            text += drivers == 1 ? QStringLiteral(" driver") : QStringLiteral(" drivers");
        entries.push_back(
            {.text = text, .look = {style.theme.quiet, MarkShape::Circle}, .diameter = diameter(gene, 0)});
    }
    if (!entries.empty())
        setLegend({}, std::move(entries));
}

void GenomeScatterChart::mapWillChange(const PlotMap& map) {
    if (m_labels == nullptr)
        return;
    std::vector<QRectF> obstacles;
    for (ReferenceLineItem* line : m_lines) {
        line->setMap(map);
        if (const QRectF word = line->wordRect(); !word.isEmpty()) {
            obstacles.push_back(word);
            obstacles.push_back(line->lineRect());
        }
    }
    m_labels->setObstacles(std::move(obstacles));
}

} // namespace diploscope::ui
