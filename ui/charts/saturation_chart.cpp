// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/saturation_chart.h"

#include "charts/annotation_items.h"
#include "charts/base_items.h"
#include "charts/chart_stack.h"
#include "charts/haplotypes_chart.h"
#include "viewmodels/effect_text.h"

#include <algorithm>
#include <utility>

namespace diploscope::ui {
namespace {

AxisRange placesOf(const SaturationShown& shown) {
    const auto first = static_cast<double>(shown.first);
    return {first - 0.5, first + static_cast<double>(shown.rows.front().bases.size()) - 0.5};
}

/// The letters of one sequence.
class LogoChart final : public PlotChart {
public:
    LogoChart(const SaturationShown& shown, const SaturationShown::Row& row, const AxisRange& heights,
              const ChartStyle& style, QGraphicsItem* parent)
        : PlotChart(style, {shown.xTitle, true}, {row.background}, parent) {
        follow(new ReferenceLineItem({.value = 0, .colour = style.theme.rule, .width = style.ruleWidth},
                                     style, this));
        if (shown.focus)
            follow(new ReferenceLineItem({.orientation = Qt::Vertical,
                                          .value = static_cast<double>(*shown.focus),
                                          .colour = style.theme.muted,
                                          .width = style.ruleWidth,
                                          .dashed = true},
                                         style, this));
        auto* logo = follow(new LogoItem(row.letters, static_cast<double>(shown.first), style, this));
        logo->setCoarse(row.coarse.rowwise().any()); // centred, one moves all four
        setFullRanges(placesOf(shown), heights);
    }
};

/// Its 4 x L cells.
class HeatMapChart final : public PlotChart {
public:
    HeatMapChart(const SaturationShown& shown, const SaturationShown::Row& row, const ChartStyle& style,
                 QGraphicsItem* parent)
        : PlotChart(style, {shown.xTitle, true},
                    {.title = QStringLiteral("base"),
                     .names = {{0, QStringLiteral("T")},
                               {1, QStringLiteral("G")},
                               {2, QStringLiteral("C")},
                               {3, QStringLiteral("A")}}},
                    parent) {
        const double found = shown.largestEffect();
        const double largest = found > 0 ? found : 1;
        auto* cells = follow(
            new HeatMapItem(row.effects, row.bases, static_cast<double>(shown.first), largest, style, this));
        cells->setCoarse(row.coarse);
        setColourBar(shown.effectTitle, style.theme.change,
                     {{0, effectText(-largest)}, {0.5, QStringLiteral("0")}, {1, effectText(largest)}});
        setFullRanges(placesOf(shown), {-0.5, 3.5});
    }
    /// What can be pointed at: the cells, by marks that are not seen.
    const MarkItem* addCells(const SaturationShown& shown, const SaturationShown::Row& row) {
        auto* cells = follow(new MarkItem(this));
        MarkLayerLook look;
        look.opacity = 0;
        look.size = chartStyle().markSize;
        std::vector<Mark> marks;
        for (size_t i = 0; i < row.bases.size(); ++i)
            for (size_t b = 0; b < 4; ++b)
                marks.push_back({.x = static_cast<double>(shown.first) + static_cast<double>(i),
                                 .y = 3.0 - static_cast<double>(b),
                                 .source = static_cast<uint32_t>(4 * i + b)});
        cells->setLook(look);
        cells->setMarks(std::move(marks));
        return cells;
    }
};

} // namespace

Figure drawSaturation(const SaturationShown& shown, const ChartStyle& style, Medium medium) {
    auto stack = std::make_unique<ChartStack>(Qt::Vertical, style);
    if (medium == Medium::Paper)
        stack->setHeader(shown.gene, shown.title, shown.summary);
    std::vector<LegendItem::Entry> legend{
        {.text = QStringLiteral("base of the sequence"), .look = {style.theme.text, MarkShape::Circle}}};
    for (const LegendItem::Entry& direction : directionLegend(style.theme))
        legend.push_back({.text = direction.text, .look = {style.theme.text, direction.look.shape}});
    if (shown.coarse > 0)
        legend.push_back({.text = QStringLiteral("low cells, hollow letters: ") + coarseText(),
                          .look = {style.theme.muted, MarkShape::Square},
                          .fill = LegendItem::Fill::Hollow});
    stack->setLegend({}, std::move(legend));
    AxisRange heights{0, 0};
    for (const SaturationShown::Row& row : shown.rows) {
        const AxisRange own = logoRange(row.letters);
        heights = {std::min(heights.lower, own.lower), std::max(heights.upper, own.upper)};
    }
    Figure figure;
    size_t cell = 0;
    for (const SaturationShown::Row& row : shown.rows) {
        auto* logo = new LogoChart(shown, row, heights, style, stack.get());
        stack->add(logo);
        figure.tracks.push_back({logo, {}, {}});
        auto* heat = new HeatMapChart(shown, row, style, stack.get());
        stack->add(heat);
        FigureTrack cells{heat, {}, {}};
        if (medium == Medium::Screen) {
            cells.layers = {heat->addCells(shown, row)};
            for (size_t i = 0; i < 4 * row.bases.size(); ++i)
                cells.datum.push_back(cell + i);
        }
        cell += 4 * row.bases.size();
        figure.tracks.push_back(std::move(cells));
    }
    figure.widget = std::move(stack);
    return figure;
}

} // namespace diploscope::ui
