// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "charts/mark_item.h"
#include "charts/track_chart.h"
#include "viewmodels/locus_tracks.h"

namespace diploscope::ui {

/// Another model's ISM as stems on the locus' axis, each marked by whether it has the sign that the page's
/// model gives the SNV: a circle where it has, a diamond where it has the other one, a hollow square where
/// one of both sees no effect. Words where there is nothing yet, or never will be.
class ModelTrackChart final : public TrackChart {
    Q_OBJECT

public:
    ModelTrackChart(const LocusTracks& locus, const ModelTrack& shown, const ChartStyle& style,
                    QGraphicsItem* parent = nullptr);
    [[nodiscard]] const MarkItem& snvs() const { return *m_snvs; }
    [[nodiscard]] const QString& note() const { return m_note; } ///< empty where there are data

    /// How agreement is drawn, here and wherever else it is.
    [[nodiscard]] static const MarkLook& lookOf(SignAgreement agreement, const Theme& theme);

private:
    MarkItem* m_snvs;
    QString m_note;
};

} // namespace diploscope::ui
