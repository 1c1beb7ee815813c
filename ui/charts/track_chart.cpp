// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/track_chart.h"

#include "charts/region_item.h"
#include "viewmodels/track_kinds.h"

#include <algorithm>
#include <utility>

namespace diploscope::ui {

AxisRange axisOf(const Region& region) {
    return {static_cast<double>(region.start) + 0.5, static_cast<double>(region.end) + 0.5};
}

TrackChart::TrackChart(const ChartStyle& style, const QString& xTitle, const QString& y,
                       QGraphicsItem* parent)
    : PlotChart(style, {xTitle, true}, {y}, parent) {}

double TrackChart::share() const {
    const TrackKind* kind = findTrackKind(m_place.key);
    return kind == nullptr ? 1 : kind->share;
}

FigureTrack TrackChart::figureTrack() {
    return {.chart = this,
            .layers = m_layers,
            .datum = m_variants,
            .parts = this,
            .markPeople = [this](const std::set<size_t>& people) { markPeople(people); },
            .key = m_place.key,
            .title = m_place.title};
}

void TrackChart::markRegions(const std::vector<RegionOfInterest>& regions, bool named) {
    if (!regions.empty())
        follow(new RegionItem(regions, named, chartStyle(), this))->setMap(map());
}

void TrackChart::setPointedAt(std::vector<const MarkItem*> layers, std::vector<size_t> variants) {
    m_layers = std::move(layers);
    m_variants = std::move(variants);
}

size_t nearestOf(const std::vector<double>& places, double x) {
    const auto above = std::lower_bound(places.begin(), places.end(), x);
    if (above == places.end())
        return places.size() - 1;
    const auto at = static_cast<size_t>(above - places.begin());
    return at > 0 && x - places[at - 1] < *above - x ? at - 1 : at;
}

ReferenceLineItem::Line tssLine(const IsmTrack& locus, const ChartStyle& style, bool named) {
    return tssLine(locus.tss, locus.strand, locus.isCentre, style, named);
}

} // namespace diploscope::ui
