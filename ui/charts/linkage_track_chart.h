// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "charts/linkage_item.h"
#include "charts/track_chart.h"
#include "viewmodels/locus_tracks.h"

namespace diploscope::ui {

/// LD of the SNVs in view as a triangle, upwards by how far two are apart.
class LinkageTrackChart final : public TrackChart {
    Q_OBJECT

public:
    /// \param shown with a triangle
    LinkageTrackChart(const LocusTracks& shown, const ChartStyle& style, QGraphicsItem* parent = nullptr);
    [[nodiscard]] std::optional<FigureArea> areaAt(QPointF at) const override;
    /// Stops are pairs, as the report counts its variants: who has moved on has other SNVs in view.
    [[nodiscard]] std::optional<FigureStop> firstStop(double x, Way way) const override;
    [[nodiscard]] std::optional<FigureStop> nextStop(const FigureStop& from, Way way) const override;
    [[nodiscard]] std::optional<QPointF> placeOf(const FigureStop& stop) const override;
    [[nodiscard]] FigureArea areaOf(const FigureStop& stop) const override;

private:
    using Pair = std::pair<size_t, size_t>; ///< counts LinkageTriangle::positions
    [[nodiscard]] std::optional<Pair> pairOf(const FigureStop& stop) const;
    [[nodiscard]] FigureStop stopOf(const Pair& pair) const;
    [[nodiscard]] FigureArea areaOfPair(const Pair& pair) const;

    std::shared_ptr<const LinkageTriangle> m_triangle;
    LinkageItem* m_picture;
};

} // namespace diploscope::ui
