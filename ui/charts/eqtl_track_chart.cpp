// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/eqtl_track_chart.h"

#include "charts/driver_marks.h"
#include "charts/linkage_item.h"

#include <algorithm>

namespace diploscope::ui {
namespace {

/// Step 0 of the palette is for SNVs whose LD is not known.
uint8_t linkageStep(const std::optional<double>& r2) {
    return r2 ? std::max<uint8_t>(ColourScale::step(*r2), 1) : uint8_t{0};
}

MarkLayerLook linkageLook(const ChartStyle& style) {
    MarkLayerLook look;
    look.palette = linkageScale(style.theme).steps();
    look.palette[0] = style.theme.undecided.colour.rgb();
    look.opacity = 0.9;
    look.size = style.markSize;
    look.ringWidth = style.ringWidth;
    look.ground = style.theme.card.rgb();
    return look;
}

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

std::vector<LegendItem::Entry> eqtlLegend(const LocusTracks& shown, const Theme& theme) {
    std::vector<LegendItem::Entry> entries = standingLegend(shown.drivers, theme);
    if (!shown.importedAssociations.empty())
        entries.push_back(
            {QStringLiteral("imported"), {theme.text, MarkShape::Circle}, LegendItem::Fill::Hollow});
    return entries;
}

} // namespace

EqtlTrackChart::EqtlTrackChart(const LocusTracks& shown, const ChartStyle& style, QGraphicsItem* parent,
                               bool alone)
    : TrackChart(style, shown.ism.xTitle, QStringLiteral("eQTL, −log₁₀ p"), parent)
    , m_imported(follow(new MarkItem(this)))
    , m_snvs(follow(new MarkItem(this)))
    , m_drivers(follow(new MarkItem(this)))
    , m_tss(follow(new ReferenceLineItem(tssLine(shown.ism, style, alone), style, this))) {
    setPointedAt({m_imported, m_snvs, m_drivers}, variantsOf(shown.associations, shown.importedAssociations));
    const MarkLayerLook look = linkageLook(style);
    std::vector<Mark> marks;
    std::vector<QPointF> points;
    // At least 3, so that a locus without any signal looks like one.
    double highest = std::max(3.0, showImported(shown, style, *m_imported));
    for (size_t i = 0; i < shown.associations.size(); ++i) {
        const auto& snv = shown.associations[i];
        marks.push_back({.x = snv.position,
                         .y = snv.minusLog10P,
                         .colour = linkageStep(snv.r2),
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
        mark.colour = linkageStep(snv.r2);
        mark.source = static_cast<uint32_t>(driver.point);
        ringed.push_back(mark);
    }
    if (shown.ldPoint) {
        const auto& snv = shown.associations[*shown.ldPoint];
        const auto source = static_cast<uint32_t>(*shown.ldPoint);
        const auto driver = std::find_if(ringed.begin(), ringed.end(),
                                         [source](const Mark& mark) { return mark.source == source; });
        Mark mark{.x = snv.position, .y = snv.minusLog10P, .colour = 255, .shape = MarkShape::Diamond};
        mark.size = static_cast<float>(style.driverSize);
        mark.ring = style.theme.text.rgb();
        mark.source = source;
        if (driver == ringed.end())
            ringed.push_back(mark);
        else
            mark = *driver; // it keeps its verdict's shape
        const QString name =
            shown.ldPoint == shown.leadPoint ? shown.ldName + QStringLiteral(" · lead") : shown.ldName;
        labels.push_back({mark.x, mark.y, markExtent(mark.shape, mark.size), name, false});
    }
    if (shown.leadPoint && shown.leadPoint != shown.ldPoint) {
        const auto& snv = shown.associations[*shown.leadPoint];
        labels.push_back({snv.position, snv.minusLog10P, style.markSize / 2, QStringLiteral("lead"), false});
    }
    m_drivers->setZValue(layer::drivers);
    m_drivers->setLook(look);
    m_drivers->setMarks(std::move(ringed));
    m_labels = follow(new LabelItem(std::move(labels), std::move(points), style, this));

    setHeader(shown.ism.gene, QStringLiteral("eQTL"), {});
    if (std::vector<LegendItem::Entry> entries = eqtlLegend(shown, style.theme); alone && !entries.empty())
        setLegend(shown.drivers.empty() ? QString() : QStringLiteral("Drivers"), std::move(entries));
    setColourBar(QStringLiteral("r²"), linkageScale(style.theme),
                 {{0, QStringLiteral("0")}, {0.5, QStringLiteral("0.5")}, {1, QStringLiteral("1")}});
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
