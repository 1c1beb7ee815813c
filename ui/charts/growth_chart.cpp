// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/growth_chart.h"

#include "charts/chart_stack.h"
#include "charts/curve_item.h"
#include "viewmodels/number_text.h"

#include <algorithm>
#include <cmath>

namespace diploscope::ui {
namespace {

/// Things that grow, in the order in which they come.
std::vector<std::string> growingThings(const std::vector<GrowthCurve>& curves) {
    std::vector<std::string> things;
    for (const GrowthCurve& curve : curves)
        if (std::find(things.begin(), things.end(), curve.axis) == things.end())
            things.push_back(curve.axis);
    return things;
}

MarkLook lookOf(const std::string& thing, const std::vector<std::string>& things, const Theme& theme) {
    return theme.credibleSet(1 + (std::find(things.begin(), things.end(), thing) - things.begin()));
}

/// Powers of ten as multiples: "×100".
AxisText multiplesAxis(const QString& title) {
    constexpr int Lowest = -3, Highest = 6;
    AxisText axis{title};
    for (int power = Lowest; power <= Highest; ++power)
        axis.names.push_back(
            {static_cast<double>(power), power == 0 ? QStringLiteral("×1") : powerOfTenText(power)});
    return axis;
}

} // namespace

GrowthChart::GrowthChart(const std::vector<GrowthCurve>& curves, double GrowthPoint::*number,
                         const QString& title, const ChartStyle& style, QGraphicsItem* parent)
    : PlotChart(style, multiplesAxis(QStringLiteral("Size")), multiplesAxis(title), parent) {
    const Theme& theme = style.theme;
    const std::vector<std::string> things = growingThings(curves);
    MarkLayerLook look;
    look.size = style.markSize;
    std::vector<Mark> marks;
    double widest = 0, lowest = 0, highest = 0;
    for (size_t i = 0; i < curves.size(); ++i) {
        const GrowthPoint& first = curves[i].points.front();
        const MarkLook own = lookOf(curves[i].axis, things, theme);
        const auto colour =
            static_cast<uint8_t>(std::find(things.begin(), things.end(), curves[i].axis) - things.begin());
        look.palette[colour] = own.colour.rgb();
        std::vector<std::pair<double, double>> line;
        for (const GrowthPoint& point : curves[i].points) {
            line.emplace_back(std::log10(point.size / first.size), std::log10(point.*number / first.*number));
            marks.push_back({.x = line.back().first,
                             .y = line.back().second,
                             .colour = colour,
                             .shape = own.shape,
                             .source = static_cast<uint32_t>(i)});
            widest = std::max(widest, line.back().first);
            lowest = std::min(lowest, line.back().second);
            highest = std::max(highest, line.back().second);
        }
        follow(new CurveItem(std::move(line), QPen(own.colour, style.ruleWidth), this));
    }
    follow(new CurveItem({{0, 0}, {widest, widest}}, QPen(theme.threshold, style.ruleWidth, Qt::DashLine),
                         this));
    m_marks = follow(new MarkItem(this));
    m_marks->setLook(look);
    m_marks->setMarks(std::move(marks));
    constexpr double Room = 0.15;
    setFullRanges({-Room, widest + Room}, {lowest - Room, std::max(highest, widest) + Room});
}

std::unique_ptr<QGraphicsWidget> growthFigure(const std::vector<GrowthCurve>& curves,
                                              const ChartStyle& style) {
    auto figure = std::make_unique<ChartStack>(Qt::Horizontal, style);
    figure->add(new GrowthChart(curves, &GrowthPoint::cpuSeconds, QStringLiteral("Processor time"), style,
                                figure.get()));
    figure->add(new GrowthChart(curves, &GrowthPoint::peakMegabytes, QStringLiteral("Peak memory"), style,
                                figure.get()));
    std::vector<LegendItem::Entry> legend;
    const std::vector<std::string> things = growingThings(curves);
    for (const std::string& thing : things)
        legend.push_back({QString::fromStdString(thing), lookOf(thing, things, style.theme)});
    legend.push_back(
        {.text = QStringLiteral("in proportion"), .look = {style.theme.threshold}, .line = true});
    figure->setLegend(QStringLiteral("More"), std::move(legend));
    return figure;
}

} // namespace diploscope::ui
