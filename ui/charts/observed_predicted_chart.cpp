// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/observed_predicted_chart.h"

#include "charts/annotation_items.h"
#include "viewmodels/number_text.h"

#include <algorithm>

namespace diploscope::ui {
namespace {

constexpr uint8_t withoutGenotype = 3; ///< step of the palette behind those of 0, 1 and 2 copies

} // namespace

ObservedPredictedChart::ObservedPredictedChart(const ObservedPredicted& shown, const ChartStyle& style,
                                               QGraphicsItem* parent)
    : PlotChart(style, {shown.xTitle}, {shown.yTitle}, parent), m_people(follow(new MarkItem(this))) {
    const Theme& theme = style.theme;
    std::vector<double> x;
    std::vector<double> y;
    if (shown.zeroIsEqual)
        for (const Qt::Orientation orientation : {Qt::Horizontal, Qt::Vertical}) {
            auto* zero = follow(new ReferenceLineItem(
                {.orientation = orientation, .value = 0, .colour = theme.rule, .width = style.ruleWidth},
                style, this));
            zero->setZValue(-1);                                  // behind the people
            (orientation == Qt::Horizontal ? y : x).push_back(0); // in view
        }
    MarkLayerLook look;
    look.size = style.markSize;
    look.opacity = 0.85;
    look.ringWidth = style.axisWidth;
    std::vector<Mark> marks;
    for (size_t i = 0; i < shown.people.size(); ++i) {
        const auto& person = shown.people[i];
        Mark mark{.x = person.x, .y = person.y, .source = static_cast<uint32_t>(i)};
        if (shown.split) {
            mark.colour = person.dosage.value_or(withoutGenotype);
            mark.shape = person.dosage ? theme.genotypes[*person.dosage].shape : MarkShape::Circle;
            mark.hollow = !person.dosage;
        }
        marks.push_back(mark);
        x.push_back(person.x);
        y.push_back(person.y);
    }
    look.palette.fill(theme.accent.rgb());
    if (shown.split) {
        std::vector<LegendItem::Entry> entries;
        for (size_t dosage = 0; dosage < 3; ++dosage) {
            look.palette[dosage] = theme.genotypes[dosage].colour.rgb();
            if (shown.split->people[dosage] > 0)
                entries.push_back({QStringLiteral("%1 (%2)").arg(shown.split->genotypes[dosage],
                                                                 countText(shown.split->people[dosage])),
                                   theme.genotypes[dosage]});
        }
        look.palette[withoutGenotype] = theme.muted.rgb();
        if (shown.split->withoutGenotype > 0)
            entries.push_back(
                {QStringLiteral("no genotype (%1)").arg(countText(shown.split->withoutGenotype)),
                 {theme.muted, MarkShape::Circle},
                 LegendItem::Fill::Hollow});
        setLegend(shown.split->variant, std::move(entries));
    }
    m_people->setLook(look);
    m_people->setMarks(std::move(marks));
    if (shown.fit && !x.empty()) {
        const auto [least, most] = std::minmax_element(x.begin(), x.end());
        follow(new FitLineItem(shown.fit->slope, shown.fit->intercept, {*least, *most}, style, this));
    }
    setHeader(shown.gene, shown.title, shown.summary, shown.null);
    setFullRanges(rangeOf(x, 0.05), rangeOf(y, 0.06));
}

} // namespace diploscope::ui
