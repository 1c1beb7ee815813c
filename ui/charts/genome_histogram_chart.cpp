// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/genome_histogram_chart.h"

#include "charts/curve_item.h"

#include <algorithm>

namespace diploscope::ui {
namespace {

/// Whole bars over one another instead of pieces on top of each other, which would show a seam between them.
std::vector<BarItem::Bar> barsOf(const GenomeHistogram& shown, const Theme& theme) {
    std::vector<BarItem::Bar> bars;
    for (const auto& bin : shown.bins) {
        if (shown.focused && bin.behind > bin.total())
            bars.push_back({bin.from, bin.to, static_cast<double>(bin.behind), theme.faint});
        if (bin.counts[1] > 0)
            bars.push_back({bin.from, bin.to, static_cast<double>(bin.total()), theme.pale});
        if (bin.counts[0] > 0)
            bars.push_back({bin.from, bin.to, static_cast<double>(bin.counts[0]), theme.accent});
    }
    return bars;
}

} // namespace

GenomeHistogramChart::GenomeHistogramChart(const GenomeHistogram& shown, const ChartStyle& style,
                                           QGraphicsItem* parent)
    : PlotChart(style, {shown.xTitle}, {shown.yTitle}, parent)
    , m_bars(follow(new BarItem(barsOf(shown, style.theme), style.axisWidth, this))) {
    const Theme& theme = style.theme;
    std::vector<LegendItem::Entry> entries{{shown.series[0], {theme.accent, MarkShape::Square}},
                                           {shown.series[1], {theme.pale, MarkShape::Square}}};
    if (!shown.expected.empty()) {
        follow(new CurveItem(shown.expected, QPen(theme.threshold, style.lineWidth), this));
        entries.push_back({.text = shown.expectedName, .look = {theme.threshold}, .line = true});
    }
    setLegend({}, std::move(entries));
    setHeader({}, shown.text.title, shown.text.summary);
    double most = 1;
    for (const auto& bin : shown.bins)
        most = std::max(most, static_cast<double>(bin.behind));
    for (const auto& [x, count] : shown.expected)
        most = std::max(most, count);
    setFullRanges({shown.bins.front().from, shown.bins.back().to}, {0, 1.05 * most});
}

} // namespace diploscope::ui
