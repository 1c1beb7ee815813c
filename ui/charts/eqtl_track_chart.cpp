// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/eqtl_track_chart.h"

#include "charts/driver_marks.h"
#include "charts/linkage_look.h"

#include <algorithm>

namespace diploscope::ui {
namespace {

/// \return the highest of them
double showImported(const LocusTracks& shown, const ChartStyle& style, MarkItem& layer) {
    MarkLayerLook look;
    look.palette[0] = style.theme.text.rgb();
    look.opacity = 0.7;
    look.size = style.markSize;
    look.ringWidth = style.axisWidth;
    std::vector<Mark> marks;
    double highest = 0;
    for (size_t i = 0; i < shown.importedAssociations.size(); ++i) {
        const auto& snv = shown.importedAssociations[i];
        marks.push_back({.x = snv.position,
                         .y = snv.minusLog10P,
                         .hollow = true,
                         .source = static_cast<uint32_t>(shown.associations.size() + i)});
        highest = std::max(highest, snv.minusLog10P);
    }
    layer.setLook(look);
    layer.setMarks(std::move(marks));
    return highest;
}

/// \param alone with what tracks above would say
std::vector<LegendItem::Entry> eqtlLegend(const LocusTracks& shown, const LinkageLook& linkage,
                                          const Theme& theme, bool alone) {
    std::vector<LegendItem::Entry> entries;
    if (alone)
        entries = standingLegend(shown.drivers, theme);
    if (alone && !shown.importedAssociations.empty())
        entries.push_back(
            {QStringLiteral("imported"), {theme.text, MarkShape::Circle}, LegendItem::Fill::Hollow});
    if (shown.given) {
        LegendItem::Entry given{QStringLiteral("given %1").arg(shown.given->name),
                                {theme.threshold, MarkShape::Circle}};
        given.line = true;
        entries.push_back(given);
    }
    const std::vector<LegendItem::Entry> hues = linkage.legend();
    entries.insert(entries.end(), hues.begin(), hues.end());
    return entries;
}

QString eqtlTitle(const LocusTracks& shown) {
    return shown.given ? QStringLiteral("eQTL given %1, −log₁₀ p").arg(shown.given->name)
                       : QStringLiteral("eQTL, −log₁₀ p");
}

} // namespace

EqtlTrackChart::EqtlTrackChart(const LocusTracks& shown, const ChartStyle& style, QGraphicsItem* parent,
                               bool alone)
    : TrackChart(style, shown.ism.xTitle, eqtlTitle(shown), parent)
    , m_imported(follow(new MarkItem(this)))
    , m_snvs(follow(new MarkItem(this)))
    , m_drivers(follow(new MarkItem(this)))
    , m_tss(follow(new ReferenceLineItem(tssLine(shown.ism, style, alone), style, this))) {
    setPointedAt({m_imported, m_snvs, m_drivers}, variantsOf(shown.associations, shown.importedAssociations));
    if (shown.given)
        follow(new ReferenceLineItem({.orientation = Qt::Vertical,
                                      .value = shown.given->position,
                                      .colour = style.theme.threshold,
                                      .width = style.ruleWidth,
                                      .dashed = true},
                                     style, this));
    const LinkageLook linkage(shown, style);
    const MarkLayerLook look = linkage.layer();
    std::vector<Mark> marks;
    std::vector<QPointF> points;
    // At least 3, so that a locus without any signal looks like one.
    double highest = std::max(3.0, showImported(shown, style, *m_imported));
    for (size_t i = 0; i < shown.associations.size(); ++i) {
        const auto& snv = shown.associations[i];
        marks.push_back({.x = snv.position,
                         .y = snv.minusLog10P,
                         .colour = linkage.colourOf(snv),
                         .shape = linkage.shapeOf(snv),
                         .source = static_cast<uint32_t>(i)});
        points.emplace_back(snv.position, snv.minusLog10P);
        highest = std::max(highest, snv.minusLog10P);
    }
    m_snvs->setLook(look);
    m_snvs->setMarks(std::move(marks));

    std::vector<Mark> ringed;
    std::vector<LabelItem::Label> labels;
    for (const DriverMark& driver : shown.drivers) {
        const auto& snv = shown.associations[driver.point];
        Mark mark = driverAt(snv.position, snv.minusLog10P, 0, driver, style);
        mark.colour = linkage.colourOf(snv);
        mark.source = static_cast<uint32_t>(driver.point);
        ringed.push_back(mark);
    }
    bool leadIsNamed = false;
    for (size_t r = 0; r < shown.references.size(); ++r) {
        const LocusTracks::Reference& reference = shown.references[r];
        if (!reference.point)
            continue;
        const auto& snv = shown.associations[*reference.point];
        const auto source = static_cast<uint32_t>(*reference.point);
        const auto driver = std::find_if(ringed.begin(), ringed.end(),
                                         [source](const Mark& mark) { return mark.source == source; });
        Mark mark = linkage.markOf(r);
        mark.x = snv.position;
        mark.y = snv.minusLog10P;
        mark.source = source;
        if (driver == ringed.end())
            ringed.push_back(mark);
        else
            mark = *driver; // it keeps its verdict's shape
        const bool isLead = reference.point == shown.leadPoint;
        leadIsNamed = leadIsNamed || isLead;
        labels.push_back({mark.x, mark.y, markExtent(mark.shape, mark.size),
                          isLead ? reference.name + QStringLiteral(" · lead") : reference.name, false});
    }
    if (shown.leadPoint && !leadIsNamed) {
        const auto& snv = shown.associations[*shown.leadPoint];
        labels.push_back({snv.position, snv.minusLog10P, style.markSize / 2, QStringLiteral("lead"), false});
    }
    m_drivers->setZValue(layer::drivers);
    m_drivers->setLook(look);
    m_drivers->setMarks(std::move(ringed));
    m_labels = follow(new LabelItem(std::move(labels), std::move(points), style, this));

    setHeader(shown.ism.gene, QStringLiteral("eQTL"), {});
    if (std::vector<LegendItem::Entry> entries = eqtlLegend(shown, linkage, style.theme, alone);
        !entries.empty())
        setLegend(alone && !shown.drivers.empty() ? QStringLiteral("Drivers") : QString(),
                  std::move(entries));
    setColourBar(QStringLiteral("r²"), linkage.bar(), linkage.ticks());
    setFullRanges({shown.ism.windowStart, shown.ism.windowEnd}, {0, highest * 1.12});
}

void EqtlTrackChart::mapWillChange(const PlotMap& map) {
    std::vector<QRectF> taken = markRects(*m_drivers, map);
    m_tss->setObstacles(taken);
    m_tss->setMap(map);
    if (m_labels == nullptr)
        return;
    taken.push_back(m_tss->lineRect());
    taken.push_back(m_tss->wordRect());
    m_labels->setObstacles(std::move(taken));
}

} // namespace diploscope::ui
