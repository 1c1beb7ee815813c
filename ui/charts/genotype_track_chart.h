// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "charts/haplotype_item.h"
#include "charts/track_chart.h"
#include "viewmodels/locus_tracks.h"

namespace diploscope::ui {

/// All people's haplotypes as rows of alleles, sorted; those of selected people are framed.
class GenotypeTrackChart final : public TrackChart {
    Q_OBJECT

public:
    /// \param shown with haplotypes
    GenotypeTrackChart(const LocusTracks& shown, const ChartStyle& style, QGraphicsItem* parent = nullptr);
    [[nodiscard]] std::optional<FigureArea> areaAt(QPointF at) const override;
    /// Stops are cells: SNV and row.
    [[nodiscard]] std::optional<FigureStop> firstStop(double x, Way way) const override;
    [[nodiscard]] std::optional<FigureStop> nextStop(const FigureStop& from, Way way) const override;
    [[nodiscard]] std::optional<QPointF> placeOf(const FigureStop& stop) const override;
    [[nodiscard]] FigureArea areaOf(const FigureStop& stop) const override;
    void markPeople(const std::set<size_t>& people) override { m_picture->markPeople(people); }
    [[nodiscard]] const HaplotypeItem& picture() const { return *m_picture; }

private:
    std::shared_ptr<const HaplotypeRows> m_rows;
    HaplotypeItem* m_picture;
};

} // namespace diploscope::ui
