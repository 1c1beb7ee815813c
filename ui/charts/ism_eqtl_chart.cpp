// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/ism_eqtl_chart.h"

#include "charts/driver_marks.h"

#include <algorithm>

namespace diploscope::ui {
namespace {

/// A range that shows all values, zero, and enough on both sides of zero for each quadrant to be seen.
AxisRange aroundZero(std::vector<double> values, double padding) {
    values.push_back(0);
    AxisRange range = rangeOf(values, padding);
    constexpr double least = 0.45; ///< of the wider side
    range.lower = std::min(range.lower, -least * range.upper);
    range.upper = std::max(range.upper, -least * range.lower);
    return range;
}

} // namespace

IsmEqtlChart::IsmEqtlChart(const IsmVersusEqtl& shown, const ChartStyle& style, QGraphicsItem* parent)
    : PlotChart(style, {shown.xTitle}, {shown.yTitle}, parent)
    , m_quadrants(follow(new QuadrantItem(shown.agree, shown.disagree, style, this)))
    , m_snvs(follow(new MarkItem(this)))
    , m_drivers(follow(new MarkItem(this))) {
    follow(new ReferenceLineItem(
        {.orientation = Qt::Horizontal, .value = 0, .colour = style.theme.rule, .width = style.ruleWidth},
        style, this));
    follow(new ReferenceLineItem(
        {.orientation = Qt::Vertical, .value = 0, .colour = style.theme.rule, .width = style.ruleWidth},
        style, this));

    const MarkLayerLook look = frequencyLook(style);
    std::vector<bool> isDriver(shown.snvs.size(), false);
    for (const DriverMark& driver : shown.drivers)
        isDriver[driver.point] = true;
    std::vector<Mark> marks;
    std::vector<QPointF> points;
    std::vector<double> effects;
    std::vector<double> slopes;
    for (size_t i = 0; i < shown.snvs.size(); ++i) {
        const auto& snv = shown.snvs[i];
        points.emplace_back(snv.x, snv.y);
        effects.push_back(snv.x);
        slopes.push_back(snv.y);
        if (!isDriver[i])
            marks.push_back({.x = snv.x,
                             .y = snv.y,
                             .colour = ColourScale::step(snv.shade),
                             .source = static_cast<uint32_t>(i)});
    }
    m_snvs->setLook(look);
    m_snvs->setMarks(std::move(marks));

    std::vector<LabelItem::Label> labels =
        markDrivers(*m_drivers, shown.drivers, look, [&](const DriverMark& driver) {
            const auto& snv = shown.snvs[driver.point];
            return driverAt(snv.x, snv.y, snv.shade, driver, style);
        });
    m_labels = follow(new LabelItem(std::move(labels), std::move(points), style, this));

    setHeader(shown.gene, shown.title, shown.summary,
              shown.support.isEmpty() ? QStringList() : QStringList{shown.support});
    setColourBar(titleOf(shown.colour), style.theme.frequency, frequencyTicks(shown.colour));
    // The words in the corners stand in the padding.
    setFullRanges(aroundZero(std::move(effects), 0.08), aroundZero(std::move(slopes), 0.2));
}

void IsmEqtlChart::mapWillChange(const PlotMap& map) {
    m_quadrants->setMap(map);
    if (m_labels != nullptr)
        m_labels->setObstacles(m_quadrants->wordRects());
}

} // namespace diploscope::ui
