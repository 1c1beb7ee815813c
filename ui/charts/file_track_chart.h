// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "charts/file_track_item.h"
#include "charts/track_chart.h"
#include "viewmodels/locus_tracks.h"

namespace diploscope::ui {

/// A file of the user's along the locus. A click on a feature selects the SNVs in it. What it does not say is
/// said: nothing on this contig, no feature here, features for which there is no row.
class FileTrackChart final : public TrackChart {
    Q_OBJECT

public:
    /// \param file with data
    FileTrackChart(const LocusTracks& shown, const ShownFile& file, const ChartStyle& style,
                   QGraphicsItem* parent = nullptr);
    [[nodiscard]] double share() const override;
    [[nodiscard]] std::optional<FigureArea> areaAt(QPointF at) const override;
    /// Stops are features.
    [[nodiscard]] std::optional<FigureStop> firstStop(double x, Way way) const override;
    [[nodiscard]] std::optional<FigureStop> nextStop(const FigureStop& from, Way way) const override;
    [[nodiscard]] std::optional<QPointF> placeOf(const FigureStop& stop) const override;
    [[nodiscard]] FigureArea areaOf(const FigureStop& stop) const override;
    [[nodiscard]] const FileTrackItem& features() const { return *m_features; }
    /// Its name, format, and what of it is not drawn.
    [[nodiscard]] const QString& text() const { return m_text; }

private:
    [[nodiscard]] std::vector<size_t> snvsIn(const TrackFeature& feature) const;

    std::shared_ptr<const LaidOutTrack> m_track;
    std::vector<std::pair<double, size_t>> m_snvs; ///< place and variant of those with an effect, by place
    FileTrackItem* m_features;
    QString m_text;
};

} // namespace diploscope::ui
