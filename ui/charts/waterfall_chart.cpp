// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/waterfall_chart.h"

#include "charts/annotation_items.h"
#include "viewmodels/effect_text.h"

#include <cmath>

namespace diploscope::ui {
namespace {

constexpr double besideScores = 0.22; ///< of their range, for what is written beside bars

double placeOf(size_t row) {
    return -static_cast<double>(row);
}

AxisText stepAxis(const PersonStory::Path& path) {
    AxisText axis;
    axis.names.push_back({placeOf(path.steps.size() + 1), path.end});
    for (size_t step = path.steps.size(); step-- > 0;)
        axis.names.push_back({placeOf(step + 1), path.steps[step].name});
    axis.names.push_back({placeOf(0), path.start});
    return axis;
}

std::vector<WaterfallItem::Bar> stepBarsOf(const PersonStory::Path& path) {
    std::vector<WaterfallItem::Bar> bars{{placeOf(0), path.from, path.from, effectText(path.from), true}};
    for (size_t step = 0; step < path.steps.size(); ++step) {
        const PersonStory::Step& told = path.steps[step];
        bars.push_back({placeOf(step + 1), told.before, told.after, changeText(told.after - told.before),
                        false, told.withoutOthers});
    }
    bars.push_back({placeOf(path.steps.size() + 1), path.to, path.to, effectText(path.to), true});
    return bars;
}

} // namespace

WaterfallChart::WaterfallChart(const PersonStory& story, size_t path, const AxisRange& x,
                               const ChartStyle& style, QGraphicsItem* parent)
    : PlotChart(style, {story.scoreTitle}, stepAxis(story.paths[path]), parent)
    , m_bars(follow(new WaterfallItem(stepBarsOf(story.paths[path]), style, this)))
    , m_withoutOthers(follow(new MarkItem(this))) {
    const Theme& theme = style.theme;
    const PersonStory::Path& told = story.paths[path];
    if (std::isfinite(told.from))
        follow(new ReferenceLineItem({.orientation = Qt::Vertical,
                                      .value = told.from,
                                      .colour = theme.rule,
                                      .width = style.ruleWidth,
                                      .dashed = true},
                                     style, this));
    MarkLayerLook look;
    look.size = style.markSize;
    look.palette[0] = theme.text.rgb();
    look.ringWidth = style.axisWidth;
    look.ground = theme.card.rgb();
    std::vector<Mark> marks;
    for (size_t step = 0; step < told.steps.size(); ++step)
        if (std::isfinite(told.steps[step].withoutOthers))
            marks.push_back({.x = told.steps[step].withoutOthers,
                             .y = placeOf(step + 1),
                             .shape = MarkShape::Diamond,
                             .ring = theme.text.rgb(),
                             .hollow = true,
                             .source = static_cast<uint32_t>(step)});
    m_withoutOthers->setLook(look);
    m_withoutOthers->setMarks(std::move(marks));
    setFullRanges(x, {placeOf(rowsOf(told) - 1) - 0.6, 0.6});
}

AxisRange WaterfallChart::scoresOf(const PersonStory& story) {
    std::vector<double> scores;
    for (const PersonStory::Path& path : story.paths) {
        scores.insert(scores.end(), {path.from, path.to});
        for (const PersonStory::Step& step : path.steps)
            scores.insert(scores.end(), {step.after, step.withoutOthers});
    }
    std::erase_if(scores, [](double score) { return !std::isfinite(score); });
    return rangeOf(scores, besideScores);
}

std::vector<LegendItem::Entry> WaterfallChart::legendOf(const Theme& theme) {
    std::vector<LegendItem::Entry> legend = directionLegend(theme);
    legend.push_back(
        {QStringLiteral("left out alone"), {theme.text, MarkShape::Diamond}, LegendItem::Fill::Hollow});
    return legend;
}

} // namespace diploscope::ui
