// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "charts/annotation_items.h"
#include "charts/figure.h"
#include "charts/plot_chart.h"
#include "viewmodels/ism_track.h"
#include "viewmodels/locus_layout.h"
#include "viewmodels/region_of_interest.h"

#include <cstddef>
#include <optional>
#include <set>
#include <utility>
#include <vector>

namespace diploscope::ui {

/// What of a track's axis the bases of a region take, each from half before to half behind its place,
/// 1-based.
[[nodiscard]] AxisRange axisOf(const Region& region);

/// One track of the locus: a chart whose x axis is the gene's window. Everything of a kind of track is in its
/// own class: marks, scale, legend, and what is pointed at, by the mouse or by keys. LocusChart
/// stacks them and knows no kind.
class TrackChart : public PlotChart, public FigureParts {
    Q_OBJECT

public:
    /// Height of its plot in a stack, as a share of an ordinary track's: its kind's, unless its data say.
    [[nodiscard]] virtual double share() const;
    /// Marks people in it, indices into the report's.
    virtual void markPeople(const std::set<size_t>&) {}
    /// For whoever shows it. FigureTrack::datum holds indices into the report's variants.
    [[nodiscard]] FigureTrack figureTrack();
    /// Shows regions of interest behind everything. \param named here, and nowhere else in a stack
    void markRegions(const std::vector<RegionOfInterest>& regions, bool named);
    /// As a person arranged it.
    void setPlace(PlacedTrack place) { m_place = std::move(place); }
    [[nodiscard]] const PlacedTrack& place() const { return m_place; }

protected:
    /// \param xTitle of the window's axis \param y what the track measures
    TrackChart(const ChartStyle& style, const QString& xTitle, const QString& y, QGraphicsItem* parent);

    /// What a person may point at. \param layers the topmost last \param variants [Mark::source]
    void setPointedAt(std::vector<const MarkItem*> layers, std::vector<size_t> variants);

private:
    std::vector<const MarkItem*> m_layers;
    std::vector<size_t> m_variants;
    PlacedTrack m_place;
};

/// The line through all tracks. \param named with its word and the gene's direction, which one track has
[[nodiscard]] ReferenceLineItem::Line tssLine(const IsmTrack& locus, const ChartStyle& style,
                                              bool named = false);

/// Which of some places, ascending and at least one, is nearest to x.
[[nodiscard]] size_t nearestOf(const std::vector<double>& places, double x);

/// Which variant each SNV of some lists is of, list after list, as a chart counts them in Mark::source.
template <class... Lists>
[[nodiscard]] std::vector<size_t> variantsOf(const Lists&... lists) {
    std::vector<size_t> variants;
    const auto add = [&variants](const auto& snvs) {
        for (const auto& snv : snvs)
            variants.push_back(snv.variant);
    };
    (add(lists), ...);
    return variants;
}

} // namespace diploscope::ui
