// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "charts/mark_item.h"
#include "charts/track_chart.h"
#include "viewmodels/locus_tracks.h"

namespace diploscope::ui {

/// How many people lack a genotype of an SNV, as a fraction, with the line above which people say nothing of
/// it: no eQTL, no PIP, no driver (METHODS 17). Such SNVs are diamonds. For loci where there are any.
class MissingTrackChart final : public TrackChart {
    Q_OBJECT

public:
    MissingTrackChart(const LocusTracks& shown, const ChartStyle& style, QGraphicsItem* parent = nullptr);
    [[nodiscard]] const MarkItem& snvs() const { return *m_snvs; }

private:
    MarkItem* m_snvs;
};

} // namespace diploscope::ui
