// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "charts/file_track_item.h"
#include "charts/track_chart.h"
#include "viewmodels/locus_tracks.h"

namespace diploscope::ui {

/// A file of the user's along the locus. What it does not say is said: nothing on this contig, no feature
/// here, features for which there is no row.
class FileTrackChart final : public TrackChart {
    Q_OBJECT

public:
    /// \param file with data
    FileTrackChart(const LocusTracks& shown, const ShownFile& file, const ChartStyle& style,
                   QGraphicsItem* parent = nullptr);
    [[nodiscard]] double share() const override;
    [[nodiscard]] std::optional<FigureArea> areaAt(QPointF at) const override;
    [[nodiscard]] const FileTrackItem& features() const { return *m_features; }
    /// Its name, format, and what of it is not drawn.
    [[nodiscard]] const QString& text() const { return m_text; }

private:
    std::shared_ptr<const LaidOutTrack> m_track;
    FileTrackItem* m_features;
    QString m_text;
};

} // namespace diploscope::ui
