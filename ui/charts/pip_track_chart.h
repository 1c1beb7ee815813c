// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "charts/mark_item.h"
#include "charts/track_chart.h"
#include "viewmodels/locus_tracks.h"

namespace diploscope::ui {

/// How likely each SNV of the locus is causal (fine mapping): stems up to its PIP. Those of a credible set
/// have its colour and shape, named beside the plot; what the study's tables say is hollow.
class PipTrackChart final : public TrackChart {
    Q_OBJECT

public:
    PipTrackChart(const LocusTracks& shown, const ChartStyle& style, QGraphicsItem* parent = nullptr);
    [[nodiscard]] const MarkItem& snvs() const { return *m_snvs; }
    [[nodiscard]] const MarkItem& imported() const { return *m_imported; }
    [[nodiscard]] const FurnitureItem* key() const { return m_key; } ///< null where there is no set

private:
    void mapWillChange(const PlotMap& map) override;

    MarkItem* m_imported;
    MarkItem* m_snvs;
    FurnitureItem* m_key = nullptr;
};

} // namespace diploscope::ui
